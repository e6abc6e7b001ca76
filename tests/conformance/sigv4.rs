//! Signature Version 4 against two suites: AWS's old one, which botocore carries, and the one that
//! AWS's SDKs share.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use bytes::Bytes;
use http::Request;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use typefoundry::aws::sigv4::{
    Payload, SigningKeys, SigningParams, UriForm, canonical_request, presign, sign,
};
use typefoundry_conformance::data;

const TOKEN: &str = "x-amz-security-token:";

/// The cases whose result is another one here, and why. One that is listed and agrees is a mistake
/// in the list.
const DIFFERS: &[(&str, &str)] = &[
    ("aws4/get-space", RAW_SPACE),
    ("v4/get-space-normalized/header", RAW_SPACE),
    ("v4/get-space-normalized/query", RAW_SPACE),
    (
        "v4/post-sts-header-after/query",
        "the token is added behind the signature; here it is always signed, as in botocore",
    ),
];

const RAW_SPACE: &str = "the path has a space, which no URI has; escaped as it must be, it is escaped \
                         once more for signing, as double-encode-path of the same suite wants it";

#[test]
fn the_suite_that_botocore_carries() {
    let Some(folder) = data("protocol-tests/sigv4/aws4_testsuite") else { return };
    let mut cases = Vec::new();
    find(&folder, "req", &mut cases);
    let mut results = BTreeMap::new();
    for file in &cases {
        let name = file.file_stem().expect("a name").to_string_lossy();
        let beside = |extension: &str| read(&file.with_extension(extension));
        let mut request = request(&read(file));
        let canonical = beside("creq");
        let token = canonical.lines().find_map(|line| line.strip_prefix(TOKEN));
        let params = SigningParams { session_token: token, ..params() };
        sign(&mut request, &params, &SigningKeys::new()).expect("signed");
        let result = compare(&request, &params, &canonical, &beside("authz"));
        results.insert(format!("aws4/{name}"), result);
    }
    assert_eq!(results.len(), 34);
    judge(&results, "aws4/");
}

#[test]
fn the_suite_that_sdks_share() {
    let Some(folder) = data("protocol-tests/sigv4/aws-signing-test-suite/v4") else { return };
    let mut results = BTreeMap::new();
    for entry in fs::read_dir(&folder).expect("a folder").flatten() {
        let case = entry.path();
        let name = format!("v4/{}", entry.file_name().to_string_lossy());
        let file = |name: &str| read(&case.join(name));
        let wanted = file("header-canonical-request.txt");
        if !case.join("context.json").exists() {
            // Two older cases, which are about the path alone.
            let mut request = request(&file("request.txt"));
            let date = wanted.lines().find_map(|line| line.strip_prefix("x-amz-date:"));
            let date = date.expect("a date").parse().expect("a header");
            request.headers_mut().insert("x-amz-date", date);
            let canonical = canonical_request(&request, UriForm::Normalized, None);
            let text = String::from_utf8(canonical.expect("canonical").text).expect("text");
            results.insert(format!("{name}/header"), same("canonical request", &text, &wanted));
            continue;
        }
        let context: Json = serde_json::from_str(&file("context.json")).expect("JSON");
        let flag = |key: &str| context.get(key).and_then(Json::as_bool).unwrap_or_default();
        let token = context["credentials"].get("token").and_then(Json::as_str);
        let seconds = context["expiration_in_seconds"].as_u64().expect("seconds");
        let params = SigningParams {
            session_token: token,
            uri: if flag("normalize") { UriForm::Normalized } else { UriForm::AsIs },
            payload_header: flag("sign_body"),
            ..params()
        };
        let keys = SigningKeys::new();

        let mut signed = request(&file("request.txt"));
        let header = SigningParams {
            session_token: token.filter(|_| !flag("omit_session_token")),
            ..params
        };
        sign(&mut signed, &header, &keys).expect("signed");
        let signature = file("header-signature.txt");
        let result = compare(&signed, &header, &wanted, &signature);
        results.insert(format!("{name}/header"), result);

        let mut presigned = request(&file("request.txt"));
        presign(&mut presigned, &params, Duration::from_secs(seconds), &keys).expect("presigned");
        let query = presigned.uri().query().unwrap_or_default();
        let signature = query.rsplit('=').next().unwrap_or_default();
        let result = same("signature", signature, &file("query-signature.txt"))
            .and_then(|()| parameters(query, &file("query-signed-request.txt")));
        results.insert(format!("{name}/query"), result);
    }
    assert_eq!(results.len(), 40 + 38);
    judge(&results, "v4/");
}

/// Compares all results of a suite with what is said to differ.
fn judge(results: &BTreeMap<String, Result<(), String>>, suite: &str) {
    let listed = |name: &str| DIFFERS.iter().find(|(it, _)| *it == name);
    let mut wrong: Vec<String> = Vec::new();
    for (name, result) in results {
        match (result, listed(name)) {
            (Err(difference), None) => wrong.push(format!("{name}: {difference}")),
            (Ok(()), Some(_)) => wrong.push(format!("{name} agrees, but is said to differ")),
            _ => {}
        }
    }
    let unknown = DIFFERS.iter().filter(|(name, _)| name.starts_with(suite));
    wrong.extend(unknown.filter(|(name, _)| !results.contains_key(*name)).map(|(name, why)| {
        format!("there is no case {name}, which is said to differ because {why}")
    }));
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The canonical form, then the signature: `expected` is it alone, or ends with it.
fn compare(
    request: &Request<Bytes>,
    params: &SigningParams<'_>,
    canonical: &str,
    expected: &str,
) -> Result<(), String> {
    let text = canonical_request(request, params.uri, None).expect("canonical").text;
    same("canonical request", &String::from_utf8(text).expect("text"), canonical)?;
    let signed = request.headers()["authorization"].to_str().expect("text");
    let signature = |text: &str| text.trim().rsplit('=').next().unwrap_or_default().to_owned();
    same("signature", &signature(signed), &signature(expected))
}

fn same(what: &str, found: &str, expected: &str) -> Result<(), String> {
    let (found, expected) = (found.trim_end(), expected.trim_end());
    if found == expected {
        return Ok(());
    }
    Err(format!("the {what} differs; expected\n{expected}\nfound\n{found}"))
}

/// Parameters have no order.
fn parameters(query: &str, signed_request: &str) -> Result<(), String> {
    let line = signed_request.lines().next().unwrap_or_default();
    let line = line.strip_suffix(" HTTP/1.1").unwrap_or(line);
    let expected = escaped(line.split_once('?').map_or("", |(_, query)| query));
    let sorted = |query: &str| {
        let mut pairs: Vec<&str> = query.split('&').filter(|it| !it.is_empty()).collect();
        pairs.sort_unstable();
        pairs.join("&")
    };
    let spelled = |query: &str| sorted(query).replace("=&", "&");
    same("query", &spelled(query), &spelled(&expected))
}

fn params() -> SigningParams<'static> {
    SigningParams {
        access_key_id: "AKIDEXAMPLE",
        secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        session_token: None,
        region: "us-east-1",
        service: "service",
        time: "2015-08-30T12:36:00Z".parse().expect("a time"),
        uri: UriForm::Normalized,
        payload: Payload::Body,
        payload_header: false,
    }
}

/// A request as a client could send it: spaces are escaped, and a header is one line.
fn request(text: &str) -> Request<Bytes> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let first = lines.next().expect("a request line");
    let first = first.strip_suffix(" HTTP/1.1").unwrap_or(first);
    let (method, target) = first.split_once(' ').expect("a method");
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in lines {
        if line.starts_with(' ') {
            let (_, value) = headers.last_mut().expect("a header before its second line");
            value.push_str(line);
        } else {
            let (name, value) = line.split_once(':').expect("a header");
            headers.push((name.to_owned(), value.to_owned()));
        }
    }
    let host = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
    let uri = format!("https://{}{}", host.expect("a host").1, escaped(target));
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(name, value.trim());
    }
    request.body(Bytes::copy_from_slice(body.as_bytes())).expect("a request")
}

/// A URI has no spaces.
fn escaped(target: &str) -> String {
    target.replace(' ', "%20")
}

fn find(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            find(&path, extension, found);
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
