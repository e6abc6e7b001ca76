//! Requests that name their operation in a header or in the body, with all members in the body.

use super::EncodeError;
use super::body;
use super::headers::insert_header;
use crate::codec::query::Dialect;
use crate::codec::{DecodeError, Reading, Report, query};
use crate::schema::{Flags, MemberSchema, OperationSchema, Protocol, ServiceSchema};
use crate::value::Structure;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

/// The content type of a form, as botocore writes it.
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";
/// The custom of services that have left AWS query: the client understands both kinds of error
/// codes. Source: <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait>
pub(super) const QUERY_COMPATIBLE: &str = "query-compatible";

/// What a request says beside its method and host.
pub(super) fn write(
    service: &ServiceSchema,
    operation: &OperationSchema,
    input: &dyn Structure,
    headers: &mut HeaderMap,
) -> Result<(String, Bytes), EncodeError> {
    let protocol = service.protocol;
    let (media, bytes) = match protocol {
        Protocol::Query | Protocol::Ec2Query => {
            let (action, version) = (operation.wire_name(), &service.version);
            (FORM, query::write(action, version, input, dialect(protocol)).into())
        }
        _ => (protocol.media(), body::write_members(protocol, input, None).body),
    };
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    if matches!(protocol, Protocol::Json10 | Protocol::Json11) {
        let member = MemberSchema::new("the service's target", Flags::NONE);
        insert_header(headers, &member, "x-amz-target", &target(service, operation))?;
    }
    if service.has(QUERY_COMPATIBLE) && protocol != Protocol::Query {
        headers.insert("x-amzn-query-mode", HeaderValue::from_static("true"));
    }
    // Whatever the model has for a URI, botocore sends these requests to the root.
    Ok(("/".to_owned(), bytes))
}

/// Fills an input from a body.
pub(super) fn read(
    service: &ServiceSchema,
    request: &http::Request<Bytes>,
    input: &mut dyn Structure,
    strict: Reading,
) -> Result<Report, DecodeError> {
    let protocol = service.protocol;
    match protocol {
        Protocol::Query | Protocol::Ec2Query => {
            query::read(form(request), input, dialect(protocol), strict)
        }
        _ => body::read_members(request.body(), input, protocol, strict, body::Find::Root),
    }
}

/// Whether a request calls an operation.
pub(super) fn calls(
    service: &ServiceSchema,
    operation: &OperationSchema,
    request: &http::Request<Bytes>,
) -> bool {
    match service.protocol {
        Protocol::Query | Protocol::Ec2Query => {
            query::action(form(request)).is_some_and(|action| action == operation.wire_name())
        }
        Protocol::Json10 | Protocol::Json11 => request
            .headers()
            .get("x-amz-target")
            .is_some_and(|header| header.as_bytes() == target(service, operation).as_bytes()),
        #[cfg(feature = "cbor")]
        Protocol::RpcV2Cbor => request.uri().path() == super::cbor::target(service, operation),
        _ => false,
    }
}

/// Parameters may be in the body or, as people write them by hand, in the URI.
fn form(request: &http::Request<Bytes>) -> &[u8] {
    if request.body().is_empty() {
        request.uri().query().unwrap_or_default().as_bytes()
    } else {
        request.body()
    }
}

fn target(service: &ServiceSchema, operation: &OperationSchema) -> String {
    format!("{}.{}", service.target, operation.wire_name())
}

fn dialect(protocol: Protocol) -> Dialect {
    match protocol {
        Protocol::Ec2Query => Dialect::Ec2,
        _ => Dialect::Query,
    }
}
