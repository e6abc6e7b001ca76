//! What answers need besides what a protocol says: ids, lengths, checksums, and the customs of
//! services.

use super::route::Route;
use crate::binding::{HOST_ID, NO_ERROR_WRAPPING, REQUEST_ID};
use bytes::Bytes;
use http::header::{
    CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, TRANSFER_ENCODING,
};
use http::{Method, Request, Response};

const CHECKSUM: &str = "x-amz-checksum-";

/// An answer that is whole; with the id of the request if it has one.
pub(super) fn finish(
    mut response: Response<Bytes>,
    route: Option<&Route<'_>>,
    request: &Request<Bytes>,
    id: Option<u64>,
) -> Response<Bytes> {
    if let Some(route) = route
        && response.status().is_success()
    {
        let traits = route.operation.schema.traits.as_deref();
        let checksum = traits.and_then(|traits| traits.checksum.as_ref());
        if checksum.is_some_and(|checksum| !checksum.response.is_empty()) {
            sum(&mut response);
        }
        if route.operation.schema.has("location-constraint") {
            location(&mut response);
        }
    }
    if let Some(id) = id {
        identify(&mut response, route, &format!("00000000-0000-4000-8000-{id:012x}"));
    }
    // Members may be bound to headers that say something about the message itself.
    let length = response.body().len();
    let headers = response.headers_mut();
    headers.remove(TRANSFER_ENCODING);
    headers.remove(CONNECTION);
    if request.method() != Method::HEAD && headers.contains_key(CONTENT_LENGTH) {
        headers.insert(CONTENT_LENGTH, length.into());
    }
    response
}

/// The header of the request's id, and what the body says of it.
fn identify(response: &mut Response<Bytes>, route: Option<&Route<'_>>, id: &str) {
    let media = response.headers().get(CONTENT_TYPE);
    let is_xml = media.is_some_and(|media| media.as_bytes().ends_with(b"xml"));
    let xml = is_xml || route.is_some_and(|route| route.service.protocol.answers_xml());
    let name = HeaderName::from_static(if xml { "x-amz-request-id" } else { "x-amzn-requestid" });
    if let Ok(value) = HeaderValue::try_from(id) {
        response.headers_mut().entry(name).or_insert(value);
    }
    if !is_xml {
        return;
    }
    let body = std::str::from_utf8(response.body()).unwrap_or_default();
    // The names that the protocols have for it.
    let place = ["RequestId", "requestId", "RequestID"].iter().find_map(|name| {
        let start = body.find(&format!("<{name}>{REQUEST_ID}</{name}>"))? + name.len() + 2;
        Some(start..start + REQUEST_ID.len())
    });
    if let Some(place) = place {
        let body = [&body[..place.start], id, &body[place.end..]].concat();
        *response.body_mut() = body.into();
    }
    let is_bare = route.is_some_and(|route| route.service.has(NO_ERROR_WRAPPING));
    if is_bare && !response.status().is_success() {
        let host = HeaderValue::from_static(HOST_ID);
        response.headers_mut().entry("x-amz-id-2").or_insert(host);
    }
}

/// Clients hold the body against what the headers say of it.
fn sum(response: &mut Response<Bytes>) {
    let names: Vec<_> = response.headers().keys().cloned().collect();
    for name in names {
        let Some(algorithm) = name.as_str().strip_prefix(CHECKSUM) else { continue };
        if algorithm == "type" {
            continue;
        }
        match checksum(algorithm, response.body()) {
            Some(value) => {
                response.headers_mut().insert(name, value);
            }
            None => {
                response.headers_mut().remove(name);
            }
        }
    }
}

#[cfg(feature = "checksums")]
fn checksum(algorithm: &str, body: &Bytes) -> Option<HeaderValue> {
    let algorithm = crate::checksum::Algorithm::from_name(algorithm)?;
    HeaderValue::try_from(algorithm.sum(body)).ok()
}

#[cfg(not(feature = "checksums"))]
fn checksum(_: &str, _: &Bytes) -> Option<HeaderValue> {
    None
}

/// S3 answers with the member alone, which is the root then.
fn location(response: &mut Response<Bytes>) {
    const MEMBER: &str = "LocationConstraint";
    let text = String::from_utf8_lossy(response.body()).into_owned();
    let (open, close) = (format!("<{MEMBER}>"), format!("</{MEMBER}>"));
    let inner = text.split_once(&open).and_then(|(_, rest)| rest.split_once(&close));
    let inner = inner.map_or("", |(inner, _)| inner);
    *response.body_mut() = format!("{open}{inner}{close}").into();
}
