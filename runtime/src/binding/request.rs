//! Inputs to requests, and back for the mock.

use super::{EncodeError, header_text, insert_header, read_header, uri};
use crate::TimestampFormat;
use crate::codec::{DecodeError, Path, Reading, Report, json, text};
use crate::schema::{Flags, MemberSchema, OperationSchema, Protocol, ServiceSchema};
use crate::value::{Slot, Structure, Value, View};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use std::fmt::Write;

/// The request of an operation, unsigned.
///
/// `endpoint` is the base URL with the region filled in. Without an input value for a label there
/// is no path, which is an error, as is a value that cannot be a header.
pub fn write_request(
    service: &ServiceSchema,
    operation: &OperationSchema,
    input: &dyn Structure,
    endpoint: &str,
    region: &str,
) -> Result<http::Request<Bytes>, EncodeError> {
    let mut headers = HeaderMap::new();
    for (name, value) in service.headers.iter() {
        insert_header(&mut headers, "the service", name, &value.replace("{region}", region))?;
    }
    let target = target(operation, input)?;
    let body = body(service.protocol, input, &mut headers)?;
    let bad = |reason: String| EncodeError::Endpoint { url: endpoint.to_owned(), reason };
    let base = endpoint.strip_suffix('/').unwrap_or(endpoint);
    let uri: http::Uri = format!("{base}{target}")
        .parse()
        .map_err(|error: http::uri::InvalidUri| bad(error.to_string()))?;
    if uri.scheme().is_none() || uri.host().is_none_or(str::is_empty) {
        return Err(bad("it needs a scheme and a host, such as https://localhost:4566".to_owned()));
    }
    let mut request = http::Request::new(body);
    *request.method_mut() = http::Method::from_bytes(operation.method.as_bytes())
        .map_err(|error| bad(error.to_string()))?;
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(request)
}

/// Path and query.
fn target(operation: &OperationSchema, input: &dyn Structure) -> Result<String, EncodeError> {
    let mut target = String::new();
    for part in uri::parts(&operation.uri) {
        target.push('/');
        match part {
            uri::Part::Text(text) => target.push_str(text),
            uri::Part::Label { name, greedy } => {
                let empty = || EncodeError::EmptyLabel { member: name.to_owned() };
                let (schema, members) = input.split();
                let index = schema.index_of(name).ok_or_else(empty)?;
                let format = schema.members[index].timestamp_format();
                let view = members.member(index).ok_or_else(empty)?.view();
                let text = text::write(&view, format.unwrap_or(TimestampFormat::DateTime));
                let text = text.filter(|text| !text.is_empty()).ok_or_else(empty)?;
                // Writing to a string cannot fail.
                let _ = if greedy {
                    write!(target, "{}", uri::encode_greedy(&text))
                } else {
                    write!(target, "{}", uri::encode(&text))
                };
            }
        }
    }
    let mut query = Query(target);
    if let Some((_, constant)) = operation.uri.split_once('?') {
        query.separator();
        query.0.push_str(constant);
    }
    write_query(input, &mut query);
    Ok(query.0)
}

/// A target that grows by parameters.
struct Query(String);

impl Query {
    fn separator(&mut self) {
        self.0.push(if self.0.contains('?') { '&' } else { '?' });
    }

    fn push(&mut self, name: &str, value: &str) {
        self.separator();
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{}={}", uri::encode(name), uri::encode(value));
    }
}

fn write_query(input: &dyn Structure, query: &mut Query) {
    let (schema, members) = input.split();
    for (index, member) in schema.members.iter().enumerate() {
        if !member.flags.contains(Flags::QUERY) {
            continue;
        }
        let Some(value) = members.member(index) else { continue };
        let format = member.timestamp_format().unwrap_or(TimestampFormat::DateTime);
        match value.view() {
            View::Map(map) => {
                for index in 0..map.len() {
                    if let Some((key, value)) = map.entry(index) {
                        push_values(key, value, format, query);
                    }
                }
            }
            _ => push_values(member.wire_name(), value, format, query),
        }
    }
}

fn push_values(name: &str, value: &dyn Value, format: TimestampFormat, query: &mut Query) {
    match value.view() {
        View::List(list) => {
            for index in 0..list.len() {
                if let Some(item) = list.item(index)
                    && let Some(text) = text::write(&item.view(), format)
                {
                    query.push(name, &text);
                }
            }
        }
        view => {
            if let Some(text) = text::write(&view, format) {
                query.push(name, &text);
            }
        }
    }
}

/// The body, and on the way the headers that members are bound to.
fn body(
    protocol: Protocol,
    input: &dyn Structure,
    headers: &mut HeaderMap,
) -> Result<Bytes, EncodeError> {
    let (schema, members) = input.split();
    let mut payload = None;
    let mut has_body = false;
    for (index, member) in schema.members.iter().enumerate() {
        let flags = member.flags;
        has_body |= !flags.intersects(Flags::BOUND);
        if !flags.intersects(Flags::HEADER.with(Flags::HEADER_PREFIX).with(Flags::PAYLOAD)) {
            continue;
        }
        let Some(value) = members.member(index) else { continue };
        if flags.contains(Flags::HEADER) {
            if let Some(text) = header_text(value, member, protocol) {
                insert_header(headers, &member.name, member.wire_name(), &text)?;
            }
        } else if flags.contains(Flags::HEADER_PREFIX) {
            write_prefixed(value, member, headers)?;
        } else {
            payload = Some((value, member));
        }
    }
    let (body, content_type) = match payload {
        Some((value, _)) => write_payload(value, protocol),
        None if has_body => {
            (json::write_structure(input, protocol.body_form()).into(), Some("application/json"))
        }
        None => (Bytes::new(), None),
    };
    if let Some(content_type) = content_type
        && !headers.contains_key(CONTENT_TYPE)
    {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    Ok(body)
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
            insert_header(headers, &member.name, &name, text)?;
        }
    }
    Ok(())
}

/// A payload member is the body: bytes and text as they are, anything else in the codec's form.
pub(super) fn write_payload(
    value: &dyn Value,
    protocol: Protocol,
) -> (Bytes, Option<&'static str>) {
    match value.view() {
        View::Absent => (Bytes::new(), None),
        View::Blob(bytes) => (Bytes::copy_from_slice(bytes), Some("application/octet-stream")),
        View::String(text) => (Bytes::copy_from_slice(text.as_bytes()), Some("text/plain")),
        View::Structure(structure) => (
            json::write_structure(structure, protocol.body_form()).into(),
            Some("application/json"),
        ),
        _ => (json::write(value, protocol.body_form()).into(), Some("application/json")),
    }
}

/// Fills an input from a request, as a server does.
pub fn read_request(
    service: &ServiceSchema,
    operation: &OperationSchema,
    request: &http::Request<Bytes>,
    input: &mut dyn Structure,
) -> Result<Report, DecodeError> {
    let labels = uri::matches_uri(&operation.uri, request.uri().path()).unwrap_or_default();
    let query = uri::query(request.uri().query().unwrap_or_default());
    let protocol = service.protocol;
    {
        let (schema, members) = input.split_mut();
        for (index, member) in schema.members.iter().enumerate() {
            let Some(value) = members.member_mut(index) else { continue };
            let format = member.timestamp_format().unwrap_or(TimestampFormat::DateTime);
            if member.flags.contains(Flags::LABEL) {
                let label = labels.iter().find(|(name, _)| *name == member.name);
                if let Some((_, label)) = label {
                    text::read(value.slot(), label, format)
                        .map_err(|expected| mismatch(member, expected))?;
                }
            } else if member.flags.contains(Flags::QUERY) {
                read_query(&query, value, member, format)?;
            } else if member.flags.contains(Flags::HEADER) {
                read_header(request.headers(), value, member, protocol)?;
            } else if member.flags.contains(Flags::PAYLOAD) && !request.body().is_empty() {
                super::response::read_payload(request.body(), value, protocol, Reading::default())?;
            }
        }
        if schema.any(Flags::PAYLOAD) {
            return Ok(Report::default());
        }
    }
    if request.body().is_empty() {
        return Ok(Report::default());
    }
    let strict = Reading { strict: true, keep_unplaced: true, lenient: false };
    super::response::read_body(request.body(), input, protocol, strict)
}

fn mismatch(member: &MemberSchema, expected: String) -> DecodeError {
    DecodeError::Mismatch {
        path: Path::Member(&Path::Root, &member.name).to_string(),
        expected,
        found: "another text".to_owned(),
    }
}

fn read_query(
    query: &[(String, String)],
    value: &mut dyn Value,
    member: &MemberSchema,
    format: TimestampFormat,
) -> Result<(), DecodeError> {
    let name = member.wire_name();
    for (_, found) in query.iter().filter(|(key, _)| key == name) {
        let slot = match value.slot() {
            Slot::List(list) => list.push().slot(),
            slot => slot,
        };
        text::read(slot, found, format).map_err(|expected| mismatch(member, expected))?;
    }
    Ok(())
}
