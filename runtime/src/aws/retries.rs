//! What AWS's answers say about trying again.
//!
//! The tables are botocore's, of 1.43.67: `retries/standard.py` and `retries/special.py`.

use crate::client::dialect::{Lookup, Reason};
use crate::client::{RetryMode, RetrySettings};
use crate::error::{Error, ErrorKind};
use crate::schema::ServiceSchema;
use std::time::Duration;

#[cfg(test)]
mod tests;

/// `_THROTTLED_ERROR_CODES`
const THROTTLING: [&str; 14] = [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "TooManyRequestsException",
    "TransactionInProgressException",
];

/// `_TRANSIENT_ERROR_CODES`; the third of them, `PriorRequestNotComplete`, is throttling as well.
const TRANSIENT: [&str; 2] = ["RequestTimeout", "RequestTimeoutException"];

/// `special.py`: a code of AWS STS alone
const OF_STS: &str = "IDPCommunicationError";

/// The codes that a service has for a signature of the wrong time, and for signatures that are wrong
/// for any reason, that one among them.
///
/// Source: `CLOCK_SKEW_ERROR_CODES` in `packages/service-error-classification/src/constants.ts` of
/// <https://github.com/aws/aws-sdk-js-v3>; botocore has none.
const CLOCK: [&str; 6] = [
    "AuthFailure",
    "InvalidSignatureException",
    "RequestExpired",
    "RequestInTheFuture",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

/// By how much a pause that is asked for may be longer than what the client would wait:
/// `_RETRY_AFTER_MAX_ADDITIONAL`
const LONGER: Duration = Duration::from_secs(5);

pub(super) fn reason(service: &ServiceSchema, error: &Error) -> Option<Reason> {
    let code = error.code()?;
    if THROTTLING.contains(&code) {
        return Some(Reason::Throttling);
    }
    if TRANSIENT.contains(&code) || code == OF_STS && service.id == "aws/sts" {
        return Some(Reason::Transient);
    }
    CLOCK.contains(&code).then_some(Reason::Clock)
}

/// The checksum of the answers of `DynamoDB`: `special.py`.
#[cfg(feature = "checksums")]
pub(super) fn is_damaged(service: &ServiceSchema, response: &http::Response<bytes::Bytes>) -> bool {
    let sum = response.headers().get("x-amz-crc32").and_then(|sum| sum.to_str().ok());
    let sum: Option<u32> = sum.and_then(|sum| sum.trim_ascii().parse().ok());
    service.id == "aws/dynamodb" && sum.is_some_and(|sum| sum != crc32fast::hash(response.body()))
}

/// `x-amz-retry-after` is in milliseconds.
pub(super) fn pause(headers: &http::HeaderMap, backoff: Duration) -> Option<Duration> {
    let asked = headers.get("x-amz-retry-after")?.to_str().ok()?.trim_ascii().parse().ok()?;
    Some(backoff.max(Duration::from_millis(asked).min(backoff.saturating_add(LONGER))))
}

/// `AWS_MAX_ATTEMPTS` and `max_attempts`, `AWS_RETRY_MODE` and `retry_mode`.
///
/// The mode `legacy`, which is botocore's default, is the standard mode here.
pub(crate) fn settings(find: Lookup<'_>) -> Result<RetrySettings, Error> {
    let mode = match find("AWS_RETRY_MODE", "retry_mode") {
        None => None,
        Some(mode) if ["standard", "legacy"].contains(&&*mode) => Some(RetryMode::Standard),
        Some(mode) if mode == "adaptive" => Some(RetryMode::Adaptive),
        Some(mode) => {
            return Err(wrong(format!(
                "the retry mode is `standard`, `adaptive` or `legacy`, not {mode:?}: see \
                 AWS_RETRY_MODE, and retry_mode in the profile"
            )));
        }
    };
    let max_attempts = match find("AWS_MAX_ATTEMPTS", "max_attempts") {
        None => None,
        Some(text) => match text.trim_ascii().parse() {
            Ok(attempts) if attempts > 0 => Some(attempts),
            _ => {
                return Err(wrong(format!(
                    "the number of attempts is 1 or more, not {text:?}: see AWS_MAX_ATTEMPTS, and \
                     max_attempts in the profile"
                )));
            }
        },
    };
    Ok(RetrySettings { mode, max_attempts })
}

fn wrong(message: String) -> Error {
    Error::new(ErrorKind::Configuration, message)
}
