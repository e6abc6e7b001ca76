//! The token of the session that a profile names.

use crate::auth::{Credentials, CredentialsError, Surroundings};
use crate::aws::credentials::chain::Cx;
use crate::aws::credentials::http::broken;
use crate::aws::credentials::sso::{PROVIDER, of_session};
use crate::aws::credentials::sso_token::{self, Origin};
use crate::aws::profile::{Profiles, text};

pub(super) async fn token(
    surroundings: &Surroundings,
    profiles: &Profiles,
) -> Result<Credentials, CredentialsError> {
    let cx = Cx { surroundings, profiles, region: None };
    let place = profiles.at(profiles.name(), "sso_session");
    let broken = broken(PROVIDER, &place);
    let session = text(profiles.own(), "sso_session");
    let session = session.ok_or_else(|| broken("it is no text".to_owned()))?;
    let section = of_session(cx, profiles.name(), session)?;
    let needed = |key: &str| {
        text(section, key).ok_or_else(|| broken(format!("[sso-session {session}] has no `{key}`")))
    };
    let (start_url, region) = (needed("sso_start_url")?, needed("sso_region")?);
    let origin = Origin { start_url, region, session: Some(session) };
    let token = sso_token::load(cx, &origin).await.map_err(&broken)?;
    Ok(Credentials::token(token.text).with_expiry(token.expires))
}
