//! Shapes: the types of an API.

use crate::{At, Json, words};

/// A shape's place in [`Model::shapes`](crate::Model::shapes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(usize);

impl ShapeId {
    pub(crate) const fn new(index: usize) -> Self {
        Self(index)
    }

    /// The index into the model's shapes.
    pub const fn index(self) -> usize {
        self.0
    }
}

/// A named type.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its name in the spec.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The limits of its values.
    pub constraints: Constraints,
    /// Documentation in Markdown.
    pub docs: Option<String>,
    /// Its values are secret.
    pub sensitive: bool,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
    /// A blob that is sent and received as a stream; whether its length must be known before.
    pub streaming: Option<Sized>,
    /// A union whose members follow each other as a stream.
    pub event_stream: bool,
    /// One of the format's own types, not one of the spec's.
    pub is_base: bool,
    /// Where it stands.
    pub at: At,
}

/// Whether the length of a stream must be known before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sized {
    /// It must be
    Required,
    /// It need not be
    Optional,
}

impl Shape {
    /// The members of a structure or a union; none otherwise.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Structure { members, .. } | Kind::Union { members } => members,
            _ => &[],
        }
    }

    /// What makes it an error, if it is one.
    pub fn error(&self) -> Option<&ErrorTrait> {
        match &self.kind {
            Kind::Structure { error, .. } => error.as_ref(),
            _ => None,
        }
    }

    /// The member that holds an error's message: the one that the error names, or one of the usual
    /// names.
    pub fn error_message(&self) -> Option<&Member> {
        const USUAL: &[&str] = &["message", "Message", "exceptionMessage"];
        let find = |name: &str| self.members().iter().find(|member| member.name == name);
        match &self.error()?.message {
            Some(name) => find(name),
            None => USUAL.iter().find_map(|name| find(name)),
        }
    }

    /// The shapes that its values are made of.
    pub(crate) fn targets(&self) -> Vec<ShapeId> {
        match &self.kind {
            Kind::List(list) => vec![list.item.target],
            Kind::Map(map) => vec![map.key, map.value.target],
            _ => self.members().iter().map(|member| member.target).collect(),
        }
    }

    /// Whether it gets a Rust type of its own.
    pub fn is_named_type(&self) -> bool {
        matches!(self.kind, Kind::Structure { .. } | Kind::Union { .. } | Kind::Enum(_))
    }
}

/// What a shape is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Text
    String,
    /// Text out of an open set of values.
    Enum(Vec<EnumValue>),
    /// A whole number of 32 bits
    Integer,
    /// A whole number of 64 bits
    Long,
    /// A number of 32 bits
    Float,
    /// A number of 64 bits
    Double,
    /// True or false
    Boolean,
    /// An instant
    Timestamp(Option<TimestampFormat>),
    /// Bytes
    Blob,
    /// Any JSON value
    Document,
    /// Many of one target
    List(Box<ListFacts>),
    /// Targets by name
    Map(Box<MapFacts>),
    /// Members that stand together
    Structure {
        /// The members, in the order of the file.
        members: Vec<Member>,
        /// What makes it an error.
        error: Option<ErrorTrait>,
    },
    /// Exactly one of several members
    Union {
        /// The alternatives, in the order of the file.
        members: Vec<Member>,
    },
}

impl Kind {
    /// The word for it in messages.
    pub fn word(&self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Enum(_) => "enum",
            Self::Integer => "integer",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::Boolean => "boolean",
            Self::Timestamp(_) => "timestamp",
            Self::Blob => "blob",
            Self::Document => "document",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Structure { .. } => "structure",
            Self::Union { .. } => "union",
        }
    }

    /// The word behind its article: "an enum".
    pub(crate) fn phrase(&self) -> String {
        words::a(self.word())
    }

    /// Whether a header, a label or a query parameter can carry it as text.
    pub fn is_scalar(&self) -> bool {
        !matches!(
            self,
            Self::List(_)
                | Self::Map(_)
                | Self::Structure { .. }
                | Self::Union { .. }
                | Self::Document
        )
    }

    /// Whether it is a whole number.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Integer | Self::Long)
    }
}

/// A list's element.
#[derive(Clone, Debug)]
pub struct ListFacts {
    /// The element, with its own traits.
    pub item: Member,
    /// Elements may be null.
    pub sparse: bool,
}

/// A map's key and value.
#[derive(Clone, Debug)]
pub struct MapFacts {
    /// A string or an enum.
    pub key: ShapeId,
    /// The name of the element that holds a key, where it is not the protocol's own.
    pub key_wire: Option<String>,
    /// The value, with its own traits.
    pub value: Member,
    /// Values may be null.
    pub sparse: bool,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// The value on the wire.
    pub value: String,
    /// Documentation in Markdown.
    pub docs: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// The limits of a shape's values. Clients send what they are given; the command line and the
/// mock check them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// Characters of a string, bytes of a blob, elements of a list or map: at least and at most.
    pub length: (Option<u64>, Option<u64>),
    /// The value of a number: at least and at most.
    pub range: (Option<f64>, Option<f64>),
    /// A regular expression, as the provider writes it: not always one that Rust can run.
    pub pattern: Option<String>,
}

/// How a timestamp is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339
    DateTime,
    /// Seconds since the epoch, as a number
    EpochSeconds,
    /// Milliseconds since the epoch, as a number
    EpochMillis,
    /// The date of HTTP headers (RFC 9110, §5.6.7)
    HttpDate,
}

impl TimestampFormat {
    /// All of them, by the word that stands for them in a spec.
    pub const ALL: &[(&str, Self)] = &[
        ("date-time", Self::DateTime),
        ("epoch-seconds", Self::EpochSeconds),
        ("epoch-millis", Self::EpochMillis),
        ("http-date", Self::HttpDate),
    ];

    /// The word that stands for it in a spec.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }
}

/// A member of a structure, union, input or output; also the element of a list or map.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a trait of its own")]
pub struct Member {
    /// Its name in the model.
    pub name: String,
    /// The shape of its value.
    pub target: ShapeId,
    /// It must be there.
    pub required: bool,
    /// Absent, null and a value are three states.
    pub nullable: bool,
    /// The client makes a value up where it is absent, so that a repeated request is known.
    pub idempotency_token: bool,
    /// Its value is secret, whatever its shape says.
    pub sensitive: bool,
    /// Documentation in Markdown.
    pub docs: Option<String>,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
    /// Which part of the message holds it.
    pub binding: Binding,
    /// Its name in the body, where it is not `name`.
    pub wire: Option<String>,
    /// How a timestamp is written here, where the shape does not say or says otherwise.
    pub format: Option<TimestampFormat>,
    /// What the service assumes when it is absent.
    pub default: Option<Json>,
    /// The elements of the list or map stand beside the other members.
    pub flattened: bool,
    /// It is an attribute of the structure's XML element.
    pub attribute: bool,
    /// The XML namespace of its element.
    pub namespace: Option<Namespace>,
    /// Its name in an EC2 query, where that is another one than on the wire.
    pub query_name: Option<String>,
    /// It fills the label of its name in the host prefix.
    pub host_label: bool,
    /// The parameter of the endpoint's rules that it gives a value to.
    pub endpoint_param: Option<String>,
    /// The endpoint of its operation depends on it, where the service is asked for that.
    pub endpoint_discovery_id: bool,
    /// A document that travels as text that holds JSON.
    pub json_text: bool,
    /// The part of an event's message that holds it.
    pub event: EventPart,
    /// Where it stands.
    pub at: At,
}

/// An XML namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// Its address
    pub uri: String,
    /// The prefix that stands for it; empty if it is the default one.
    pub prefix: String,
}

/// The part of an event's message that holds a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EventPart {
    /// A member of the payload
    #[default]
    Member,
    /// A header
    Header,
    /// The whole payload
    Payload,
}

impl Member {
    /// A member of a body with no trait.
    pub(crate) fn new(name: &str, target: ShapeId, at: At) -> Self {
        Self {
            name: name.to_owned(),
            target,
            required: false,
            nullable: false,
            idempotency_token: false,
            sensitive: false,
            docs: None,
            deprecated: None,
            binding: Binding::Body,
            wire: None,
            format: None,
            default: None,
            flattened: false,
            attribute: false,
            namespace: None,
            query_name: None,
            host_label: false,
            endpoint_discovery_id: false,
            endpoint_param: None,
            json_text: false,
            event: EventPart::Member,
            at,
        }
    }

    /// Its name in the body.
    pub fn wire_name(&self) -> &str {
        self.wire.as_deref().unwrap_or(&self.name)
    }

    /// Whether it is a member of the body.
    pub fn is_in_body(&self) -> bool {
        self.binding == Binding::Body
    }
}

/// The part of a message that holds a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// A member of the body
    Body,
    /// The label of its name in the URI
    Label,
    /// A query parameter of this name; of a map, each entry is a parameter
    Query(String),
    /// A header of this name
    Header(String),
    /// Each entry of a map is a header: the prefix and the key
    HeaderPrefix(String),
    /// The whole body
    Payload,
    /// The response's status code
    StatusCode,
    /// None of them: the endpoint's rules place it
    Endpoint,
}

impl Binding {
    /// The key that says so in a spec; nothing for a member of the body.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            Self::Body => "",
            Self::Label => "label",
            Self::Query(_) => "query",
            Self::Header(_) => "header",
            Self::HeaderPrefix(_) => "headerPrefix",
            Self::Payload => "payload",
            Self::StatusCode => "statusCode",
            Self::Endpoint => "endpointOnly",
        }
    }
}

/// What makes a structure an error.
#[derive(Clone, Debug, Default)]
pub struct ErrorTrait {
    /// The HTTP status that it comes with.
    pub status: Option<u16>,
    /// Whose fault it is.
    pub fault: Option<Fault>,
    /// The codes that name it; its shape's name where there are none.
    pub codes: Vec<String>,
    /// Where each of the codes stands.
    pub(crate) code_places: Vec<At>,
    /// It is meant when the body holds this member.
    pub has: Option<String>,
    /// Trying again may help.
    pub retryable: bool,
    /// The caller is asked to slow down.
    pub throttling: bool,
    /// The member that holds the message.
    pub message: Option<String>,
}

/// Whose fault an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The caller's
    Client,
    /// The service's
    Server,
}
