//! Operations: what a service can be asked.

use super::{Member, ShapeId, UriTemplate};
use crate::{At, Json};

/// An operation.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a trait of its own")]
pub struct Operation {
    /// Its name, in Pascal case as a rule.
    pub name: String,
    /// Method, path and success status.
    pub http: Http,
    /// Documentation in Markdown.
    pub docs: Option<String>,
    /// It changes nothing.
    pub readonly: bool,
    /// Doing it twice is doing it once.
    pub idempotent: bool,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
    /// The members of its input.
    pub input: Vec<Member>,
    /// The members of its output; absent if it returns nothing.
    pub output: Option<Vec<Member>>,
    /// The error structures that it names.
    pub errors: Vec<ShapeId>,
    /// How its pages follow each other.
    pub pages: Option<Pages>,
    /// Example calls.
    pub examples: Vec<Example>,
    /// Its name in messages, where that is not its own.
    pub wire: Option<String>,
    /// The root element of an XML request.
    pub root: Option<Root>,
    /// The element of a query response that holds the output.
    pub result: Option<String>,
    /// What stands before the endpoint's host: text with labels.
    pub host_prefix: Option<String>,
    /// Parameters of the endpoint's rules that the operation sets.
    pub endpoint_params: Vec<EndpointParam>,
    /// The auth schemes, in order of preference, where they are not the service's.
    pub auth: Option<Vec<String>>,
    /// The signature does not cover the body.
    pub unsigned_body: bool,
    /// The checksum of its bodies.
    pub checksum: Option<Checksum>,
    /// A large body may be sent compressed with gzip.
    pub compressed: bool,
    /// The service names the endpoint to use when asked.
    pub endpoint_discovery: Option<EndpointDiscovery>,
    /// Customs of the operation that the runtime carries out, by name.
    pub traits: Vec<String>,
    /// Where it stands.
    pub at: At,
}

impl Operation {
    /// An input member by name.
    pub fn input_member(&self, name: &str) -> Option<&Member> {
        self.input.iter().find(|member| member.name == name)
    }

    /// The members of its output; none if it returns nothing.
    pub fn output_members(&self) -> &[Member] {
        self.output.as_deref().unwrap_or_default()
    }

    /// An output member by name.
    pub fn output_member(&self, name: &str) -> Option<&Member> {
        self.output_members().iter().find(|member| member.name == name)
    }
}

/// The root element of an XML request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// Its name
    pub name: String,
    /// The address of its namespace
    pub namespace: Option<String>,
}

/// What an operation gives to a parameter of the endpoint's rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointParam {
    /// The parameter's name
    pub name: String,
    /// Its value
    pub value: ParamValue,
    /// Where it stands
    pub at: At,
}

/// The value of a parameter of the endpoint's rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamValue {
    /// True or false
    Bool(bool),
    /// Text
    String(String),
    /// What a `JMESPath` expression finds in the input
    Path(String),
}

/// The checksum of an operation's bodies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checksum {
    /// The input member that chooses the request's algorithm
    pub algorithm: Option<String>,
    /// A request must have a checksum.
    pub required: bool,
    /// The input member that asks for the response's to be checked
    pub mode: Option<String>,
    /// The algorithms that a response may use
    pub response: Vec<String>,
}

/// What an operation has to do with the discovery of endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointDiscovery {
    /// Its endpoint may be asked for.
    Optional,
    /// Its endpoint must be asked for.
    Required,
    /// It is the operation that is asked.
    Operation,
}

/// The HTTP side of an operation.
#[derive(Clone, Debug)]
pub struct Http {
    /// The method, in capitals.
    pub method: String,
    /// The path with its labels.
    pub uri: UriTemplate,
    /// The status of success; any 2xx where absent.
    pub status: Option<u16>,
}

/// How the pages of an operation follow each other.
#[derive(Clone, Debug)]
pub struct Pages {
    /// By token or by number.
    pub paging: Paging,
    /// The input member that limits a page.
    pub size: Option<String>,
    /// The output member that holds a page's items, or the path to it.
    pub items: String,
    /// Other output members, or paths to them, that each page has a part of.
    pub others: Vec<String>,
    /// Output members, or paths to them, that are the same on all pages.
    pub first: Vec<String>,
    /// Who says so.
    pub source: PageSource,
    /// Where it stands.
    pub at: At,
}

/// What leads from one page to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paging {
    /// The output's tokens go into the next input.
    Token {
        /// Each token: the input member, and the output member or the expression that finds it.
        tokens: Vec<(String, String)>,
        /// The output member, or the path to it, that says whether there are more pages.
        more: Option<String>,
    },
    /// Pages are numbered from one.
    Number {
        /// The input member
        input: String,
        /// The output member that holds the number of items on all pages.
        total: Option<String>,
    },
}

/// Who says that an operation has pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageSource {
    /// The provider's own data
    Declared,
    /// The importer, from the shapes
    Inferred,
    /// A person
    Written,
}

impl PageSource {
    /// All of them, by the word that stands for them in a spec.
    pub const ALL: &[(&str, Self)] =
        &[("declared", Self::Declared), ("inferred", Self::Inferred), ("written", Self::Written)];
}

/// An example call, in model form.
#[derive(Clone, Debug)]
pub struct Example {
    /// What it shows.
    pub title: String,
    /// More about it, in Markdown.
    pub docs: Option<String>,
    /// The input.
    pub input: Json,
    /// What came of it.
    pub outcome: Outcome,
    /// Where it stands.
    pub at: At,
    /// Where its input stands.
    pub input_at: At,
    /// Where its output or its error's value stands.
    pub outcome_at: At,
}

/// What came of an example call.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Nothing is said
    Unsaid,
    /// The output
    Output(Json),
    /// An error of the operation
    Error {
        /// Its shape
        shape: ShapeId,
        /// Its members
        value: Json,
    },
}
