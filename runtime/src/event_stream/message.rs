//! Messages: headers of ten types, and a payload.

use crate::Timestamp;
use bytes::Bytes;
use std::fmt;

/// A message of a stream.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// The headers, in order. No name comes twice.
    pub headers: Vec<Header>,
    /// The payload
    pub payload: Bytes,
}

/// A header of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name; those that the protocol has for itself begin with `:`.
    pub name: String,
    /// The value
    pub value: HeaderValue,
}

/// The value of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderValue {
    /// True or false
    Bool(bool),
    /// A whole number of 8 bits
    Byte(i8),
    /// A whole number of 16 bits
    Short(i16),
    /// A whole number of 32 bits
    Integer(i32),
    /// A whole number of 64 bits
    Long(i64),
    /// Bytes
    Bytes(Bytes),
    /// Text
    String(String),
    /// An instant, to the millisecond
    Timestamp(Timestamp),
    /// A UUID
    Uuid([u8; 16]),
}

impl Message {
    /// A message without headers.
    pub fn new(payload: impl Into<Bytes>) -> Self {
        Self { headers: Vec::new(), payload: payload.into() }
    }

    /// With one more header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<HeaderValue>) -> Self {
        self.headers.push(Header { name: name.into(), value: value.into() });
        self
    }

    /// A header's value.
    pub fn get(&self, name: &str) -> Option<&HeaderValue> {
        self.headers.iter().find(|header| header.name == name).map(|header| &header.value)
    }

    /// The text of a header that holds one.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(HeaderValue::String(text)) => Some(text),
            _ => None,
        }
    }
}

/// What is sent may be secret, so names and sizes are all that is shown.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|header| &*header.name).collect();
        f.debug_struct("Message")
            .field("headers", &names)
            .field("payload", &format_args!("{} bytes", self.payload.len()))
            .finish()
    }
}

impl From<&str> for HeaderValue {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

/// Why bytes are no message, or a message has no bytes. What comes behind such bytes is lost, for
/// nothing says where the next message starts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// The checksum of the lengths is another one.
    #[error(
        "the event stream is damaged: the checksum of a message's lengths is {found:08x}, not {expected:08x}"
    )]
    PreludeChecksum {
        /// What the bytes give
        expected: u32,
        /// What stands there
        found: u32,
    },
    /// The checksum of the message is another one.
    #[error("the event stream is damaged: a message's checksum is {found:08x}, not {expected:08x}")]
    Checksum {
        /// What the bytes give
        expected: u32,
        /// What stands there
        found: u32,
    },
    /// The lengths contradict each other.
    #[error(
        "a message of the event stream says that it has {total} bytes, {headers} of them headers"
    )]
    Lengths {
        /// The length of the whole
        total: u32,
        /// The length of the headers
        headers: u32,
    },
    /// The headers or the payload are too long.
    #[error(
        "the {what} of a message has {length} bytes, more than the {limit} that a message may have"
    )]
    TooLong {
        /// Headers or payload
        what: &'static str,
        /// How long they are
        length: usize,
        /// How long they may be
        limit: usize,
    },
    /// A header is none.
    #[error("a header of a message in the event stream {reason}")]
    Header {
        /// What is wrong with it
        reason: String,
    },
    /// The stream ends within a message.
    #[error("the event stream ends in the middle of a message, {missing} bytes before its end")]
    Cut {
        /// How many bytes are missing, as far as that is known
        missing: usize,
    },
}

impl FrameError {
    pub(super) fn header(reason: impl Into<String>) -> Self {
        Self::Header { reason: reason.into() }
    }
}
