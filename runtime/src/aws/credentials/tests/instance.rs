//! The metadata service of virtual machines.

use super::*;
use crate::transport::{Replay, Transport, TransportError, TransportErrorKind};
use bytes::Bytes;

const ANSWER: &str = r#"{"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "i",
    "SecretAccessKey": "s", "Token": "t", "Expiration": "2026-01-01T06:00:00Z"}"#;
const FOUND: &str = "i/s/t until 2026-01-01T06:00:00Z";
const ON: (&str, &str) = ("AWS_EC2_METADATA_DISABLED", "false");
const ROLES: &str = "http://169.254.169.254/latest/meta-data/iam/security-credentials/";

fn asked(replay: &Replay) -> Vec<String> {
    let requests = replay.requests();
    let shown = requests.iter().map(|request| {
        let token = request.headers().get("x-aws-ec2-metadata-token");
        let token = token.map(|it| format!(" with {}", it.to_str().expect("text")));
        format!("{} {}{}", request.method(), request.uri(), token.unwrap_or_default())
    });
    shown.collect()
}

/// Why the service has no credentials.
fn passed(surroundings: &Surroundings) -> String {
    let error = provided(surroundings).expect_err("no credentials");
    error.tried().last().map_or_else(|| error.to_string(), |it| it.reason.clone())
}

fn failure(kind: TransportErrorKind) -> TransportError {
    TransportError::new(kind, "it does not answer")
}

#[test]
fn a_token_is_asked_for_first() {
    let replay = Replay::new().answer(200, "tok").answer(200, "role").answer(200, ANSWER);
    let surroundings = surroundings(&[ON], &[]).with_transport(replay.clone());
    assert_eq!(found(&surroundings), FOUND);
    assert_eq!(
        asked(&replay),
        [
            "PUT http://169.254.169.254/latest/api/token".to_owned(),
            format!("GET {ROLES} with tok"),
            format!("GET {ROLES}role with tok"),
        ]
    );
    let request = replay.requests().remove(0);
    assert_eq!(request.headers()["x-aws-ec2-metadata-token-ttl-seconds"], "21600");
}

/// Version 1, where there is no token to be had; an answer of 400 means that nothing will work.
#[test]
fn the_first_version_is_asked_without_a_token() {
    type Answer = Result<u16, TransportErrorKind>;
    let cases: [(Answer, bool); 8] = [
        (Ok(404), true),
        (Ok(403), true),
        (Ok(405), true),
        (Ok(500), true),
        (Err(TransportErrorKind::Timeout), true),
        (Err(TransportErrorKind::Connect), true),
        (Err(TransportErrorKind::Broken), true),
        (Ok(400), false),
    ];
    for (answer, goes_on) in cases {
        let replay = match answer {
            Ok(status) => Replay::new().answer(status, ""),
            Err(kind) => Replay::new().failure(failure(kind)),
        };
        let replay = replay.answer(200, "role").answer(200, ANSWER);
        let surroundings = surroundings(&[ON], &[]).with_transport(replay.clone());
        if goes_on {
            assert_eq!(found(&surroundings), FOUND, "{answer:?}");
            assert_eq!(asked(&replay)[1..], [format!("GET {ROLES}"), format!("GET {ROLES}role")]);
        } else {
            let expected = "HTTP 400 for the request of a token at http://169.254.169.254/";
            assert_eq!(passed(&surroundings), expected);
            assert_eq!(replay.requests().len(), 1);
        }
    }
}

#[test]
fn the_first_version_can_be_disabled() {
    let expected = "there is no token, and version 1 of the service is disabled, at \
                    http://169.254.169.254/";
    let variable = [ON, ("AWS_EC2_METADATA_V1_DISABLED", "true")];
    let config = [(CONFIG, "[default]\nec2_metadata_v1_disabled=true\n")];
    for surroundings in [surroundings(&variable, &[]), surroundings(&[ON], &config)] {
        let replay = Replay::new().answer(404, "");
        assert_eq!(passed(&surroundings.with_transport(replay.clone())), expected);
        assert_eq!(replay.requests().len(), 1);
    }
}

#[test]
fn settings_say_where_and_how_often() {
    let cases: [(Variables<'_>, &str, &str); 8] = [
        (&[("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://m:1")], "", "http://m:1/"),
        (&[("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://m:1/")], "", "http://m:1/"),
        (&[], "ec2_metadata_service_endpoint=http://m:2", "http://m:2/"),
        (&[("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv6")], "", "http://[fd00:ec2::254]/"),
        (
            &[("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ipv4")],
            "imds_use_ipv6=true",
            "http://169.254.169.254/",
        ),
        (&[("AWS_IMDS_USE_IPV6", "true")], "", "http://[fd00:ec2::254]/"),
        (&[], "imds_use_ipv6=true", "http://[fd00:ec2::254]/"),
        (
            &[
                ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ipv6"),
                ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://m:1"),
            ],
            "",
            "http://m:1/",
        ),
    ];
    for (variables, section, base) in cases {
        let variables = [&[ON], variables].concat();
        let config = format!("[default]\n{section}\n");
        let replay = Replay::new().answer(404, "").answer(404, "");
        let surroundings =
            surroundings(&variables, &[(CONFIG, &config)]).with_transport(replay.clone());
        assert_eq!(passed(&surroundings), format!("HTTP 404 at {base}"));
        assert_eq!(asked(&replay)[0], format!("PUT {base}latest/api/token"));
    }
    let attempts = [ON, ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "3")];
    let replay = Replay::new()
        .answer(500, "")
        .failure(failure(TransportErrorKind::Connect))
        .answer(200, "tok")
        .answer(500, "")
        .answer(200, "")
        .answer(200, "role")
        .answer(200, "no JSON")
        .failure(failure(TransportErrorKind::Timeout))
        .answer(200, ANSWER);
    assert_eq!(found(&surroundings(&attempts, &[]).with_transport(replay)), FOUND);
}

#[test]
fn wrong_settings_are_errors() {
    let cases = [
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "nowhere", "`nowhere` is not a URL"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ipv5", "`ipv5` is neither `ipv4` nor `ipv6`"),
        ("AWS_METADATA_SERVICE_TIMEOUT", "long", "`long` is not a positive number"),
        ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "0", "`0` is not a positive number"),
    ];
    for (name, value, expected) in cases {
        let surroundings = surroundings(&[ON, (name, value)], &[]).with_transport(Replay::new());
        let expected =
            format!("unable to retrieve credentials from instance metadata: {name}: {expected}");
        assert_eq!(found(&surroundings), expected);
    }
}

#[test]
fn a_machine_without_a_role_has_no_credentials() {
    let at = " at http://169.254.169.254/";
    let refused = r#"{"Code": "AssumeRoleUnauthorizedAccess", "Message": "x"}"#;
    let cases: [(&[(u16, &str)], &str); 6] = [
        (&[(200, "tok"), (404, "")], "HTTP 404"),
        (&[(200, "tok"), (200, "")], "an empty answer"),
        (&[(200, "tok"), (200, "role"), (200, "no")], "an answer that is not JSON"),
        (&[(200, "tok"), (200, "role"), (200, "{}")], "an answer without `AccessKeyId`"),
        (
            &[(200, "tok"), (200, "role"), (200, refused)],
            "the code `AssumeRoleUnauthorizedAccess` in place of credentials",
        ),
        (
            &[(200, "t\nk")],
            "what belongs into the header `x-aws-ec2-metadata-token` cannot be sent",
        ),
    ];
    for (answers, expected) in cases {
        let replay = answers
            .iter()
            .fold(Replay::new(), |it, &(status, body)| it.answer(status, body.to_owned()));
        let surroundings = surroundings(&[ON], &[]).with_transport(replay);
        assert_eq!(passed(&surroundings), format!("{expected}{at}"));
    }
    let disabled = surroundings(&[("AWS_EC2_METADATA_DISABLED", "TRUE")], &[]);
    assert_eq!(passed(&disabled), "AWS_EC2_METADATA_DISABLED is `true`");
}

/// Never answers.
#[derive(Debug)]
struct Silent;

impl Transport for Silent {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn a_machine_without_the_service_is_not_waited_for() {
    let pauses = Pauses::default();
    let surroundings = surroundings(&[ON], &[]).with_transport(Silent).with_sleep(pauses.clone());
    assert_eq!(passed(&surroundings), "no answer within 1s at http://169.254.169.254/");
    assert_eq!(*pauses.0.lock().expect("a lock"), [Duration::from_secs(1); 2]);
}

/// The service renews what it gives in time. Where it does not, its credentials may still work.
#[test]
fn late_credentials_are_used_on() {
    let until = |end: &str| {
        let answer = ANSWER.replace("2026-01-01T06:00:00Z", end);
        let replay = Replay::new().answer(200, "tok").answer(200, "role").answer(200, answer);
        let surroundings = surroundings(&[ON], &[]).with_transport(replay);
        let end = provided(&surroundings).expect("credentials").expires().expect("an end");
        (end.to_millis() - time(NOW).to_millis()) / 1000
    };
    assert_eq!(until("2026-01-01T00:25:01Z"), 1501);
    for end in ["2025-12-31T12:00:00Z", "2026-01-01T00:00:00Z", "2026-01-01T00:17:00Z"] {
        let seconds = until(end);
        assert!((1020..=1500).contains(&seconds), "{end}: {seconds}");
    }
}
