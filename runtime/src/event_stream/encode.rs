//! Messages to bytes.

use super::decode::check_length;
use super::{
    CHECKSUM, FrameError, Header, HeaderValue, MAX_HEADERS, MAX_PAYLOAD, Message, PRELUDE,
};
use bytes::Bytes;

impl Message {
    /// The message as bytes. Anything that a decoder would refuse is an error here.
    pub fn encode(&self) -> Result<Bytes, FrameError> {
        let headers = self.encode_headers()?;
        check_length("headers", headers.len(), MAX_HEADERS)?;
        check_length("payload", self.payload.len(), MAX_PAYLOAD)?;
        let total = PRELUDE + headers.len() + self.payload.len() + CHECKSUM;
        let mut out = Vec::with_capacity(total);
        for length in [total, headers.len()] {
            // Both are far below 4 GiB, as was just made sure.
            out.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
        }
        out.extend_from_slice(&crc32fast::hash(&out).to_be_bytes());
        out.extend_from_slice(&headers);
        out.extend_from_slice(&self.payload);
        out.extend_from_slice(&crc32fast::hash(&out).to_be_bytes());
        Ok(out.into())
    }

    /// The headers as they stand in a message.
    pub(crate) fn encode_headers(&self) -> Result<Vec<u8>, FrameError> {
        let mut out = Vec::new();
        for (index, Header { name, value }) in self.headers.iter().enumerate() {
            let shown = || name.escape_debug();
            if self.headers[..index].iter().any(|earlier| earlier.name == *name) {
                return Err(FrameError::header(format!("comes twice: `{}`", shown())));
            }
            let length = u8::try_from(name.len()).ok().filter(|length| *length > 0);
            out.push(length.ok_or_else(|| {
                let reason = "needs a name of 1 to 255 bytes, and is called";
                FrameError::header(format!("{reason} `{}`", shown()))
            })?);
            out.extend_from_slice(name.as_bytes());
            write_value(value, &mut out).ok_or_else(|| {
                FrameError::header(format!("is longer than 65535 bytes: `{}`", shown()))
            })?;
        }
        Ok(out)
    }
}

fn write_value(value: &HeaderValue, out: &mut Vec<u8>) -> Option<()> {
    let mut write = |kind: u8, bytes: &[u8]| {
        out.push(kind);
        out.extend_from_slice(bytes);
    };
    match value {
        HeaderValue::Bool(true) => write(0, &[]),
        HeaderValue::Bool(false) => write(1, &[]),
        HeaderValue::Byte(value) => write(2, &value.to_be_bytes()),
        HeaderValue::Short(value) => write(3, &value.to_be_bytes()),
        HeaderValue::Integer(value) => write(4, &value.to_be_bytes()),
        HeaderValue::Long(value) => write(5, &value.to_be_bytes()),
        HeaderValue::Bytes(bytes) => {
            write(6, &u16::try_from(bytes.len()).ok()?.to_be_bytes());
            out.extend_from_slice(bytes);
        }
        HeaderValue::String(text) => {
            write(7, &u16::try_from(text.len()).ok()?.to_be_bytes());
            out.extend_from_slice(text.as_bytes());
        }
        HeaderValue::Timestamp(time) => write(8, &time.to_millis().to_be_bytes()),
        HeaderValue::Uuid(bytes) => write(9, bytes),
    }
    Some(())
}
