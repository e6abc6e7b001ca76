//! The token of someone who has signed on: kept in a file, and renewed.

use super::chain::Cx;
use super::http::client;
use super::operations::sso_oidc::{CreateToken, SsoOidc};
use crate::timestamp::TimestampFormat;
use crate::{Document, Timestamp};
use sha1::{Digest as _, Sha1};
use std::fmt::Write as _;
use std::path::Path;

/// What to do when a session is over.
pub(super) const EXPIRED: &str = "the session has expired: sign on again with `aws sso login`";
/// From this long before the end on, a token is renewed (`_REFRESH_WINDOW` in botocore).
const WINDOW: i64 = 15 * 60;

/// Whose token it is.
pub(super) struct Origin<'a> {
    pub(super) start_url: &'a str,
    pub(super) region: &'a str,
    /// The name of the `sso-session`. Older profiles have none, and tokens that cannot be renewed.
    pub(super) session: Option<&'a str>,
}

/// A token, and when it ends.
pub(super) struct Token {
    pub(super) text: String,
    pub(super) expires: Timestamp,
}

/// The token, renewed if it has to be (`SSOTokenProvider` in botocore).
pub(super) async fn load(cx: Cx<'_>, origin: &Origin<'_>) -> Result<Token, String> {
    let name = origin.session.unwrap_or(origin.start_url);
    let shown = format!("~/.aws/sso/cache/{}.json", hex(&Sha1::digest(name.as_bytes())));
    let path = cx.surroundings.path(&shown);
    let content = cx.surroundings.files().read(&path).map_err(|error| {
        format!("there is no token in \"{shown}\" ({error}): sign on with `aws sso login`")
    })?;
    let unreadable =
        |what| format!("the token in \"{shown}\" {what}: sign on with `aws sso login`");
    let cached = Document::from_json(&content).map_err(|_| unreadable("is not JSON"))?;
    let token = cached.get("accessToken").and_then(Document::as_str);
    let token = token.ok_or_else(|| unreadable("has no `accessToken`"))?;
    let expires = time(&cached, "expiresAt").ok_or_else(|| unreadable("has no `expiresAt`"))?;
    let now = cx.surroundings.now();
    if origin.session.is_some()
        && expires.seconds() - now.seconds() < WINDOW
        && let Some(renewed) = renew(cx, origin, &cached, now, &path).await
    {
        return Ok(renewed);
    }
    if expires <= now {
        return Err(EXPIRED.to_owned());
    }
    Ok(Token { text: token.to_owned(), expires })
}

/// A new token for an old one that has what it takes. Otherwise the old one is used to its end.
async fn renew(
    cx: Cx<'_>,
    origin: &Origin<'_>,
    old: &Document,
    now: Timestamp,
    path: &Path,
) -> Option<Token> {
    let text = |key: &str| old.get(key).and_then(Document::as_str).map(str::to_owned);
    let input = CreateToken {
        client_id: text("clientId")?,
        client_secret: text("clientSecret")?,
        grant_type: "refresh_token".to_owned(),
        refresh_token: text("refreshToken"),
    };
    input.refresh_token.as_ref()?;
    if time(old, "registrationExpiresAt")? <= now {
        return None;
    }
    let client = client::<SsoOidc>(cx, Some(origin.region), None).ok()?;
    let output = client.call(input).await.ok()?.into_output();
    let token = output.access_token?;
    let seconds = now.seconds().saturating_add(i64::from(output.expires_in?));
    let expires = Timestamp::from_seconds(seconds)?;
    let entry = |key: &str, value: String| (key.to_owned(), Document::String(value));
    let mut new = vec![
        entry("startUrl", origin.start_url.to_owned()),
        entry("region", origin.region.to_owned()),
        entry("accessToken", token.clone()),
        entry("expiresAt", expires.format(TimestampFormat::DateTime)),
    ];
    for key in ["clientId", "clientSecret", "registrationExpiresAt"] {
        new.push(entry(key, text(key)?));
    }
    new.extend(output.refresh_token.map(|token| entry("refreshToken", token)));
    let json = Document::Object(new.into_iter().collect()).to_json();
    // It serves this process in any case.
    let _ = cx.surroundings.files().write(path, json.as_bytes());
    Some(Token { text: token, expires })
}

/// A time as the tools of AWS have written it: the older ones with `UTC` for the `Z`.
pub(super) fn time(json: &Document, key: &str) -> Option<Timestamp> {
    let text = json.get(key)?.as_str()?;
    let parse = |text: &str| Timestamp::parse(text, TimestampFormat::DateTime).ok();
    match text.strip_suffix("UTC") {
        Some(text) => parse(&format!("{text}Z")),
        None => parse(text),
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in bytes {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
