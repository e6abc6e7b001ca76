//! Inputs to requests, and back for the mock.

#[cfg(feature = "cbor")]
use super::cbor;
use super::endpoint::{bad_endpoint, host_prefix, uri};
use super::headers::insert_header;
use super::{EncodeError, rest, rpc};
use crate::codec::{DecodeError, Reading, Report};
#[cfg(feature = "cbor")]
use crate::schema::Protocol;
use crate::schema::{Flags, MemberSchema, OperationSchema, ServiceSchema};
use crate::value::Structure;
use bytes::Bytes;
use http::header::HeaderMap;

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
    if let Some(feature) = service.protocol.missing_feature() {
        return Err(EncodeError::Feature { protocol: service.protocol, feature });
    }
    let mut headers = HeaderMap::new();
    for (name, value) in service.headers.iter() {
        let fixed = MemberSchema::new("the service's headers", Flags::NONE);
        insert_header(&mut headers, &fixed, name, &value.replace("{region}", region))?;
    }
    let prefix = host_prefix(operation, input)?;
    #[cfg(feature = "cbor")]
    if service.protocol == Protocol::RpcV2Cbor {
        let uri = uri(endpoint, &prefix, &cbor::target(service, operation))?;
        return Ok(cbor::write_request(service, operation, input, uri, headers));
    }
    let (target, body) = if service.protocol.is_rest() {
        rest::write(service, operation, input, &mut headers)?
    } else {
        rpc::write(service, operation, input, &mut headers)?
    };
    let mut request = http::Request::new(body);
    *request.method_mut() = http::Method::from_bytes(operation.method.as_bytes())
        .map_err(|error| bad_endpoint(endpoint, &error.to_string()))?;
    *request.uri_mut() = uri(endpoint, &prefix, &target)?;
    *request.headers_mut() = headers;
    Ok(request)
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
    if service.protocol.is_rest() {
        rest::read(service, operation, request, input, strict)
    } else {
        rpc::read(service, request, input, strict)
    }
}

/// Whether a request calls an operation: what a server routes by.
///
/// Several operations may answer to a REST path; the one with the fewest labels is meant.
pub fn is_call_of(
    service: &ServiceSchema,
    operation: &OperationSchema,
    request: &http::Request<Bytes>,
) -> bool {
    if !service.protocol.is_rest() {
        return request.method() == http::Method::POST && rpc::calls(service, operation, request);
    }
    operation.method == request.method().as_str()
        && rest::matches_uri(&operation.uri, request.uri().path()).is_some()
        && operation.uri.split_once('?').is_none_or(|(_, query)| {
            request.uri().query().is_some_and(|given| given.starts_with(query))
        })
}
