//! The session of someone who has signed in with a browser: `aws login`.

use super::chain::{Attempt, Cx, Outcome};
use super::dpop::Dpop;
use super::http::{broken, client};
use super::operations::Failure;
use super::operations::signin::{CreateToken, CreateTokenOutput, Signin};
use super::sso_token::{hex, time};
use crate::auth::Credentials;
use crate::aws::profile::text;
use crate::timestamp::TimestampFormat;
use crate::{Document, Timestamp};
use sha2::{Digest as _, Sha256};

/// From this long before the end on, credentials are renewed (`_REFRESH_THRESHOLD` in botocore).
const WINDOW: i64 = 5 * 60;
const AGAIN: &str = "sign in again with `aws login`";

/// `LoginProvider` in botocore.
pub(super) async fn attempt(cx: Cx<'_>, profile: &str) -> Attempt {
    let Some(session) = text(cx.profiles.get(profile), "login_session") else {
        return Outcome::passed(cx.profiles.without(profile, "`login_session`"));
    };
    let place = cx.profiles.at(profile, "login_session");
    let found = credentials(cx, session).await;
    found.map(Outcome::Found).map_err(broken("a login session", &place))
}

async fn credentials(cx: Cx<'_>, session: &str) -> Result<Credentials, String> {
    let folder = cx.surroundings.var("AWS_LOGIN_CACHE_DIRECTORY");
    let folder = folder.as_deref().unwrap_or("~/.aws/login/cache");
    let shown = format!("{folder}/{}.json", hex(&Sha256::digest(session.as_bytes())));
    let path = cx.surroundings.path(&shown);
    let content = cx.surroundings.files().read(&path).map_err(|error| {
        format!("there is no session in \"{shown}\" ({error}): sign in with `aws login`")
    })?;
    let unreadable = |what: &str| format!("the session in \"{shown}\" {what}: {AGAIN}");
    let Ok(Document::Object(mut kept)) = Document::from_json(&content) else {
        return Err(unreadable("is not a JSON object"));
    };
    let missing = |name: &str| unreadable(&format!("has no `{name}`"));
    let token = kept.get("accessToken").ok_or_else(|| missing("accessToken"))?;
    let now = cx.surroundings.now();
    let expires = time(token, "expiresAt");
    if expires.is_some_and(|expires| expires.seconds() - now.seconds() > WINDOW) {
        return read(token).map_err(missing);
    }
    let text = |name: &'static str| {
        let text = kept.get(name).and_then(Document::as_str);
        text.ok_or_else(|| missing(name))
    };
    let input = CreateToken {
        client_id: text("clientId")?.to_owned(),
        grant_type: "refresh_token".to_owned(),
        refresh_token: text("refreshToken")?.to_owned(),
    };
    let proof = Dpop::new(text("dpopKey")?, cx.surroundings.clock());
    let proof = proof.ok_or_else(|| unreadable("has no key of the curve P-256"))?;
    let answer = match client::<Signin>(cx, cx.region, None) {
        Ok(client) => client.prepare(input).interceptor(proof).send().await,
        Err(error) => Err(error),
    };
    let answer = answer.map_err(|error| refusal(&error))?.into_output();
    let account = token.get("accountId").cloned();
    let (token, refresh) = renewed(answer, account, now)?;
    let credentials = read(&token).map_err(missing)?;
    kept.insert("accessToken".to_owned(), token);
    kept.insert("refreshToken".to_owned(), refresh);
    let json = Document::Object(kept).to_json();
    // It serves this process in any case.
    let _ = cx.surroundings.files().write(&path, json.as_bytes());
    Ok(credentials)
}

/// The credentials of a session's token, or what it has not.
fn read(token: &Document) -> Result<Credentials, &'static str> {
    let text = |name: &'static str| token.get(name).and_then(Document::as_str).ok_or(name);
    let credentials = Credentials::new(text("accessKeyId")?, text("secretAccessKey")?)
        .with_session_token(text("sessionToken")?)
        .with_expiry(time(token, "expiresAt").ok_or("expiresAt")?);
    Ok(match text("accountId") {
        Ok(account) => credentials.with_account_id(account),
        Err(_) => credentials,
    })
}

/// What a session keeps of an answer: the token, and what it is renewed with.
fn renewed(
    answer: CreateTokenOutput,
    account: Option<Document>,
    now: Timestamp,
) -> Result<(Document, Document), String> {
    let missing = |what: &str| format!("the answer has no {what}: {AGAIN}");
    let token = answer.access_token.ok_or_else(|| missing("credentials"))?;
    let refresh = answer.refresh_token.ok_or_else(|| missing("refresh token"))?;
    let seconds = answer.expires_in.ok_or_else(|| missing("expiration"))?;
    let expires = Timestamp::from_seconds(now.seconds().saturating_add(i64::from(seconds)));
    let expires = expires.ok_or_else(|| missing("expiration"))?;
    let text = |name: &str, value: String| (name.to_owned(), Document::String(value));
    let mut kept = vec![
        text("accessKeyId", token.access_key_id),
        text("secretAccessKey", token.secret_access_key),
        text("sessionToken", token.session_token),
    ];
    kept.extend(account.map(|account| ("accountId".to_owned(), account)));
    kept.push(text("expiresAt", expires.format(TimestampFormat::DateTime)));
    Ok((Document::Object(kept.into_iter().collect()), Document::String(refresh)))
}

/// Why a session is not renewed: the codes are in a member of the error's body.
fn refusal(Failure(error): &Failure) -> String {
    let body = error.body().and_then(|body| Document::from_json(body).ok());
    let code = body.as_ref().and_then(|body| body.get("error")).and_then(Document::as_str);
    match code {
        Some("TOKEN_EXPIRED" | "USER_CREDENTIALS_CHANGED") => {
            format!("the session has expired, or its credentials have changed: {AGAIN}")
        }
        Some("INSUFFICIENT_PERMISSIONS") => {
            "the session may not be renewed: it takes the permission `signin:CreateOAuth2Token`"
                .to_owned()
        }
        _ => error.to_string(),
    }
}
