//! Signature v2 as an auth scheme.

use super::signature;
use crate::auth::{AuthScheme, BoxError, Credentials, CredentialsError, Environment, Signing};
use bytes::Bytes;

/// `ncp-v2`. Variables: `NCLOUD_ACCESS_KEY`, `NCLOUD_SECRET_KEY`, `NCLOUD_REGION`.
#[derive(Clone, Copy, Debug)]
pub struct NcpV2;

impl AuthScheme for NcpV2 {
    fn name(&self) -> &'static str {
        "ncp-v2"
    }

    fn credentials(&self, environment: &dyn Environment) -> Result<Credentials, CredentialsError> {
        let var = |name: &str| {
            let missing = || CredentialsError::new(format!("{name} is not set"));
            environment.var(name).ok_or_else(missing)
        };
        Ok(Credentials::new(var("NCLOUD_ACCESS_KEY")?, var("NCLOUD_SECRET_KEY")?))
    }

    fn region(&self, environment: &dyn Environment) -> Option<String> {
        environment.var("NCLOUD_REGION")
    }

    fn sign(
        &self,
        request: &mut http::Request<Bytes>,
        signing: &Signing<'_>,
    ) -> Result<(), BoxError> {
        let credentials = signing.credentials;
        Ok(signature::sign(request, credentials.key(), credentials.secret(), signing.time)?)
    }
}
