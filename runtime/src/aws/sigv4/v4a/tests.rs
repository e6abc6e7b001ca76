#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use super::*;
use crate::aws::sigv4::{Payload, UriForm};
use p256::ecdsa::signature::Verifier;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

fn params() -> SigningParams<'static> {
    SigningParams {
        access_key_id: "AKIDEXAMPLE",
        secret_access_key: SECRET,
        session_token: None,
        region: "us-east-1",
        service: "service",
        time: "2015-08-30T12:36:00Z".parse().expect("a time"),
        uri: UriForm::Normalized,
        payload: Payload::Body,
        payload_header: false,
    }
}

/// The public key is that of AWS's suite of signatures.
#[test]
fn the_key_is_that_of_the_access_key() {
    let key = EcdsaKeys::new().key(&params()).expect("a key");
    let point = key.verifying_key().to_sec1_point(false);
    let public = "04b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1\
                  865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518";
    assert_eq!(hex(point.as_bytes()), public);
}

#[test]
fn requests_carry_the_regions_and_a_signature_that_verifies() {
    let keys = EcdsaKeys::new();
    let mut request =
        Request::get("https://example.amazonaws.com/").body(Bytes::new()).expect("a request");
    // The second time is a retry, with the key from the cache.
    for _ in 0..2 {
        let signature = sign_v4a(&mut request, &params(), &keys).expect("signed");
        assert_eq!(request.headers()["x-amz-region-set"], "us-east-1");
        let authorization = request.headers()["authorization"].to_str().expect("text");
        let head = "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, \
                    SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=";
        assert_eq!(authorization, format!("{head}{}", signature.as_str()));
        verify(
            &keys,
            "cf59db423e841c8b7e3444158185aa261b724a5c27cbe762676f3eed19f4dc02",
            signature.as_str(),
        );
    }
    presign_v4a(&mut request, &params(), Duration::from_hours(1), &keys).expect("presigned");
    let query = request.uri().query().unwrap_or_default();
    assert!(query.contains("&X-Amz-Region-Set=us-east-1&"), "{query}");
    assert!(request.headers().is_empty());
    let signature = query.rsplit('=').next().unwrap_or_default();
    verify(&keys, "890c4ed28c1a1ac10b5862719b537afbe392e987dc1aab1efa16fe7de41d3c81", signature);
}

/// The digest is that of the canonical request in AWS's suite, `get-vanilla`.
fn verify(keys: &EcdsaKeys, digest: &str, signature: &str) {
    let bytes: Vec<u8> = (0..signature.len() / 2)
        .map(|at| u8::from_str_radix(&signature[2 * at..2 * at + 2], 16).expect("a digit"))
        .collect();
    let signature = ecdsa::Signature::from_der(&bytes).expect("a signature");
    let text = format!("{ALGORITHM}\n20150830T123600Z\n20150830/service/aws4_request\n{digest}");
    let key = keys.key(&params()).expect("a key");
    key.verifying_key().verify(text.as_bytes(), &signature).expect("the signature of the text");
}

#[test]
fn nothing_secret_is_shown() {
    let keys = EcdsaKeys::new();
    keys.key(&params()).expect("a key");
    assert_eq!(format!("{keys:?}"), "EcdsaKeys { .. }");
}
