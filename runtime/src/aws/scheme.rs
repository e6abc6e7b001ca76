//! Signature Version 4 as an auth scheme.

#[cfg(feature = "event-stream")]
use super::event_signing::EventSigner;
use super::sigv4::{self, BODY_DIGEST, Payload, SigningError, SigningKeys, SigningParams, UriForm};
#[cfg(feature = "event-stream")]
use crate::auth::SignEvents;
use crate::auth::{
    AuthScheme, BoxError, Credentials, CredentialsError, Environment, ProvideCredentials, Signing,
    Surroundings,
};
use bytes::Bytes;
use std::sync::Arc;
use std::time::Duration;

#[cfg(test)]
mod tests;

/// The signing names whose requests are signed by S3's rules: the path as it is, and the body's
/// digest always in a header (`S3_SIGNING_NAMES` in botocore's `handlers.py`).
const LIKE_S3: [&str; 4] = ["s3", "s3-outposts", "s3-object-lambda", "s3express"];

/// `sigv4`: the setting `name` is the signing name.
///
/// Variables: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_ACCOUNT_ID`,
/// `AWS_REGION`, `AWS_DEFAULT_REGION`.
///
/// A request that has the header `x-amz-content-sha256` already is signed with what it says, such as
/// `UNSIGNED-PAYLOAD`.
#[derive(Debug, Default)]
pub struct SigV4 {
    keys: SigningKeys,
}

impl SigV4 {
    /// Signs a request in its query, so that its URL can be used by anyone until it expires. A form
    /// in the body moves into the query, and the method of such a request becomes `GET`.
    pub fn presign(
        &self,
        request: &mut http::Request<Bytes>,
        signing: &Signing<'_>,
        expires: Duration,
    ) -> Result<(), SigningError> {
        presign(request, signing, expires, &self.keys)
    }
}

/// What [`SigV4::presign`] does.
pub(super) fn presign(
    request: &mut http::Request<Bytes>,
    signing: &Signing<'_>,
    expires: Duration,
    keys: &SigningKeys,
) -> Result<(), SigningError> {
    presign_naming(request, signing, expires, keys, sigv4::TOKEN_PARAMETER)
}

/// The same with another name of the token.
pub(super) fn presign_naming(
    request: &mut http::Request<Bytes>,
    signing: &Signing<'_>,
    expires: Duration,
    keys: &SigningKeys,
    token: &'static str,
) -> Result<(), SigningError> {
    sigv4::form_to_query(request)?;
    let mut params = params(signing);
    if params.uri == UriForm::AsIs {
        params.payload = Payload::Unsigned;
    }
    sigv4::presign_naming(request, &params, expires, keys, token)
}

/// Signs a request in its headers, with a token beside the signature if one is given.
pub(super) fn sign(
    request: &mut http::Request<Bytes>,
    signing: &Signing<'_>,
    keys: &SigningKeys,
    token: Option<&str>,
) -> Result<(), SigningError> {
    let mut params = params(signing);
    params.session_token = token;
    params.payload_header &= !request.headers().contains_key(BODY_DIGEST);
    sigv4::sign(request, &params, keys)?;
    Ok(())
}

/// Whether requests with that signing name are signed by S3's rules.
pub(crate) fn is_like_s3(service: &str) -> bool {
    LIKE_S3.contains(&service)
}

fn params<'a>(signing: &Signing<'a>) -> SigningParams<'a> {
    let service = signing.option.setting("name").unwrap_or_default();
    let like_s3 = is_like_s3(service);
    SigningParams {
        access_key_id: signing.credentials.key(),
        secret_access_key: signing.credentials.secret(),
        session_token: signing.credentials.session_token(),
        region: signing.region,
        service,
        time: signing.time,
        uri: if like_s3 { UriForm::AsIs } else { UriForm::Normalized },
        payload: Payload::Body,
        payload_header: like_s3,
    }
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
        let mut credentials =
            Credentials::new(var("AWS_ACCESS_KEY_ID")?, var("AWS_SECRET_ACCESS_KEY")?);
        if let Ok(account) = var("AWS_ACCOUNT_ID") {
            credentials = credentials.with_account_id(account);
        }
        Ok(match environment.var("AWS_SESSION_TOKEN") {
            Some(token) => credentials.with_session_token(token),
            None => credentials,
        })
    }

    fn provider(
        &self,
        surroundings: &Surroundings,
        region: Option<&str>,
    ) -> Option<Arc<dyn ProvideCredentials>> {
        Some(super::credentials::provider(surroundings, region))
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
        Ok(sign(request, signing, &self.keys, signing.credentials.session_token())?)
    }

    #[cfg(feature = "event-stream")]
    fn sign_events(
        &self,
        headers: &http::HeaderMap,
        signing: &Signing<'_>,
    ) -> Result<Option<Box<dyn SignEvents>>, BoxError> {
        let service = signing.option.setting("name").unwrap_or_default();
        let signer = EventSigner::new(headers, signing.credentials, signing.region, service)?;
        Ok(Some(Box::new(signer)))
    }
}

/// `sigv4a`: Signature Version 4a; the setting `name` is the signing name, and the region may be a
/// list of regions.
///
/// Variables: those of [`SigV4`], and `AWS_SIGV4A_SIGNING_REGION_SET`.
#[cfg(feature = "sigv4a")]
#[derive(Debug, Default)]
pub struct SigV4a {
    keys: sigv4::EcdsaKeys,
}

#[cfg(feature = "sigv4a")]
impl AuthScheme for SigV4a {
    fn name(&self) -> &'static str {
        "sigv4a"
    }

    fn credentials(&self, environment: &dyn Environment) -> Result<Credentials, CredentialsError> {
        SigV4::default().credentials(environment)
    }

    fn provider(
        &self,
        surroundings: &Surroundings,
        region: Option<&str>,
    ) -> Option<Arc<dyn ProvideCredentials>> {
        Some(super::credentials::provider(surroundings, region))
    }

    fn region(&self, environment: &dyn Environment) -> Option<String> {
        let set = environment.var("AWS_SIGV4A_SIGNING_REGION_SET");
        set.or_else(|| SigV4::default().region(environment))
    }

    fn needs_region(&self) -> bool {
        true
    }

    fn sign(
        &self,
        request: &mut http::Request<Bytes>,
        signing: &Signing<'_>,
    ) -> Result<(), BoxError> {
        let mut params = params(signing);
        params.payload_header &= !request.headers().contains_key(BODY_DIGEST);
        sigv4::sign_v4a(request, &params, &self.keys)?;
        Ok(())
    }
}
