//! The server of containers.

use super::*;
use crate::transport::Replay;

const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const ANSWER: &str = r#"{"AccessKeyId": "c", "SecretAccessKey": "s", "Token": "t",
    "Expiration": "2026-01-01T01:00:00Z"}"#;
const FOUND: &str = "c/s/t until 2026-01-01T01:00:00Z";

#[test]
fn the_server_is_asked_where_the_variables_say() {
    let cases: [(Variables<'_>, &str, Option<&str>); 8] = [
        (&[(RELATIVE, "/v2/x?y=1")], "http://169.254.170.2/v2/x?y=1", None),
        (&[(FULL, "http://localhost:80/x")], "http://localhost:80/x", None),
        (&[(RELATIVE, "/r"), (FULL, "http://localhost/x")], "http://169.254.170.2/r", None),
        (&[(FULL, "http://127.1.2.3/x")], "http://127.1.2.3/x", None),
        (&[(FULL, "http://[::1]:8/x")], "http://[::1]:8/x", None),
        (&[(FULL, "http://[fd00:ec2::23]/x")], "http://[fd00:ec2::23]/x", None),
        (
            &[
                (FULL, "https://anywhere.example/x"),
                ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "Basic a"),
            ],
            "https://anywhere.example/x",
            Some("Basic a"),
        ),
        (
            &[
                (FULL, "http://169.254.170.23/x"),
                ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "Basic a"),
                ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/t"),
            ],
            "http://169.254.170.23/x",
            Some("from a file"),
        ),
    ];
    for (variables, url, token) in cases {
        let replay = Replay::new().answer(200, ANSWER);
        let surroundings =
            surroundings(variables, &[("/t", "from a file")]).with_transport(replay.clone());
        assert_eq!(found(&surroundings), FOUND, "{variables:?}");
        let request = replay.requests().remove(0);
        assert_eq!(request.uri().to_string(), url);
        assert_eq!(request.headers()["accept"], "application/json");
        let sent = request.headers().get("authorization").map(|it| it.to_str().expect("text"));
        assert_eq!(sent, token);
        assert!(!format!("{request:?}").contains("Basic"), "the token is not shown");
    }
}

/// The token does not leave the machine in the clear.
#[test]
fn other_hosts_are_refused_without_tls() {
    let urls: [(&str, &str, &str); 6] = [
        (FULL, "http://evil.example/x", "evil.example"),
        (FULL, "http://169.254.169.254/x", "169.254.169.254"),
        (FULL, "http://localhost.evil.example/x", "localhost.evil.example"),
        (FULL, "http://127.0.0.1@evil.example/x", "evil.example"),
        (RELATIVE, "@evil.example/x", "evil.example"),
        (RELATIVE, ".evil.example/x", "169.254.170.2.evil.example"),
    ];
    for (variable, url, host) in urls {
        let replay = Replay::new();
        let surroundings = surroundings(&[(variable, url)], &[]).with_transport(replay.clone());
        let expected = format!(
            "unable to retrieve credentials from a container: {variable}: `{host}` is not a host \
             that is asked without TLS: that is a loopback address, or one of 169.254.170.2, \
             169.254.170.23, fd00:ec2::23, localhost"
        );
        assert_eq!(found(&surroundings), expected);
        assert!(replay.requests().is_empty());
    }
}

#[test]
fn it_is_asked_three_times() {
    let pauses = Pauses::default();
    let replay = Replay::new().answer(500, "hunter2").answer(200, "hunter2").answer(200, ANSWER);
    let asked = surroundings(&[(RELATIVE, "/x")], &[]).with_sleep(pauses.clone());
    assert_eq!(found(&asked.clone().with_transport(replay)), FOUND);
    let ones = pauses.0.lock().expect("a lock").iter().filter(|it| it.as_secs() == 1).count();
    assert_eq!(ones, 2, "a second between each");

    let place = format!("unable to retrieve credentials from a container: {RELATIVE}: ");
    let cases: [(u16, &str, &str); 6] = [
        (404, "hunter2", "the answer is HTTP 404, after 3 attempts"),
        (200, "hunter2", "the answer is not JSON, after 3 attempts"),
        (200, "{\"AccessKeyId\": \"hunter2\"}", "the answer has no `Expiration`"),
        (200, &ANSWER.replace("Token", "Tok"), "the answer has no `Token`"),
        (
            200,
            &ANSWER.replace("2026-01-01T01:00:00Z", "hunter2"),
            "the answer's `Expiration` is not a date-time",
        ),
        (200, &ANSWER.replace("\"s\"", "7"), "the answer has no `SecretAccessKey`"),
    ];
    for (status, body, expected) in cases {
        let replay = (0..3).fold(Replay::new(), |it, _| it.answer(status, body.to_owned()));
        let said = found(&asked.clone().with_transport(replay));
        assert_eq!(said, format!("{place}{expected}"));
    }
}

#[test]
fn a_token_that_cannot_be_sent_is_an_error() {
    let url = (FULL, "http://localhost/x");
    let token = ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "hunter2\r\nx-evil: 1");
    let said = found(&surroundings(&[url, token], &[]));
    assert!(
        said.ends_with(
            "AWS_CONTAINER_AUTHORIZATION_TOKEN: the token has a line break, so it cannot be sent"
        ),
        "{said}"
    );
    let file = ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/t");
    let said = found(&surroundings(&[url, file], &[]));
    assert!(said.contains("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: \"/t\": "), "{said}");
    let said = found(&surroundings(&[url, file], &[("/t", "hunter2\n")]));
    assert!(said.ends_with("the token has a line break, so it cannot be sent"), "{said}");
}
