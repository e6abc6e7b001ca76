//! Schemes that send a secret as it is. Where it is in the environment is `secret_variables`' to say.

use super::{
    AuthScheme, BoxError, Credentials, CredentialsError, Environment, SignEvents, Signing,
};
use crate::client::dialect::secret_variables;
use crate::schema::ServiceSchema;
use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};

/// The variable for tokens of all services.
const BEARER_TOKEN: &str = "BEARER_TOKEN";
/// The variable for keys of all services.
const API_KEY: &str = "API_KEY";

/// `Authorization: Bearer …` (RFC 6750). The token is in `BEARER_TOKEN`, or in a variable of the
/// service's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bearer;

impl AuthScheme for Bearer {
    fn name(&self) -> &'static str {
        "bearer"
    }

    fn credentials(&self, environment: &dyn Environment) -> Result<Credentials, CredentialsError> {
        from_variables(environment, &[BEARER_TOKEN])
    }

    fn credentials_of(
        &self,
        service: &ServiceSchema,
        environment: &dyn Environment,
    ) -> Result<Credentials, CredentialsError> {
        from_variables(environment, &secret_variables(service, BEARER_TOKEN))
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

/// The key in the header that the setting `header` names. The key is in `API_KEY`, or in a variable of
/// the service's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct ApiKey;

impl AuthScheme for ApiKey {
    fn name(&self) -> &'static str {
        "api-key"
    }

    fn credentials(&self, environment: &dyn Environment) -> Result<Credentials, CredentialsError> {
        from_variables(environment, &[API_KEY])
    }

    fn credentials_of(
        &self,
        service: &ServiceSchema,
        environment: &dyn Environment,
    ) -> Result<Credentials, CredentialsError> {
        from_variables(environment, &secret_variables(service, API_KEY))
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

/// The secret in the first of the variables that is set.
fn from_variables(
    environment: &dyn Environment,
    names: &[impl AsRef<str>],
) -> Result<Credentials, CredentialsError> {
    let names = || names.iter().map(AsRef::as_ref);
    let missing = || {
        let names = names().collect::<Vec<_>>();
        CredentialsError::new(match names.as_slice() {
            [name] => format!("{name} is not set"),
            names => format!("neither {} is set", names.join(" nor ")),
        })
    };
    let found = names().find_map(|name| environment.var(name));
    found.map(Credentials::token).ok_or_else(missing)
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
