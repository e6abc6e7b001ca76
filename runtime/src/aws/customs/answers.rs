//! Answers that look otherwise than the protocol says.

use crate::{Timestamp, TimestampFormat};
use bytes::Bytes;
use http::header::{EXPIRES, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use serde_json::Value as Json;

/// Where the text of `Expires` goes, as in AWS's SDKs: a member that is bound to this header is
/// filled from it.
const EXPIRES_TEXT: HeaderName = HeaderName::from_static("expiresstring");

/// S3 begins to answer while it works, and has no other status left when it fails. A body that ends
/// early is one of these (`_handle_200_error` in botocore's `handlers.py`).
pub(super) fn error_in_success(response: &mut Response<Bytes>) {
    let body = response.body();
    if response.status() != StatusCode::OK || body.is_empty() {
        return;
    }
    let text = String::from_utf8_lossy(body);
    if Root::of(&text).is_none_or(|root| root.name == "Error" || !root.is_closed) {
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    }
}

/// The region is the text of the root element, and absent for the oldest region
/// (`parse_get_bucket_location`).
pub(super) fn location_constraint(response: &mut Response<Bytes>) {
    const MEMBER: &str = "LocationConstraint";
    if !response.status().is_success() {
        return;
    }
    let text = String::from_utf8_lossy(response.body());
    let Some(root) = Root::of(&text).filter(|root| root.name == MEMBER) else { return };
    if root.inner.contains('<') {
        return;
    }
    let inner = match root.inner {
        "" => String::new(),
        region => format!("<{MEMBER}>{region}</{MEMBER}>"),
    };
    *response.body_mut() = format!("<Answer>{inner}</Answer>").into();
}

/// People store anything in this header (`handle_expires_header`). A date in another form becomes
/// one in the header's own.
pub(super) fn lenient_expires(response: &mut Response<Bytes>) {
    let Some(text) = response.headers().get(EXPIRES).cloned() else { return };
    let formats =
        [TimestampFormat::HttpDate, TimestampFormat::DateTime, TimestampFormat::EpochSeconds];
    let date = text
        .to_str()
        .ok()
        .and_then(|text| formats.iter().find_map(|format| Timestamp::parse(text, *format).ok()));
    let date =
        date.and_then(|date| HeaderValue::try_from(date.format(TimestampFormat::HttpDate)).ok());
    let headers = response.headers_mut();
    match date {
        Some(date) => headers.insert(EXPIRES, date),
        None => headers.remove(EXPIRES),
    };
    headers.insert(EXPIRES_TEXT, text);
}

/// OAuth 2.0 says `error_description` (RFC 6749, §5.2) where AWS says `message`
/// (`_map_oauth2_errors`).
pub(super) fn oauth_errors(response: &mut Response<Bytes>) {
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return;
    }
    let Ok(Json::Object(mut body)) = serde_json::from_slice(response.body()) else { return };
    let text = |name: &str| {
        body.get(name).and_then(Json::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let message = text("Message").or_else(|| text("message"));
    if let (None, Some(description)) = (message, text("error_description")) {
        body.insert("Message".to_owned(), Json::String(description));
        *response.body_mut() = Json::Object(body).to_string().into();
    }
}

/// The root element of an XML document, as far as these customs need it.
struct Root<'a> {
    name: &'a str,
    /// What is between its tags
    inner: &'a str,
    /// Whether its end is there
    is_closed: bool,
}

impl<'a> Root<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let mut rest = text.trim_start_matches('\u{feff}').trim_start();
        loop {
            let end = if rest.starts_with("<?") {
                "?>"
            } else if rest.starts_with("<!--") {
                "-->"
            } else if rest.starts_with("<!") {
                ">"
            } else {
                break;
            };
            rest = rest.split_once(end)?.1.trim_start();
        }
        let (tag, behind) = rest.strip_prefix('<')?.split_once('>')?;
        let name = tag.split([' ', '\t', '\r', '\n', '/']).next().unwrap_or_default();
        if name.is_empty() {
            return None;
        }
        if tag.ends_with('/') {
            return Some(Self { name, inner: "", is_closed: true });
        }
        let end = behind.trim_end().strip_suffix('>').map(str::trim_end);
        let end = end.and_then(|it| it.strip_suffix(name)).and_then(|it| it.strip_suffix("</"));
        Some(Self { name, inner: end.unwrap_or(behind), is_closed: end.is_some() })
    }
}
