//! Signatures that other implementations test themselves with: smithy-rs, smithy-java and the AWS
//! SDKs for Kotlin and Swift share this one.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::aws::sigv4::{Payload, UriForm};

fn params(time: Timestamp) -> SigningParams<'static> {
    SigningParams {
        access_key_id: "fake access key",
        secret_access_key: "fake secret key",
        session_token: None,
        region: "us-east-1",
        service: "testservice",
        time,
        uri: UriForm::Normalized,
        payload: Payload::Body,
        payload_header: false,
    }
}

fn event() -> Bytes {
    Message::new("test payload").header("some-header", "value").encode().unwrap()
}

#[test]
fn an_event_has_the_signature_that_others_give_it() {
    let time = Timestamp::new(123_456_789, 999_999_999).unwrap();
    let previous = hex(&Sha256::digest("last message sts"));
    let to_sign = string_to_sign(
        &time.to_basic(),
        "19731129/us-east-1/testservice/aws4_request",
        &previous,
        &Message::default()
            .header(":date", HeaderValue::Timestamp(Timestamp::from_seconds(123_456_789).unwrap()))
            .encode_headers()
            .unwrap(),
        &event(),
    );
    assert_eq!(
        to_sign,
        "AWS4-HMAC-SHA256-PAYLOAD\n\
         19731129T213309Z\n\
         19731129/us-east-1/testservice/aws4_request\n\
         be1f8c7d79ef8e1abc5254a2c70e4da3bfaf4f07328f527444e1fc6ea67273e2\n\
         0c0e3b3bf66b59b976181bd7d401927bbd624107303c713fd1e5f3d3c8dd1b1e\n\
         f2eba0f2e95967ee9fbc6db5e678d2fd599229c0d04b11e4fc8e0f2a02a806c6"
    );
    let keys = SigningKeys::new();
    let (message, signature) = sign_event(event(), &previous, &params(time), &keys).unwrap();
    assert_eq!(signature, "1ea04a4f6becd85ae3e38e379ffaf4bb95042603f209512476cc6416868b31ee");
    assert_eq!(message.payload, event());
    let names: Vec<&str> = message.headers.iter().map(|header| &*header.name).collect();
    assert_eq!(names, [":date", ":chunk-signature"]);
    let date = message.get(":date");
    assert_eq!(date, Some(&HeaderValue::Timestamp(Timestamp::from_seconds(123_456_789).unwrap())));
    let Some(HeaderValue::Bytes(bytes)) = message.get(":chunk-signature") else { unreachable!() };
    assert_eq!(hex(bytes), signature);
}

#[test]
fn each_signature_follows_from_the_one_before() {
    let keys = SigningKeys::new();
    let params = params(Timestamp::from_seconds(123_456_789).unwrap());
    let (_, first) = sign_event(event(), "00", &params, &keys).unwrap();
    let (_, second) = sign_event(event(), &first, &params, &keys).unwrap();
    let (end, third) = sign_event(Bytes::new(), &second, &params, &keys).unwrap();
    assert!(first != second && second != third);
    assert!(end.payload.is_empty());
    let (_, again) = sign_event(event(), "00", &params, &keys).unwrap();
    assert_eq!(again, first);
}

#[test]
fn the_first_follows_from_the_request() {
    let cases = [
        ("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0a1b", Some("0a1b")),
        ("Bearer 1", None),
    ];
    for (value, expected) in cases {
        let headers = HeaderMap::from_iter([(AUTHORIZATION, value.parse().unwrap())]);
        assert_eq!(signature_of_request(&headers).as_deref(), expected);
    }
    assert_eq!(signature_of_request(&HeaderMap::new()), None);
}
