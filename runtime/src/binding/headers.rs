//! Headers that members are bound to.

use super::EncodeError;
use crate::codec::{DecodeError, Path, text};
use crate::schema::{Flags, MemberSchema, Protocol};
use crate::value::{List, Slot, Value, View};
use crate::{Blob, Document, TimestampFormat};
use http::header::{HeaderMap, HeaderName, HeaderValue};
use std::fmt::Write;

/// A member as header text; nothing if it is absent.
pub(super) fn header_text(
    value: &dyn Value,
    member: &MemberSchema,
    protocol: Protocol,
) -> Option<String> {
    let format = member.timestamp_format().unwrap_or(protocol.header_timestamp());
    match value.view() {
        // An empty list is not told from none (botocore's `_partition_parameters`).
        View::List(list) if list.is_empty() => None,
        View::List(list) => Some(header_list(list, format)),
        View::String(text) if member.flags.contains(Flags::JSON_TEXT) => {
            Some(Blob::from(text).to_base64())
        }
        View::Document(document) => Some(Blob::from(ascii(&document.to_json())).to_base64()),
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
    parts.join(",")
}

/// JSON in ASCII alone, as Python's `json.dumps` writes it.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            text.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\u{unit:04x}");
        }
    }
    text
}

pub(super) fn insert_header(
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
pub(super) fn read_header(
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
        near: None,
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
        slot @ (Slot::String(_) | Slot::Document(_)) if is_json(&slot, member) => {
            read_json(slot, first).map_err(mismatch)?;
        }
        slot => text::read(slot, first, format).map_err(mismatch)?,
    }
    Ok(true)
}

fn is_json(slot: &Slot<'_>, member: &MemberSchema) -> bool {
    member.flags.contains(Flags::JSON_TEXT) || matches!(slot, Slot::Document(_))
}

/// JSON travels in a header as base64.
fn read_json(slot: Slot<'_>, text: &str) -> Result<(), String> {
    let expected = || "JSON as base64".to_owned();
    let bytes = Blob::from_base64(text.trim()).ok_or_else(expected)?.into_vec();
    match slot {
        Slot::Document(place) => *place = Document::from_json(&bytes).map_err(|_| expected())?,
        Slot::String(place) => *place = String::from_utf8(bytes).map_err(|_| expected())?,
        _ => {}
    }
    Ok(())
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

pub(super) fn write_prefixed(
    value: &dyn Value,
    member: &MemberSchema,
    headers: &mut HeaderMap,
) -> Result<(), EncodeError> {
    let View::Map(map) = value.view() else { return Ok(()) };
    for index in 0..map.len() {
        if let Some((key, value)) = map.entry(index)
            && let View::String(text) = value.view()
        {
            let name = format!("{}{key}", member.wire_name());
            insert_header(headers, member, &name, text)?;
        }
    }
    Ok(())
}

/// Fills a map from the headers that begin with a prefix.
pub(super) fn read_prefixed(headers: &HeaderMap, value: &mut dyn Value, prefix: &str) {
    let entries = headers.iter().filter_map(|(name, value)| {
        let key = name.as_str().strip_prefix(&prefix.to_ascii_lowercase())?;
        Some((key, String::from_utf8_lossy(value.as_bytes())))
    });
    let entries: Vec<_> = entries.collect();
    if entries.is_empty() {
        return;
    }
    if let Slot::Map(map) = value.slot() {
        for (key, text) in entries {
            // A prefix binds strings and enums, which take any text.
            let _ = text::read(map.insert(key).slot(), &text, TimestampFormat::DateTime);
        }
    }
}
