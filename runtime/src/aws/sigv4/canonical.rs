//! A request in the form in which it is signed.

use super::hash::sha256_hex;
use super::{BODY_DIGEST, SigningError, UriForm};
use bytes::Bytes;
use http::header::{HOST, HeaderValue};
use http::{Request, Uri};
use percent_encoding::{
    AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode, utf8_percent_encode,
};
use std::borrow::Cow;
use std::fmt::Write as _;

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
pub(super) const QUERY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const PATH: &AsciiSet = &QUERY.remove(b'/');
/// Leaves the escapes that stand in a path as they are.
const ESCAPED_PATH: &AsciiSet = &PATH.remove(b'%');

/// A request as it is signed.
///
/// A service that answers `SignatureDoesNotMatch` mostly says in its message what it has for this
/// text, so that the two can be compared.
#[derive(Clone, Debug)]
pub struct CanonicalRequest {
    /// The text; bytes, for header values need not be text.
    pub text: Vec<u8>,
    /// The names of the headers in it, separated by `;`.
    pub signed_headers: String,
}

/// The canonical form of a request that has all headers but `authorization`.
///
/// What is signed for the body is `payload`, or else the header `x-amz-content-sha256`, or else the
/// body's digest.
pub fn canonical_request(
    request: &Request<Bytes>,
    form: UriForm,
    payload: Option<&str>,
) -> Result<CanonicalRequest, SigningError> {
    let path = canonical_path(request.uri().path(), form);
    let query = canonical_query(request.uri().query().unwrap_or_default());
    let mut text = Vec::with_capacity(512);
    for part in [request.method().as_str(), &path, &query] {
        text.extend_from_slice(part.as_bytes());
        text.push(b'\n');
    }
    let mut signed_headers = String::with_capacity(64);
    let mut last = "";
    for (name, value) in signed(request) {
        if name == last {
            text.push(b',');
        } else {
            if !last.is_empty() {
                text.push(b'\n');
                signed_headers.push(';');
            }
            last = name;
            signed_headers.push_str(name);
            text.extend_from_slice(name.as_bytes());
            text.push(b':');
        }
        match value {
            Some(value) => push_collapsed(&mut text, value.as_bytes()),
            None => text.extend_from_slice(host(request.uri())?.as_bytes()),
        }
    }

    text.extend_from_slice(b"\n\n");
    text.extend_from_slice(signed_headers.as_bytes());
    text.push(b'\n');
    match (payload, request.headers().get(BODY_DIGEST)) {
        (Some(payload), _) => text.extend_from_slice(payload.as_bytes()),
        (None, Some(digest)) => text.extend_from_slice(digest.as_bytes()),
        (None, None) => text.extend_from_slice(sha256_hex(request.body()).as_bytes()),
    }
    Ok(CanonicalRequest { text, signed_headers })
}

/// The headers that a signature covers, sorted by name. Of the host that only the URI names there
/// is no value.
fn signed(request: &Request<Bytes>) -> Vec<(&str, Option<&HeaderValue>)> {
    let headers = request.headers();
    let mut signed = Vec::with_capacity(headers.len() + 1);
    signed.extend(headers.iter().map(|(name, value)| (name.as_str(), Some(value))));
    if !headers.contains_key(HOST) {
        signed.push(("host", None));
    }
    signed.retain(|(name, _)| !UNSIGNED.contains(name));
    // Values of one name stay in their order.
    signed.sort_by_key(|(name, _)| *name);
    signed
}

/// Their names.
pub(super) fn signed_names(request: &Request<Bytes>) -> Vec<&str> {
    let mut names: Vec<_> = signed(request).into_iter().map(|(name, _)| name).collect();
    names.dedup();
    names
}

pub(super) fn canonical_path(path: &str, form: UriForm) -> Cow<'_, str> {
    match form {
        UriForm::Normalized => match normalized(path) {
            Cow::Borrowed(path) => utf8_percent_encode(path, PATH).into(),
            Cow::Owned(path) => Cow::Owned(utf8_percent_encode(&path, PATH).collect()),
        },
        UriForm::AsIs if path.is_empty() => Cow::Borrowed("/"),
        UriForm::AsIs => utf8_percent_encode(path, ESCAPED_PATH).into(),
    }
}

/// RFC 3986 section 5.2.4, but empty segments go as well, and `/a/b/..` is `/a`, as in botocore.
fn normalized(path: &str) -> Cow<'_, str> {
    // Most paths are one segment or few, with nothing to do.
    let bytes = path.as_bytes();
    if bytes.first() == Some(&b'/') && !path.contains("//") && !path.contains("/.") {
        return Cow::Borrowed(path);
    }
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
    Cow::Owned(format!("/{}{last}", segments.join("/")))
}

/// Names and values escaped exactly once, however they were, and sorted by name, then value. `+` is
/// a plus sign, for AWS escapes a space as `%20`.
pub(super) fn canonical_query(query: &str) -> String {
    if query.is_empty() {
        return String::new();
    }
    let escaped = |text| {
        let bytes = Cow::from(percent_decode_str(text));
        percent_encode(&bytes, QUERY).collect()
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
        // Writing into a `String` cannot fail.
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
