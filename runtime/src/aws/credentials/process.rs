//! Credentials that a program prints.

use super::chain::{Attempt, Cx, Outcome};
use crate::auth::{Credentials, CredentialsError};
use crate::aws::profile::{text, windows_words, words};
use crate::timestamp::TimestampFormat;
use crate::{Document, Number, Timestamp};

/// `ProcessProvider` in botocore. What the program prints is not shown, whatever it is.
///
/// Source: <https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html>
pub(super) async fn attempt(cx: Cx<'_>, profile: &str) -> Attempt {
    let Some(command) = text(cx.profiles.get(profile), "credential_process") else {
        return Outcome::passed(cx.profiles.without(profile, "`credential_process`"));
    };
    let broken = |reason: String| {
        let place = cx.profiles.at(profile, "credential_process");
        CredentialsError::broken("a process", format!("{place}: {reason}"))
    };
    let split = if cfg!(windows) { windows_words(command) } else { words(command) };
    let command = split.map_err(|error| broken(error.to_string()))?;
    let output = cx.surroundings.processes().run(&command).await;
    let output = output.map_err(|error| broken(format!("it cannot be run: {error}")))?;
    match output.code {
        Some(0) => {}
        Some(code) => {
            return Err(broken(format!(
                "it ended with exit code {code}; what it printed is not shown, for it may be secret"
            )));
        }
        None => return Err(broken("a signal ended it".to_owned())),
    }
    let credentials = read(&output.stdout).map_err(broken)?;
    let own = text(cx.profiles.get(profile), "aws_account_id");
    Ok(Outcome::Found(match (credentials.account_id(), own) {
        (None, Some(account)) => credentials.with_account_id(account),
        _ => credentials,
    }))
}

/// Reads what it printed.
fn read(output: &[u8]) -> Result<Credentials, String> {
    let json = Document::from_json(output).map_err(|_| "what it printed is not JSON")?;
    match json.get("Version") {
        Some(Document::Number(Number::Positive(1))) => {}
        Some(_) => return Err("it printed another `Version` than 1".to_owned()),
        None => return Err("it printed no `Version`".to_owned()),
    }
    let text = |key: &str| json.get(key).and_then(Document::as_str);
    let needed = |key: &str| text(key).ok_or_else(|| format!("it printed no `{key}`"));
    let mut credentials = Credentials::new(needed("AccessKeyId")?, needed("SecretAccessKey")?);
    if let Some(token) = text("SessionToken") {
        credentials = credentials.with_session_token(token);
    }
    if let Some(expires) = text("Expiration") {
        let expires = Timestamp::parse(expires, TimestampFormat::DateTime)
            .map_err(|_| "it printed an `Expiration` that is not a date-time".to_owned())?;
        credentials = credentials.with_expiry(expires);
    }
    if let Some(account) = text("AccountId").filter(|account| !account.is_empty()) {
        credentials = credentials.with_account_id(account);
    }
    Ok(credentials)
}
