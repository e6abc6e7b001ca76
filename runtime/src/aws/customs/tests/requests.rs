use super::*;
use crate::auth::{Credentials, Environment};
use crate::schema::AuthOption;

fn changed(custom: &str, mut request: Request<Bytes>) -> Result<Request<Bytes>, String> {
    let change = after_write(&service(&[]), &operation(custom), &mut request, false);
    change.map(|()| request).map_err(|it| it.to_string())
}

fn header(request: &Request<Bytes>, name: &str) -> String {
    let value = request.headers().get(name);
    value.map(|it| it.to_str().expect("text").to_owned()).unwrap_or_default()
}

#[test]
fn headers_are_added() {
    let cases = [
        ("accept-json", "GET", "", "accept", "application/json"),
        (
            "api-version-header:x-amz-glacier-version",
            "GET",
            "",
            "x-amz-glacier-version",
            "2012-06-01",
        ),
        ("expect-continue", "PUT", "x", "expect", "100-continue"),
        ("expect-continue", "PUT", "", "expect", ""),
        ("expect-continue", "GET", "x", "expect", ""),
    ];
    for (custom, method, body, name, expected) in cases {
        let request = changed(custom, request(method, "https://h/", body)).expect(custom);
        assert_eq!(header(&request, name), expected, "{custom}");
    }
    let mut own = request("GET", "https://h/", "");
    own.headers_mut().insert("accept", "image/png".parse().expect("a value"));
    assert_eq!(header(&changed("accept-json", own).expect("changed"), "accept"), "image/png");
}

#[test]
fn targets_and_bodies_change() {
    let keys = "url-encoded-keys:Contents[].Key";
    let predict = "https://realtime.example.com:8443";
    let cases = [
        (
            keys,
            "GET",
            "https://b/?list-type=2&prefix=a%20b",
            "",
            "GET",
            "https://b/?list-type=2&prefix=a%20b&encoding-type=url",
            "",
        ),
        (keys, "GET", "https://b/", "", "GET", "https://b/?encoding-type=url", ""),
        (
            keys,
            "GET",
            "https://b/?encoding-type=url",
            "",
            "GET",
            "https://b/?encoding-type=url",
            "",
        ),
        (
            "query-to-form",
            "GET",
            "https://s/2013-01-01/search?format=sdk&q=a%20b%2B%C3%A9",
            "",
            "POST",
            "https://s/2013-01-01/search",
            "format=sdk&q=a%20b%2B%C3%A9",
        ),
        ("query-to-form", "GET", "https://s/search", "", "GET", "https://s/search", ""),
        ("query-to-form", "POST", "https://s/search?a", "b", "POST", "https://s/search?a", "b"),
        (
            "escape-line-breaks",
            "POST",
            "https://b/?delete",
            "<Key>a\r\nb</Key>",
            "POST",
            "https://b/?delete",
            "<Key>a&#xD;&#xA;b</Key>",
        ),
        (
            "host-from-member:P",
            "POST",
            "http://ml.example.com/",
            "{\"P\":\"https://realtime.example.com:8443/x\"}",
            "POST",
            predict,
            "{\"P\":\"https://realtime.example.com:8443/x\"}",
        ),
        (
            "host-from-member:P",
            "POST",
            "https://ml.example.com/",
            "{\"P\":\"\"}",
            "POST",
            "https://ml.example.com/",
            "{\"P\":\"\"}",
        ),
    ];
    for (custom, method, uri, body, to_method, to_uri, to_body) in cases {
        let request = changed(custom, request(method, uri, body)).expect(uri);
        assert_eq!(request.method(), to_method, "{uri}");
        let shown = request.uri().to_string();
        assert_eq!(shown.trim_end_matches('/'), to_uri.trim_end_matches('/'));
        assert_eq!(request.body(), to_body);
    }
    for bad in ["{\"P\":\"realtime.example.com\"}", "{\"P\":\"a b\"}"] {
        let error = changed("host-from-member:P", request("POST", "https://h/", bad));
        assert!(error.expect_err("no URL").contains("is no URL with a scheme and a host"));
    }
}

/// `calculate_tree_hash` in botocore's `utils.py`, of as many times `x`.
#[test]
fn trees_are_summed_up_as_botocore_does() {
    let mebibyte = 1 << 20;
    let cases = [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"),
        (mebibyte, "8f990ba0b577b51cf009ea049368c16bbda1b21e1b93be07a824758bb253c39b"),
        (mebibyte + 1, "686b298b2de5294ebf391f6d9e0f74a2d7a0bd98d926c9562447308dca62c540"),
        (3 * mebibyte, "ad861fdbbfe9afe0b89856bfe29576e65d78035f68db1c860019b4de33e144da"),
        (5 * mebibyte + 7, "a5ec11707995b2e75f2951922413d14b3b53cd58d0817c15e62bf4600d8545bf"),
    ];
    for (length, expected) in cases {
        let sent = request("POST", "https://h/", &"x".repeat(length));
        let sent = changed("tree-hash", sent).expect("summed up");
        assert_eq!(header(&sent, "x-amz-sha256-tree-hash"), expected, "{length}");
        let digest = crate::aws::sigv4::sha256_hex(sent.body());
        assert_eq!(header(&sent, "x-amz-content-sha256"), digest);
    }
    let mut own = request("POST", "https://h/", "x");
    own.headers_mut().insert("x-amz-sha256-tree-hash", "mine".parse().expect("a value"));
    let own = changed("tree-hash", own).expect("summed up");
    assert_eq!(header(&own, "x-amz-sha256-tree-hash"), "mine");
}

/// A stream is not in the request that it is the body of.
#[test]
fn streams_are_not_taken_for_empty_bodies() {
    let streamed = |custom: &str, request: &mut Request<Bytes>| {
        after_write(&service(&[]), &operation(custom), request, true)
    };
    let mut sent = request("POST", "https://h/", "");
    streamed("tree-hash", &mut sent).expect("no failure");
    assert!(sent.headers().is_empty(), "{sent:?}");

    let mut tree = tree_hash(&service(&[]), &operation("tree-hash")).expect("it wants one");
    assert!(tree_hash(&service(&[]), &operation("accept-json")).is_none());
    let body = "x".repeat(5 * (1 << 20) + 7);
    body.as_bytes().chunks(1000).for_each(|part| tree.update(part));
    let sum = tree.finish();
    assert_eq!(sum, "a5ec11707995b2e75f2951922413d14b3b53cd58d0817c15e62bf4600d8545bf");
    sent.headers_mut().insert(TreeHash::HEADER, sum.parse().expect("a value"));
    streamed("tree-hash", &mut sent).expect("summed up");
    assert!(!sent.headers().contains_key("x-amz-content-sha256"), "{sent:?}");

    streamed("expect-continue", &mut sent).expect("no failure");
    assert_eq!(header(&sent, "expect"), "100-continue");
}

#[test]
fn bodies_are_signed_or_not() {
    let name = |text: &'static str| Cow::Owned(vec![(Cow::Borrowed("name"), Cow::Borrowed(text))]);
    let credentials = Credentials::new("AKIDEXAMPLE", "secret");
    let (unsigned, streams) = ((true, None), (false, Some(false)));
    let cases = [
        ("sigv4", "ivs", "https", unsigned, "", "UNSIGNED-PAYLOAD"),
        ("sigv4", "ivs", "http", unsigned, "", "UNSIGNED-PAYLOAD"),
        ("bearer", "ivs", "https", unsigned, "", ""),
        ("sigv4", "ivs", "https", streams, "content-md5", ""),
        ("sigv4", "s3", "https", unsigned, "", ""),
        ("sigv4", "s3", "https", streams, "", ""),
        ("sigv4", "s3", "https", streams, "content-md5", "UNSIGNED-PAYLOAD"),
        ("sigv4", "s3", "https", streams, "x-amz-checksum-crc32", "UNSIGNED-PAYLOAD"),
        ("sigv4", "s3", "http", streams, "x-amz-checksum-crc32", ""),
        ("sigv4", "s3", "https", streams, "x-amz-trailer", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
    ];
    for (scheme, service_name, protocol, (unsigned_body, streams_input), sent, expected) in cases {
        let option = AuthOption { scheme: Cow::Borrowed(scheme), settings: name(service_name) };
        let signing = Signing {
            credentials: &credentials,
            region: "us-east-1",
            option: &option,
            time: crate::Timestamp::UNIX_EPOCH,
        };
        let mut operation = operation("");
        let traits = OperationTraits { unsigned_body, streams_input, ..OperationTraits::default() };
        operation.traits = Some(Cow::Owned(traits));
        let mut request = request("PUT", &format!("{protocol}://h/"), "x");
        if !sent.is_empty() {
            request.headers_mut().insert(sent, "x".parse().expect("a value"));
        }
        before_sign(&service(&[]), &operation, &mut request, &signing, false).expect("ready");
        let found = header(&request, "x-amz-content-sha256");
        assert_eq!(found, expected, "{scheme} {service_name} {protocol} {sent}");
    }
}

#[test]
fn a_presigned_url_needs_no_content_type() {
    let mut request = request("POST", "https://h/", "{}");
    request.headers_mut().insert("content-type", "application/json".parse().expect("a value"));
    before_presign(&service(&[]), &operation("no-content-type-presigned"), &mut request);
    assert!(request.headers().is_empty());
}

#[derive(Debug)]
struct Variables(&'static [(&'static str, &'static str)]);

impl Environment for Variables {
    fn var(&self, name: &str) -> Option<String> {
        self.0.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned())
    }
}

const TRACED: &[(&str, &str)] =
    &[("AWS_LAMBDA_FUNCTION_NAME", "f"), ("_X_AMZN_TRACE_ID", "Root=1-5:\u{e9};[a]{b}\"',&+ \n/")];

#[test]
fn functions_pass_their_trace_on() {
    let found =
        |variables| trace_id(&Variables(variables)).map(|it| it.to_str().expect("text").to_owned());
    assert_eq!(found(&[("AWS_LAMBDA_FUNCTION_NAME", "f")]), None);
    assert_eq!(found(&[("_X_AMZN_TRACE_ID", "Root=1")]), None);
    assert_eq!(found(TRACED).as_deref(), Some("Root=1-5:%C3%A9;[a]{b}\"',&+%20%0A%2F"));
}
