#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use super::*;
use crate::Timestamp;
use crate::schema::AuthOption;
use std::borrow::Cow;

const URL: &str = "https://h.amazonaws.com/a//b";
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn with<T>(name: &'static str, act: impl FnOnce(&Signing<'_>) -> T) -> T {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret");
    let option = AuthOption {
        scheme: Cow::Borrowed("sigv4"),
        settings: Cow::Owned(vec![(Cow::Borrowed("name"), Cow::Borrowed(name))]),
    };
    act(&Signing {
        credentials: &credentials,
        region: "us-east-1",
        option: &option,
        time: Timestamp::UNIX_EPOCH,
    })
}

fn request() -> http::Request<Bytes> {
    http::Request::get(URL).body(Bytes::new()).expect("a request")
}

#[test]
fn s3_is_signed_by_rules_of_its_own() {
    let cases = [("s3", EMPTY), ("s3express", EMPTY), ("s3tables", ""), ("ivs", "")];
    for (name, digest) in cases {
        let mut request = request();
        with(name, |signing| SigV4::default().sign(&mut request, signing)).expect("signed");
        let header = request.headers().get(BODY_DIGEST).map(|it| it.to_str().expect("text"));
        assert_eq!(header.unwrap_or_default(), digest, "{name}");
    }
}

#[test]
fn what_is_said_of_the_body_stays() {
    let mut request = request();
    request.headers_mut().insert(BODY_DIGEST, "UNSIGNED-PAYLOAD".parse().expect("a value"));
    with("s3", |signing| SigV4::default().sign(&mut request, signing)).expect("signed");
    assert_eq!(request.headers()[BODY_DIGEST], "UNSIGNED-PAYLOAD");
}

/// What differs between the two is the path and the body: both are in the signature alone.
#[test]
fn presigned_urls_carry_the_signing_name() {
    let presigned = |name: &'static str| {
        let mut request = request();
        let expires = Duration::from_mins(1);
        with(name, |signing| SigV4::default().presign(&mut request, signing, expires))
            .expect("presigned");
        request.uri().to_string()
    };
    for name in ["s3", "ivs"] {
        let url = presigned(name);
        let scope = format!(
            "{URL}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F19700101%2Fus-east-1%2F{name}%2Faws4_request"
        );
        assert!(url.starts_with(&scope), "{url}");
    }
}

#[cfg(feature = "sigv4a")]
#[test]
fn several_regions_are_named_in_the_environment() {
    #[derive(Debug)]
    struct Variables(&'static [(&'static str, &'static str)]);

    impl Environment for Variables {
        fn var(&self, name: &str) -> Option<String> {
            self.0.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned())
        }
    }

    let scheme = SigV4a::default();
    let region = |variables| scheme.region(&Variables(variables)).unwrap_or_default();
    let both = &[("AWS_REGION", "us-east-1"), ("AWS_SIGV4A_SIGNING_REGION_SET", "*")];
    assert_eq!(region(both), "*");
    assert_eq!(region(&[("AWS_REGION", "us-east-1")]), "us-east-1");
    let mut request = request();
    with("s3", |signing| scheme.sign(&mut request, signing)).expect("signed");
    assert_eq!(request.headers()["x-amz-region-set"], "us-east-1");
    assert_eq!(request.headers()[BODY_DIGEST], EMPTY);
}
