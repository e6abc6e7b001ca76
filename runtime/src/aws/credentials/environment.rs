//! Credentials in variables.

use super::chain::{Attempt, Cx, Outcome};
use crate::Timestamp;
use crate::auth::{Credentials, CredentialsError};
use crate::timestamp::TimestampFormat;

const PROVIDER: &str = "the environment";

/// `EnvProvider` in botocore.
pub(super) fn attempt(cx: Cx<'_>) -> Attempt {
    let var = |name: &str| cx.surroundings.var(name);
    let Some(key) = var("AWS_ACCESS_KEY_ID") else {
        return Outcome::passed("AWS_ACCESS_KEY_ID is not set");
    };
    let broken = |reason: String| Err(CredentialsError::broken(PROVIDER, reason));
    let Some(secret) = var("AWS_SECRET_ACCESS_KEY") else {
        return broken("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not".to_owned());
    };
    let mut credentials = Credentials::new(key, secret);
    if let Some(token) = var("AWS_SECURITY_TOKEN").or_else(|| var("AWS_SESSION_TOKEN")) {
        credentials = credentials.with_session_token(token);
    }
    if let Some(account) = var("AWS_ACCOUNT_ID").filter(|account| !account.is_empty()) {
        credentials = credentials.with_account_id(account);
    }
    if let Some(expires) = var("AWS_CREDENTIAL_EXPIRATION") {
        let Ok(expires) = Timestamp::parse(&expires, TimestampFormat::DateTime) else {
            return broken("AWS_CREDENTIAL_EXPIRATION is not a date-time of RFC 3339".to_owned());
        };
        credentials = credentials.with_expiry(expires);
    }
    Ok(Outcome::Found(credentials))
}
