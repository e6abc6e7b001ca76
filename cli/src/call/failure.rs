//! The message and exit code of a call that failed.

use crate::exit::{CONFIGURATION, Failure, GENERAL, SERVICE, USAGE};
use crate::output::printable;
use std::error::Error as _;
use typefoundry::{Error, ErrorKind};

pub(super) fn of(error: &Error) -> Failure {
    let message = error.message().unwrap_or_default();
    let (code, text) = match error.kind() {
        ErrorKind::Service => (SERVICE, service(error)),
        ErrorKind::Region => (
            CONFIGURATION,
            format!("{message}\nname one with --region, or set AWS_REGION (NCLOUD_REGION for ncp)"),
        ),
        ErrorKind::Credentials => (
            CONFIGURATION,
            format!(
                "{message}\nset them up, try the call with --mock, or send it without a signature with \
                 --no-sign-request"
            ),
        ),
        ErrorKind::Configuration | ErrorKind::Input => (USAGE, with_causes(error)),
        _ => (GENERAL, with_causes(error)),
    };
    // Services and servers have a say in these texts.
    Failure::new(code, printable(&text))
}

/// The AWS CLI's words, which scripts look for.
fn service(error: &Error) -> String {
    let code = error.code().unwrap_or("Unknown");
    let operation = error.operation().unwrap_or_default();
    let message = match (error.message(), error.status()) {
        (Some(message), _) if !message.is_empty() => message.to_owned(),
        (_, Some(status)) => format!("the answer gives no reason (HTTP {status})"),
        _ => "the answer gives no reason".to_owned(),
    };
    let retries = match error.attempts() {
        attempts if attempts > 1 && error.is_retryable() => {
            format!(" (reached max retries: {})", attempts - 1)
        }
        _ => String::new(),
    };
    format!("An error occurred ({code}) when calling the {operation} operation{retries}: {message}")
}

/// What failed, and what lies behind it.
fn with_causes(error: &Error) -> String {
    let mut parts = vec![error.message().unwrap_or_default().to_owned()];
    let mut source = error.source();
    while let Some(cause) = source {
        let part = cause.to_string();
        // A cause often repeats what stands above it, or says more of the same.
        if !parts.contains(&part) {
            parts.retain(|known| !part.starts_with(&**known));
            parts.push(part);
        }
        source = cause.source();
    }
    parts.join(": ")
}
