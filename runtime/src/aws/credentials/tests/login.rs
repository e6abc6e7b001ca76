//! Sessions of `aws login`.

use super::*;
use crate::transport::Replay;
use std::path::Path;

/// The SHA-256 of the session's name
const FILE: &str = "2ff2a80db794fe2d23248219d580c027ab8e3592f5c59254e6a865b9c22fc859.json";
const SESSION: &str = "[default]\nlogin_session=arn:aws:iam::123456789012:user/x\n";
/// A key that was made for these tests, in DER
const KEY: &str = "MHcCAQEEIDA0bYwoC71oQc3Lyc81VwbIBbA0uFbHw/yOPW+a86fFoAoGCCqGSM49\
    AwEHoUQDQgAEbbLzks0lqRY9nOrB767vZ1AH2+HxDMWemUfHK4KLOTlC0VdBYnH3\
    lxF6sCx/DYCwFCkePR5OAkXIgyBEVCy63Q==";
const RENEWED: &str = r#"{"accessToken": {"accessKeyId": "k2", "secretAccessKey": "s2",
    "sessionToken": "t2"}, "tokenType": "aws_sigv4", "expiresIn": 900, "refreshToken": "re2"}"#;
const FROM: &str = "unable to retrieve credentials from a login session: `login_session` of the \
    profile `default` in \"~/.aws/config\": ";

fn path() -> String {
    format!("/h/.aws/login/cache/{FILE}")
}

/// A session that ends at a time of the day.
fn session(end: &str) -> serde_json::Value {
    serde_json::json!({
        "accessToken": {"accessKeyId": "k", "secretAccessKey": "s", "sessionToken": "t",
            "accountId": "123456789012", "expiresAt": end},
        "tokenType": "aws_sigv4",
        "clientId": "arn:aws:signin:::devtools/same-device",
        "refreshToken": "re",
        "idToken": "id",
        "dpopKey": format!("-----BEGIN EC PRIVATE {0}-----\n{KEY}\n-----END EC PRIVATE {0}-----\n", "KEY"),
    })
}

fn with_session(session: &str, replay: &Replay) -> Surroundings {
    surroundings(&[], &[(CONFIG, SESSION), (&path(), session)]).with_transport(replay.clone())
}

#[test]
fn a_session_is_read_from_its_file() {
    let session = session("2026-01-01T00:05:01Z").to_string();
    let expected = "k/s/t until 2026-01-01T00:05:01Z";
    let replay = Replay::new();
    let surroundings = with_session(&session, &replay);
    assert_eq!(found(&surroundings), expected);
    let account = provided(&surroundings).expect("credentials");
    assert_eq!(account.account_id(), Some("123456789012"));
    assert!(replay.requests().is_empty());

    let elsewhere = super::surroundings(
        &[("AWS_LOGIN_CACHE_DIRECTORY", "~/else")],
        &[(CONFIG, SESSION), (&format!("/h/else/{FILE}"), &session)],
    );
    assert_eq!(found(&elsewhere), expected);
}

#[test]
fn keys_of_the_credentials_file_go_before_it() {
    let credentials = "[default]\naws_access_key_id=k\naws_secret_access_key=s\n";
    let both = [(CONFIG, SESSION), (CREDENTIALS, credentials)];
    assert_eq!(found(&surroundings(&[], &both)), "k/s/-");
}

#[test]
fn a_session_is_renewed_before_its_end_and_after() {
    for end in ["2026-01-01T00:05:00Z", "2025-12-31T00:00:00Z"] {
        let replay = Replay::new().answer(200, RENEWED);
        let old = session(end);
        let surroundings = with_session(&old.to_string(), &replay);
        assert_eq!(found(&surroundings), "k2/s2/t2 until 2026-01-01T00:15:00Z", "{end}");

        let request = replay.requests().remove(0);
        assert_eq!(request.uri(), "https://us-west-2.signin.aws.amazon.com/v1/token");
        assert!(!request.headers().contains_key("authorization"), "it is not signed");
        assert!(request.headers()["dpop"].is_sensitive());
        let body: serde_json::Value = serde_json::from_slice(request.body()).expect("JSON");
        assert_eq!(
            body,
            serde_json::json!({"clientId": "arn:aws:signin:::devtools/same-device",
                "grantType": "refresh_token", "refreshToken": "re"})
        );

        let kept = surroundings.files().read(Path::new(&path())).expect("a file");
        let kept: serde_json::Value = serde_json::from_slice(&kept).expect("JSON");
        let mut expected = old;
        expected["refreshToken"] = "re2".into();
        expected["accessToken"] = serde_json::json!({"accessKeyId": "k2", "secretAccessKey": "s2",
            "sessionToken": "t2", "accountId": "123456789012",
            "expiresAt": "2026-01-01T00:15:00Z"});
        assert_eq!(kept, expected, "what else there is stays");
    }
}

#[test]
fn what_is_refused_says_what_to_do() {
    let again = "sign in again with `aws login`";
    let expired = format!("the session has expired, or its credentials have changed: {again}");
    let denied = |code: &str| {
        format!(r#"{{"error": "{code}", "message": "no", "__type": "AccessDeniedException"}}"#)
    };
    let cases = [
        (400, denied("TOKEN_EXPIRED"), expired.clone()),
        (400, denied("USER_CREDENTIALS_CHANGED"), expired),
        (
            400,
            denied("INSUFFICIENT_PERMISSIONS"),
            "the session may not be renewed: it takes the permission `signin:CreateOAuth2Token`"
                .to_owned(),
        ),
        (
            400,
            denied("INVALID_REQUEST"),
            "CreateToken: AccessDeniedException: no (HTTP 400)".to_owned(),
        ),
        (200, "{}".to_owned(), format!("the answer has no credentials: {again}")),
        (
            200,
            RENEWED.replace("refreshToken", "x"),
            format!("the answer has no refresh token: {again}"),
        ),
        (200, RENEWED.replace("expiresIn", "x"), format!("the answer has no expiration: {again}")),
    ];
    for (status, answer, expected) in cases {
        let replay = Replay::new().answer(status, answer.clone());
        let surroundings = with_session(&session("2026-01-01T00:01:00Z").to_string(), &replay);
        assert_eq!(found(&surroundings), format!("{FROM}{expected}"), "{answer}");
    }
}

#[test]
fn mistakes_in_the_file_are_named() {
    let shown = format!("~/.aws/login/cache/{FILE}");
    let said = found(&surroundings(&[], &[(CONFIG, SESSION)]));
    let expected = format!("{FROM}there is no session in \"{shown}\" (");
    assert!(said.starts_with(&expected) && said.ends_with("sign in with `aws login`"), "{said}");
    let soon = session("2026-01-01T00:01:00Z");
    let without = |name: &str| {
        let mut session = soon.clone();
        session.as_object_mut().expect("an object").remove(name);
        session.to_string()
    };
    let cases = [
        ("hunter2".to_owned(), "is not a JSON object"),
        ("[]".to_owned(), "is not a JSON object"),
        (without("accessToken"), "has no `accessToken`"),
        (without("clientId"), "has no `clientId`"),
        (without("refreshToken"), "has no `refreshToken`"),
        (without("dpopKey"), "has no `dpopKey`"),
        (soon.to_string().replace(&KEY[..20], "hunter2"), "has no key of the curve P-256"),
        (
            session("2026-01-01T10:00:00Z").to_string().replace("secretAccessKey", "x"),
            "has no `secretAccessKey`",
        ),
    ];
    for (content, expected) in cases {
        let said = found(&with_session(&content, &Replay::new()));
        let expected =
            format!("{FROM}the session in \"{shown}\" {expected}: sign in again with `aws login`");
        assert_eq!(said, expected);
    }
}

/// The hosts are those of botocore's rules for the service.
#[test]
fn each_partition_has_a_host() {
    use crate::aws::credentials::operations::signin::RULES;
    use crate::aws::endpoint::{Params, RuleSet};
    let rules = RuleSet::parse(RULES).expect("rules");
    let cases = [
        ("us-east-1", false, false, "https://us-east-1.signin.aws.amazon.com"),
        ("cn-north-1", false, false, "https://cn-north-1.signin.amazonaws.cn"),
        ("us-gov-west-1", false, false, "https://us-gov-west-1.signin.amazonaws-us-gov.com"),
        ("us-iso-east-1", false, false, "https://us-iso-east-1.signin.c2shome.ic.gov"),
        ("us-isob-east-1", false, false, "https://us-isob-east-1.signin.sc2shome.sgov.gov"),
        ("eusc-de-east-1", false, false, "https://eusc-de-east-1.signin.amazonaws-eusc.eu"),
        ("us-gov-west-1", true, false, "https://signin-fips.amazonaws-us-gov.com"),
        ("us-gov-east-1", true, false, "https://us-gov-east-1.signin-fips.amazonaws-us-gov.com"),
        ("eu-west-1", true, false, "https://signin-fips.eu-west-1.amazonaws.com"),
        ("eu-west-1", true, true, "https://signin-fips.eu-west-1.api.aws"),
        ("cn-north-1", false, true, "https://signin.cn-north-1.api.amazonwebservices.com.cn"),
    ];
    for (region, fips, dual_stack, expected) in cases {
        let params = Params::new()
            .with("Region", region)
            .with("UseFIPS", fips)
            .with("UseDualStack", dual_stack);
        assert_eq!(rules.resolve(&params).expect("an endpoint").url, expected);
    }
}
