//! Who offers the operations, and how they are reached.

use crate::{At, Json};

/// The service that a spec describes.
#[derive(Clone, Debug)]
pub struct Service {
    /// `provider/service`, both in kebab case.
    pub id: String,
    /// The name that people use.
    pub title: String,
    /// The version of the API, as the provider writes it.
    pub version: Option<String>,
    /// Documentation in Markdown.
    pub docs: Option<String>,
    /// How operations become messages; absent where there are no operations.
    pub protocol: Option<Protocol>,
    /// All the protocols that the service speaks, where that is more than `protocol`.
    pub protocols: Vec<Protocol>,
    /// What stands before an operation's name in the messages of RPC protocols.
    pub target: Option<String>,
    /// Where the service speaks HTTP/2: `optional` or `event-streams`.
    pub http2: Option<String>,
    /// Customs of the service that the runtime carries out, by name.
    pub traits: Vec<String>,
    /// The auth schemes, in order of preference.
    pub auth: Vec<Scheme>,
    /// Where requests go.
    pub endpoint: Option<Endpoint>,
    /// Headers that every request carries; a value may hold `{region}`.
    pub headers: Vec<(String, String)>,
    /// How an error body is read where the protocol does not say.
    pub errors: ErrorFormat,
    /// Where it stands.
    pub at: At,
}

impl Service {
    /// The part of the id before the slash.
    pub fn provider(&self) -> &str {
        self.id.split_once('/').map_or("", |(provider, _)| provider)
    }

    /// The part of the id behind the slash.
    pub fn name(&self) -> &str {
        self.id.split_once('/').map_or(&self.id, |(_, name)| name)
    }
}

/// How operations become messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// AWS REST JSON 1.
    RestJson,
    /// Plain REST with JSON bodies.
    Rest,
    /// AWS JSON 1.0.
    Json10,
    /// AWS JSON 1.1.
    Json11,
    /// AWS query.
    Query,
    /// Amazon EC2 query.
    Ec2Query,
    /// AWS REST XML.
    RestXml,
    /// Smithy RPC v2 CBOR.
    RpcV2Cbor,
}

impl Protocol {
    /// All of them, by the word that stands for them in a spec.
    pub const ALL: &[(&str, Self)] = &[
        ("rest-json", Self::RestJson),
        ("rest", Self::Rest),
        ("json-1.0", Self::Json10),
        ("json-1.1", Self::Json11),
        ("query", Self::Query),
        ("ec2-query", Self::Ec2Query),
        ("rest-xml", Self::RestXml),
        ("rpc-v2-cbor", Self::RpcV2Cbor),
    ];

    /// The word that stands for it in a spec.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, protocol)| *protocol == self).map_or("", |(name, _)| name)
    }

    /// Whether operations have paths and members have places of their own in a message.
    pub fn is_rest(self) -> bool {
        matches!(self, Self::RestJson | Self::Rest | Self::RestXml)
    }

    /// Whether bodies are XML, or the parameters of a query that is answered in XML.
    pub fn is_xml(self) -> bool {
        matches!(self, Self::RestXml | Self::Query | Self::Ec2Query)
    }
}

/// An auth scheme and its settings.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// `sigv4`, `ncp-v2`, `bearer`, `api-key` or `none`
    pub name: String,
    /// The settings, such as the signing name.
    pub settings: Vec<(String, Json)>,
    /// Where it stands.
    pub at: At,
}

impl Scheme {
    /// A setting that is text.
    pub fn setting(&self, key: &str) -> Option<&str> {
        self.settings.iter().find(|(name, _)| name == key)?.1.as_str()
    }
}

/// Where requests go.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The base URL; `{region}` stands for the region.
    pub url: String,
    /// The region where none is configured.
    pub region: Option<String>,
    /// The rules of AWS's endpoints: a rule set, or the name of a template with its values.
    pub rules: Option<Json>,
    /// Where it stands.
    pub at: At,
}

/// How an error body is read: names are tried in order inside the envelope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorFormat {
    /// A JSON pointer to the object that holds the error's members; empty for the body itself.
    pub envelope: String,
    /// The members that may hold the code.
    pub code: Vec<String>,
    /// The members that may hold the message.
    pub message: Vec<String>,
}

/// Whether it is a token of RFC 9110, §5.6.2, as header names are.
pub(crate) fn is_header_name(name: &str) -> bool {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !name.is_empty() && name.chars().all(token)
}
