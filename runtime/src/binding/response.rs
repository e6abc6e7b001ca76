//! Responses to outputs, and back for the mock.

use super::body::{read_body, read_payload, write_payload};
#[cfg(feature = "cbor")]
use super::cbor;
use super::headers::{header_text, insert_header, read_header, read_prefixed, write_prefixed};
use crate::codec::{DecodeError, Reading, Report, json};
use crate::schema::{ErrorSchema, Flags, OperationSchema, Protocol, ServiceSchema};
use crate::value::{Slot, Structure, Value, View};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};

/// Fills an output, or an error's structure, from a response.
pub fn read_response(
    service: &ServiceSchema,
    response: &http::Response<Bytes>,
    output: &mut dyn Structure,
    reading: Reading,
) -> Result<Report, DecodeError> {
    let protocol = service.protocol;
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
                read_prefixed(response.headers(), value, member.wire_name());
            } else if member.flags.contains(Flags::STATUS) {
                match value.slot() {
                    Slot::Integer(place) => *place = response.status().as_u16().into(),
                    Slot::Long(place) => *place = response.status().as_u16().into(),
                    _ => {}
                }
            } else if member.flags.contains(Flags::PAYLOAD) && !body.is_empty() {
                payload = Some(read_payload(body, value, protocol, reading)?);
            }
        }
    }
    match payload {
        Some(report) => Ok(report),
        None if has_body => read_body(body, output, protocol, reading),
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
    let mut response = write(service.protocol, output, status);
    // A status without content has no body (RFC 9110, §15.3.5).
    if response.status() == http::StatusCode::NO_CONTENT {
        *response.body_mut() = Bytes::new();
        response.headers_mut().remove(CONTENT_TYPE);
    }
    response
}

/// The response that carries an error, as a server sends it.
pub fn write_error(
    service: &ServiceSchema,
    error: &ErrorSchema,
    value: &dyn Structure,
) -> http::Response<Bytes> {
    #[cfg(feature = "cbor")]
    if service.protocol == Protocol::RpcV2Cbor {
        return cbor::write_error(service, error, value);
    }
    let status = if error.status == 0 { 400 } else { error.status };
    let mut response = write(service.protocol, value, status);
    for name in service.error_format.envelope.split('/').skip(1).collect::<Vec<_>>().iter().rev() {
        let inner = String::from_utf8_lossy(response.body()).into_owned();
        let name = serde_json::Value::from(*name);
        *response.body_mut() = format!("{{{name}:{inner}}}").into();
    }
    if service.protocol == Protocol::RestJson
        && let Some(code) = error.codes.first()
        && let Ok(code) = HeaderValue::try_from(&**code)
    {
        response.headers_mut().insert("x-amzn-errortype", code);
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

fn write(protocol: Protocol, value: &dyn Structure, status: u16) -> http::Response<Bytes> {
    let (schema, members) = value.split();
    let mut response = http::Response::new(Bytes::new());
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    let mut body = None;
    let mut has_body = false;
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
            body = Some(write_payload(value, protocol));
        }
    }
    let (body, content_type) = match body {
        Some(payload) => payload,
        None if has_body => {
            (json::write_structure(value, protocol.body_form()).into(), Some("application/json"))
        }
        None => (Bytes::new(), None),
    };
    if let Some(content_type) = content_type {
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    *response.body_mut() = body;
    response
}
