//! Inputs to requests whose members have places of their own, and back for the mock.

use super::uri;
use crate::TimestampFormat;
use crate::binding::EncodeError;
use crate::binding::body::{self, Content, Find};
use crate::binding::headers::{
    header_text, insert_header, read_header, read_prefixed, write_prefixed,
};
use crate::codec::{DecodeError, Path, Reading, Report, text};
use crate::schema::{Flags, MemberSchema, OperationSchema, Protocol, Schema, ServiceSchema};
use crate::value::{Slot, Structure, Value, View};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use std::fmt::Write;

/// What a request says beside its method and host.
pub(in crate::binding) fn write(
    service: &ServiceSchema,
    operation: &OperationSchema,
    input: &dyn Structure,
    headers: &mut HeaderMap,
) -> Result<(String, Bytes), EncodeError> {
    let target = target(operation, input)?;
    let body = body(service.protocol, operation, input, headers)?;
    Ok((target, body))
}

/// Path and query.
fn target(operation: &OperationSchema, input: &dyn Structure) -> Result<String, EncodeError> {
    let mut target = String::with_capacity(operation.uri.len());
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
    if !schema.any(Flags::QUERY) {
        return;
    }
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
    operation: &OperationSchema,
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
            payload = Some((member, value));
        }
    }
    let content = match payload {
        // A structure that is not there is one with nothing in it, says the protocol's test suite
        // (`RestJsonHttpWithEmptyStructurePayload`).
        Some((_, value))
            if protocol == Protocol::RestJson
                && matches!(value.view(), View::Absent)
                && value.is_structure() =>
        {
            Content { body: Bytes::from_static(b"{}"), media: Some("application/json") }
        }
        Some((member, value)) => {
            let mut content = body::write_payload(member, value, protocol);
            // What the bytes are is the caller's to say: a service may keep what a client makes up.
            if matches!(value.view(), View::Blob(_) | View::String(_)) && protocol != Protocol::Rest
            {
                content.media = None;
            }
            content
        }
        None if has_body => {
            let root = operation.traits.as_deref().and_then(|traits| traits.root.as_ref());
            body::write_members(protocol, input, root)
        }
        None => Content::default(),
    };
    if let Some(media) = content.media
        && !headers.contains_key(CONTENT_TYPE)
    {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    }
    Ok(content.body)
}

/// Fills an input from the parts of a request.
pub(in crate::binding) fn read(
    service: &ServiceSchema,
    operation: &OperationSchema,
    request: &http::Request<Bytes>,
    input: &mut dyn Structure,
    strict: Reading,
) -> Result<Report, DecodeError> {
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
                payload = Some(body::read_payload(body, value, protocol, strict)?);
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
        None if has_body => body::read_members(request.body(), input, protocol, strict, Find::Root),
        None => Ok(Report::default()),
    }
}

fn mismatch(member: &MemberSchema, expected: String) -> DecodeError {
    DecodeError::Mismatch {
        path: Path::Member(&Path::Root, &member.name).to_string(),
        expected,
        found: "another text".to_owned(),
        near: None,
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
