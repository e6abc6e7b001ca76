use super::*;
use crate::{Model, json};

fn read(custom: &str, status: u16, headers: &[(&str, &str)], body: &str) -> Response<Bytes> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    let body = Bytes::copy_from_slice(body.as_bytes());
    let mut response = response.body(body).expect("a response");
    before_read(&service(&[]), &operation(custom), &mut response);
    response
}

#[test]
fn an_error_in_success_is_an_error() {
    let cases = [
        (200, "", 200),
        (200, "<Result/>", 200),
        (200, "<Result a='b'>x</Result>\n", 200),
        (200, "\u{feff}<?xml version=\"1.0\"?>\n<!-- <Error> -->\n<a:Result\n>x</a:Result >", 200),
        (200, "<Error><Code>InternalError</Code></Error>", 500),
        (200, "<?xml version=\"1.0\"?><Error/>", 500),
        (200, "<Errors/>", 200),
        (200, "<Result><Key>a</Key", 500),
        (200, "<Result><Key>a</Key>", 500),
        (200, "<Resu", 500),
        (200, "<?xml version=\"1.0\"", 500),
        (200, "busy", 500),
        (204, "<Error/>", 204),
        (404, "<Error/>", 404),
    ];
    for (status, body, expected) in cases {
        let response = read("error-in-success", status, &[], body);
        assert_eq!(response.status(), expected, "{body}");
    }
}

#[test]
fn a_location_gets_a_member_of_its_own() {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let tag = "LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
    let with = "<Answer><LocationConstraint>EU</LocationConstraint></Answer>";
    let nested = "<R><LocationConstraint>EU</LocationConstraint></R>";
    let cases = [
        (200, format!("{head}<{tag}>EU</LocationConstraint>"), with.to_owned()),
        (200, format!("{head}<{tag}/>"), "<Answer></Answer>".to_owned()),
        (200, format!("{head}<{tag}></LocationConstraint>"), "<Answer></Answer>".to_owned()),
        (200, nested.to_owned(), nested.to_owned()),
        (404, format!("<{tag}/>"), format!("<{tag}/>")),
    ];
    for (status, body, expected) in cases {
        let response = read("location-constraint", status, &[], &body);
        assert_eq!(response.body(), &expected);
    }
}

#[test]
fn an_expiry_may_be_anything() {
    let date = "Wed, 21 Oct 2015 07:28:00 GMT";
    let cases = [
        (date, Some(date)),
        ("2015-10-21T07:28:00Z", Some(date)),
        ("0", Some("Thu, 01 Jan 1970 00:00:00 GMT")),
        ("soon", None),
        ("", None),
    ];
    for (sent, expected) in cases {
        let response = read("lenient-expires", 200, &[("expires", sent)], "");
        let found = response.headers().get("expires").map(|it| it.to_str().expect("text"));
        assert_eq!(found, expected, "{sent}");
        assert_eq!(response.headers()["expiresstring"], sent);
    }
    assert!(read("lenient-expires", 200, &[], "").headers().is_empty());
}

#[test]
fn an_oauth_error_has_a_message() {
    let plain = r#"{"error":"invalid_grant","error_description":"Invalid refresh token"}"#;
    let own = r#"{"message":"mine","error_description":"other"}"#;
    let cases = [
        (400, plain, Some("Invalid refresh token")),
        (200, plain, None),
        (400, own, None),
        (400, r#"{"error":"x"}"#, None),
        (400, "[]", None),
        (500, "<html>", None),
    ];
    for (status, body, message) in cases {
        let response = read("oauth-errors", status, &[], body);
        let found: serde_json::Value = serde_json::from_slice(response.body()).unwrap_or_default();
        let found = found.get("Message").and_then(serde_json::Value::as_str);
        assert_eq!(found, message, "{body}");
        assert_eq!(message.is_none(), response.body() == body);
    }
}

#[derive(Model)]
struct Input {
    #[model(name = "EncodingType")]
    encoding: Option<String>,
}

#[derive(Model)]
struct Item {
    #[model(name = "Key")]
    key: Option<String>,
}

#[derive(Model)]
struct Output {
    #[model(name = "EncodingType")]
    encoding: Option<String>,
    #[model(name = "Prefix")]
    prefix: Option<String>,
    #[model(name = "Contents")]
    contents: Option<Vec<Item>>,
    #[model(name = "Names")]
    names: Option<Vec<String>>,
    #[model(name = "Role")]
    role: Option<Item>,
}

fn made(custom: &str, asked: bool, output: &str) -> String {
    let input = Input { encoding: asked.then(|| "url".to_owned()) };
    let mut output: Output = json::from_slice(output.as_bytes()).expect(output);
    after_read(&service(&[]), &operation(custom), &input, &mut output);
    json::to_string(&output)
}

#[test]
fn outputs_become_what_botocore_makes_of_them() {
    let keys = "url-encoded-keys:Prefix,Contents[].Key,Names[],NoSuch[].Key,Role[].Key";
    let encoded = r#"{"EncodingType":"url","Prefix":"a+b%20c","Contents":[{"Key":"a+b%20%C3%A9%zz"},{}],"Names":["%2F"],"Role":{"Key":"%2F"}}"#;
    let decoded = r#"{"EncodingType":"url","Prefix":"a b c","Contents":[{"Key":"a b é%zz"},{}],"Names":["/"],"Role":{"Key":"%2F"}}"#;
    let policy = r#"{"Role":{"Key":"%7B%22a%22%3A%20%22b+c%22%7D"}}"#;
    let cases = [
        (keys, false, encoded, decoded),
        (keys, true, encoded, encoded),
        (keys, false, r#"{"Prefix":"%2F"}"#, r#"{"Prefix":"%2F"}"#),
        ("url-encoded-json:Role.Key", false, policy, r#"{"Role":{"Key":"{\"a\": \"b+c\"}"}}"#),
        ("url-encoded-json:Role.Key", false, "{}", "{}"),
        ("url-encoded-json:Prefix", false, r#"{"Prefix":"100%25"}"#, r#"{"Prefix":"100%25"}"#),
        (
            "base64-decode:Prefix",
            false,
            r#"{"Prefix":"aGVsbG//IQ=="}"#,
            "{\"Prefix\":\"hello\u{fffd}!\"}",
        ),
        ("base64-decode:Prefix", false, r#"{"Prefix":"%"}"#, r#"{"Prefix":"%"}"#),
    ];
    for (custom, asked, output, expected) in cases {
        assert_eq!(made(custom, asked, output), expected, "{custom}");
    }
}
