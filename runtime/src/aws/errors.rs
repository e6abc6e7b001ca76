//! How AWS services name their errors over HTTP with JSON bodies.

use crate::Document;
use crate::schema::Protocol;
use http::HeaderMap;

/// The headers that may hold a request's id.
pub(crate) const REQUEST_ID_HEADERS: &[&str] =
    &["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"];

/// The error's code: a header, or one of three members of the body.
///
/// Where there are several, botocore's choice is taken: REST JSON goes by the header and by `code`
/// first, the others by `__type`.
///
/// Source: <https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization>
pub(crate) fn code(
    protocol: Protocol,
    headers: &HeaderMap,
    body: Option<&Document>,
) -> Option<String> {
    let header = || Some(headers.get("x-amzn-errortype")?.to_str().ok()?.to_owned());
    let member = |name: &str| body?.get(name)?.to_text();
    let code = || member("code").or_else(|| member("Code"));
    let full = match protocol {
        Protocol::RestJson => header().or_else(code).or_else(|| member("__type")),
        _ => member("__type").or_else(header).or_else(code),
    };
    crate::binding::bare_code(&full?)
}
