//! Signatures computed by `tests/interop/signing_vectors.py`; the first is that of NCP's own test
//! (`ncloud-sdk-go-v2`).
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::error::Error as _;

use bytes::Bytes;
use http::Request;

use super::{ACCESS_KEY, SIGNATURE, TIMESTAMP, sign, signature_v2};
use crate::Timestamp;

/// Method, path and query, milliseconds, access key, secret key, signature.
const VECTORS: &[(&str, &str, i64, &str, &str, &str)] = &[
    (
        "GET",
        "/vserver/v2/getServerInstanceList?responseFormatType=json",
        1_234_567_890_123,
        "TestAccessKey",
        "TestSecretKey",
        "FPsYYX8fuMAgi+cue3eACOW0dNtIwu1LYWfg/megA2M=",
    ),
    (
        "POST",
        "/api/v2/channels",
        1_700_000_000_000,
        "ncp_iam_EXAMPLE",
        "ncp_iam_secret_EXAMPLE",
        "JNP39kAsOQwD2vBv4YEkYbNGszsmmU6QqAJlsj5rsgU=",
    ),
    (
        "GET",
        "/api/v2/channels?pageNo=1&pageSizeNo=20&channelName=%ED%8C%8C%20a%2Bb",
        1_700_000_000_001,
        "ncp_iam_EXAMPLE",
        "ncp_iam_secret_EXAMPLE",
        "Z8nWDrnz3orgGtDv72YBLa0dyxhVxUH60SMTehtjEPs=",
    ),
    (
        "DELETE",
        "/",
        0,
        "k",
        "a secret longer than the 64 bytes of a block of SHA-256 a secret longer than the 64 bytes of a block of SHA-256 ",
        "K28JywCcTCUJ4my8L0i1kHjCcAoY7LtAWe5LO2GdIis=",
    ),
];

fn request(method: &str, uri: &str) -> Request<Bytes> {
    let request = Request::builder().method(method).uri(uri).body(Bytes::new());
    request.expect("a request")
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis).expect("in range")
}

#[test]
fn signs_as_ncp_does() {
    for &(method, target, millis, access_key, secret_key, signature) in VECTORS {
        let signed = signature_v2(method, target, millis, access_key, secret_key);
        assert_eq!(signed, signature, "{method} {target}");

        let mut request = request(method, &format!("https://livestation.apigw.ntruss.com{target}"));
        sign(&mut request, access_key, secret_key, at(millis)).expect("signed");
        assert_eq!(request.headers()[TIMESTAMP], millis.to_string());
        assert_eq!(request.headers()[ACCESS_KEY], access_key);
        assert_eq!(request.headers()[SIGNATURE], signature);
    }
}

#[test]
fn a_retry_replaces_the_earlier_signature() {
    let mut request = request("GET", "https://example.com/x");
    sign(&mut request, "first", "secret", at(1_000)).expect("signed");
    let first = request.headers()[SIGNATURE].clone();
    sign(&mut request, "second", "secret", at(2_000)).expect("signed");
    assert_eq!(request.headers().len(), 3);
    assert_eq!(request.headers()[TIMESTAMP], "2000");
    assert_eq!(request.headers()[ACCESS_KEY], "second");
    assert_ne!(request.headers()[SIGNATURE], first);
}

#[test]
fn signs_the_target_as_sent() {
    let cases = [
        ("https://example.com", "/"),
        ("https://example.com?a=1", "/?a=1"),
        ("https://example.com/a//b/../?b&a=%2f", "/a//b/../?b&a=%2f"),
    ];
    for (uri, target) in cases {
        let mut request = request("GET", uri);
        sign(&mut request, "key", "secret", at(5)).expect("signed");
        let signature = signature_v2("GET", target, 5, "key", "secret");
        assert_eq!(request.headers()[SIGNATURE], signature, "{uri}");
    }
}

#[test]
fn the_signature_is_not_shown() {
    let mut request = request("GET", "https://example.com/x");
    sign(&mut request, "key", "secret", at(5)).expect("signed");
    assert!(request.headers()[SIGNATURE].is_sensitive());
    assert!(!request.headers()[ACCESS_KEY].is_sensitive());
}

#[test]
fn a_broken_access_key_is_an_error_that_does_not_repeat_it() {
    let mut request = request("GET", "https://example.com/x");
    let error = sign(&mut request, "key\n", "secret", at(5)).expect_err("a line break");
    assert_eq!(error.to_string(), "header `x-ncp-iam-access-key` cannot carry its value");
    assert!(error.source().is_some());
    assert!(request.headers().is_empty());
}
