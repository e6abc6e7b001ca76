//! Streams of events, in both directions: `application/vnd.amazon.eventstream`.
//!
//! A [`Decoder`] makes messages of bytes as they come. [`Message::kind`] says what a message is, and
//! [`read_event`] fills a union with it; [`write_event`] and [`Message::encode`] go back.
//!
//! Source: <https://smithy.io/2.0/aws/amazon-eventstream.html> and, for what that leaves open,
//! botocore 1.43.67 (`eventstream.py`, `BaseEventStreamParser`).

mod codec;
mod decode;
mod encode;
mod event;
mod message;
#[cfg(test)]
mod tests;
mod write;

#[cfg(feature = "cbor")]
pub use codec::CborEvents;
pub use codec::{EventCodec, JsonEvents, XmlEvents, codec_of};
pub use decode::Decoder;
pub use event::{EventError, Kind, read_event, read_initial};
pub use message::{FrameError, Header, HeaderValue, Message};
pub use write::{write_event, write_initial_request, write_initial_response};

/// The media type of a stream.
pub const MEDIA_TYPE: &str = "application/vnd.amazon.eventstream";

/// Lengths, headers' length, and the checksum of both
const PRELUDE: usize = 12;
/// The checksum of everything before it
const CHECKSUM: usize = 4;
/// The most bytes of headers, in both directions.
const MAX_HEADERS: usize = 128 * 1024;
/// The most bytes of payload, in both directions: what botocore reads. Services send up to 16 MiB.
const MAX_PAYLOAD: usize = 24 * 1024 * 1024;
