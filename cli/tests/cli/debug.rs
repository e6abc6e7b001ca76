//! `--debug` shows what goes over the wire, and never a secret.

use crate::mock::gems;
use crate::run::{ACCESS_KEY, Folder, Ran, SECRET_KEY, SESSION_TOKEN, call, run, typefoundry};
use crate::server::{Server, answer, ok};

const STREAM_KEY: &str = "sk_eu-west-1_EXAMPLEabcdef";

/// What a call with `--debug` shows for that answer.
#[track_caller]
fn create_channel(answer: String) -> Ran {
    let server = Server::new([answer]);
    let words = ["aws", "ivs", "create-channel", "--name", "harbour-cam", "--debug"];
    let ran = call(words.iter().chain(&["--endpoint-url", &server.url]));
    assert_no_secrets(&ran.err);
    ran
}

#[track_caller]
fn assert_no_secrets(text: &str) {
    for secret in [STREAM_KEY, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, "Signature="] {
        assert!(!text.contains(secret), "`{secret}` is in: {text}");
    }
}

fn channel() -> String {
    format!(
        r#"{{"channel": {{"name": "harbour-cam", "srt": {{"passphrase": "{STREAM_KEY}"}}}}, "streamKey": {{"arn": "arn:key", "value": "{STREAM_KEY}"}}}}"#
    )
}

#[test]
fn a_call_is_shown_without_its_secrets() {
    let ran = create_channel(ok(&channel()));
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains(STREAM_KEY), "the output is what was asked for");
    let shown: Vec<_> = ran.err.lines().collect();
    assert!(shown[0].starts_with("> POST http://127.0.0.1:"), "{}", ran.err);
    for line in [
        "> authorization: <redacted>",
        "> x-amz-security-token: <redacted>",
        "> content-type: application/json",
        "> {\"name\":\"harbour-cam\"}",
        "< HTTP 200 OK",
        "< {\"channel\":{\"name\":\"harbour-cam\",\"srt\":{\"passphrase\":\"<redacted>\"}},\
         \"streamKey\":{\"arn\":\"arn:key\",\"value\":\"<redacted>\"}} (in the spec's form, since it may hold secrets)",
    ] {
        assert!(shown.contains(&line), "`{line}` is not in: {}", ran.err);
    }
}

#[test]
fn an_answer_that_was_cut_off_is_not_shown() {
    let body = channel();
    let ran = create_channel(ok(&body[..body.len() - 3]));
    assert_eq!(ran.code, 255);
    assert!(ran.err.contains("bytes, not shown since they may hold secrets"), "{}", ran.err);
}

#[test]
fn an_error_that_repeats_the_key_is_not_shown() {
    let ran = create_channel(answer("500 Internal Server Error", "application/json", &channel()));
    assert_eq!(ran.code, 254);
    assert!(ran.err.contains("bytes, not shown since they may hold secrets"), "{}", ran.err);
}

/// Where a structure with a secret is due, other things may be that secret.
#[test]
fn a_secret_in_the_wrong_place_is_not_shown() {
    for body in [
        format!(r#"{{"streamKey": "{STREAM_KEY}"}}"#),
        format!(r#"{{"streamKey": {{"value": ["{STREAM_KEY}"]}}}}"#),
        format!(r#"{{"channel": "{STREAM_KEY}"}}"#),
        format!(r#""{STREAM_KEY}""#),
        STREAM_KEY.to_owned(),
    ] {
        assert_eq!(create_channel(ok(&body)).code, 255, "{body}");
    }
    // A member that the spec does not know is named, not shown.
    let ran = create_channel(ok(&format!(r#"{{"backupKey": "{STREAM_KEY}"}}"#)));
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("without a place: backupKey"), "{}", ran.err);
}

#[test]
fn what_holds_no_secret_is_shown_as_it_came() {
    let body = "<html>\u{1b}[2JBad gateway</html>";
    let server = Server::new([answer("502 Bad Gateway", "text/html", body)]);
    let words = ["aws", "ivs", "list-channels", "--debug", "--endpoint-url", &server.url];
    let ran = call(words);
    assert_no_secrets(&ran.err);
    assert!(ran.err.contains("< <html>\u{fffd}[2JBad gateway</html>\n"), "{}", ran.err);
}

/// Times and names are those of the wire, so that a mistake in them can be seen.
#[test]
fn what_holds_no_secret_is_shown_as_it_goes_and_comes() {
    let spec = r#"{
        "typefoundry": "1",
        "service": {"id": "example/clocks", "title": "Clocks", "protocol": "rest",
            "auth": {"none": {}}, "endpoint": {"url": "https://example.com"}},
        "operations": {"SetClock": {"http": "POST /clock",
            "input": {"when": {"type": "timestamp", "format": "epoch-seconds", "wire": "at"},
                "pin": {"type": "string", "sensitive": true}},
            "output": {"was": {"type": "timestamp", "format": "epoch-millis"}}}}
    }"#;
    let folder = Folder::new("debug-clocks");
    folder.write("clocks.json", spec);
    let path = folder.path().join("clocks.json").display().to_string();
    let cases = [
        (&[][..], "> {\"at\":1767225600}\n"),
        (
            &["--pin", "1234"],
            "\"pin\":\"<redacted>\"} (in the spec's form, since it may hold secrets)\n",
        ),
    ];
    for (more, line) in cases {
        let server = Server::new([ok(r#"{ "was": 1500 }"#)]);
        let words = ["--spec", &path, "set-clock", "--when", "2026-01-01T00:00:00Z", "--debug"];
        let ran = call(words.iter().chain(more).chain(&["--endpoint-url", &server.url]));
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.err.contains(line), "{}", ran.err);
        assert!(!ran.err.contains("1234"), "{}", ran.err);
    }
}

#[test]
fn the_key_of_livestation_is_not_shown() {
    let body = format!(
        r#"{{"content": [{{"channelId": "a", "streamKey": "{STREAM_KEY}"}}], "total": 1}}"#
    );
    let server = Server::new([ok(&body)]);
    let words = ["ncp", "livestation", "list-channels", "--debug", "--endpoint-url", &server.url];
    let ran = call(words);
    assert_eq!(ran.code, 0);
    assert_no_secrets(&ran.err);
    for header in ["x-ncp-apigw-signature-v2", "x-ncp-iam-access-key"] {
        assert!(ran.err.contains(&format!("> {header}: <redacted>\n")), "{}", ran.err);
    }
    let line = r#"< {"content":[{"channelId":"a","streamKey":"<redacted>"}],"total":1}"#;
    assert!(ran.err.contains(line), "{}", ran.err);
}

/// Secrets travel in paths, queries and headers as well.
#[test]
fn secrets_outside_the_body_are_not_shown() {
    let (_folder, spec) = gems("debug-gems");
    let server = Server::new([ok("{}")]);
    let mut command = typefoundry();
    command.env("API_KEY", SECRET_KEY).args(["call", "--spec", &spec, "put-gem", "--debug"]);
    command.args(["--id", "g1", "--key", STREAM_KEY, "--pin", SESSION_TOKEN]);
    let ran = run(command, ["--endpoint-url", &server.url]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_no_secrets(&ran.err);
    assert!(ran.err.contains("> x-gem-owner: <redacted>\n"), "{}", ran.err);
    assert!(ran.err.contains("> x-gem-key: <redacted>\n"), "{}", ran.err);
    let request = &server.requests()[0];
    assert_eq!(request.line, format!("PUT /gems/g1?pin={SESSION_TOKEN} HTTP/1.1"));
    assert_eq!(request.header("x-gem-owner"), Some(STREAM_KEY));
    assert_eq!(request.header("x-gem-key"), Some(SECRET_KEY));
}

#[test]
fn no_answer_is_shown_as_such() {
    let server = Server::new([String::new()]);
    let words = ["aws", "ivs", "list-channels", "--debug", "--endpoint-url", &server.url];
    let ran = call(words);
    assert_eq!(ran.code, 255);
    assert!(ran.err.lines().any(|line| line.starts_with("< ")), "{}", ran.err);
}

/// What credentials are made of, also where no spec says that it is secret.
#[test]
fn credentials_in_answers_are_not_shown() {
    let body = format!(
        "<GetSessionTokenResponse><GetSessionTokenResult><Credentials><AccessKeyId>AKIDNEW\
         </AccessKeyId><SecretAccessKey>{SECRET_KEY}</SecretAccessKey><SessionToken>{SESSION_TOKEN}\
         </SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials>\
         </GetSessionTokenResult></GetSessionTokenResponse>"
    );
    let server = Server::new([answer("200 OK", "text/xml", &body)]);
    let ran = call(["aws", "sts", "get-session-token", "--debug", "--endpoint-url", &server.url]);
    assert!(ran.out.contains(SESSION_TOKEN), "the output is what was asked for");
    assert_no_secrets(&ran.err);
    assert!(ran.err.contains("\"SessionToken\":\"<redacted>\""), "{}", ran.err);
}

/// Anybody could call with a signed URL.
#[test]
fn signed_urls_are_not_shown() {
    let spec = r#"{
        "typefoundry": "1",
        "service": {"id": "aws/copies", "title": "Copies", "protocol": "query", "version": "1",
            "auth": {"sigv4": {"name": "rds"}}, "endpoint": {"url": "https://example.com"}},
        "operations": {"Copy": {"http": "POST /", "traits": ["presigned-copy"],
            "input": {"Source": "string", "SourceRegion": "string", "PreSignedUrl": "string"}}}
    }"#;
    let folder = Folder::new("debug-copies");
    folder.write("copies.json", spec);
    let path = folder.path().join("copies.json").display().to_string();
    let server = Server::new([answer("200 OK", "text/xml", "<CopyResponse/>")]);
    let words = ["--spec", &path, "copy", "--source", "s", "--source-region", "us-west-2"];
    let ran = call(words.iter().chain(&["--debug", "--endpoint-url", &server.url]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(server.requests()[0].body.contains("X-Amz-Signature"));
    assert_no_secrets(&ran.err);
    assert!(ran.err.contains("\"PreSignedUrl\":\"<redacted>\""), "{}", ran.err);
}

/// The bucket is a part of the path that no member says, and a body has its chunks around it.
#[test]
fn a_request_of_s3_is_shown_as_it_was_meant() {
    let object = r#"{"Bucket": "b", "Key": "k/l", "Body": "aGVsbG8="}"#;
    let words = ["aws", "s3api", "put-object", "--cli-input-json", object, "--debug", "--mock"];
    let ran = call(words);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let line = ran.err.lines().find(|line| line.starts_with("> {")).expect("the input");
    for part in ["\"Bucket\":\"b\"", "\"Key\":\"k/l\"", "\"Body\":\"aGVsbG8=\""] {
        assert!(line.contains(part), "{line}");
    }
    let folder = Folder::new("debug-stream");
    folder.write("body.txt", "hello");
    let path = folder.path().join("body.txt").display().to_string();
    let words = ["aws", "s3api", "put-object", "--bucket", "b", "--key", "k", "--body", &path];
    let ran = call(words.iter().chain(&["--debug", "--mock"]));
    assert!(ran.err.contains("> (a stream)\n"), "{}", ran.err);
}
