//! Bytes to messages.

use super::{
    CHECKSUM, FrameError, Header, HeaderValue, MAX_HEADERS, MAX_PAYLOAD, Message, PRELUDE,
};
use crate::Timestamp;
use bytes::{Bytes, BytesMut};

/// Makes messages of bytes, however they are cut.
///
/// It holds no more than what was pushed and not yet taken as messages, and knows of a message that
/// would be too long from its first twelve bytes.
#[derive(Debug, Default)]
pub struct Decoder {
    bytes: BytesMut,
    /// The lengths of the message that has begun, if they are known
    prelude: Option<Prelude>,
    failed: Option<FrameError>,
}

#[derive(Clone, Copy, Debug)]
struct Prelude {
    total: usize,
    headers: usize,
}

impl Decoder {
    /// At the start of a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes.
    #[expect(clippy::needless_pass_by_value, reason = "whoever has the bytes is done with them")]
    pub fn push(&mut self, bytes: Bytes) {
        if self.failed.is_none() {
            self.bytes.extend_from_slice(&bytes);
        }
    }

    /// The next message, if all of it is there. After an error there is nothing but that error.
    #[expect(clippy::should_implement_trait, reason = "nothing yet is not the end")]
    pub fn next(&mut self) -> Result<Option<Message>, FrameError> {
        if let Some(failed) = &self.failed {
            return Err(failed.clone());
        }
        self.try_next().inspect_err(|error| {
            self.failed = Some(error.clone());
            self.bytes = BytesMut::new();
        })
    }

    /// That the stream may end here.
    pub fn finish(&self) -> Result<(), FrameError> {
        match (&self.failed, self.prelude, self.bytes.len()) {
            (Some(failed), _, _) => Err(failed.clone()),
            (None, _, 0) => Ok(()),
            (None, Some(prelude), length) => {
                Err(FrameError::Cut { missing: prelude.total.saturating_sub(length) })
            }
            (None, None, length) => {
                Err(FrameError::Cut { missing: (PRELUDE + CHECKSUM).saturating_sub(length) })
            }
        }
    }

    fn try_next(&mut self) -> Result<Option<Message>, FrameError> {
        let prelude = match self.prelude {
            Some(prelude) => prelude,
            None => match self.bytes.first_chunk::<PRELUDE>() {
                Some(bytes) => *self.prelude.insert(Prelude::read(bytes)?),
                None => return Ok(None),
            },
        };
        if self.bytes.len() < prelude.total {
            return Ok(None);
        }
        self.prelude = None;
        let mut message = self.bytes.split_to(prelude.total).freeze();
        let found = message.split_off(prelude.total - CHECKSUM);
        let (expected, found) = (crc32fast::hash(&message), u32_at(&found, 0));
        if expected != found {
            return Err(FrameError::Checksum { expected, found });
        }
        let payload = message.split_off(PRELUDE + prelude.headers);
        let headers = read_headers(message.split_off(PRELUDE))?;
        Ok(Some(Message { headers, payload }))
    }
}

impl Prelude {
    fn read(bytes: &[u8; PRELUDE]) -> Result<Self, FrameError> {
        let (total, headers) = (u32_at(bytes, 0), u32_at(bytes, 4));
        let (expected, found) = (crc32fast::hash(&bytes[..8]), u32_at(bytes, 8));
        if expected != found {
            return Err(FrameError::PreludeChecksum { expected, found });
        }
        let lengths = || FrameError::Lengths { total, headers };
        let prelude = Self {
            total: usize::try_from(total).map_err(|_| lengths())?,
            headers: usize::try_from(headers).map_err(|_| lengths())?,
        };
        let rest = prelude.total.checked_sub(PRELUDE + CHECKSUM).ok_or_else(lengths)?;
        let payload = rest.checked_sub(prelude.headers).ok_or_else(lengths)?;
        check_length("headers", prelude.headers, MAX_HEADERS)?;
        check_length("payload", payload, MAX_PAYLOAD)?;
        Ok(prelude)
    }
}

pub(super) fn check_length(
    what: &'static str,
    length: usize,
    limit: usize,
) -> Result<(), FrameError> {
    if length > limit {
        return Err(FrameError::TooLong { what, length, limit });
    }
    Ok(())
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..).and_then(<[u8]>::first_chunk).copied();
    four.map_or(0, u32::from_be_bytes)
}

fn read_headers(bytes: Bytes) -> Result<Vec<Header>, FrameError> {
    let mut bytes = Fields(bytes);
    let mut headers: Vec<Header> = Vec::new();
    while !bytes.0.is_empty() {
        let length = usize::from(bytes.byte()?);
        if length == 0 {
            return Err(FrameError::header("has no name"));
        }
        let name = bytes.text(length)?;
        if headers.iter().any(|header| header.name == name) {
            return Err(FrameError::header(format!("comes twice: `{}`", name.escape_debug())));
        }
        let value = bytes.value()?;
        headers.push(Header { name, value });
    }
    Ok(headers)
}

/// The bytes of the headers that are still to be read.
struct Fields(Bytes);

impl Fields {
    fn value(&mut self) -> Result<HeaderValue, FrameError> {
        Ok(match self.byte()? {
            0 => HeaderValue::Bool(true),
            1 => HeaderValue::Bool(false),
            2 => HeaderValue::Byte(i8::from_be_bytes(self.array()?)),
            3 => HeaderValue::Short(i16::from_be_bytes(self.array()?)),
            4 => HeaderValue::Integer(i32::from_be_bytes(self.array()?)),
            5 => HeaderValue::Long(i64::from_be_bytes(self.array()?)),
            6 => {
                let length = u16::from_be_bytes(self.array()?).into();
                HeaderValue::Bytes(self.take(length)?)
            }
            7 => {
                let length = u16::from_be_bytes(self.array()?).into();
                HeaderValue::String(self.text(length)?)
            }
            8 => {
                let millis = i64::from_be_bytes(self.array()?);
                let time = Timestamp::from_millis(millis);
                let outside = || FrameError::header("has a time outside the years 0000 to 9999");
                HeaderValue::Timestamp(time.ok_or_else(outside)?)
            }
            9 => HeaderValue::Uuid(self.array()?),
            other => return Err(FrameError::header(format!("has the unknown type {other}"))),
        })
    }

    fn byte(&mut self) -> Result<u8, FrameError> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], FrameError> {
        let bytes = self.take(N)?;
        bytes.first_chunk().copied().ok_or_else(cut)
    }

    fn text(&mut self, length: usize) -> Result<String, FrameError> {
        let bytes = self.take(length)?;
        let text = std::str::from_utf8(&bytes);
        text.map(str::to_owned).map_err(|_| FrameError::header("has a text that is not UTF-8"))
    }

    fn take(&mut self, length: usize) -> Result<Bytes, FrameError> {
        if length > self.0.len() {
            return Err(cut());
        }
        Ok(self.0.split_to(length))
    }
}

fn cut() -> FrameError {
    FrameError::header("is longer than the headers are")
}
