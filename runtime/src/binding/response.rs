//! Responses to outputs, and back for the mock.

use super::body::{self, Content, Find};
#[cfg(feature = "cbor")]
use super::cbor;
use super::headers::{header_text, insert_header, read_header, read_prefixed, write_prefixed};
use super::wrapper;
use crate::codec::{DecodeError, Reading, Report};
use crate::schema::{Flags, OperationSchema, Protocol, ServiceSchema};
use crate::value::{Slot, Structure, Value, View};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};

/// Fills an output from a response.
pub fn read_response(
    service: &ServiceSchema,
    operation: &OperationSchema,
    response: &http::Response<Bytes>,
    output: &mut dyn Structure,
    reading: Reading,
) -> Result<Report, DecodeError> {
    let result = operation.traits.as_deref().map_or("", |traits| &traits.result);
    read_parts(service.protocol, response, output, reading, Find::Result(result))
}

/// Fills the parts of an output, or of an error's structure.
pub(super) fn read_parts(
    protocol: Protocol,
    response: &http::Response<Bytes>,
    output: &mut dyn Structure,
    reading: Reading,
    find: Find<'_>,
) -> Result<Report, DecodeError> {
    #[cfg(feature = "cbor")]
    if protocol == Protocol::RpcV2Cbor {
        return cbor::read_response(response, output, reading);
    }
    let body = response.body();
    let mut has_body = false;
    let mut payload = None;
    {
        let (schema, members) = output.split_mut();
        for (index, member) in schema.members.iter().enumerate() {
            if !member.flags.intersects(Flags::BOUND) {
                has_body = true;
                continue;
            }
            let Some(value) = members.member_mut(index) else { continue };
            if member.flags.contains(Flags::HEADER) {
                read_header(response.headers(), value, member, protocol)?;
            } else if member.flags.contains(Flags::HEADER_PREFIX) {
                // The map is there even if no header is, as other clients show it. Asking for the
                // slot makes it so.
                let _ = value.slot();
                read_prefixed(response.headers(), value, member.wire_name());
            } else if member.flags.contains(Flags::STATUS) {
                match value.slot() {
                    Slot::Integer(place) => *place = response.status().as_u16().into(),
                    Slot::Long(place) => *place = response.status().as_u16().into(),
                    _ => {}
                }
            } else if member.flags.contains(Flags::PAYLOAD) && !body.is_empty() {
                payload = Some(body::read_payload(body, value, protocol, reading)?);
            }
        }
    }
    match payload {
        Some(report) => Ok(report),
        None if has_body => body::read_members(body, output, protocol, reading, find),
        None => Ok(Report::default()),
    }
}

/// The response that carries an output, as a server sends it.
pub fn write_response(
    service: &ServiceSchema,
    operation: &OperationSchema,
    output: &dyn Structure,
) -> http::Response<Bytes> {
    #[cfg(feature = "cbor")]
    if service.protocol == Protocol::RpcV2Cbor {
        return cbor::write_response(output);
    }
    let status = if operation.status == 0 { 200 } else { operation.status };
    let has_body = !service.protocol.is_rest();
    let mut response = write_parts(service.protocol, output, status, has_body, |output| {
        wrapper::write_result(service, operation, output)
    });
    // A status without content has no body (RFC 9110, §15.3.5).
    if response.status() == http::StatusCode::NO_CONTENT {
        *response.body_mut() = Bytes::new();
        response.headers_mut().remove(CONTENT_TYPE);
    }
    response
}

/// A final status, if the number is one.
fn status_of(value: &dyn Value) -> Option<http::StatusCode> {
    let number = match value.view() {
        View::Integer(number) => u16::try_from(number).ok()?,
        View::Long(number) => u16::try_from(number).ok()?,
        _ => return None,
    };
    http::StatusCode::from_u16(number).ok().filter(|status| !status.is_informational())
}

/// Puts the members of an output, or of an error's structure, into the parts of a response.
pub(super) fn write_parts(
    protocol: Protocol,
    value: &dyn Structure,
    status: u16,
    // There is one although no member is in it.
    mut has_body: bool,
    write_body: impl FnOnce(&dyn Structure) -> Content,
) -> http::Response<Bytes> {
    let (schema, members) = value.split();
    let mut response = http::Response::new(Bytes::new());
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    let mut payload = None;
    for (index, member) in schema.members.iter().enumerate() {
        has_body |= !member.flags.intersects(Flags::BOUND);
        let Some(value) = members.member(index) else { continue };
        let headers = response.headers_mut();
        // A value that no header can carry is left out: a mock has nobody to tell.
        if member.flags.contains(Flags::STATUS) {
            if let Some(status) = status_of(value) {
                *response.status_mut() = status;
            }
        } else if member.flags.contains(Flags::HEADER) {
            if let Some(text) = header_text(value, member, protocol) {
                let _ = insert_header(headers, member, member.wire_name(), &text);
            }
        } else if member.flags.contains(Flags::HEADER_PREFIX) {
            let _ = write_prefixed(value, member, headers);
        } else if member.flags.contains(Flags::PAYLOAD) {
            payload = Some(body::write_payload(member, value, protocol));
        }
    }
    let content = match payload {
        Some(payload) => payload,
        None if has_body => write_body(value),
        None => Content::default(),
    };
    // What a member says of the body goes before what is known of its form.
    if let Some(media) = content.media {
        let header = response.headers_mut().entry(CONTENT_TYPE);
        header.or_insert(HeaderValue::from_static(media));
    }
    *response.body_mut() = content.body;
    response
}
