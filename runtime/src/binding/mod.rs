//! Which part of an HTTP message holds which member.
//!
//! An operation becomes a request and a response becomes an output with no client in between.
//! The mock takes the same way in the other direction.

mod error;
mod request;
mod response;
mod uri;

pub(crate) use error::unwrap_envelope;
pub use error::{ErrorFacts, read_error};
pub use request::{read_request, write_request};
pub use response::{read_response, write_error, write_response};
pub use uri::matches_uri;

use crate::TimestampFormat;
use crate::codec::{DecodeError, Form, Path, text};
use crate::schema::{MemberSchema, Protocol};
use crate::value::{List, Slot, Value, View};
use http::header::{HeaderMap, HeaderName, HeaderValue};

/// Why an input cannot become a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// A label would leave a hole in the path.
    #[error("{member}: it is part of the path and must not be empty")]
    EmptyLabel {
        /// The member's name
        member: String,
    },
    /// A value cannot be a header.
    #[error("{member}: its value cannot be sent in the header `{header}`")]
    Header {
        /// The member's name
        member: String,
        /// The header
        header: String,
    },
    /// The endpoint is no URL.
    #[error("the endpoint `{url}` is not a URL: {reason}")]
    Endpoint {
        /// The endpoint
        url: String,
        /// What is wrong with it
        reason: String,
    },
}

impl Protocol {
    /// The form of a body.
    pub(crate) fn body_form(self) -> Form {
        Form::Wire(match self {
            Self::RestJson => TimestampFormat::EpochSeconds,
            Self::Rest => TimestampFormat::DateTime,
        })
    }

    /// The format of a timestamp in a header that does not say.
    fn header_timestamp(self) -> TimestampFormat {
        match self {
            Self::RestJson => TimestampFormat::HttpDate,
            Self::Rest => TimestampFormat::DateTime,
        }
    }
}

/// A member as header text; nothing if it is absent or an empty list.
fn header_text(value: &dyn Value, member: &MemberSchema, protocol: Protocol) -> Option<String> {
    let format = member.timestamp_format().unwrap_or(protocol.header_timestamp());
    match value.view() {
        View::List(list) => header_list(list, format),
        view => text::write(&view, format).map(String::from),
    }
}

/// Commas separate, so text with a comma or a quote is quoted (RFC 9110, §5.6.4).
fn header_list(list: &dyn List, format: TimestampFormat) -> Option<String> {
    let mut parts = Vec::new();
    for index in 0..list.len() {
        let view = list.item(index)?.view();
        let part = text::write(&view, format)?;
        let date = matches!(view, View::Timestamp(_));
        parts.push(if !date && part.contains([',', '"']) {
            format!("\"{}\"", part.replace('\\', "\\\\").replace('"', "\\\""))
        } else {
            part.into_owned()
        });
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn insert_header(
    headers: &mut HeaderMap,
    member: &str,
    name: &str,
    value: &str,
) -> Result<(), EncodeError> {
    let error = || EncodeError::Header { member: member.to_owned(), header: name.to_owned() };
    let name = HeaderName::try_from(name).map_err(|_| error())?;
    let value = HeaderValue::try_from(value).map_err(|_| error())?;
    headers.insert(name, value);
    Ok(())
}

/// Fills a member from the headers of its name.
fn read_header(
    headers: &HeaderMap,
    value: &mut dyn Value,
    member: &MemberSchema,
    protocol: Protocol,
) -> Result<(), DecodeError> {
    let name = member.wire_name();
    let texts: Vec<String> = headers
        .get_all(name)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect();
    let Some(first) = texts.first() else { return Ok(()) };
    let format = member.timestamp_format().unwrap_or(protocol.header_timestamp());
    let mismatch = |expected: String| DecodeError::Mismatch {
        path: Path::Member(&Path::Root, &member.name).to_string(),
        expected,
        found: format!("another text in the header `{name}`"),
    };
    match value.slot() {
        Slot::List(list) => {
            for part in texts.iter().flat_map(|text| split_list(text)) {
                text::read(list.push().slot(), &part, format).map_err(mismatch)?;
            }
            Ok(())
        }
        slot => text::read(slot, first, format).map_err(mismatch),
    }
}

fn split_list(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' if quoted => {
                parts.last_mut().into_iter().for_each(|part| part.extend(chars.next()))
            }
            ',' if !quoted => parts.push(String::new()),
            c => parts.last_mut().into_iter().for_each(|part| part.push(c)),
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).collect()
}
