//! Which part of an HTTP message holds which member.
//!
//! An operation becomes a request and a response becomes an output with no client in between.
//! The mock takes the same way in the other direction.

mod error;
mod request;
mod response;
#[cfg(test)]
mod tests;
mod uri;

pub(crate) use error::unwrap_envelope;
pub use error::{ErrorFacts, read_error};
pub use request::{read_request, write_request};
pub use response::{read_response, write_error, write_response};
pub use uri::matches_uri;

use crate::TimestampFormat;
use crate::codec::{DecodeError, Form, Path, text};
use crate::schema::{Flags, MemberSchema, Protocol};
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
    /// A label would name another path than its own.
    #[error("{member}: it is part of the path, where `.` and `..` lead to another one")]
    DotLabel {
        /// The member's name
        member: String,
    },
    /// A value cannot be a header.
    #[error("{member}: its value cannot be sent in a header{}", named(header))]
    Header {
        /// The member's name
        member: String,
        /// The header; empty if what would be its name cannot be one.
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

fn named(header: &str) -> String {
    if header.is_empty() { String::new() } else { format!(" `{header}`") }
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

/// A member as header text; nothing if it is absent.
fn header_text(value: &dyn Value, member: &MemberSchema, protocol: Protocol) -> Option<String> {
    let format = member.timestamp_format().unwrap_or(protocol.header_timestamp());
    match value.view() {
        View::List(list) => Some(header_list(list, format)),
        view => text::write(&view, format).map(String::from),
    }
}

/// Commas separate and space around them does not count, so text with either, or with a quote, is
/// quoted (RFC 9110, §5.6.4). Nothing is an empty list, so a single empty text is quoted as well.
fn header_list(list: &dyn List, format: TimestampFormat) -> String {
    let mut parts = Vec::new();
    for item in (0..list.len()).filter_map(|index| list.item(index)) {
        let view = item.view();
        let Some(part) = text::write(&view, format) else { continue };
        let date = matches!(view, View::Timestamp(_));
        let alone = part.is_empty() && list.len() == 1;
        let plain = part.trim() == part && !part.contains([',', '"']) && !alone;
        parts.push(if !date && !plain {
            format!("\"{}\"", part.replace('\\', "\\\\").replace('"', "\\\""))
        } else {
            part.into_owned()
        });
    }
    parts.join(", ")
}

fn insert_header(
    headers: &mut HeaderMap,
    member: &MemberSchema,
    name: &str,
    value: &str,
) -> Result<(), EncodeError> {
    let error = || EncodeError::Header {
        member: member.name.clone().into_owned(),
        // What is no name may be anything.
        header: HeaderName::try_from(name).map_or("", |_| name).to_owned(),
    };
    let name = HeaderName::try_from(name).map_err(|_| error())?;
    let mut value = HeaderValue::try_from(value).map_err(|_| error())?;
    value.set_sensitive(member.flags.contains(Flags::SENSITIVE));
    headers.insert(name, value);
    Ok(())
}

/// Fills a member from the headers of its name. Gives whether there are any.
fn read_header(
    headers: &HeaderMap,
    value: &mut dyn Value,
    member: &MemberSchema,
    protocol: Protocol,
) -> Result<bool, DecodeError> {
    let name = member.wire_name();
    let texts: Vec<String> = headers
        .get_all(name)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect();
    let Some(first) = texts.first() else { return Ok(false) };
    let format = member.timestamp_format().unwrap_or(protocol.header_timestamp());
    let mismatch = |expected: String| DecodeError::Mismatch {
        path: Path::Member(&Path::Root, &member.name).to_string(),
        expected,
        found: format!("another text in the header `{name}`"),
    };
    match value.slot() {
        Slot::List(list) => {
            let dates = format == TimestampFormat::HttpDate
                && matches!(list.push().slot(), Slot::Timestamp(_));
            while !list.is_empty() {
                list.pop();
            }
            let split = if dates { split_dates } else { split_list };
            let texts = texts.iter().filter(|text| !text.trim().is_empty());
            for part in texts.flat_map(|text| split(text)) {
                text::read(list.push().slot(), &part, format).map_err(mismatch)?;
            }
        }
        slot => text::read(slot, first, format).map_err(mismatch)?,
    }
    Ok(true)
}

/// The elements of a list: what is quoted as it is, other text without the space around it.
fn split_list(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        let mut part = String::new();
        rest = rest.trim_start();
        if let Some(quoted) = rest.strip_prefix('"') {
            let mut chars = quoted.chars();
            while let Some(c) = chars.next() {
                match c {
                    '"' => break,
                    '\\' => part.extend(chars.next()),
                    c => part.push(c),
                }
            }
            rest = chars.as_str();
        }
        let (more, next) = match rest.split_once(',') {
            Some((more, next)) => (more, Some(next)),
            None => (rest, None),
        };
        part.push_str(more.trim_end());
        parts.push(part);
        match next {
            Some(next) => rest = next,
            None => return parts,
        }
    }
}

/// The elements of a list of HTTP dates, which have a comma of their own behind the weekday.
fn split_dates(text: &str) -> Vec<String> {
    let mut dates: Vec<String> = Vec::new();
    for part in text.split(',') {
        match dates.last_mut() {
            Some(date) if !date.contains(|c: char| c.is_ascii_digit()) => {
                date.push(',');
                date.push_str(part);
            }
            _ => dates.push(part.to_owned()),
        }
    }
    dates
}
