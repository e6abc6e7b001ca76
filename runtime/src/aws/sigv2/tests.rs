//! Signatures that botocore 1.43.67 makes of the same requests.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::schema::AuthOption;

fn signed(url: &str, form: &'static str, token: Option<&str>) -> Vec<(String, String)> {
    let mut request = http::Request::post(url).body(Bytes::from_static(form.as_bytes())).unwrap();
    let mut credentials = Credentials::new("AKID", "secret");
    if let Some(token) = token {
        credentials = credentials.with_session_token(token);
    }
    let option = AuthOption { scheme: "sigv2".into(), settings: Cow::Borrowed(&[]) };
    // Fractions of a second are cut.
    let time = Timestamp::new(1_369_353_600, 999_000_000).unwrap();
    let signing = Signing { credentials: &credentials, region: "", option: &option, time };
    SigV2.sign(&mut request, &signing).unwrap();
    let once = request.body().clone();
    SigV2.sign(&mut request, &signing).unwrap();
    assert_eq!(request.body(), &once, "signing again replaces what was there");
    let form = std::str::from_utf8(&once).unwrap();
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap();
        (decoded(name).unwrap(), decoded(value).unwrap())
    };
    form.split('&').map(pair).collect()
}

#[test]
fn a_form_has_the_signature_that_botocore_gives_it() {
    let cases = [
        (
            "https://sdb.amazonaws.com/",
            "Action=ListDomains&Version=2009-04-15",
            None,
            "JKhdAGOP3VrYN9W0bPUYTJonBI35DGa/khXHiFyWS0k=",
        ),
        (
            "https://sdb.eu-west-1.amazonaws.com",
            "Action=PutAttributes&Version=2009-04-15&DomainName=a+b~c-d_e.f%2Fg%2Ah\
             &Attribute.1.Name=%C3%A9%26%3D&Attribute.10.Name=x&Attribute.2.Name=",
            Some("to/ken+=="),
            "M6+Y34wVhPDc4Ck8hBsNS47/rQiraa0LwfPG5XDhQpg=",
        ),
        (
            "https://importexport.amazonaws.com:8443/x",
            "Operation=CancelJob&Version=2010-06-01&JobId=a",
            None,
            "HDFlhG95DNxH7tqmb1sHGW3OlVk+JzdevDwmooOTX0Y=",
        ),
    ];
    for (url, form, token, expected) in cases {
        let params = signed(url, form, token);
        let get = |name: &str| {
            let found = params.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str())
        };
        assert_eq!(get("Signature"), Some(expected), "{form}");
        assert_eq!(get("AWSAccessKeyId"), Some("AKID"));
        assert_eq!(get("Timestamp"), Some("2013-05-24T00:00:00Z"));
        assert_eq!(get("SecurityToken"), token);
        assert_eq!(get("SignatureVersion"), Some("2"));
    }
}

#[test]
fn a_body_that_is_no_form_is_an_error() {
    let mut request = http::Request::post("https://x").body(Bytes::from_static(b"\xff")).unwrap();
    let credentials = Credentials::new("AKID", "secret");
    let option = AuthOption { scheme: "sigv2".into(), settings: Cow::Borrowed(&[]) };
    let time = Timestamp::from_seconds(0).unwrap();
    let signing = Signing { credentials: &credentials, region: "", option: &option, time };
    assert!(SigV2.sign(&mut request, &signing).is_err());
}
