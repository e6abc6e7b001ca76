//! What a client knows about an operation.

use super::{Text, WaiterSchema};
use std::borrow::Cow;

/// Everything about an operation that is not in its input and output.
#[derive(Clone, Debug)]
pub struct OperationSchema {
    /// Its name in the spec.
    pub name: Text,
    /// The HTTP method.
    pub method: Text,
    /// The path with its labels, and perhaps a constant query: `/domains/{DomainName}?list`.
    pub uri: Text,
    /// The status of success; 0 for any 2xx.
    pub status: u16,
    /// Doing it twice is doing it once.
    pub idempotent: bool,
    /// Its input or output holds something secret somewhere, so bodies that cannot be read are
    /// never shown.
    pub secret: bool,
    /// How its pages follow each other.
    pub pages: Option<PageSchema>,
    /// The traits that few operations have.
    pub traits: Option<Cow<'static, OperationTraits>>,
}

impl OperationSchema {
    /// Its name in a message, which versions of a service may hide behind another one.
    pub fn wire_name(&self) -> &str {
        let named = self.traits.as_deref().map(|traits| &*traits.wire);
        named.filter(|name| !name.is_empty()).unwrap_or(&self.name)
    }

    /// What can be waited for by calling it.
    pub fn waiters(&self) -> &[WaiterSchema] {
        self.traits.as_deref().map_or(&[], |traits| &traits.waiters)
    }

    /// Whether it has a trait of that name.
    pub fn has(&self, name: &str) -> bool {
        self.traits.as_deref().is_some_and(|traits| traits.named.iter().any(|it| it == name))
    }
}

/// Traits that few operations have. What is empty is not there.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a trait of its own")]
pub struct OperationTraits {
    /// The name in a message, where it is not the operation's own.
    pub wire: Text,
    /// The root element of an XML request.
    pub root: Option<XmlName>,
    /// The element of a query response that holds the output.
    pub result: Text,
    /// What stands before the endpoint's host: text with labels, `{AccountId}.`
    pub host_prefix: Text,
    /// Parameters of the endpoint's rules that the operation sets.
    pub endpoint_params: Cow<'static, [(Text, ParamValue)]>,
    /// The auth schemes, in order of preference, where they are not the service's.
    pub auth: Cow<'static, [Text]>,
    /// The signature does not cover the body.
    pub unsigned_body: bool,
    /// The body has a checksum.
    pub checksum: Option<Checksum>,
    /// The body may be sent compressed with gzip.
    pub compressed: bool,
    /// The body of the request is a stream of bytes, which must say its length if it is `true`.
    pub streams_input: Option<bool>,
    /// That stream may not be left out.
    pub needs_stream: bool,
    /// The body of the response is a stream of bytes.
    pub streams_output: bool,
    /// Customs of the service that the runtime carries out, by name.
    pub named: Cow<'static, [Text]>,
    /// What can be waited for by calling it.
    pub waiters: Cow<'static, [WaiterSchema]>,
}

/// The name of an XML element.
#[derive(Clone, Debug)]
pub struct XmlName {
    /// The name
    pub name: Text,
    /// The address of its namespace; empty if it has none.
    pub namespace: Text,
}

/// A value that an operation gives to a parameter of the endpoint's rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamValue {
    /// Text
    String(Text),
    /// True or false
    Bool(bool),
    /// What a `JMESPath` expression finds in the input
    Path(Text),
}

/// How a body is summed up.
#[derive(Clone, Debug, Default)]
pub struct Checksum {
    /// The input member that chooses the algorithm; empty if none does.
    pub algorithm: Text,
    /// A request must have one.
    pub required: bool,
    /// The input member that asks for the response's to be checked; empty if none does.
    pub mode: Text,
    /// The algorithms that a response may use.
    pub response: Cow<'static, [Text]>,
}

/// How the pages of an operation follow each other. Members are named as in the model; a member of
/// the output may be a path through structures, `DistributionList.Items`.
#[derive(Clone, Debug)]
pub struct PageSchema {
    /// What leads from one page to the next.
    pub paging: Paging,
    /// The output member that holds the items.
    pub items: Text,
    /// The input member that limits a page; empty if there is none.
    pub size: Text,
}

/// What leads from one page to the next.
#[derive(Clone, Debug)]
pub enum Paging {
    /// The output's tokens go into the next input.
    Token {
        /// The tokens, which make one place together: S3's versions are listed from a key and a
        /// version of it on.
        tokens: Cow<'static, [PageToken]>,
        /// The output member that says whether there are more pages, whatever the tokens say;
        /// empty if there is none.
        more: Text,
    },
    /// Pages are numbered from one.
    Number {
        /// The input member
        input: Text,
        /// The output member that holds the number of all items; empty if there is none.
        total: Text,
    },
}

/// A token that leads from one page to the next.
#[derive(Clone, Debug)]
pub struct PageToken {
    /// The input member
    pub input: Text,
    /// The output member: a name, a path with indices, or several of them of which the first that
    /// finds something counts, `NextMarker || Contents[-1].Key`.
    pub output: Text,
}
