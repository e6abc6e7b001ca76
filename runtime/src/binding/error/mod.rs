//! What a response that is no success says, and such a response as a server sends it.

mod write;

pub use write::write_error;

use super::body::{Codec, Find, error_element};
use super::response::read_parts;
use crate::Document;
use crate::codec::{DecodeError, Reading, Report, xml};
use crate::schema::{ErrorSchema, Protocol, ServiceSchema};
use crate::value::Structure;
use bytes::Bytes;

/// What a failed response says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorFacts {
    /// The code that the service names the error by, without prefix and suffix.
    pub code: Option<String>,
    /// What happened, in the service's words.
    pub message: Option<String>,
    /// The structure that the spec has for it.
    pub shape: Option<String>,
    /// The request's id, where the body has it.
    pub request_id: Option<String>,
}

/// Servers do not always keep to the member that their model names.
const MESSAGES: &[&str] = &["message", "Message", "exceptionMessage", "errorMessage"];

/// Reads code and message of a failed response, whatever its body is.
pub fn read_error(service: &ServiceSchema, response: &http::Response<Bytes>) -> ErrorFacts {
    let protocol = service.protocol;
    let Body { error, request_id } = match protocol.codec() {
        Codec::Json => Body { error: Document::from_json(response.body()).ok(), request_id: None },
        Codec::Xml => read_xml(response.body()),
        #[cfg(feature = "cbor")]
        Codec::Cbor => {
            let error = crate::codec::cbor::read_document(response.body()).ok();
            Body { error, request_id: None }
        }
        #[cfg(not(feature = "cbor"))]
        Codec::Cbor => Body::default(),
    };
    let format = &service.error_format;
    let inner = error.as_ref().and_then(|body| body.pointer(&format.envelope));
    let named =
        |names: &[crate::schema::Text]| names.iter().find_map(|name| inner?.get(name)?.to_text());
    let own = named(&format.code).or_else(|| code_by_protocol(protocol, response, inner));
    let query = query_code(protocol, response).map(str::to_owned);
    // The structure goes by the protocol's own code, as in botocore's `QueryErrorCode`.
    let known = own.as_deref().and_then(|code| service.error_by_code(code));
    let code = query.or(own);
    let schema = known.or_else(|| schema_of(service, code.as_deref(), inner));
    let modelled = schema.filter(|error| !error.message.is_empty());
    let message = modelled
        .and_then(|error| inner?.get(&error.message)?.to_text())
        .or_else(|| named(&format.message))
        .or_else(|| MESSAGES.iter().find_map(|name| inner?.get(name)?.to_text()))
        .filter(|message| !message.is_empty())
        .or_else(|| reason(protocol, response, error.as_ref()));
    let shape = schema.map(|error| error.shape.clone().into_owned());
    ErrorFacts { code, message, shape, request_id }
}

/// Fills an error's structure from a failed response.
pub fn read_error_members(
    service: &ServiceSchema,
    response: &http::Response<Bytes>,
    value: &mut dyn Structure,
    reading: Reading,
) -> Result<Report, DecodeError> {
    let inner = unwrap_envelope(service, response);
    let response = inner.as_ref().unwrap_or(response);
    read_parts(service.protocol, response, value, reading, Find::Error)
}

/// What a body says.
#[derive(Default)]
struct Body {
    error: Option<Document>,
    request_id: Option<String>,
}

/// The id stands beside the error, or in one that stands alone.
fn read_xml(body: &[u8]) -> Body {
    let Ok(tree) = xml::Tree::parse(body) else { return Body::default() };
    let root = tree.root();
    let id = |element: xml::Element<'_>| {
        let names = ["RequestId", "RequestID", "requestId"];
        names.iter().find_map(|name| Some(element.child(name)?.text().trim().to_owned()))
    };
    let metadata = root.child("ResponseMetadata");
    let request_id = id(root).or_else(|| id(metadata?)).filter(|id| !id.is_empty());
    Body { error: Some(xml::to_document(error_element(root))), request_id }
}

/// The code where the protocol has it. What a build does not know has none.
fn code_by_protocol(
    protocol: Protocol,
    response: &http::Response<Bytes>,
    inner: Option<&Document>,
) -> Option<String> {
    match protocol {
        Protocol::Rest => None,
        Protocol::RestXml | Protocol::Query | Protocol::Ec2Query => {
            inner?.get("Code")?.to_text().filter(|code| !code.is_empty())
        }
        Protocol::RpcV2Cbor => bare_code(&inner?.get("__type")?.to_text()?),
        #[cfg(feature = "aws")]
        Protocol::RestJson | Protocol::Json10 | Protocol::Json11 => {
            crate::aws::errors::code(protocol, response.headers(), inner)
        }
        #[cfg(not(feature = "aws"))]
        Protocol::RestJson | Protocol::Json10 | Protocol::Json11 => {
            let _ = response;
            None
        }
    }
}

/// A namespace in front of `#` and anything behind `:` are not part of a code.
pub(crate) fn bare_code(full: &str) -> Option<String> {
    let code = full.split(':').next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// The code that a service had when it spoke AWS query: `code;Sender` in a header.
///
/// Source: <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait>
fn query_code(protocol: Protocol, response: &http::Response<Bytes>) -> Option<&str> {
    if !matches!(protocol, Protocol::Json10 | Protocol::Json11 | Protocol::RpcV2Cbor) {
        return None;
    }
    let header = response.headers().get("x-amzn-query-error")?.to_str().ok()?;
    let (code, fault) = header.split_once(';')?;
    (!code.is_empty() && !fault.contains(';')).then_some(code)
}

/// A known code decides. Where no code is known, a member that only one structure has does.
fn schema_of<'s>(
    service: &'s ServiceSchema,
    code: Option<&str>,
    inner: Option<&Document>,
) -> Option<&'s ErrorSchema> {
    if let Some(known) = code.and_then(|code| service.error_by_code(code)) {
        return Some(known);
    }
    let has = |error: &&ErrorSchema| {
        !error.has.is_empty() && inner.is_some_and(|inner| inner.get(&error.has).is_some())
    };
    service.errors.iter().find(has)
}

/// What the status says, where the body says nothing: a HEAD request has no body to say it in, and
/// a server in between answers with a page of its own (botocore's `_is_generic_error_response`).
fn reason(
    protocol: Protocol,
    response: &http::Response<Bytes>,
    error: Option<&Document>,
) -> Option<String> {
    let status = response.status();
    let body = response.body().trim_ascii();
    let generic = status.is_server_error()
        && protocol != Protocol::Rest
        && (body.is_empty() || body.starts_with(b"<html>"));
    let silent = protocol.codec() == Codec::Xml && error.is_none() && !status.is_redirection();
    let reason = status.canonical_reason().filter(|_| generic || silent && body.is_empty());
    reason.map(str::to_owned)
}

/// The object inside the service's envelope as JSON, for an error's structure to be read from.
fn unwrap_envelope(
    service: &ServiceSchema,
    response: &http::Response<Bytes>,
) -> Option<http::Response<Bytes>> {
    if service.error_format.envelope.is_empty() {
        return None;
    }
    let body = Document::from_json(response.body()).ok()?;
    let object = body.pointer(&service.error_format.envelope)?;
    let mut inner = response.clone();
    *inner.body_mut() = object.to_json().into();
    Some(inner)
}
