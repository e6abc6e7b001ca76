//! Where AWS's credentials come from.
//!
//! The providers and their order are botocore's (`create_credential_resolver` in `credentials.py`):
//! environment, role of a profile, web identity, single sign-on, shared credentials file, login
//! session, process, config file, container, instance. The first that is configured is it: if it
//! fails, nothing behind it is asked. Those that ask a server need the feature `aws-credentials`, and
//! login sessions `aws-login`; without it, a profile that wants one is an error that says so.

#[cfg(not(feature = "aws-credentials"))]
mod absent;
pub(super) mod bearer;
mod chain;
#[cfg(feature = "aws-credentials")]
mod container;
#[cfg(feature = "aws-login")]
mod dpop;
mod environment;
#[cfg(feature = "aws-credentials")]
mod http;
#[cfg(feature = "aws-credentials")]
mod instance;
#[cfg(feature = "aws-credentials")]
mod kept;
mod keys;
#[cfg(feature = "aws-login")]
mod login;
#[cfg(feature = "aws-credentials")]
mod operations;
mod process;
#[cfg(feature = "aws-credentials")]
mod role;
#[cfg(feature = "aws-credentials")]
mod sso;
#[cfg(feature = "aws-credentials")]
mod sso_token;
#[cfg(test)]
mod tests;
#[cfg(feature = "aws-credentials")]
mod web_identity;

pub use chain::provider;
