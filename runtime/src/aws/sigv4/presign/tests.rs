//! URLs presigned by botocore's query signers (`SigV4QueryAuth`, `S3SigV4QueryAuth`).
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use super::*;
use crate::aws::sigv4::{Payload, UriForm};

const TOKEN_TEXT: &str = "FwoGZXIvYXdzEXAMPLE//////////wEaDEXAMPLETOKEN+abc==";
const FORM_TYPE: &str = "application/x-www-form-urlencoded; charset=utf-8";

struct Case {
    service: &'static str,
    region: &'static str,
    method: &'static str,
    url: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    token: bool,
    seconds: u64,
    /// What the query is, between the request's own and the signature
    presigned: &'static str,
    signature: &'static str,
}

const CASES: &[Case] = &[
    Case {
        service: "s3",
        region: "us-east-1",
        method: "GET",
        url: "https://bucket.s3.amazonaws.com/a//b%20c/../d%2B?response-content-type=text%2Fplain&versionId=1",
        headers: &[],
        body: "",
        token: false,
        seconds: 3600,
        presigned: "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host",
        signature: "2f309393a63fa9e1559e99939b0d5a1fbfea1044f7baad755cabf7cbd7b07078",
    },
    Case {
        service: "s3",
        region: "ap-northeast-2",
        method: "PUT",
        url: "https://s3.ap-northeast-2.amazonaws.com/bucket/key",
        headers: &[("content-type", "text/plain"), ("x-amz-acl", "private"), ("user-agent", "x")],
        body: "",
        token: true,
        seconds: 604_800,
        presigned: "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fap-northeast-2%2Fs3%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=content-type%3Bhost%3Bx-amz-acl&X-Amz-Security-Token=FwoGZXIvYXdzEXAMPLE%2F%2F%2F%2F%2F%2F%2F%2F%2F%2FwEaDEXAMPLETOKEN%2Babc%3D%3D",
        signature: "cfa12c2bbbe47367030da65b35d932cab8feb10b7e7c6edd8388e6e033b4ae11",
    },
    Case {
        service: "sts",
        region: "us-east-1",
        method: "POST",
        url: "https://sts.us-east-1.amazonaws.com/",
        headers: &[("x-k8s-aws-id", "cluster"), ("content-type", FORM_TYPE)],
        body: "Action=GetCallerIdentity&Version=2011-06-15",
        token: false,
        seconds: 60,
        presigned: "?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fsts%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id",
        signature: "81a32408ebc680f9e3c0b717af082cf650f94a8782ad2fdf3383c43be9467c55",
    },
    Case {
        service: "polly",
        region: "eu-west-1",
        method: "GET",
        url: "https://polly.eu-west-1.amazonaws.com/v1//speech/../a%20b",
        headers: &[],
        body: "",
        token: true,
        seconds: 1,
        presigned: "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Feu-west-1%2Fpolly%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=1&X-Amz-SignedHeaders=host&X-Amz-Security-Token=FwoGZXIvYXdzEXAMPLE%2F%2F%2F%2F%2F%2F%2F%2F%2F%2FwEaDEXAMPLETOKEN%2Babc%3D%3D",
        signature: "a2071457127d73054ee4b49bb7612402d921cd61b3edb417cd935cce355574e8",
    },
    Case {
        service: "rds-db",
        region: "us-east-1",
        method: "GET",
        url: "https://db.example.com:3306/?Action=connect&DBUser=user",
        headers: &[],
        body: "",
        token: false,
        seconds: 900,
        presigned: "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Frds-db%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host",
        signature: "71336065856965782f344b3f6fe34c476d2b55263882259d7004ffe7e5b63dfc",
    },
];

fn request(case: &Case) -> Request<Bytes> {
    let mut request = Request::builder().method(case.method).uri(case.url);
    for (name, value) in case.headers {
        request = request.header(*name, *value);
    }
    request.body(Bytes::from_static(case.body.as_bytes())).expect("a request")
}

fn params(case: &Case) -> SigningParams<'static> {
    let s3 = case.service == "s3";
    SigningParams {
        access_key_id: "AKIDEXAMPLE",
        secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        session_token: case.token.then_some(TOKEN_TEXT),
        region: case.region,
        service: case.service,
        time: "2015-08-30T12:36:00Z".parse().expect("a time"),
        uri: if s3 { UriForm::AsIs } else { UriForm::Normalized },
        payload: if s3 { Payload::Unsigned } else { Payload::Body },
        payload_header: s3,
    }
}

#[test]
fn presigns_as_botocore_does() {
    let keys = SigningKeys::new();
    for case in CASES {
        let mut request = request(case);
        let expires = Duration::from_secs(case.seconds);
        form_to_query(&mut request).expect("a query");
        presign(&mut request, &params(case), expires, &keys).expect(case.url);
        let Case { url, presigned, signature, .. } = case;
        let expected = format!("{url}{presigned}&X-Amz-Signature={signature}");
        assert_eq!(request.uri().to_string(), expected);
        assert!(request.body().is_empty());
        assert!(request.headers().keys().all(|name| name != DATE && name != TOKEN));
    }
}

#[test]
fn a_form_becomes_a_query_and_nothing_else_does() {
    let cases = [
        (
            FORM_TYPE,
            "a=1&b=%2B+%2f&c",
            "https://h/?x=y",
            "https://h/?x=y&a=1&b=%2B%20%2F&c=",
            "GET",
        ),
        ("application/x-www-form-urlencoded", "", "https://h/", "https://h/", "GET"),
        ("application/json", "a=1", "https://h/?x=y", "https://h/?x=y", "POST"),
        ("application/x-www-form-urlencodedx", "a=1", "https://h/", "https://h/", "POST"),
    ];
    for (content_type, body, url, expected, method) in cases {
        let mut request = Request::post(url)
            .header("content-type", content_type)
            .body(Bytes::from_static(body.as_bytes()))
            .expect("a request");
        form_to_query(&mut request).expect("a query");
        assert_eq!(request.uri().to_string(), expected);
        assert_eq!(request.method(), method);
        assert_eq!(request.headers().contains_key("content-type"), method == "POST");
    }
}

#[test]
fn what_cannot_be_presigned_is_an_error() {
    let keys = SigningKeys::new();
    let case = &CASES[0];
    for seconds in [0, 604_801] {
        let expires = Duration::from_secs(seconds);
        let error = presign(&mut request(case), &params(case), expires, &keys).expect_err("never");
        let text = format!("valid for 1 to 604800 seconds, and not for {seconds}");
        assert!(error.to_string().contains(&text), "{error}");
    }
    let long = "x".repeat(66_000);
    let params = SigningParams { session_token: Some(&long), ..params(case) };
    let error = presign(&mut request(case), &params, Duration::from_secs(1), &keys);
    assert!(matches!(error, Err(SigningError::Uri)), "{error:?}");
}
