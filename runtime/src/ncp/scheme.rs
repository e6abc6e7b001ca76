//! Signature v2 as an auth scheme.

use super::{credentials, signature};
use crate::auth::{
    AuthScheme, BoxError, Credentials, CredentialsError, Environment, ProvideCredentials, Signing,
    Surroundings,
};
use bytes::Bytes;
use std::sync::Arc;

/// `ncp-v2`. Variables: `NCLOUD_ACCESS_KEY`, `NCLOUD_SECRET_KEY`, `NCLOUD_REGION`. File:
/// `~/.ncloud/configure`.
#[derive(Clone, Copy, Debug)]
pub struct NcpV2;

impl AuthScheme for NcpV2 {
    fn name(&self) -> &'static str {
        "ncp-v2"
    }

    fn credentials(&self, environment: &dyn Environment) -> Result<Credentials, CredentialsError> {
        credentials::of_variables(environment)
    }

    fn provider(
        &self,
        surroundings: &Surroundings,
        _: Option<&str>,
    ) -> Option<Arc<dyn ProvideCredentials>> {
        Some(Arc::new(credentials::Provider { surroundings: surroundings.clone() }))
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
