//! Values from web addresses, which the AWS CLI's first version fetches (its `paramfile.py`), and its
//! second does not.

use super::param::Param;
use crate::call::failure::capitalized;
use crate::call::interrupt;
use crate::call::settings::is_v1;
use crate::exit::{Failure, GENERAL};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST};
use std::time::Duration;
use typefoundry::auth::Surroundings;
use typefoundry::aws::ProfileSettings;
use typefoundry::transport::{HttpTransport, Transport};

/// botocore's `DEFAULT_TIMEOUT`, of the whole.
const LIMIT: Duration = Duration::from_mins(1);

/// What is at an address that a value names; nothing if it names none, or nobody follows it.
pub(super) fn load(value: &str, surroundings: &Surroundings) -> Result<Option<Param>, Unloaded> {
    let is_url = value.starts_with("http://") || value.starts_with("https://");
    if !is_url || !is_v1() || !follows(surroundings) {
        return Ok(None);
    }
    let fetched = interrupt::run(async {
        tokio::time::timeout(LIMIT, fetch(value))
            .await
            .unwrap_or_else(|_| Err(format!("no answer within {} s", LIMIT.as_secs())))
            .map_err(|reason| Failure::new(GENERAL, reason))
    });
    match fetched {
        Ok(text) => Ok(Some(Param::Text(text))),
        // Ctrl-C has no reason.
        Err(failure) if failure.message().is_empty() => Err(Unloaded::Interrupted(failure)),
        Err(failure) => {
            let reason = failure.message();
            Err(Unloaded::Reason(format!("Unable to retrieve {value}: {reason}")))
        }
    }
}

/// Why there is no value.
pub(super) enum Unloaded {
    Reason(String),
    Interrupted(Failure),
}

/// `cli_follow_urlparam` of the profile, which is on if not said.
fn follows(surroundings: &Surroundings) -> bool {
    let settings = ProfileSettings::load(surroundings);
    settings.get("cli_follow_urlparam").is_none_or(|said| said == "true")
}

/// As botocore's `URLLib3Session`: no redirect is followed.
async fn fetch(url: &str) -> Result<String, String> {
    let told = |error: &dyn std::fmt::Display| capitalized(&error.to_string());
    let uri: http::Uri = url.parse().map_err(|error: http::uri::InvalidUri| told(&error))?;
    let host = uri.authority().map(http::uri::Authority::as_str);
    let host = host.and_then(|it| it.rsplit('@').next()).unwrap_or_default().to_owned();
    let request = http::Request::get(uri).header(HOST, host).body(Bytes::new());
    let request = request.map_err(|error| told(&error))?;
    let transport = HttpTransport::builder().connect_timeout(LIMIT).build();
    let response =
        transport.map_err(|it| told(&it))?.send(request).await.map_err(|it| told(&it))?;
    if response.status() != http::StatusCode::OK {
        return Err(format!("received non 200 status code of {}", response.status().as_u16()));
    }
    let kind = response.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    decoded(kind.unwrap_or_default(), response.body())
}

/// Text without a character set is Latin-1, and anything else UTF-8 (`get_encoding_from_headers` of
/// botocore's `utils.py`).
fn decoded(kind: &str, body: &[u8]) -> Result<String, String> {
    let charset = kind.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    });
    let usual = if kind.contains("text") { "iso-8859-1" } else { "utf-8" };
    match charset.as_deref().unwrap_or(usual) {
        "iso-8859-1" | "latin-1" | "latin1" => Ok(body.iter().copied().map(char::from).collect()),
        "utf-8" | "utf8" | "us-ascii" | "ascii" => {
            let text = std::str::from_utf8(body).map_err(|error| error.to_string())?;
            Ok(text.to_owned())
        }
        other => Err(format!("the character set {other} is not known here; send UTF-8")),
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn text_is_of_its_character_set() {
        let (utf, latin) = ("p\u{e9}t".as_bytes(), &b"p\xe9t"[..]);
        for (kind, body, expected) in [
            ("", utf, Ok("p\u{e9}t")),
            ("application/json", utf, Ok("p\u{e9}t")),
            ("text/plain", latin, Ok("p\u{e9}t")),
            ("text/plain; charset=utf-8", utf, Ok("p\u{e9}t")),
            ("text/plain; a=b; Charset=\"UTF-8\"", utf, Ok("p\u{e9}t")),
            ("application/json", latin, Err("invalid utf-8")),
            ("text/plain; charset=koi8-r", latin, Err("koi8-r is not known")),
        ] {
            match (decoded(kind, body), expected) {
                (Ok(text), Ok(expected)) => assert_eq!(text, expected, "{kind}"),
                (Err(said), Err(expected)) => assert!(said.contains(expected), "{said}"),
                (other, _) => panic!("{kind}: {other:?}"),
            }
        }
    }
}
