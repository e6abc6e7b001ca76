//! Schemes that send a secret as it is.

use super::{
    AuthScheme, BoxError, Credentials, CredentialsError, Environment, SignEvents, Signing,
};
use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};

/// `Authorization: Bearer …` (RFC 6750). The token is in `BEARER_TOKEN`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bearer;

impl AuthScheme for Bearer {
    fn name(&self) -> &'static str {
        "bearer"
    }

    fn credentials(&self, environment: &dyn Environment) -> Result<Credentials, CredentialsError> {
        from_variable(environment, "BEARER_TOKEN")
    }

    fn sign(
        &self,
        request: &mut http::Request<Bytes>,
        signing: &Signing<'_>,
    ) -> Result<(), BoxError> {
        let value = format!("Bearer {}", signing.credentials.secret());
        set(request, AUTHORIZATION, &value)
    }

    /// A secret in the request's headers is enough.
    fn sign_events(
        &self,
        _: &http::HeaderMap,
        _: &Signing<'_>,
    ) -> Result<Option<Box<dyn SignEvents>>, BoxError> {
        Ok(None)
    }
}

/// The key in the header that the setting `header` names. The key is in `API_KEY`.
#[derive(Clone, Copy, Debug)]
pub(super) struct ApiKey;

impl AuthScheme for ApiKey {
    fn name(&self) -> &'static str {
        "api-key"
    }

    fn credentials(&self, environment: &dyn Environment) -> Result<Credentials, CredentialsError> {
        from_variable(environment, "API_KEY")
    }

    fn sign(
        &self,
        request: &mut http::Request<Bytes>,
        signing: &Signing<'_>,
    ) -> Result<(), BoxError> {
        let header = signing.option.setting("header").unwrap_or("x-api-key");
        set(request, HeaderName::try_from(header)?, signing.credentials.secret())
    }

    /// A secret in the request's headers is enough.
    fn sign_events(
        &self,
        _: &http::HeaderMap,
        _: &Signing<'_>,
    ) -> Result<Option<Box<dyn SignEvents>>, BoxError> {
        Ok(None)
    }
}

fn from_variable(
    environment: &dyn Environment,
    name: &str,
) -> Result<Credentials, CredentialsError> {
    let missing = || CredentialsError::new(format!("{name} is not set"));
    environment.var(name).map(Credentials::token).ok_or_else(missing)
}

fn set(request: &mut http::Request<Bytes>, name: HeaderName, value: &str) -> Result<(), BoxError> {
    // The error of a header value does not repeat the value, and neither does this.
    let mut value = HeaderValue::try_from(value).map_err(
        |_| "the token or key holds a line break or another character that no header can carry",
    )?;
    value.set_sensitive(true);
    request.headers_mut().insert(name, value);
    Ok(())
}
