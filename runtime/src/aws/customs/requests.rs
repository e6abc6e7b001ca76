//! Requests that look otherwise than the protocol says.

use super::CustomError;
use crate::schema::ServiceSchema;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, EXPECT, HeaderName, HeaderValue};
use http::uri::PathAndQuery;
use http::{Method, Request, Uri};

/// API Gateway answers with HAL otherwise (`add_accept_header` in botocore's `handlers.py`).
pub(super) fn accept_json(_service: &ServiceSchema, _argument: &str, request: &mut Request<Bytes>) {
    let json = HeaderValue::from_static("application/json");
    request.headers_mut().entry(ACCEPT).or_insert(json);
}

/// `add_glacier_version`, `inject_api_version_header_if_needed`
pub(super) fn api_version_header(
    service: &ServiceSchema,
    name: &str,
    request: &mut Request<Bytes>,
) {
    let name = HeaderName::from_bytes(name.as_bytes());
    if let (Ok(name), Ok(version)) = (name, HeaderValue::from_str(&service.version)) {
        request.headers_mut().insert(name, version);
    }
}

/// S3 can say no before a body is sent (`add_expect_header`). Nothing is lost with a transport that
/// does not wait.
pub(super) fn expect_continue(request: &mut Request<Bytes>, streams: bool) {
    let carries = matches!(*request.method(), Method::PUT | Method::POST);
    if carries && (streams || !request.body().is_empty()) {
        let wait = HeaderValue::from_static("100-continue");
        request.headers_mut().insert(EXPECT, wait);
    }
}

/// Readers of XML make one line feed of any line break, so that a key with another one would not be
/// found (`escape_xml_payload`).
pub(super) fn escape_line_breaks(
    _service: &ServiceSchema,
    _argument: &str,
    request: &mut Request<Bytes>,
) {
    let body = request.body();
    if body.contains(&b'\r') || body.contains(&b'\n') {
        let mut escaped = Vec::with_capacity(body.len() + 16);
        for byte in body {
            match byte {
                b'\r' => escaped.extend_from_slice(b"&#xD;"),
                b'\n' => escaped.extend_from_slice(b"&#xA;"),
                byte => escaped.push(*byte),
            }
        }
        *request.body_mut() = escaped.into();
    }
}

/// A search may be longer than a URL (`change_get_to_post`).
pub(super) fn query_to_form(
    _service: &ServiceSchema,
    _argument: &str,
    request: &mut Request<Bytes>,
) {
    if request.method() == Method::GET
        && let Some(query) = request.uri().query()
    {
        let body = Bytes::copy_from_slice(query.as_bytes());
        let path = request.uri().path().to_owned();
        *request.method_mut() = Method::POST;
        *request.body_mut() = body;
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(CONTENT_TYPE, form);
        set_target(request, &path);
    }
}

/// Each model of Amazon Machine Learning has an endpoint of its own
/// (`switch_host_machinelearning`).
pub(super) fn host_from_member(
    member: &str,
    request: &mut Request<Bytes>,
) -> Result<(), CustomError> {
    let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap_or_default();
    let endpoint = body.get(member).and_then(serde_json::Value::as_str).unwrap_or_default();
    if endpoint.is_empty() {
        return Ok(());
    }
    let wrong = || CustomError::Input {
        member: member.to_owned(),
        reason: format!("`{}` is no URL with a scheme and a host", endpoint.escape_debug()),
    };
    let endpoint: Uri = endpoint.parse().map_err(|_| wrong())?;
    let endpoint = endpoint.into_parts();
    if endpoint.scheme.is_none() {
        return Err(wrong());
    }
    let mut parts = request.uri().clone().into_parts();
    parts.scheme = endpoint.scheme;
    parts.authority = endpoint.authority;
    *request.uri_mut() = Uri::from_parts(parts).map_err(|_| wrong())?;
    Ok(())
}

/// A browser that uses the URL sends none (`remove_content_type_header_for_presigning`).
pub(super) fn no_content_type(request: &mut Request<Bytes>) {
    request.headers_mut().remove(CONTENT_TYPE);
}

/// Gives a request another path and query, made of its own.
pub(super) fn set_target(request: &mut Request<Bytes>, target: &str) {
    let mut parts = request.uri().clone().into_parts();
    if let Ok(target) = PathAndQuery::try_from(target) {
        parts.path_and_query = Some(target);
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
}
