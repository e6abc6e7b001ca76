//! Credentials and where they come from.

use crate::{BoxFuture, Error, Timestamp};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// What proves who is calling. Secrets are never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    key: String,
    secret: String,
    session_token: Option<String>,
    expires: Option<Timestamp>,
    account_id: Option<Box<str>>,
}

impl Credentials {
    /// An access key and its secret.
    pub fn new(key: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            secret: secret.into(),
            session_token: None,
            expires: None,
            account_id: None,
        }
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

    /// With the id of the account that they are of.
    pub fn with_account_id(mut self, account_id: impl Into<String>) -> Self {
        self.account_id = Some(account_id.into().into_boxed_str());
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

    /// The id of the account that they are of, where that is known.
    pub fn account_id(&self) -> Option<&str> {
        self.account_id.as_deref()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("key", &self.key)
            .field("secret", &"<redacted>")
            .field("session_token", &self.session_token.as_ref().map(|_| "<redacted>"))
            .field("expires", &self.expires)
            .field("account_id", &self.account_id)
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

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        (**self).provide()
    }
}

/// Why there are no credentials. Secrets are no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialsError(Why);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Why {
    Missing(String),
    NowhereFound(Vec<Tried>),
    Broken { provider: Cow<'static, str>, reason: String },
    Called(Failed),
}

/// A call that failed, which all who waited for it hear of.
#[derive(Clone, Debug)]
struct Failed(Arc<Error>);

impl PartialEq for Failed {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Failed {}

/// A provider that was asked in vain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tried {
    /// Its name
    pub provider: Cow<'static, str>,
    /// Why it has no credentials
    pub reason: String,
}

impl CredentialsError {
    /// There are none, for a reason.
    pub fn new(reason: impl Into<String>) -> Self {
        Self(Why::Missing(reason.into()))
    }

    /// A provider is configured, and fails. No other is asked then: it might be somebody else's.
    pub fn broken(provider: impl Into<Cow<'static, str>>, reason: impl Into<String>) -> Self {
        Self(Why::Broken { provider: provider.into(), reason: reason.into() })
    }

    /// The client's own service was asked for them, and this came of it.
    #[cfg_attr(not(feature = "aws"), expect(dead_code, reason = "no other provider does so"))]
    pub(crate) fn called(error: Error) -> Self {
        Self(Why::Called(Failed(Arc::new(error))))
    }

    /// The error of the call that was to bring them, if it was one of the client's own service.
    pub(crate) fn call(&self) -> Option<&Error> {
        match &self.0 {
            Why::Called(failed) => Some(&failed.0),
            _ => None,
        }
    }

    /// No provider has any.
    pub fn nowhere(tried: Vec<Tried>) -> Self {
        Self(Why::NowhereFound(tried))
    }

    /// The providers that were asked, where several were.
    pub fn tried(&self) -> &[Tried] {
        match &self.0 {
            Why::NowhereFound(tried) => tried,
            _ => &[],
        }
    }
}

impl Tried {
    /// A provider, and why it has no credentials.
    pub fn new(provider: impl Into<Cow<'static, str>>, reason: impl Into<String>) -> Self {
        Self { provider: provider.into(), reason: reason.into() }
    }
}

/// The providers that were tried stand in a line each.
impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Why::Missing(reason) => write!(f, "unable to locate credentials: {reason}"),
            Why::NowhereFound(tried) => {
                f.write_str("unable to locate credentials; these were tried:")?;
                tried.iter().try_for_each(|it| write!(f, "\n- {}: {}", it.provider, it.reason))
            }
            Why::Broken { provider, reason } => {
                write!(f, "unable to retrieve credentials from {provider}: {reason}")
            }
            Why::Called(failed) => failed.0.fmt(f),
        }
    }
}

impl std::error::Error for CredentialsError {}
