//! How AWS services name their errors over HTTP with JSON bodies.

use crate::Document;
use http::HeaderMap;

/// The headers that may hold a request's id.
pub(crate) const REQUEST_ID_HEADERS: &[&str] =
    &["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"];

/// The error's code: a header, or one of two members of the body. A namespace in front of `#` and
/// anything behind `:` are not part of it.
///
/// Source: <https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization>
pub(crate) fn code(headers: &HeaderMap, body: Option<&Document>) -> Option<String> {
    let header = headers.get("x-amzn-errortype").and_then(|value| value.to_str().ok());
    let member = |name: &str| body?.get(name)?.to_text();
    let full = header
        .map(str::to_owned)
        .or_else(|| member("__type"))
        .or_else(|| member("code"))
        .or_else(|| member("Code"))?;
    let code = full.split(':').next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}
