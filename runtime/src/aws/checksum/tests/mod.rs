//! Checksums of requests and responses, as botocore 1.43.67 makes and checks them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod chunks;

use super::*;
use crate::Model;
use crate::schema::{Checksum, OperationSchema, OperationTraits, Text};
use http::HeaderMap;
use std::borrow::Cow;

#[derive(Model)]
struct Input {
    #[model(name = "ChecksumAlgorithm", header = "x-amz-sdk-checksum-algorithm")]
    algorithm: Option<String>,
    #[model(name = "ChecksumMode", header = "x-amz-checksum-mode")]
    mode: Option<String>,
}

fn operation(checksum: Option<Checksum>, streams_input: Option<bool>) -> OperationSchema {
    let traits = OperationTraits { checksum, streams_input, ..OperationTraits::default() };
    OperationSchema {
        name: Cow::Borrowed("Do"),
        method: Cow::Borrowed("PUT"),
        uri: Cow::Borrowed("/"),
        status: 0,
        idempotent: false,
        secret: false,
        pages: None,
        traits: Some(Cow::Owned(traits)),
    }
}

fn offered(required: bool) -> Checksum {
    let algorithm = Cow::Borrowed("ChecksumAlgorithm");
    Checksum { algorithm, required, ..Checksum::default() }
}

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
}

fn shown(headers: &HeaderMap) -> String {
    let mut all: Vec<String> = (headers.iter())
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    all.sort();
    all.join(", ")
}

#[test]
fn a_request_has_the_checksum_that_is_due() {
    let required = || Some(Checksum { required: true, ..Checksum::default() });
    let crc32 = "x-amz-checksum-crc32: DUoRhQ==";
    let announced = "x-amz-checksum-crc32: DUoRhQ==, x-amz-sdk-checksum-algorithm: CRC32";
    let sha256 = "x-amz-checksum-sha256: uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=";
    // The trait, the member's value, when, and the headers that come of it.
    let cases = [
        (None, None, When::Supported, ""),
        (required(), None, When::Supported, crc32),
        (required(), None, When::Required, crc32),
        (Some(offered(false)), None, When::Supported, announced),
        (Some(offered(false)), None, When::Required, ""),
        (Some(offered(true)), None, When::Required, announced),
        (Some(offered(false)), Some("SHA256"), When::Required, sha256),
        (Some(offered(true)), Some("sha256"), When::Supported, sha256),
        (
            Some(offered(true)),
            Some("CRC64NVME"),
            When::Supported,
            "x-amz-checksum-crc64nvme: jSnVw/bqjr4=",
        ),
        (
            Some(offered(true)),
            Some("XXHASH64"),
            When::Supported,
            "x-amz-checksum-xxhash64: RatnNLIeaWg=",
        ),
        (
            Some(offered(false)),
            Some("XXHASH3"),
            When::Required,
            "x-amz-checksum-xxhash3: 1Eex6kDmmIs=",
        ),
        (
            Some(offered(false)),
            Some("xxhash128"),
            When::Required,
            "x-amz-checksum-xxhash128: 340J6T+HSQCpm4d1zBW2xw==",
        ),
    ];
    for (checksum, algorithm, when, expected) in cases {
        for streams in [None, Some(true)] {
            let operation = operation(checksum.clone(), streams);
            let input = Input { algorithm: algorithm.map(str::to_owned), mode: None };
            let mut out = HeaderMap::new();
            // Without TLS a stream is read before it is sent.
            let plan = checksum_of_request(&operation, &input, &out, false, when).unwrap();
            if let Some(plan) = plan {
                assert!(!plan.in_trailer);
                plan.add_to_headers(&mut out, b"hello world");
            }
            assert_eq!(shown(&out), expected, "{checksum:?} {algorithm:?} {when:?}");
        }
    }
}

#[test]
fn a_checksum_of_the_caller_wins() {
    let cases = [
        ("x-amz-checksum-sha1", false),
        ("x-amz-checksum-mode", false),
        ("x-amz-checksum-", false),
        ("x-amz-checksum-a-b", true),
        ("content-md5", true),
        ("x-amz-sdk-checksum-algorithm", true),
    ];
    for (header, planned) in cases {
        let given = headers(&[(header, "x")]);
        let plan = checksum_of_request(
            &operation(Some(offered(true)), None),
            &Input::default(),
            &given,
            true,
            When::Supported,
        );
        assert_eq!(plan.unwrap().is_some(), planned, "{header}");
    }
}

#[test]
fn an_algorithm_that_is_not_there_is_told() {
    for name in ["MD5", "XXHASH32", "rot13\n"] {
        let input = Input { algorithm: Some(name.to_owned()), mode: None };
        let operation = operation(Some(offered(false)), None);
        let error =
            checksum_of_request(&operation, &input, &HeaderMap::new(), true, When::Supported);
        assert_eq!(
            error.unwrap_err().to_string(),
            format!(
                "ChecksumAlgorithm: the checksum algorithm `{}` is not supported; use CRC32, \
                 CRC32C, CRC64NVME, SHA1, SHA256, SHA512, XXHASH64, XXHASH3 or XXHASH128, or give \
                 the checksum itself",
                name.escape_debug()
            )
        );
    }
}

#[test]
fn a_stream_has_its_checksum_behind_it() {
    let cases = [
        (
            &[("content-length", "11"), ("content-encoding", "gzip")][..],
            Some(11),
            "content-encoding: aws-chunked, content-encoding: gzip, content-length: 52, \
             x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER, \
             x-amz-decoded-content-length: 11, x-amz-sdk-checksum-algorithm: CRC32, \
             x-amz-trailer: x-amz-checksum-crc32",
        ),
        (
            &[("content-length", "11")][..],
            None,
            "content-encoding: aws-chunked, \
             x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER, \
             x-amz-sdk-checksum-algorithm: CRC32, x-amz-trailer: x-amz-checksum-crc32",
        ),
    ];
    for (given, length, expected) in cases {
        let mut out = headers(given);
        let operation = operation(Some(offered(false)), Some(true));
        let plan = checksum_of_request(&operation, &Input::default(), &out, true, When::Supported);
        let plan = plan.unwrap().unwrap();
        assert!(plan.in_trailer);
        let mut chunks = plan.start_chunks(&mut out, length);
        assert_eq!(shown(&out), expected);
        let mut body = chunks.push(b"hello world").to_vec();
        body.extend(chunks.finish());
        assert_eq!(body, b"b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n");
    }
}

const RESPONSE: &[Text] = &[
    Cow::Borrowed("CRC64NVME"),
    Cow::Borrowed("CRC32"),
    Cow::Borrowed("CRC32C"),
    Cow::Borrowed("SHA256"),
    Cow::Borrowed("SHA1"),
    Cow::Borrowed("MD5"),
    Cow::Borrowed("XXHASH64"),
    Cow::Borrowed("XXHASH3"),
    Cow::Borrowed("XXHASH128"),
];

fn checked() -> OperationSchema {
    let checksum = Checksum {
        mode: Cow::Borrowed("ChecksumMode"),
        response: Cow::Borrowed(RESPONSE),
        ..Checksum::default()
    };
    operation(Some(checksum), None)
}

#[test]
fn a_response_is_held_against_the_first_sum_of_the_order() {
    let crc64 = ("x-amz-checksum-crc64nvme", "jSnVw/bqjr4=");
    let crc32 = ("x-amz-checksum-crc32", "DUoRhQ==");
    let sha1 = ("x-amz-checksum-sha1", "Kq5sNclPz7QV2+lfQIuc6R7oRu0=");
    let xxh64 = ("x-amz-checksum-xxhash64", "RatnNLIeaWg=");
    let xxh3 = ("x-amz-checksum-xxhash3", "1Eex6kDmmIs=");
    let xxh128 = ("x-amz-checksum-xxhash128", "340J6T+HSQCpm4d1zBW2xw==");
    let cases = [
        (&[xxh64, crc64, xxh3, xxh128][..], Some(Algorithm::Xxhash128)),
        (&[xxh64, crc64, xxh3][..], Some(Algorithm::Xxhash3)),
        (&[xxh64, crc64][..], Some(Algorithm::Crc64Nvme)),
        (&[crc32, xxh64][..], Some(Algorithm::Xxhash64)),
        (&[crc32, crc64][..], Some(Algorithm::Crc64Nvme)),
        (&[sha1, crc32][..], Some(Algorithm::Crc32)),
        (&[sha1, ("x-amz-checksum-crc32", "DUoRhQ==-2")][..], Some(Algorithm::Sha1)),
        (&[("x-amz-checksum-crc32", "DUoRhQ==-2")][..], None),
        (&[("content-md5", "XrY7u+Ae7tCTyyK7j1rNww==")][..], None),
        (&[("x-amz-checksum-sha512", "x")][..], None),
        (&[][..], None),
    ];
    for (given, expected) in cases {
        let enabled = Input { algorithm: None, mode: Some("ENABLED".to_owned()) };
        for (input, when) in [(&enabled, When::Required), (&Input::default(), When::Supported)] {
            let found = checksum_of_response(&checked(), input, &headers(given), when);
            assert_eq!(found.as_ref().map(|found| found.algorithm), expected, "{given:?}");
            if let Some(found) = found {
                found.check(b"hello world").unwrap();
                let wrong = found.check(b"hello, world").unwrap_err().to_string();
                let name = found.algorithm.name();
                let sum = &found.sum;
                assert_eq!(
                    wrong,
                    format!("the body's {name} checksum is not the `{sum}` of the response")
                );
            }
        }
        let asked =
            checksum_of_response(&checked(), &Input::default(), &headers(given), When::Required);
        assert_eq!(asked, None, "nobody asked");
    }
}

#[test]
fn the_mode_is_asked_for_where_the_input_leaves_it_open() {
    let enabled = Input { algorithm: None, mode: Some("ENABLED".to_owned()) };
    let cases = [
        (checked(), &Input::default(), When::Supported, true),
        (checked(), &Input::default(), When::Required, false),
        (checked(), &enabled, When::Supported, false),
        (operation(Some(offered(true)), None), &Input::default(), When::Supported, false),
        (operation(None, None), &Input::default(), When::Supported, false),
    ];
    for (operation, input, when, expected) in cases {
        let header = asks_for_checksum(&operation, input, when);
        let header = header.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
        assert_eq!(header, expected.then(|| "x-amz-checksum-mode: ENABLED".to_owned()));
    }
}
