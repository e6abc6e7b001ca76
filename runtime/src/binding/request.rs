//! Inputs to requests, and back for the mock.

use super::body::{read_body, read_payload, write_payload};
#[cfg(feature = "cbor")]
use super::cbor;
use super::headers::{header_text, insert_header, read_header, read_prefixed, write_prefixed};
use super::{EncodeError, uri};
use crate::TimestampFormat;
use crate::codec::{DecodeError, Path, Reading, Report, json, text};
use crate::schema::{Flags, MemberSchema, OperationSchema, Protocol, Schema, ServiceSchema};
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
        let fixed = MemberSchema::new("the service's headers", Flags::NONE);
        insert_header(&mut headers, &fixed, name, &value.replace("{region}", region))?;
    }
    #[cfg(feature = "cbor")]
    if service.protocol == Protocol::RpcV2Cbor {
        let uri = uri(endpoint, &cbor::target(service, operation))?;
        return Ok(cbor::write_request(service, operation, input, uri, headers));
    }
    let target = target(operation, input)?;
    let body = body(service.protocol, input, &mut headers)?;
    let mut request = http::Request::new(body);
    *request.method_mut() = http::Method::from_bytes(operation.method.as_bytes())
        .map_err(|error| bad_endpoint(endpoint, &error.to_string()))?;
    *request.uri_mut() = uri(endpoint, &target)?;
    *request.headers_mut() = headers;
    Ok(request)
}

fn uri(endpoint: &str, target: &str) -> Result<http::Uri, EncodeError> {
    let bad = |reason: &str| Err(bad_endpoint(endpoint, reason));
    // A path behind either would be part of it.
    if endpoint.contains(['?', '#']) {
        return bad("it must have neither a query nor a fragment");
    }
    // On its own, for without a host the first segment of the path would be taken for one.
    let Ok(base) = endpoint.parse::<http::Uri>() else {
        return bad("it needs a scheme and a host, such as https://localhost:4566");
    };
    match (base.scheme(), base.authority()) {
        (Some(_), Some(authority)) if authority.as_str().contains('@') => {
            return bad("it must not hold a user name or a password");
        }
        (Some(_), Some(authority))
            if authority.port_u16().is_none() && authority.as_str() != authority.host() =>
        {
            return bad("its port is not one");
        }
        (Some(_), Some(authority)) if !authority.host().is_empty() => {}
        _ => return bad("it needs a scheme and a host, such as https://localhost:4566"),
    }
    let base = endpoint.strip_suffix('/').unwrap_or(endpoint);
    format!("{base}{target}")
        .parse()
        .or_else(|error: http::uri::InvalidUri| bad(&error.to_string()))
}

/// The error is one line, and does not repeat a password.
fn bad_endpoint(endpoint: &str, reason: &str) -> EncodeError {
    let shown = match (endpoint.split_once("://"), endpoint.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        (None, Some((_, host))) => format!("…@{host}"),
        _ => endpoint.to_owned(),
    };
    EncodeError::Endpoint { url: shown.escape_debug().to_string(), reason: reason.to_owned() }
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
                // On the way to the server such segments are taken for steps in the path.
                let is_dots = |segment: &str| matches!(segment, "." | "..");
                if is_dots(&text) || greedy && text.split('/').any(is_dots) {
                    return Err(EncodeError::DotLabel { member: name.to_owned() });
                }
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
    write_query(operation, input, &mut query);
    Ok(query.0)
}

/// The names of the constant query, and of the members that are bound to a parameter and chosen.
fn named(
    operation: &OperationSchema,
    schema: &Schema,
    chosen: impl Fn(usize) -> bool,
) -> Vec<String> {
    let constant = operation.uri.split_once('?').map_or("", |(_, query)| query);
    let constant = uri::query(constant).into_iter().map(|(name, _)| name);
    let members = schema.members.iter().enumerate();
    let members =
        members.filter(|(index, member)| member.flags.contains(Flags::QUERY) && chosen(*index));
    constant.chain(members.map(|(_, member)| member.wire_name().to_owned())).collect()
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

fn write_query(operation: &OperationSchema, input: &dyn Structure, query: &mut Query) {
    let (schema, members) = input.split();
    let there = |index| {
        let view = members.member(index).map_or(View::Absent, Value::view);
        !matches!(view, View::Absent | View::Null | View::Map(_))
    };
    let taken = named(operation, schema, there);
    for (index, member) in schema.members.iter().enumerate() {
        if !member.flags.contains(Flags::QUERY) {
            continue;
        }
        let Some(value) = members.member(index) else { continue };
        let format = member.timestamp_format().unwrap_or(TimestampFormat::DateTime);
        match value.view() {
            View::Map(map) => {
                for (key, value) in (0..map.len()).filter_map(|index| map.entry(index)) {
                    // What the operation says by name goes before what a map says.
                    if !taken.iter().any(|name| name == key) {
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
                insert_header(headers, member, member.wire_name(), &text)?;
            }
        } else if flags.contains(Flags::HEADER_PREFIX) {
            write_prefixed(value, member, headers)?;
        } else {
            payload = Some(value);
        }
    }
    let (body, content_type) = match payload {
        // A structure that is not there is one with nothing in it, says the protocol's test suite
        // (`RestJsonHttpWithEmptyStructurePayload`).
        Some(value)
            if protocol == Protocol::RestJson
                && matches!(value.view(), View::Absent)
                && value.is_structure() =>
        {
            (Bytes::from_static(b"{}"), Some("application/json"))
        }
        Some(value) => write_payload(value, protocol),
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

/// Fills an input from a request, as a server does: what is required must be there.
pub fn read_request(
    service: &ServiceSchema,
    operation: &OperationSchema,
    request: &http::Request<Bytes>,
    input: &mut dyn Structure,
) -> Result<Report, DecodeError> {
    let strict = Reading { strict: true, keep_unplaced: true, lenient: false };
    #[cfg(feature = "cbor")]
    if service.protocol == Protocol::RpcV2Cbor {
        return cbor::read_body(request.body(), input, strict);
    }
    let labels = uri::matches_uri(&operation.uri, request.uri().path()).unwrap_or_default();
    let query = uri::query(request.uri().query().unwrap_or_default());
    let protocol = service.protocol;
    let mut payload = None;
    let mut has_body = false;
    {
        let (schema, members) = input.split_mut();
        let taken = named(operation, schema, |_| true);
        for (index, member) in schema.members.iter().enumerate() {
            let flags = member.flags;
            has_body |= !flags.intersects(Flags::BOUND);
            let Some(value) = members.member_mut(index) else { continue };
            let format = member.timestamp_format().unwrap_or(TimestampFormat::DateTime);
            let there = if flags.contains(Flags::LABEL) {
                read_label(&labels, value, member, format)?
            } else if flags.contains(Flags::QUERY) {
                read_query(&query, &taken, value, member, format)?
            } else if flags.contains(Flags::HEADER) {
                read_header(request.headers(), value, member, protocol)?
            } else if flags.contains(Flags::HEADER_PREFIX) {
                read_prefixed(request.headers(), value, member.wire_name());
                true
            } else if flags.contains(Flags::PAYLOAD) && !request.body().is_empty() {
                let body = request.body();
                payload = Some(read_payload(body, value, protocol, strict)?);
                true
            } else {
                true
            };
            // An empty list or map leaves no trace outside of a body.
            if !there && flags.contains(Flags::REQUIRED) && !value.slot().is_container() {
                let path = Path::Member(&Path::Root, &member.name).to_string();
                return Err(DecodeError::Missing { path });
            }
        }
    }
    match payload {
        Some(report) => Ok(report),
        None if has_body => read_body(request.body(), input, protocol, strict),
        None => Ok(Report::default()),
    }
}

fn mismatch(member: &MemberSchema, expected: String) -> DecodeError {
    DecodeError::Mismatch {
        path: Path::Member(&Path::Root, &member.name).to_string(),
        expected,
        found: "another text".to_owned(),
    }
}

fn read_label(
    labels: &[(&str, String)],
    value: &mut dyn Value,
    member: &MemberSchema,
    format: TimestampFormat,
) -> Result<bool, DecodeError> {
    let label = labels.iter().find(|(name, _)| *name == member.name);
    let Some((_, label)) = label else { return Ok(false) };
    text::read(value.slot(), label, format).map_err(|expected| mismatch(member, expected))?;
    Ok(true)
}

/// Fills a member from the parameters of its name, or a map from those that no name takes.
fn read_query(
    query: &[(String, String)],
    taken: &[String],
    value: &mut dyn Value,
    member: &MemberSchema,
    format: TimestampFormat,
) -> Result<bool, DecodeError> {
    let is_map = matches!(value.slot(), Slot::Map(_));
    // Asking for the slot has made something of what may be absent.
    value.clear();
    let mut there = false;
    for (key, found) in query {
        let hit = if is_map { !taken.contains(key) } else { key == member.wire_name() };
        if !hit {
            continue;
        }
        let read = match value.slot() {
            Slot::Map(map) => read_values(map.insert(key).slot(), key, found, query, format),
            Slot::List(list) => text::read(list.push().slot(), found, format),
            slot => text::read(slot, found, format),
        };
        read.map_err(|expected| mismatch(member, expected))?;
        there = true;
    }
    Ok(there)
}

/// Fills a value of a query map: with everything of its name, or with one text.
fn read_values(
    slot: Slot<'_>,
    key: &str,
    found: &str,
    query: &[(String, String)],
    format: TimestampFormat,
) -> Result<(), String> {
    let Slot::List(list) = slot else { return text::read(slot, found, format) };
    let mut values = query.iter().filter(|(name, _)| name == key);
    values.try_for_each(|(_, value)| text::read(list.push().slot(), value, format))
}
