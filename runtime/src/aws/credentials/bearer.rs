//! The token of someone who has signed on, for services that take it in place of a signature.

#[cfg(feature = "aws-credentials")]
mod renewed;

#[cfg(not(feature = "aws-credentials"))]
use super::absent::bearer as renewed;
use crate::BoxFuture;
use crate::auth::{Cached, Credentials, CredentialsError, ProvideCredentials, Surroundings};
use crate::aws::profile::Profiles;
use std::sync::Arc;

/// `SSOTokenProvider` in botocore: nothing, if the profile has no `sso_session`.
pub(in crate::aws) fn provider(surroundings: &Surroundings) -> Option<Arc<dyn ProvideCredentials>> {
    // Whoever reads the settings of the client says what is wrong with the files.
    let profiles = Profiles::load(surroundings).ok()?;
    if !profiles.own().contains_key("sso_session") {
        return None;
    }
    let bearer = Bearer { surroundings: surroundings.clone() };
    Some(Arc::new(Cached::new(bearer, surroundings.clock())))
}

#[derive(Debug)]
struct Bearer {
    surroundings: Surroundings,
}

impl ProvideCredentials for Bearer {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async move {
            let profiles = Profiles::load(&self.surroundings)
                .map_err(|error| CredentialsError::broken("shared files", error.to_string()))?;
            renewed::token(&self.surroundings, &profiles).await
        })
    }
}
