//! AWS Signature Version 4 in request headers.
//!
//! Pure: the time and the credentials come in, and nothing is read from anywhere else. The facts are
//! those of "Create a signed AWS API request" in AWS's IAM user guide and, where the guide is silent,
//! what botocore 1.43.11 does (`botocore/auth.py`).

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::header::{AUTHORIZATION, HOST, HeaderName, HeaderValue, InvalidHeaderValue};
use http::{Request, Uri};
use percent_encoding::{
    AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode, utf8_percent_encode,
};
use sha2::{Digest, Sha256};

use crate::Timestamp;

#[cfg(test)]
mod tests;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
pub(super) const TERMINATOR: &str = "aws4_request";
const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const BODY_DIGEST: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// Headers that a hop on the way may change. The list is botocore's, and `authorization`, which a
/// signature cannot cover because it stands in it.
const UNSIGNED: [&str; 12] = [
    "authorization",
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amzn-trace-id",
];

/// What a canonical query escapes: all but RFC 3986's unreserved characters.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const PATH: &AsciiSet = &QUERY.remove(b'/');
/// Leaves the escapes that stand in a path as they are.
const ESCAPED_PATH: &AsciiSet = &PATH.remove(b'%');

/// How many signing keys are kept. A client has one per region and service that it talks to, and
/// briefly two around midnight UTC or when credentials change.
const KEPT_KEYS: usize = 8;

/// What a signature is made with, and for which service.
///
/// `Debug` shows neither the secret nor the token.
#[derive(Clone, Copy)]
pub struct SigningParams<'a> {
    /// The access key's id, `AKIA…` or, for temporary credentials, `ASIA…`.
    pub access_key_id: &'a str,
    /// The access key's secret.
    pub secret_access_key: &'a str,
    /// The session token of temporary credentials. It is sent, and signed.
    pub session_token: Option<&'a str>,
    /// The region to sign for, `us-east-1`. Global services have one as well.
    pub region: &'a str,
    /// The service's name in signatures, which may differ from its host's: `ivs`, `s3`.
    pub service: &'a str,
    /// The time of signing, by the server's clock: AWS refuses a signature more than five minutes
    /// off (S3: fifteen). Fractions of a second are cut.
    pub time: Timestamp,
    /// How the path is signed.
    pub uri: UriForm,
    /// Whether the digest of the body is sent as `x-amz-content-sha256`, which S3 requires.
    pub sign_body_header: bool,
}

/// How the request's path is written for signing. The request's own URI is never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UriForm {
    /// Without empty and dot segments, and escaped once more than on the wire: `%20` is signed as
    /// `%2520`. For every service but S3.
    Normalized,
    /// As on the wire, with the escapes that are there; characters that ought to be escaped and are
    /// not, are. For S3, whose keys may contain `..` and `//`.
    AsIs,
}

/// A request that cannot be signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SigningError {
    /// Neither the request's URI nor a `Host` header names the host.
    #[error("the request names no host, neither in its URI nor in a `host` header")]
    NoHost,
    /// A header cannot carry its value, because of a line break, say, in the session token or, for
    /// `authorization`, in the access key id, region or service.
    #[error("header `{name}` cannot carry its value")]
    Header {
        /// The header's name.
        name: HeaderName,
        /// Why not. It does not repeat the value.
        source: InvalidHeaderValue,
    },
}

/// A cache of derived signing keys, to be shared by all calls of a client.
///
/// A key is valid for one secret, day (UTC), region and service, and costs four HMACs to derive. The
/// last eight that were used are kept. Secrets are kept and compared only as SHA-256 digests, and
/// `Debug` shows nothing.
#[derive(Default)]
pub struct SigningKeys {
    /// The most recently used last.
    entries: Mutex<Vec<KeyEntry>>,
}

/// Signs `request`, which is complete but for its signature.
///
/// Sets `x-amz-date`, `authorization`, and as `params` say `x-amz-security-token` and
/// `x-amz-content-sha256`; earlier values of these are replaced, so that a retry is signed anew with
/// the credentials of now. Without [`SigningParams::sign_body_header`] an `x-amz-content-sha256`
/// that is there already is signed in place of the body's digest (`UNSIGNED-PAYLOAD`, say).
///
/// The host signed is that of the `host` header, or else of the URI, in lower case and without the
/// default port of its scheme, as HTTP clients send it.
///
/// After an error the request is not to be sent.
pub fn sign(
    request: &mut Request<Bytes>,
    params: &SigningParams<'_>,
    keys: &SigningKeys,
) -> Result<(), SigningError> {
    let date_time = params.time.to_basic();
    let day = date_time.split_once('T').map_or("", |(day, _)| day);
    let scope = format!("{day}/{}/{}/{TERMINATOR}", params.region, params.service);

    request.headers_mut().remove(AUTHORIZATION);
    request.headers_mut().remove(TOKEN);
    set(request, DATE, &date_time, false)?;
    if let Some(token) = params.session_token {
        set(request, TOKEN, token, true)?;
    }
    if params.sign_body_header {
        let digest = hex(&Sha256::digest(request.body()));
        set(request, BODY_DIGEST, &digest, false)?;
    }

    let canonical = canonical_request(request, params.uri)?;
    let to_sign = string_to_sign(&date_time, &scope, &canonical.text);
    let key = keys.signing_key(params.secret_access_key, day, params.region, params.service);
    let authorization = format!(
        "{ALGORITHM} Credential={}/{scope}, SignedHeaders={}, Signature={}",
        params.access_key_id,
        canonical.signed_headers,
        hex(&hmac_sha256(&key, to_sign.as_bytes())),
    );
    set(request, AUTHORIZATION, &authorization, true)
}

/// A request as it is signed. Bytes, for header values need not be text.
pub(crate) struct CanonicalRequest {
    pub(crate) text: Vec<u8>,
    /// The names of the headers in it, separated by `;`.
    pub(crate) signed_headers: String,
}

/// The canonical form of a request that has all headers but `authorization`.
pub(crate) fn canonical_request(
    request: &Request<Bytes>,
    form: UriForm,
) -> Result<CanonicalRequest, SigningError> {
    let headers = request.headers();
    let mut names: Vec<&str> = headers.keys().map(HeaderName::as_str).collect();
    if !headers.contains_key(HOST) {
        names.push(HOST.as_str());
    }
    names.retain(|name| !UNSIGNED.contains(name));
    names.sort_unstable();

    let path = canonical_path(request.uri().path(), form);
    let query = canonical_query(request.uri().query().unwrap_or_default());
    let mut text = format!("{}\n{path}\n{query}\n", request.method()).into_bytes();
    for name in &names {
        text.extend_from_slice(name.as_bytes());
        text.push(b':');
        if headers.contains_key(*name) {
            for (index, value) in headers.get_all(*name).iter().enumerate() {
                if index > 0 {
                    text.push(b',');
                }
                push_collapsed(&mut text, value.as_bytes());
            }
        } else {
            text.extend_from_slice(host(request.uri())?.as_bytes());
        }
        text.push(b'\n');
    }

    let signed_headers = names.join(";");
    text.push(b'\n');
    text.extend_from_slice(signed_headers.as_bytes());
    text.push(b'\n');
    match headers.get(BODY_DIGEST) {
        Some(digest) => text.extend_from_slice(digest.as_bytes()),
        None => text.extend_from_slice(hex(&Sha256::digest(request.body())).as_bytes()),
    }
    Ok(CanonicalRequest { text, signed_headers })
}

/// What the signing key signs; `scope` is `20150830/us-east-1/iam/aws4_request`.
pub(crate) fn string_to_sign(date_time: &str, scope: &str, canonical_request: &[u8]) -> String {
    format!("{ALGORITHM}\n{date_time}\n{scope}\n{}", hex(&Sha256::digest(canonical_request)))
}

impl SigningKeys {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// The key of a day, region and service.
    pub(super) fn signing_key(
        &self,
        secret: &str,
        day: &str,
        region: &str,
        service: &str,
    ) -> [u8; 32] {
        let secret_digest = Sha256::digest(secret).into();
        // Whoever panicked while holding the lock left whole entries behind.
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let found = entries.iter().position(|entry| {
            entry.secret_digest == secret_digest
                && entry.day == day
                && entry.region == region
                && entry.service == service
        });
        let entry = match found {
            Some(index) => entries.remove(index),
            None => KeyEntry {
                secret_digest,
                day: day.to_owned(),
                region: region.to_owned(),
                service: service.to_owned(),
                key: derive_key(secret, day, region, service),
            },
        };
        let key = entry.key;
        if entries.len() >= KEPT_KEYS {
            entries.remove(0);
        }
        entries.push(entry);
        key
    }
}

impl fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKeys").finish_non_exhaustive()
    }
}

impl fmt::Debug for SigningParams<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningParams")
            .field("access_key_id", &self.access_key_id)
            .field("secret_access_key", &format_args!("<redacted>"))
            .field("session_token", &self.session_token.map(|_| format_args!("<redacted>")))
            .field("region", &self.region)
            .field("service", &self.service)
            .field("time", &self.time)
            .field("uri", &self.uri)
            .field("sign_body_header", &self.sign_body_header)
            .finish()
    }
}

struct KeyEntry {
    secret_digest: [u8; 32],
    day: String,
    region: String,
    service: String,
    key: [u8; 32],
}

fn derive_key(secret: &str, day: &str, region: &str, service: &str) -> [u8; 32] {
    let key = format!("AWS4{secret}");
    [region, service, TERMINATOR]
        .iter()
        .fold(hmac_sha256(key.as_bytes(), day.as_bytes()), |key, part| {
            hmac_sha256(&key, part.as_bytes())
        })
}

fn set(
    request: &mut Request<Bytes>,
    name: HeaderName,
    value: &str,
    sensitive: bool,
) -> Result<(), SigningError> {
    match HeaderValue::from_str(value) {
        Ok(mut value) => {
            value.set_sensitive(sensitive);
            request.headers_mut().insert(name, value);
            Ok(())
        }
        Err(source) => Err(SigningError::Header { name, source }),
    }
}

fn canonical_path(path: &str, form: UriForm) -> String {
    match form {
        UriForm::Normalized => utf8_percent_encode(&normalized(path), PATH).to_string(),
        UriForm::AsIs if path.is_empty() => "/".to_owned(),
        UriForm::AsIs => utf8_percent_encode(path, ESCAPED_PATH).to_string(),
    }
}

/// RFC 3986 section 5.2.4, but empty segments go as well, and `/a/b/..` is `/a`, as in botocore.
fn normalized(path: &str) -> String {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    let last = if path.ends_with('/') && !segments.is_empty() { "/" } else { "" };
    format!("/{}{last}", segments.join("/"))
}

/// Names and values escaped exactly once, however they were, and sorted by name, then value. `+` is
/// a plus sign, for AWS escapes a space as `%20`.
fn canonical_query(query: &str) -> String {
    let escaped = |text| {
        let bytes = Cow::from(percent_decode_str(text));
        percent_encode(&bytes, QUERY).to_string()
    };
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (escaped(name), escaped(value)))
        .collect();
    pairs.sort_unstable();
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

fn host(uri: &Uri) -> Result<String, SigningError> {
    let host = uri.host().filter(|host| !host.is_empty()).ok_or(SigningError::NoHost)?;
    let default_port = match uri.scheme_str() {
        Some("http") => Some(80),
        Some("https") => Some(443),
        _ => None,
    };
    let mut text = host.to_ascii_lowercase();
    if let Some(port) = uri.port_u16().filter(|port| Some(*port) != default_port) {
        let _ = write!(text, ":{port}");
    }
    Ok(text)
}

/// Appends a header's value without white space around it, and with one space for each run in it.
fn push_collapsed(text: &mut Vec<u8>, value: &[u8]) {
    let words = value.split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            text.push(b' ');
        }
        text.extend_from_slice(word);
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[expect(clippy::expect_used, reason = "RFC 2104 takes a key of any length, and so does `hmac`")]
pub(super) fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}
