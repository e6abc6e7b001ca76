//! Signature Version 4 as an auth scheme.

use super::sigv4::{self, SigningKeys, SigningParams, UriForm};
use crate::auth::{AuthScheme, BoxError, Credentials, CredentialsError, Environment, Signing};
use bytes::Bytes;

/// `sigv4`: the setting `name` is the signing name.
///
/// Variables: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_REGION`,
/// `AWS_DEFAULT_REGION`.
#[derive(Debug, Default)]
pub struct SigV4 {
    keys: SigningKeys,
}

impl AuthScheme for SigV4 {
    fn name(&self) -> &'static str {
        "sigv4"
    }

    fn credentials(&self, environment: &dyn Environment) -> Result<Credentials, CredentialsError> {
        let var = |name: &str| {
            let missing = || CredentialsError::new(format!("{name} is not set"));
            environment.var(name).ok_or_else(missing)
        };
        let credentials =
            Credentials::new(var("AWS_ACCESS_KEY_ID")?, var("AWS_SECRET_ACCESS_KEY")?);
        Ok(match environment.var("AWS_SESSION_TOKEN") {
            Some(token) => credentials.with_session_token(token),
            None => credentials,
        })
    }

    fn region(&self, environment: &dyn Environment) -> Option<String> {
        environment.var("AWS_REGION").or_else(|| environment.var("AWS_DEFAULT_REGION"))
    }

    fn needs_region(&self) -> bool {
        true
    }

    fn sign(
        &self,
        request: &mut http::Request<Bytes>,
        signing: &Signing<'_>,
    ) -> Result<(), BoxError> {
        let params = SigningParams {
            access_key_id: signing.credentials.key(),
            secret_access_key: signing.credentials.secret(),
            session_token: signing.credentials.session_token(),
            region: signing.region,
            service: signing.option.setting("name").unwrap_or_default(),
            time: signing.time,
            uri: UriForm::Normalized,
            sign_body_header: false,
        };
        Ok(sigv4::sign(request, &params, &self.keys)?)
    }
}
