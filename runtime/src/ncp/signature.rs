//! NAVER Cloud Platform's signature v2 in request headers.
//!
//! The facts are those of NCP's Go SDK (`ncloud-sdk-go-v2`, `hmac/hmac.go`) and of the common headers
//! in the API guides (`api.ncloud-docs.com`). The signature covers neither host, headers nor body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use http::header::{HeaderName, HeaderValue, InvalidHeaderValue};
use sha2::Sha256;

use crate::Timestamp;

#[cfg(test)]
mod tests;

const TIMESTAMP: HeaderName = HeaderName::from_static("x-ncp-apigw-timestamp");
const ACCESS_KEY: HeaderName = HeaderName::from_static("x-ncp-iam-access-key");
const SIGNATURE: HeaderName = HeaderName::from_static("x-ncp-apigw-signature-v2");

/// A request that cannot be signed: a header cannot carry its value, because of a line break, say, in
/// the access key id.
#[derive(Debug, thiserror::Error)]
#[error("header `{name}` cannot carry its value")]
pub struct SigningError {
    name: HeaderName,
    source: InvalidHeaderValue,
}

/// The signature of a request, as base64.
///
/// `path_and_query` is what stands in the request line, escapes and all, beginning with `/`.
/// `timestamp_ms` is in milliseconds since 1970-01-01T00:00:00Z, and has to be the same as in the
/// header `x-ncp-apigw-timestamp`.
pub fn signature_v2(
    method: &str,
    path_and_query: &str,
    timestamp_ms: i64,
    access_key: &str,
    secret_key: &str,
) -> String {
    let message = format!("{method} {path_and_query}\n{timestamp_ms}\n{access_key}");
    STANDARD.encode(hmac_sha256(secret_key.as_bytes(), message.as_bytes()))
}

/// Signs `request`, whose method and URI are final.
///
/// Sets `x-ncp-apigw-timestamp`, `x-ncp-iam-access-key` and `x-ncp-apigw-signature-v2`, replacing
/// earlier values, so that a retry is signed anew. `time` is the time of signing by the server's
/// clock: NCP refuses a signature more than five minutes off.
///
/// After an error the request is as it was.
pub fn sign(
    request: &mut Request<Bytes>,
    access_key: &str,
    secret_key: &str,
    time: Timestamp,
) -> Result<(), SigningError> {
    let timestamp_ms = time.to_millis();
    // `to_string` and not `as_str`, which leaves out the `/` before a bare query.
    let path_and_query = request.uri().path_and_query().map_or("/".to_owned(), ToString::to_string);
    let method = request.method().as_str();
    let signature = signature_v2(method, &path_and_query, timestamp_ms, access_key, secret_key);

    let access_key = header_value(&ACCESS_KEY, access_key)?;
    let mut signature = header_value(&SIGNATURE, &signature)?;
    signature.set_sensitive(true);
    let headers = request.headers_mut();
    headers.insert(TIMESTAMP, timestamp_ms.into());
    headers.insert(ACCESS_KEY, access_key);
    headers.insert(SIGNATURE, signature);
    Ok(())
}

fn header_value(name: &HeaderName, value: &str) -> Result<HeaderValue, SigningError> {
    HeaderValue::from_str(value).map_err(|source| SigningError { name: name.clone(), source })
}

#[expect(clippy::expect_used, reason = "RFC 2104 takes a key of any length, and so does `hmac`")]
fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}
