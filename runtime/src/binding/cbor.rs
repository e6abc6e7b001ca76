//! Smithy RPC v2 CBOR: every operation is a POST to a path of its name, and everything is in the
//! body.
//!
//! Source: <https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html>; the query headers
//! are those of <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html> and botocore 1.43.67.

use super::rpc::QUERY_COMPATIBLE;
use crate::codec::{DecodeError, Form, Reading, Report, cbor};
use crate::schema::{ErrorSchema, OperationSchema, Protocol, ServiceSchema};
use crate::value::{Structure, Value};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode, Uri};

const PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");
const PROTOCOL_NAME: HeaderValue = HeaderValue::from_static("rpc-v2-cbor");
const CBOR: HeaderValue = HeaderValue::from_static("application/cbor");
const EVENT_STREAM: HeaderValue = HeaderValue::from_static("application/vnd.amazon.eventstream");
const QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");
const QUERY_ERROR: &str = "x-amzn-query-error";

/// The trait of an operation that has no input, not even an empty one.
const NO_INPUT: &str = "no-input";

/// The path of an operation.
pub(super) fn target(service: &ServiceSchema, operation: &OperationSchema) -> String {
    format!("/service/{}/operation/{}", service.target, operation.wire_name())
}

/// The request of an operation, with the headers that it has already.
pub(super) fn write_request(
    service: &ServiceSchema,
    operation: &OperationSchema,
    input: &dyn Structure,
    uri: Uri,
    mut headers: HeaderMap,
) -> Request<Bytes> {
    let traits = operation.traits.as_deref();
    // A stream in this protocol is one of events.
    let events_out = traits.is_some_and(|traits| traits.streams_output);
    let events_in = traits.is_some_and(|traits| traits.streams_input.is_some());
    headers.insert(PROTOCOL, PROTOCOL_NAME);
    headers.insert(ACCEPT, if events_out { EVENT_STREAM } else { CBOR });
    if service.has(QUERY_COMPATIBLE) {
        headers.insert(QUERY_MODE, HeaderValue::from_static("true"));
    }
    let body = if operation.has(NO_INPUT) {
        Bytes::new()
    } else {
        let content_type = if events_in { EVENT_STREAM } else { CBOR };
        headers.entry(CONTENT_TYPE).or_insert(content_type);
        cbor::write_structure(input, form()).into()
    };
    let mut request = Request::new(body);
    *request.method_mut() = Method::POST;
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    request
}

/// Fills an output, or an error's structure, from a response.
///
/// A response that names another protocol was not written for this client. One that names none is
/// read, as botocore does.
pub(super) fn read_response(
    response: &Response<Bytes>,
    output: &mut dyn Structure,
    reading: Reading,
) -> Result<Report, DecodeError> {
    if let Some(named) = response.headers().get(PROTOCOL)
        && named != PROTOCOL_NAME
    {
        let reason = format!("the response's protocol is {named:?}");
        return Err(DecodeError::Syntax { format: "Smithy RPC v2 CBOR", reason });
    }
    read_body(response.body(), output, reading)
}

/// An empty body is an empty structure: nothing is there, and what is required is missing.
pub(super) fn read_body(
    body: &Bytes,
    structure: &mut dyn Structure,
    reading: Reading,
) -> Result<Report, DecodeError> {
    const EMPTY_MAP: &[u8] = &[0xa0];
    let body = if body.is_empty() { EMPTY_MAP } else { body };
    let value: &mut dyn Value = structure;
    cbor::read(body, value, form(), reading)
}

/// The response that carries an output, as a server sends it.
pub(super) fn write_response(output: &dyn Structure) -> Response<Bytes> {
    response(StatusCode::OK, cbor::write_structure(output, form()))
}

/// The response that carries an error, as a server sends it.
pub(super) fn write_error(
    service: &ServiceSchema,
    error: &ErrorSchema,
    value: &dyn Structure,
) -> Response<Bytes> {
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = response(status, cbor::write_typed(value, &error.shape, form()));
    let code = error.codes.first().filter(|_| service.has(QUERY_COMPATIBLE));
    if let Some(code) = code {
        let fault = if status.is_server_error() { "Receiver" } else { "Sender" };
        if let Ok(value) = HeaderValue::try_from(format!("{code};{fault}")) {
            response.headers_mut().insert(QUERY_ERROR, value);
        }
    }
    response
}

fn response(status: StatusCode, body: Vec<u8>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(PROTOCOL, PROTOCOL_NAME);
    response.headers_mut().insert(CONTENT_TYPE, CBOR);
    response
}

fn form() -> Form {
    Protocol::RpcV2Cbor.body_form()
}
