//! Signatures computed by botocore (`tests/interop/signing_vectors.py`), and the rules behind them.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use super::canonical::{canonical_path, canonical_query};
use super::keys::{KEPT_KEYS, derive_key};
use super::*;

const ACCESS_KEY: &str = "AKIDEXAMPLE";
const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

struct Vector {
    name: &'static str,
    method: &'static str,
    url: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    token: Option<&'static str>,
    region: &'static str,
    service: &'static str,
    time: &'static str,
    form: UriForm,
    body_header: bool,
    authorization: &'static str,
}

const VECTORS: &[Vector] = &[
    Vector {
        name: "a plain request",
        method: "GET",
        url: "https://example.amazonaws.com/",
        headers: &[],
        body: "",
        token: None,
        region: "us-east-1",
        service: "service",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::Normalized,
        body_header: false,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    },
    Vector {
        name: "a session token and a body",
        method: "POST",
        url: "https://ivs.us-west-2.amazonaws.com/CreateChannel",
        headers: &[("content-type", "application/json")],
        body: "{\"name\":\"café\"}",
        token: Some("FwoGZXIvYXdzEXAMPLE//////////wEaDEXAMPLETOKEN+abc=="),
        region: "us-west-2",
        service: "ivs",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::Normalized,
        body_header: false,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-west-2/ivs/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature=4493c6fb2ce04f59b6e6f0fe72028c40ba3fb20410046fa65bc71f09c4dcb8cc",
    },
    Vector {
        name: "a query to sort, with empty and repeated names",
        method: "GET",
        url: "https://iam.amazonaws.com/?b=2&Version=2010-05-08&b=10&a-b=x&a=&a%20c=%2F%2B&flag&a=1&%ED%8C%8C=%C3%A9",
        headers: &[],
        body: "",
        token: None,
        region: "us-east-1",
        service: "iam",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::Normalized,
        body_header: false,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=host;x-amz-date, Signature=27f2b8fe6dc92a8abb84e46f062a3d2337613f6cb8396e6eb0c526000a2a5e74",
    },
    Vector {
        name: "a path with Unicode and an ARN",
        method: "GET",
        url: "https://profile.ap-northeast-2.amazonaws.com/domains/caf%C3%A9%20%ED%8C%8C%EC%9D%BC/arn%3Aaws%3Aivs%3A%3A1%2Fx~y",
        headers: &[],
        body: "",
        token: None,
        region: "ap-northeast-2",
        service: "profile",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::Normalized,
        body_header: false,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/ap-northeast-2/profile/aws4_request, SignedHeaders=host;x-amz-date, Signature=72508165e8a39cded8c75fb1a990f32ce9cba08a6c373d2752ca8f0040f89dde",
    },
    Vector {
        name: "repeated headers and spaces",
        method: "GET",
        url: "https://example.amazonaws.com/",
        headers: &[
            ("my-header", "  b   c "),
            ("x-other", "\"a   b\""),
            ("my-header", "a\td"),
            ("My-Header", "b"),
            ("x-empty", ""),
        ],
        body: "",
        token: None,
        region: "us-east-1",
        service: "service",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::Normalized,
        body_header: false,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;my-header;x-amz-date;x-empty;x-other, Signature=5950d28df5fae018ada585b1e31f11cdf21f693d5954f67d52c09d53fdafd5ac",
    },
    Vector {
        name: "an empty body",
        method: "POST",
        url: "https://cloudtrail.eu-central-1.amazonaws.com/",
        headers: &[
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", "CloudTrail_20131101.ListTrails"),
        ],
        body: "",
        token: None,
        region: "eu-central-1",
        service: "cloudtrail",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::Normalized,
        body_header: false,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/eu-central-1/cloudtrail/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=6b17e3958e14bed3f7eb348f8906cc294a40adb53d91afd4039d933f66de0350",
    },
    Vector {
        name: "a port",
        method: "PUT",
        url: "http://LocalHost:5599/tags/x?tagKeys=a&tagKeys=b",
        headers: &[],
        body: "{}",
        token: None,
        region: "us-east-1",
        service: "ivs",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::Normalized,
        body_header: false,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/ivs/aws4_request, SignedHeaders=host;x-amz-date, Signature=868644a55e3fded8865cdc0c1e4b9a422b05f0df987ab2bdee96d0c3bdd231e7",
    },
    Vector {
        name: "the default port",
        method: "DELETE",
        url: "https://example.amazonaws.com:443/x",
        headers: &[],
        body: "",
        token: None,
        region: "us-east-1",
        service: "service",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::Normalized,
        body_header: false,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=cb12d823e811c1b434c05403c9cf27eed1f3a37de991dc45abe90973660f265c",
    },
    Vector {
        name: "the other scheme's port",
        method: "GET",
        url: "https://[::1]:80/x",
        headers: &[],
        body: "",
        token: None,
        region: "us-east-1",
        service: "service",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::Normalized,
        body_header: false,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=f44f61d20ecd6e524b1405ac0e53e737f380c6cee2f0d1a092f765a489f193c4",
    },
    Vector {
        name: "a host header",
        method: "GET",
        url: "http://127.0.0.1:9000/x",
        headers: &[("host", "proxy.example.com:8443")],
        body: "",
        token: None,
        region: "us-east-1",
        service: "service",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::Normalized,
        body_header: false,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=4e8506d867bfe18df606e56fae1014c7173a71a37bd9ac4559e2c0efa6760b21",
    },
    Vector {
        name: "dot and empty segments",
        method: "GET",
        url: "https://example.amazonaws.com//a/./b/../../c//d/..//e.f/",
        headers: &[],
        body: "",
        token: None,
        region: "us-east-1",
        service: "service",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::Normalized,
        body_header: false,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=b8e7a1ae561bc84220e0e016cf77a4ce6ebef1a13cff9e44bc2b705cb7b3f20a",
    },
    Vector {
        name: "headers that are not signed",
        method: "GET",
        url: "https://example.amazonaws.com/",
        headers: &[
            ("user-agent", "test/1"),
            ("x-amzn-trace-id", "Root=1-2-3"),
            ("expect", "100-continue"),
            ("connection", "close"),
            ("accept", "*/*"),
        ],
        body: "",
        token: None,
        region: "us-east-1",
        service: "service",
        time: "2026-01-01T00:00:00+00:00",
        form: UriForm::Normalized,
        body_header: false,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/service/aws4_request, SignedHeaders=accept;host;x-amz-date, Signature=2046d4b0e58440db024ad0914f140c7c529b55ff8f8e74dbd16a105c3dc4540b",
    },
    Vector {
        name: "S3, its path as it is",
        method: "GET",
        url: "https://bucket.s3.us-east-1.amazonaws.com//a/../b%20c/./%ED%8C%8C%2Fd%21/?list-type=2&prefix=x%2Fy",
        headers: &[],
        body: "",
        token: None,
        region: "us-east-1",
        service: "s3",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::AsIs,
        body_header: true,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=bf7433511afda7128ce768f67fa526c473aa768c64414f1767b466139c5093ac",
    },
    Vector {
        name: "S3, with a body and a session token",
        method: "PUT",
        url: "https://s3.kr-standard.example.com/bucket/key%3D1",
        headers: &[("content-type", "text/plain"), ("x-amz-meta-a", "b  c")],
        body: "hello",
        token: Some("FwoGZXIvYXdzEXAMPLE//////////wEaDEXAMPLETOKEN+abc=="),
        region: "kr-standard",
        service: "s3",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::AsIs,
        body_header: true,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/kr-standard/s3/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-meta-a;x-amz-security-token, Signature=4b8a526c9a09a1a974c8a3617a0e9aff8ace6c107b94dd44584c444ad2a2ab10",
    },
    Vector {
        name: "the body's digest in a header, not S3",
        method: "POST",
        url: "https://glacier.us-east-1.amazonaws.com/-/vaults/a%2Fb",
        headers: &[],
        body: "x",
        token: None,
        region: "us-east-1",
        service: "glacier",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::Normalized,
        body_header: true,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/glacier/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=281661b5a1c6ab2a9500eb771a892eefb2710f9759847c0de400e069935b46e3",
    },
    Vector {
        name: "an unsigned body",
        method: "PUT",
        url: "https://example.amazonaws.com/x",
        headers: &[("x-amz-content-sha256", "UNSIGNED-PAYLOAD")],
        body: "hello",
        token: None,
        region: "us-east-1",
        service: "service",
        time: "2015-08-30T12:36:00+00:00",
        form: UriForm::Normalized,
        body_header: false,
        authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=a2fe4973bfcdcb318498de77a43fcf236a1758cec1d8cb8f370b57f8084c6f66",
    },
];

fn request(method: &str, uri: &str, headers: &[(&str, &str)], body: &str) -> Request<Bytes> {
    let mut builder = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(Bytes::copy_from_slice(body.as_bytes())).expect("a request")
}

fn params() -> SigningParams<'static> {
    SigningParams {
        access_key_id: ACCESS_KEY,
        secret_access_key: SECRET_KEY,
        session_token: None,
        region: "us-east-1",
        service: "service",
        time: "2015-08-30T12:36:00Z".parse().expect("a time"),
        uri: UriForm::Normalized,
        payload: Payload::Body,
        payload_header: false,
    }
}

#[test]
fn signs_as_botocore_does() {
    let keys = SigningKeys::new();
    for vector in VECTORS {
        let mut request = request(vector.method, vector.url, vector.headers, vector.body);
        let params = SigningParams {
            session_token: vector.token,
            region: vector.region,
            service: vector.service,
            time: vector.time.parse().expect(vector.name),
            uri: vector.form,
            payload_header: vector.body_header,
            ..params()
        };
        // The second time is a retry, with the key from the cache.
        for _ in 0..2 {
            sign(&mut request, &params, &keys).expect(vector.name);
            let values: Vec<_> = request.headers().get_all(AUTHORIZATION).iter().collect();
            assert_eq!(values, [vector.authorization], "{}", vector.name);
        }
    }
}

#[test]
fn the_canonical_request_is_readable() {
    let headers = [("my-header", " a   b "), ("Accept", "*/*"), ("my-header", "c")];
    let request =
        request("POST", "http://Example.com:8080/a%20b/../c%20d?x&b=%c3%a9", &headers, "");
    let canonical = canonical_request(&request, UriForm::Normalized, None).expect("canonical");
    let text = String::from_utf8(canonical.text).expect("text");
    assert_eq!(
        text,
        "\
POST
/c%2520d
b=%C3%A9&x=
accept:*/*
host:example.com:8080
my-header:a b,c

accept;host;my-header
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    assert_eq!(canonical.signed_headers, "accept;host;my-header");
    assert_eq!(
        Scope::of(&SigningParams { service: "iam", ..params() }).string_to_sign(text.as_bytes()),
        format!(
            "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n{}",
            sha256_hex(text.as_bytes())
        )
    );
}

#[test]
fn queries_are_escaped_once_and_sorted() {
    let cases = [
        ("", ""),
        ("&&", ""),
        ("a", "a="),
        ("a=", "a="),
        ("=a", "=a"),
        ("a==b", "a=%3Db"),
        ("a=b&a=B&a&A=1", "A=1&a=&a=B&a=b"),
        ("a-b=1&a=2&a%2Db=0", "a=2&a-b=0&a-b=1"),
        ("é=%e1%88%b4", "%C3%A9=%E1%88%B4"),
        ("a=%41/%2f+%20", "a=A%2F%2F%2B%20"),
        ("a=100%&b=%zz&c=%ff", "a=100%25&b=%25zz&c=%FF"),
        ("a=-._~!*'()", "a=-._~%21%2A%27%28%29"),
    ];
    for (query, canonical) in cases {
        assert_eq!(canonical_query(query), canonical, "{query}");
    }
}

#[test]
fn paths_are_escaped_as_the_service_expects() {
    let cases = [
        ("", "/", "/"),
        ("/", "/", "/"),
        ("//", "/", "//"),
        ("/a/./b", "/a/b", "/a/./b"),
        ("/a/b/..", "/a", "/a/b/.."),
        ("/../../a/", "/a/", "/../../a/"),
        ("/./", "/", "/./"),
        ("/a%2Fb%20c", "/a%252Fb%2520c", "/a%2Fb%20c"),
        ("/é/@$!", "/%C3%A9/%40%24%21", "/%C3%A9/%40%24%21"),
        ("/a-._~b", "/a-._~b", "/a-._~b"),
    ];
    for (path, normalized, as_is) in cases {
        assert_eq!(canonical_path(path, UriForm::Normalized), normalized, "{path}");
        assert_eq!(canonical_path(path, UriForm::AsIs), as_is, "{path}");
    }
}

#[test]
fn a_retry_is_signed_with_the_credentials_of_now() {
    let keys = SigningKeys::new();
    let mut request = request("GET", "https://example.com/", &[], "");
    let temporary = SigningParams { session_token: Some("token"), ..params() };
    sign(&mut request, &temporary, &keys).expect("signed");
    assert_eq!(request.headers()[TOKEN], "token");

    let later = SigningParams { time: Timestamp::UNIX_EPOCH, ..params() };
    sign(&mut request, &later, &keys).expect("signed");
    assert_eq!(request.headers()[DATE], "19700101T000000Z");
    let names: Vec<_> = request.headers().keys().collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn header_values_need_not_be_text() {
    let mut request = request("GET", "https://example.com/", &[], "");
    let value = HeaderValue::from_bytes(b"\xff  \xc3\xa9").expect("a value");
    request.headers_mut().insert("x-a", value);
    let canonical = canonical_request(&request, UriForm::AsIs, None).expect("canonical");
    assert!(canonical.text.windows(10).any(|bytes| bytes == b"\nx-a:\xff \xc3\xa9\n"));
}

#[test]
fn what_cannot_be_signed_is_an_error_that_tells_no_secret() {
    let keys = SigningKeys::new();
    let mut without_host = request("GET", "/path", &[], "");
    let error = sign(&mut without_host, &params(), &keys).expect_err("no host");
    assert!(matches!(error, SigningError::NoHost));

    let broken = "secret\nvalue";
    let cases = [
        ("x-amz-security-token", SigningParams { session_token: Some(broken), ..params() }),
        ("authorization", SigningParams { access_key_id: broken, ..params() }),
        ("authorization", SigningParams { region: broken, ..params() }),
    ];
    for (name, params) in cases {
        let mut request = request("GET", "https://example.com/", &[], "");
        let error = sign(&mut request, &params, &keys).expect_err("a line break");
        assert_eq!(error.to_string(), format!("header `{name}` cannot carry its value"));
        assert!(!format!("{error:?}").contains("secret"));
    }
}

#[test]
fn secrets_are_not_shown() {
    let keys = SigningKeys::new();
    let mut request = request("GET", "https://example.com/", &[], "");
    let params = SigningParams { session_token: Some("a-token"), ..params() };
    sign(&mut request, &params, &keys).expect("signed");
    let shown = format!("{params:?} {keys:?} {request:?}");
    for secret in [SECRET_KEY, "a-token", "Signature="] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    assert!(shown.contains(ACCESS_KEY));
}

#[test]
fn the_key_cache_keeps_the_last_used() {
    let keys = SigningKeys::new();
    let key = |secret: &str, day: &str, region: &str, service: &str| {
        let signed = keys.signing_key(secret, day, region, service).sign(b"text");
        assert_eq!(signed, hmac_sha256(&derive_key(secret, day, region, service), b"text"));
        signed
    };
    let first = key("s", "20150830", "r", "v");
    for other in [key("t", "20150830", "r", "v"), key("s", "20150831", "r", "v")] {
        assert_ne!(first, other);
    }
    for other in [key("s", "20150830", "rv", ""), key("s", "20150830", "r", "w")] {
        assert_ne!(first, other);
    }
    for region in 0..20 {
        key("s", "20150830", "r", "v");
        key("s", "20150830", &region.to_string(), "v");
    }
    let entries = keys.entries.lock().expect("not poisoned");
    assert_eq!(entries.len(), KEPT_KEYS);
    assert!(entries.iter().any(|entry| entry.region == "r"));
    assert!(entries.iter().all(|entry| entry.region != "1"));
}
