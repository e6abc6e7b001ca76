//! What a response that is no success says.

use crate::Document;
use crate::schema::{ErrorSchema, Protocol, ServiceSchema};
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
}

/// Servers do not always keep to the member that their model names.
const MESSAGES: &[&str] = &["message", "Message", "exceptionMessage", "errorMessage"];

/// Reads code and message of a failed response, whatever its body is.
pub fn read_error(service: &ServiceSchema, response: &http::Response<Bytes>) -> ErrorFacts {
    let body = match service.protocol {
        #[cfg(feature = "cbor")]
        Protocol::RpcV2Cbor => crate::codec::cbor::read_document(response.body()).ok(),
        _ => Document::from_json(response.body()).ok(),
    };
    let format = &service.error_format;
    let inner = body.as_ref().and_then(|body| body.pointer(&format.envelope));
    let named =
        |names: &[crate::schema::Text]| names.iter().find_map(|name| inner?.get(name)?.to_text());
    let code = named(&format.code).or_else(|| code_by_protocol(service.protocol, response, inner));
    let schema = schema_of(service, code.as_deref(), inner);
    let modelled = schema.filter(|error| !error.message.is_empty());
    let message = modelled
        .and_then(|error| inner?.get(&error.message)?.to_text())
        .or_else(|| named(&format.message))
        .or_else(|| MESSAGES.iter().find_map(|name| inner?.get(name)?.to_text()))
        .filter(|message| !message.is_empty());
    ErrorFacts { code, message, shape: schema.map(|error| error.shape.clone().into_owned()) }
}

/// The code where the protocol has it. What a build does not know has none.
fn code_by_protocol(
    protocol: Protocol,
    response: &http::Response<Bytes>,
    inner: Option<&Document>,
) -> Option<String> {
    match protocol {
        #[cfg(feature = "aws")]
        Protocol::RestJson => crate::aws::errors::code(response.headers(), inner),
        #[cfg(not(feature = "aws"))]
        Protocol::RestJson => {
            let _ = (response, inner);
            None
        }
        #[cfg(feature = "cbor")]
        Protocol::RpcV2Cbor => super::cbor::error_code(response, inner),
        _ => None,
    }
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

/// The object inside the service's envelope as JSON, for an error's structure to be read from.
pub(crate) fn unwrap_envelope(
    service: &ServiceSchema,
    response: &http::Response<Bytes>,
) -> http::Response<Bytes> {
    let mut inner = response.clone();
    if !service.error_format.envelope.is_empty()
        && let Ok(body) = Document::from_json(response.body())
        && let Some(object) = body.pointer(&service.error_format.envelope)
    {
        *inner.body_mut() = object.to_json().into();
    }
    inner
}
