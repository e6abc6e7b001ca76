//! Credentials out of an environment, and the schemes that send a secret as it is.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use std::borrow::Cow;

fn scheme(name: &str) -> Arc<dyn AuthScheme> {
    built_in().into_iter().find(|scheme| scheme.name() == name).unwrap()
}

/// Key, secret and session token, or the reason why there are none.
fn found<const N: usize>(name: &str, environment: [(&'static str, &'static str); N]) -> String {
    match scheme(name).credentials(&environment) {
        Ok(it) => format!("{}/{}/{}", it.key(), it.secret(), it.session_token().unwrap_or("-")),
        Err(error) => error.to_string(),
    }
}

#[test]
#[cfg(feature = "aws")]
fn sigv4_finds_its_variables() {
    const KEY: (&str, &str) = ("AWS_ACCESS_KEY_ID", "k");
    const SECRET: (&str, &str) = ("AWS_SECRET_ACCESS_KEY", "s");
    let missing = |name: &str| format!("unable to locate credentials: {name} is not set");
    assert_eq!(found("sigv4", [KEY, SECRET]), "k/s/-");
    assert_eq!(found("sigv4", [KEY, SECRET, ("AWS_SESSION_TOKEN", "t")]), "k/s/t");
    assert_eq!(found("sigv4", [KEY, SECRET, ("AWS_SESSION_TOKEN", "")]), "k/s/-");
    assert_eq!(found("sigv4", [SECRET]), missing("AWS_ACCESS_KEY_ID"));
    assert_eq!(found("sigv4", [KEY]), missing("AWS_SECRET_ACCESS_KEY"));
    assert_eq!(found("sigv4", [KEY, (SECRET.0, "")]), missing("AWS_SECRET_ACCESS_KEY"));
    let scheme = scheme("sigv4");
    assert_eq!(scheme.region(&[("AWS_REGION", "a"), ("AWS_DEFAULT_REGION", "b")]).unwrap(), "a");
    assert_eq!(scheme.region(&[("AWS_REGION", ""), ("AWS_DEFAULT_REGION", "b")]).unwrap(), "b");
    assert_eq!(scheme.region(&[]), None);
    assert!(scheme.needs_region());
}

#[test]
#[cfg(feature = "ncp")]
fn ncp_finds_its_variables() {
    const KEY: (&str, &str) = ("NCLOUD_ACCESS_KEY", "k");
    assert_eq!(found("ncp-v2", [KEY, ("NCLOUD_SECRET_KEY", "s")]), "k/s/-");
    let missing = "unable to locate credentials: NCLOUD_SECRET_KEY is not set";
    assert_eq!(found("ncp-v2", [KEY]), missing);
    assert_eq!(scheme("ncp-v2").region(&[("NCLOUD_REGION", "KR")]).unwrap(), "KR");
    assert!(!scheme("ncp-v2").needs_region());
}

#[test]
fn plain_schemes_find_their_variables() {
    assert_eq!(found("bearer", [("BEARER_TOKEN", "t")]), "/t/-");
    assert_eq!(found("api-key", [("API_KEY", "t")]), "/t/-");
    assert_eq!(found("bearer", []), "unable to locate credentials: BEARER_TOKEN is not set");
}

fn signed(
    name: &str,
    settings: &'static [(Cow<'static, str>, Cow<'static, str>)],
    secret: &str,
) -> Result<http::Request<Bytes>, String> {
    let mut request = http::Request::new(Bytes::new());
    let option = AuthOption { scheme: Cow::Owned(name.to_owned()), settings: settings.into() };
    let credentials = Credentials::token(secret);
    let time = Timestamp::UNIX_EPOCH;
    let signing = Signing { credentials: &credentials, region: "", option: &option, time };
    // Signing twice is what a second attempt does.
    for _ in 0..2 {
        scheme(name).sign(&mut request, &signing).map_err(|error| error.to_string())?;
    }
    Ok(request)
}

#[test]
fn plain_schemes_send_their_secret_once_and_never_show_it() {
    const SETTING: &[(Cow<'static, str>, Cow<'static, str>)] =
        &[(Cow::Borrowed("header"), Cow::Borrowed("x-key"))];
    let cases = [
        (signed("bearer", &[], "hunter2").unwrap(), "authorization", "Bearer hunter2"),
        (signed("api-key", &[], "hunter2").unwrap(), "x-api-key", "hunter2"),
        (signed("api-key", SETTING, "hunter2").unwrap(), "x-key", "hunter2"),
    ];
    for (request, header, value) in cases {
        assert_eq!(request.headers().len(), 1);
        assert_eq!(request.headers()[header], value);
        assert!(!format!("{request:?}").contains("hunter2"));
    }
    for name in ["bearer", "api-key"] {
        let error = signed(name, &[], "hunter2\r\nx-evil: 1").unwrap_err();
        assert!(!error.contains("hunter2"), "{error}");
        assert!(error.contains("the token or key holds a line break"), "{error}");
    }
}

#[test]
fn credentials_show_who_but_not_how() {
    let credentials = Credentials::new("AKID", "hunter2").with_session_token("hunter3");
    let debug = format!("{credentials:?} {credentials:#?}");
    assert!(debug.contains("AKID") && debug.contains("<redacted>"), "{debug}");
    assert!(!debug.contains("hunter"), "{debug}");
}
