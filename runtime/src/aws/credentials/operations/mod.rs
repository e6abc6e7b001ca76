//! The few operations that credentials come from, written by hand: the generated clients stand on
//! this crate.

#[cfg(feature = "aws-login")]
pub(super) mod signin;
pub(super) mod sso;
pub(super) mod sso_oidc;
pub(super) mod sts;

use crate::Error;
use crate::client::ServiceErrors;
use crate::schema::ErrorSchema;

/// What goes wrong in their calls: no error has members that matter here.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) struct Failure(#[from] pub(super) Error);

impl ServiceErrors for Failure {
    const ERRORS: &'static [ErrorSchema] = &[];
}
