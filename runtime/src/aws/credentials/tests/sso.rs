//! Single sign-on, with tokens that are kept and renewed.

use super::*;
use crate::transport::Replay;
use std::path::Path;

/// The SHA-1 of the session's name `s`, and of `https://start`
const OF_SESSION: &str = "/h/.aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json";
const OF_URL: &str = "/h/.aws/sso/cache/6ad0e7e61d1f47e491ea32c2031add41ef92e07d.json";
const CONFIG_OF_SESSION: &str = "[default]\nsso_session=s\nsso_account_id=1\nsso_role_name=r\n\
    [sso-session s]\nsso_start_url=https://start\nsso_region=eu-west-1\n";
const CONFIG_OF_URL: &str = "[default]\nsso_start_url=https://start\nsso_region=eu-west-1\n\
    sso_account_id=1\nsso_role_name=r\n";
const ANSWER: &str = r#"{"roleCredentials": {"accessKeyId": "k", "secretAccessKey": "s",
    "sessionToken": "t", "expiration": 1767229200000}}"#;
const FOUND: &str = "k/s/t until 2026-01-01T01:00:00Z";

/// A token that ends at a time of the day, with what it takes to renew it.
fn token(end: &str, registration: &str) -> String {
    format!(
        r#"{{"startUrl": "https://start", "region": "eu-west-1", "accessToken": "old",
        "expiresAt": "{end}", "clientId": "c", "clientSecret": "cs", "refreshToken": "re",
        "registrationExpiresAt": "{registration}"}}"#
    )
}

const LATER: &str = "2026-01-01T10:00:00Z";
const PAST: &str = "2025-12-31T23:59:59Z";

fn asked(replay: &Replay) -> Vec<String> {
    let requests = replay.requests();
    let shown = requests.iter().map(|request| {
        let token = request.headers().get("x-amz-sso_bearer_token");
        let token = token.map_or("-", |it| it.to_str().expect("text"));
        assert!(!request.headers().contains_key("authorization"), "it is not signed");
        format!("{} {} {token}", request.method(), request.uri())
    });
    shown.collect()
}

const ROLE: &str = "GET https://portal.sso.eu-west-1.amazonaws.com/federation/credentials\
    ?role_name=r&account_id=1";

#[test]
fn a_token_is_read_from_its_file() {
    let token = token(LATER, LATER);
    let older = r#"{"accessToken": "old", "expiresAt": "2026-01-01T10:00:00UTC"}"#;
    let cases = [
        (CONFIG_OF_SESSION, OF_SESSION, &*token),
        (CONFIG_OF_SESSION, OF_SESSION, older),
        (CONFIG_OF_URL, OF_URL, older),
    ];
    for (config, path, token) in cases {
        let replay = Replay::new().answer(200, ANSWER);
        let surroundings =
            surroundings(&[], &[(CONFIG, config), (path, token)]).with_transport(replay.clone());
        assert_eq!(found(&surroundings), FOUND, "{path}");
        assert_eq!(asked(&replay), [format!("{ROLE} old")]);
    }
}

#[test]
fn a_token_is_renewed_before_its_end() {
    let renewed = r#"{"accessToken": "new", "expiresIn": 28800, "refreshToken": "re2"}"#;
    for end in ["2026-01-01T00:14:59Z", PAST] {
        let replay = Replay::new().answer(200, renewed).answer(200, ANSWER);
        let token = token(end, LATER);
        let surroundings = surroundings(&[], &[(CONFIG, CONFIG_OF_SESSION), (OF_SESSION, &token)])
            .with_transport(replay.clone());
        assert_eq!(found(&surroundings), FOUND, "{end}");
        let create = "POST https://oidc.eu-west-1.amazonaws.com/token -";
        assert_eq!(asked(&replay), [create.to_owned(), format!("{ROLE} new")]);
        let body: serde_json::Value =
            serde_json::from_slice(replay.requests()[0].body()).expect("JSON");
        assert_eq!(
            body,
            serde_json::json!({"clientId": "c", "clientSecret": "cs", "grantType": "refresh_token",
                "refreshToken": "re"})
        );
        let kept = surroundings.files().read(Path::new(OF_SESSION)).expect("a file");
        let kept: serde_json::Value = serde_json::from_slice(&kept).expect("JSON");
        assert_eq!(
            kept,
            serde_json::json!({"startUrl": "https://start", "region": "eu-west-1",
                "accessToken": "new", "expiresAt": "2026-01-01T08:00:00Z", "clientId": "c",
                "clientSecret": "cs", "registrationExpiresAt": LATER, "refreshToken": "re2"})
        );
    }
}

/// A token that cannot be renewed is used to its end, and not beyond.
#[test]
fn a_token_that_cannot_be_renewed_is_used_to_its_end() {
    let soon = "2026-01-01T00:10:00Z";
    let expired = "unable to retrieve credentials from single sign-on: the profile `default`: the \
                   session has expired: sign on again with `aws sso login`";
    let bare = |end: &str| format!(r#"{{"accessToken": "old", "expiresAt": "{end}"}}"#);
    let cases = [
        // Its registration is over, it has no means, or the service refuses.
        (CONFIG_OF_SESSION, token(soon, PAST), 0, FOUND),
        (CONFIG_OF_SESSION, bare(soon), 0, FOUND),
        (CONFIG_OF_SESSION, token(soon, LATER), 1, FOUND),
        (CONFIG_OF_SESSION, token(PAST, PAST), 0, expired),
        (CONFIG_OF_SESSION, token(PAST, LATER), 1, expired),
        // Older profiles do not renew.
        (CONFIG_OF_URL, token(soon, LATER), 0, FOUND),
        (CONFIG_OF_URL, token(PAST, LATER), 0, expired),
    ];
    for (config, token, refusals, expected) in cases {
        let path = if config == CONFIG_OF_URL { OF_URL } else { OF_SESSION };
        let mut replay = Replay::new();
        for _ in 0..refusals {
            replay = replay.answer(400, r#"{"error": "invalid_grant"}"#);
        }
        let surroundings = surroundings(&[], &[(CONFIG, config), (path, &token)])
            .with_transport(replay.answer(200, ANSWER));
        assert_eq!(found(&surroundings), expected, "{token}");
    }
}

#[test]
fn mistakes_name_profile_and_file() {
    let from = "unable to retrieve credentials from single sign-on: ";
    let all = "sso_session=s\nsso_account_id=1\nsso_role_name=r\n";
    let session = "[sso-session s]\nsso_start_url=https://start\nsso_region=eu-west-1\n";
    let cases = [
        (
            "sso_account_id=1\n".to_owned(),
            "the profile `default` signs on, but has no `sso_role_name`",
        ),
        (
            "sso_account_id=1\nsso_role_name=r\nsso_region=x\n".to_owned(),
            "the profile `default` signs on, but has no `sso_start_url`",
        ),
        (
            all.to_owned(),
            "`sso_session` of the profile `default` in \"~/.aws/config\": there is no [sso-session \
             s]",
        ),
        (
            format!("{all}sso_region=other\n{session}"),
            "`sso_region` of the profile `default` in \"~/.aws/config\": it is another than that of \
             the [sso-session …] which the profile names",
        ),
    ];
    for (section, expected) in cases {
        let config = format!("[default]\n{section}");
        assert_eq!(found(&surroundings(&[], &[(CONFIG, &config)])), format!("{from}{expected}"));
    }
    let login = "sign on with `aws sso login`";
    let said = found(&surroundings(&[], &[(CONFIG, CONFIG_OF_SESSION)]));
    let shown = OF_SESSION.replace("/h/", "~/");
    let expected = format!("{from}the profile `default`: there is no token in \"{shown}\" (");
    assert!(said.starts_with(&expected) && said.ends_with(login), "{said}");
    for (token, expected) in [
        ("hunter2", "is not JSON"),
        ("{}", "has no `accessToken`"),
        (r#"{"accessToken": "hunter2"}"#, "has no `expiresAt`"),
        (r#"{"accessToken": "hunter2", "expiresAt": "hunter2"}"#, "has no `expiresAt`"),
    ] {
        let files = [(CONFIG, CONFIG_OF_SESSION), (OF_SESSION, token)];
        let said = found(&surroundings(&[], &files));
        let expected = format!("the token in \"{shown}\" {expected}: {login}");
        assert!(said.ends_with(&expected) && !said.contains("hunter2"), "{said}");
    }
}

#[test]
fn what_the_portal_refuses_is_an_error() {
    let token = token(LATER, LATER);
    let files = [(CONFIG, CONFIG_OF_SESSION), (OF_SESSION, &*token)];
    let place = "unable to retrieve credentials from single sign-on: the profile `default`: ";
    let mut unauthorized = http::Response::new(bytes::Bytes::from_static(b"{\"message\": \"no\"}"));
    *unauthorized.status_mut() = http::StatusCode::UNAUTHORIZED;
    let header = http::HeaderValue::from_static("UnauthorizedException");
    unauthorized.headers_mut().insert("x-amzn-errortype", header);
    let cases = [
        (
            Replay::new().response(unauthorized),
            "the session has expired: sign on again with `aws sso login`",
        ),
        (Replay::new().answer(200, "{}"), "the answer has no credentials"),
        (
            Replay::new().answer(200, ANSWER.replace("expiration", "end")),
            "the answer has no expiration",
        ),
        (
            Replay::new().answer(200, ANSWER.replace("secretAccessKey", "x")),
            "the answer has no secret access key",
        ),
    ];
    for (replay, expected) in cases {
        let surroundings = surroundings(&[], &files).with_transport(replay);
        assert_eq!(found(&surroundings), format!("{place}{expected}"));
    }
}

/// Debug shows neither tokens nor secrets, wherever they are.
#[test]
fn nothing_secret_is_shown() {
    let token = token(LATER, LATER);
    let files = [(CONFIG, CONFIG_OF_SESSION), (OF_SESSION, &*token)];
    let variables = [("AWS_SECRET_ACCESS_KEY", "hunter2")];
    let surroundings =
        surroundings(&variables, &files).with_transport(Replay::new().answer(200, ANSWER));
    let provider = super::super::provider(&surroundings, None);
    let _ = now(provider.provide());
    let shown = format!("{provider:?}");
    assert!(shown.contains(".aws/config"), "{shown}");
    for secret in ["hunter2", "\"old\"", "\"s\"", "\"t\""] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
