//! What a client knows about its service.

use super::Text;
use std::borrow::Cow;

/// Everything about a service that is the same for all its operations.
#[derive(Clone, Debug, Default)]
pub struct ServiceSchema {
    /// `provider/service`, as in the spec.
    pub id: Text,
    /// The name that people use.
    pub title: Text,
    /// The version of the API, as the provider writes it; empty if it has none.
    pub version: Text,
    /// How operations become messages.
    pub protocol: Protocol,
    /// The protocols that the service speaks, the preferred one first; empty if it is that one
    /// alone.
    pub protocols: Cow<'static, [Protocol]>,
    /// What stands before an operation's name in its messages, in protocols that have such a
    /// thing: `DynamoDB_20120810`. Empty if there is none.
    pub target: Text,
    /// The auth schemes, in order of preference.
    pub auth: Cow<'static, [AuthOption]>,
    /// The base URL; `{region}` stands for the region.
    pub endpoint: Text,
    /// The rules that say more about the endpoint than the base URL does.
    pub rules: Rules,
    /// The region where none is configured; empty if there is no such.
    pub default_region: Text,
    /// Headers that every request carries; a value may hold `{region}`.
    pub headers: Cow<'static, [(Text, Text)]>,
    /// The errors that the service names.
    pub errors: Cow<'static, [ErrorSchema]>,
    /// How an error body is read where the protocol does not say.
    pub error_format: ErrorFormat,
    /// Customs of the service that the runtime carries out, by name.
    pub traits: Cow<'static, [Text]>,
    /// The operations whose endpoints the service names when asked.
    pub discovery: Option<Discovery>,
}

impl ServiceSchema {
    /// Whether it has a trait of that name.
    pub fn has(&self, name: &str) -> bool {
        self.traits.iter().any(|it| it == name)
    }

    /// The error with that code.
    pub fn error_by_code(&self, code: &str) -> Option<&ErrorSchema> {
        self.errors.iter().find(|error| error.codes.iter().any(|known| known == code))
    }
}

/// The operations whose endpoints a service names when asked.
#[derive(Clone, Debug, Default)]
pub struct Discovery {
    /// The operation that is asked
    pub operation: Text,
    /// Those whose endpoint must be asked for
    pub required: Cow<'static, [Text]>,
    /// Those whose endpoint may be asked for
    pub optional: Cow<'static, [Text]>,
}

/// The rules by which a service's endpoints are found. What they mean is the provider's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rules {
    /// None: the base URL says all.
    #[default]
    None,
    /// Rules that the runtime knows by name, with what differs from service to service.
    Template {
        /// The name
        id: Text,
        /// What differs, by name
        values: Cow<'static, [(Text, Text)]>,
    },
    /// The rules themselves
    Text(Text),
}

/// How operations become messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protocol {
    /// AWS REST JSON 1: <https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html>
    RestJson,
    /// Plain REST with JSON bodies.
    #[default]
    Rest,
    /// AWS JSON 1.0: <https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html>
    Json10,
    /// AWS JSON 1.1: <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>
    Json11,
    /// AWS query: <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html>
    Query,
    /// Amazon EC2 query: <https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html>
    Ec2Query,
    /// AWS REST XML: <https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html>
    RestXml,
    /// Smithy RPC v2 CBOR: <https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html>
    RpcV2Cbor,
}

impl Protocol {
    /// Whether operations have paths and members have places of their own in a message.
    pub const fn is_rest(self) -> bool {
        matches!(self, Self::RestJson | Self::Rest | Self::RestXml)
    }
}

/// An auth scheme that a service accepts, with its settings.
#[derive(Clone, Debug)]
pub struct AuthOption {
    /// The scheme: `sigv4`, `sigv2`, `ncp-v2`, `bearer`, `api-key`, `none`, or one that a user adds.
    pub scheme: Text,
    /// The settings, such as the signing name under `name`.
    pub settings: Cow<'static, [(Text, Text)]>,
}

impl AuthOption {
    /// A setting by name.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.iter().find(|(key, _)| key == name).map(|(_, value)| &**value)
    }
}

/// An error that a service names.
#[derive(Clone, Debug)]
pub struct ErrorSchema {
    /// The name of its structure.
    pub shape: Text,
    /// The codes that stand for it.
    pub codes: Cow<'static, [Text]>,
    /// The HTTP status that it comes with; 0 if it is not said.
    pub status: u16,
    /// The body member that gives it away where no code does; empty if there is none.
    pub has: Text,
    /// The body member that holds the message, by its name on the wire; empty if there is none.
    pub message: Text,
    /// Trying again may help.
    pub retryable: bool,
    /// The caller is asked to slow down.
    pub throttling: bool,
}

/// How an error body is read: names are tried in order inside the envelope.
#[derive(Clone, Debug, Default)]
pub struct ErrorFormat {
    /// A JSON pointer (RFC 6901) to the object that holds the error's members.
    pub envelope: Text,
    /// The members that may hold the code.
    pub code: Cow<'static, [Text]>,
    /// The members that may hold the message.
    pub message: Cow<'static, [Text]>,
}

impl ErrorFormat {
    /// What the protocol says, and nothing else.
    pub const PROTOCOL: Self =
        Self { envelope: Cow::Borrowed(""), code: Cow::Borrowed(&[]), message: Cow::Borrowed(&[]) };
}
