//! Single sign-on: credentials of a role for the token of someone who has signed on.

use super::chain::{Attempt, Cx, Outcome};
use super::http::{broken, client};
use super::operations::sso::{GetRoleCredentials, Sso};
use super::sso_token::{self, Origin};
use crate::Timestamp;
use crate::auth::{Credentials, CredentialsError};
use crate::aws::profile::{Profile, text};

pub(super) const PROVIDER: &str = "single sign-on";

/// What a profile and its session say.
struct Settings<'a> {
    start_url: &'a str,
    region: &'a str,
    account: &'a str,
    role: &'a str,
    session: Option<&'a str>,
}

/// `SSOProvider` in botocore.
pub(super) async fn attempt(cx: Cx<'_>, profile: &str) -> Attempt {
    let section = cx.profiles.get(profile);
    if !section.contains_key("sso_account_id") && !section.contains_key("sso_role_name") {
        return Outcome::passed(cx.profiles.without(profile, "`sso_account_id`"));
    }
    let settings = settings(cx, profile)?;
    let Settings { start_url, region, account, role, session } = settings;
    let place = format!("the profile `{profile}`");
    let broken = broken(PROVIDER, &place);
    let token =
        sso_token::load(cx, &Origin { start_url, region, session }).await.map_err(&broken)?;
    let input = GetRoleCredentials {
        role_name: role.to_owned(),
        account_id: account.to_owned(),
        access_token: token.text,
    };
    let answer = match client::<Sso>(cx, Some(region), None) {
        Ok(client) => client.call(input).await,
        Err(error) => Err(error),
    };
    let output = answer.map_err(|error| match error.0.code() {
        Some("UnauthorizedException") => broken(sso_token::EXPIRED.to_owned()),
        _ => broken(error.to_string()),
    })?;
    let missing = |what: &str| broken(format!("the answer has no {what}"));
    let found = output.into_output().role_credentials.ok_or_else(|| missing("credentials"))?;
    let needed = |value: Option<String>, what| value.ok_or_else(|| missing(what));
    let expires = found.expiration.and_then(Timestamp::from_millis);
    let expires = expires.ok_or_else(|| missing("expiration"))?;
    let key = needed(found.access_key_id, "access key")?;
    let secret = needed(found.secret_access_key, "secret access key")?;
    let token = needed(found.session_token, "session token")?;
    let credentials = Credentials::new(key, secret).with_session_token(token);
    let credentials = credentials.with_account_id(account);
    Ok(Outcome::Found(credentials.with_expiry(expires)))
}

/// The section `[sso-session …]` that a profile names.
pub(super) fn of_session<'a>(
    cx: Cx<'a>,
    profile: &str,
    name: &str,
) -> Result<&'a Profile, CredentialsError> {
    cx.profiles.sso_session(name).ok_or_else(|| {
        let place = cx.profiles.at(profile, "sso_session");
        broken(PROVIDER, &place)(format!("there is no [sso-session {name}]"))
    })
}

fn settings<'a>(cx: Cx<'a>, profile: &str) -> Result<Settings<'a>, CredentialsError> {
    let section = cx.profiles.get(profile);
    let session = text(section, "sso_session");
    let of_session = session.map(|name| of_session(cx, profile, name)).transpose()?;
    for (key, _) in of_session.into_iter().flatten() {
        let (own, other) = (text(section, key), of_session.and_then(|it| text(it, key)));
        if own.is_some() && own != other {
            let place = cx.profiles.at(profile, key);
            let reason = "it is another than that of the [sso-session …] which the profile names";
            return Err(broken(PROVIDER, &place)(reason.to_owned()));
        }
    }
    let get = |key: &str| of_session.and_then(|it| text(it, key)).or_else(|| text(section, key));
    let needed = |key: &str| {
        get(key).ok_or_else(|| {
            let reason = format!("the profile `{profile}` signs on, but has no `{key}`");
            CredentialsError::broken(PROVIDER, reason)
        })
    };
    Ok(Settings {
        role: needed("sso_role_name")?,
        account: needed("sso_account_id")?,
        start_url: needed("sso_start_url")?,
        region: needed("sso_region")?,
        session,
    })
}
