//! Credentials and where they come from.

use crate::{BoxFuture, Timestamp};
use std::fmt;

/// What proves who is calling. Secrets are never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    key: String,
    secret: String,
    session_token: Option<String>,
    expires: Option<Timestamp>,
}

impl Credentials {
    /// An access key and its secret.
    pub fn new(key: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { key: key.into(), secret: secret.into(), session_token: None, expires: None }
    }

    /// A token, for schemes that send one as it is.
    pub fn token(token: impl Into<String>) -> Self {
        Self::new("", token)
    }

    /// With the token of a session.
    pub fn with_session_token(mut self, token: impl Into<String>) -> Self {
        self.session_token = Some(token.into());
        self
    }

    /// With the time after which they are of no use.
    pub fn with_expiry(mut self, expires: Timestamp) -> Self {
        self.expires = Some(expires);
        self
    }

    /// The access key; empty for a bare token.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The secret key, or the token.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The token of a session.
    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_deref()
    }

    /// The time after which they are of no use.
    pub fn expires(&self) -> Option<Timestamp> {
        self.expires
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("key", &self.key)
            .field("secret", &"<redacted>")
            .field("session_token", &self.session_token.as_ref().map(|_| "<redacted>"))
            .field("expires", &self.expires)
            .finish()
    }
}

/// Where credentials come from.
pub trait ProvideCredentials: fmt::Debug + Send + Sync {
    /// The credentials to sign the next request with.
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>>;
}

/// Fixed credentials provide themselves.
impl ProvideCredentials for Credentials {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

/// Why there are no credentials.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unable to locate credentials: {reason}")]
pub struct CredentialsError {
    reason: String,
}

impl CredentialsError {
    /// With the places that were tried, and why each had none.
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }
}
