//! Keys that stand in a file.

use super::chain::{Attempt, Cx, Outcome};
use crate::auth::{Credentials, CredentialsError};
use crate::aws::profile::{File, text};

/// `SharedCredentialProvider` and `ConfigProvider` in botocore: each has the keys of its own file.
pub(super) fn attempt(cx: Cx<'_>, file: File, profile: &str) -> Attempt {
    let shown = cx.profiles.path(file);
    let Some(section) = cx.profiles.in_file(file, profile) else {
        return Outcome::passed(format!("\"{shown}\" has no profile `{profile}`"));
    };
    let Some(key) = text(section, "aws_access_key_id") else {
        let reason = format!("the profile `{profile}` in \"{shown}\" has no `aws_access_key_id`");
        return Outcome::passed(reason);
    };
    let Some(secret) = text(section, "aws_secret_access_key") else {
        let reason = format!(
            "the profile `{profile}` in \"{shown}\" has `aws_access_key_id`, but no \
             `aws_secret_access_key`"
        );
        return Err(CredentialsError::broken("shared files", reason));
    };
    let mut credentials = Credentials::new(key, secret);
    if let Some(account) = text(section, "aws_account_id") {
        credentials = credentials.with_account_id(account);
    }
    let token = text(section, "aws_security_token").or_else(|| text(section, "aws_session_token"));
    Ok(Outcome::Found(match token {
        Some(token) => credentials.with_session_token(token),
        None => credentials,
    }))
}
