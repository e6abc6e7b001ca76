//! botocore's cases, of `tests/unit/retries/test_standard.py`, and those of the settings.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::client::dialect::Reason::{Clock, Throttling, Transient};
use crate::schema::Protocol;
use bytes::Bytes;

fn service(id: &'static str) -> ServiceSchema {
    ServiceSchema { id: id.into(), protocol: Protocol::Json11, ..ServiceSchema::default() }
}

fn error(service: &ServiceSchema, status: u16, code: &str) -> Error {
    let body = if code.is_empty() { String::new() } else { format!(r#"{{"__type":"{code}"}}"#) };
    let mut response = http::Response::new(Bytes::from(body));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
    Error::service(service, response)
}

#[test]
fn what_codes_say() {
    let cases = [
        (400, "Throttling", Some(Throttling)),
        (400, "ThrottlingException", Some(Throttling)),
        (400, "ThrottledException", Some(Throttling)),
        (400, "RequestThrottledException", Some(Throttling)),
        (400, "TooManyRequestsException", Some(Throttling)),
        (400, "ProvisionedThroughputExceededException", Some(Throttling)),
        (400, "TransactionInProgressException", Some(Throttling)),
        (503, "RequestLimitExceeded", Some(Throttling)),
        (509, "BandwidthLimitExceeded", Some(Throttling)),
        (400, "LimitExceededException", Some(Throttling)),
        (403, "RequestThrottled", Some(Throttling)),
        (503, "SlowDown", Some(Throttling)),
        (400, "PriorRequestNotComplete", Some(Throttling)),
        (502, "EC2ThrottledException", Some(Throttling)),
        (400, "com.example#ThrottlingException", Some(Throttling)),
        (400, "RequestTimeout", Some(Transient)),
        (400, "RequestTimeoutException", Some(Transient)),
        (403, "RequestTimeTooSkewed", Some(Clock)),
        (403, "RequestExpired", Some(Clock)),
        (403, "InvalidSignatureException", Some(Clock)),
        (403, "SignatureDoesNotMatch", Some(Clock)),
        (401, "AuthFailure", Some(Clock)),
        (400, "NotAThrottlingError", None),
        (400, "IDPCommunicationError", None),
        (400, "", None),
    ];
    let service = service("aws/anything");
    for (status, code, expected) in cases {
        assert_eq!(reason(&service, &error(&service, status, code)), expected, "{code}");
    }
}

#[test]
fn a_code_of_sts_alone() {
    let sts = service("aws/sts");
    assert_eq!(reason(&sts, &error(&sts, 400, "IDPCommunicationError")), Some(Transient));
}

/// botocore's cases by status: the code does not matter then.
#[test]
fn what_the_status_says() {
    let cases = [
        (500, "", true),
        (502, "", true),
        (503, "", true),
        (504, "", true),
        (500, "InternalServiceError", true),
        (502, "BadError", true),
        // botocore's legacy mode has it, the standard mode does not.
        (429, "", true),
        (400, "", false),
        (501, "", false),
        (400, "NotAThrottlingError", false),
    ];
    let service = service("aws/anything");
    for (status, code, expected) in cases {
        assert_eq!(error(&service, status, code).is_retryable(), expected, "{status} {code}");
    }
}

#[cfg(feature = "checksums")]
#[test]
fn a_checksum_of_dynamodb_alone() {
    let cases = [
        ("aws/dynamodb", Some("2745614147"), false),
        ("aws/dynamodb", Some("2745614148"), true),
        ("aws/dynamodb", Some("no number"), false),
        ("aws/dynamodb", None, false),
        ("aws/anything", Some("2745614148"), false),
    ];
    for (id, sum, expected) in cases {
        let mut response = http::Response::new(Bytes::from_static(b"{}"));
        if let Some(sum) = sum {
            response.headers_mut().insert("x-amz-crc32", sum.parse().unwrap());
        }
        assert_eq!(is_damaged(&service(id), &response), expected, "{id} {sum:?}");
    }
}

#[test]
fn pauses_in_milliseconds() {
    let second = Duration::from_secs(1);
    let cases = [
        ("1500", Some(1_500)),
        ("100", Some(1_000)),
        ("0", Some(1_000)),
        ("60000", Some(6_000)),
        ("-1", None),
        ("soon", None),
        ("1.5", None),
        ("99999999999999999999", None),
    ];
    for (text, expected) in cases {
        let mut headers = http::HeaderMap::new();
        headers.insert("x-amz-retry-after", text.parse().unwrap());
        assert_eq!(pause(&headers, second), expected.map(Duration::from_millis), "{text}");
    }
    assert_eq!(pause(&http::HeaderMap::new(), second), None);
}

fn set(mode: &str, attempts: &str) -> Result<RetrySettings, String> {
    let find = |variable: &str, _: &str| {
        let value = match variable {
            "AWS_RETRY_MODE" => mode,
            "AWS_MAX_ATTEMPTS" => attempts,
            _ => "",
        };
        Some(value.to_owned()).filter(|value| !value.is_empty())
    };
    settings(&find).map_err(|error| error.to_string())
}

#[test]
fn what_the_environment_says() {
    let of = |mode, max_attempts| Ok(RetrySettings { mode, max_attempts });
    assert_eq!(set("", ""), of(None, None));
    assert_eq!(set("standard", ""), of(Some(RetryMode::Standard), None));
    assert_eq!(set("adaptive", "7"), of(Some(RetryMode::Adaptive), Some(7)));
    assert_eq!(set("legacy", "1"), of(Some(RetryMode::Standard), Some(1)));
    let mode = |found| {
        Err(format!(
            "the retry mode is `standard`, `adaptive` or `legacy`, not {found:?}: see \
             AWS_RETRY_MODE, and retry_mode in the profile"
        ))
    };
    assert_eq!(set("Standard", ""), mode("Standard"));
    assert_eq!(set("often", ""), mode("often"));
    let attempts = |found| {
        Err(format!(
            "the number of attempts is 1 or more, not {found:?}: see AWS_MAX_ATTEMPTS, and \
             max_attempts in the profile"
        ))
    };
    for found in ["0", "-1", "three", "1.5", "99999999999"] {
        assert_eq!(set("", found), attempts(found));
    }
}
