//! Calls over a connection that succeed: what is sent, and how it is signed.

use crate::run::{ACCESS_KEY, SESSION_TOKEN, call, run, typefoundry, with_account};
use crate::server::{Server, answer, ok};

#[test]
fn a_request_is_signed_for_the_service_and_region() {
    let server = Server::new([ok("{\"channels\": []}")]);
    let out = call(["aws", "ivs", "list-channels", "--endpoint-url", &server.url]).ok();
    assert_eq!(out, "{\n    \"channels\": []\n}\n");
    let request = &server.requests()[0];
    assert_eq!(request.line, "POST /ListChannels HTTP/1.1");
    assert_eq!(request.body, "{}");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("x-amz-security-token"), Some(SESSION_TOKEN));
    let authorization = request.header("authorization").expect("a signature");
    let start = format!("AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/");
    assert!(authorization.starts_with(&start), "{authorization}");
    assert!(authorization.contains("/eu-west-1/ivs/aws4_request, "), "{authorization}");
}

#[test]
fn the_region_of_the_option_goes_before_the_environment() {
    let server = Server::new([ok("{}"), ok("{}")]);
    let words = ["aws", "ivs", "list-channels", "--endpoint-url", &server.url];
    call(words.iter().chain(&["--region", "us-east-1"])).ok();
    let mut command = with_account();
    command.env_remove("AWS_REGION").env("AWS_DEFAULT_REGION", "sa-east-1").arg("call");
    run(command, words).ok();
    for (request, region) in server.requests().iter().zip(["us-east-1", "sa-east-1"]) {
        let authorization = request.header("authorization").expect("a signature");
        assert!(authorization.contains(&format!("/{region}/ivs/")), "{authorization}");
    }
}

/// Files and a process of the system, as they really are.
#[cfg(unix)]
#[test]
fn a_profile_has_a_region_and_credentials() {
    let home = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("home");
    std::fs::create_dir_all(home.join(".aws")).expect("a folder");
    let config = "[profile prod]\nregion = eu-north-1\ncredential_process = echo \
                  '{\"Version\": 1, \"AccessKeyId\": \"PRINTED\", \"SecretAccessKey\": \"s\"}'\n";
    std::fs::write(home.join(".aws/config"), config).expect("a file");
    let server = Server::new([ok("{}"), ok("{}")]);
    let words = ["call", "aws", "ivs", "list-channels", "--endpoint-url", &server.url];
    let path = std::env::var("PATH").expect("a path");
    let mut command = typefoundry();
    command.env("HOME", &home).env("PATH", &path).env("AWS_PROFILE", "prod");
    run(command, words).ok();
    let mut command = with_account();
    command.env_remove("AWS_REGION").env("HOME", &home).env("PATH", &path);
    run(command, words.iter().chain(&["--profile", "prod"])).ok();
    for request in server.requests() {
        let authorization = request.header("authorization").expect("a signature");
        assert!(authorization.contains("Credential=PRINTED/"), "{authorization}");
        assert!(authorization.contains("/eu-north-1/ivs/"), "{authorization}");
    }
}

#[test]
fn ncp_is_signed_its_own_way() {
    let server = Server::new([ok("{}")]);
    call(["ncp", "livestation", "list-channels", "--endpoint-url", &server.url]).ok();
    let request = &server.requests()[0];
    assert_eq!(request.line, "GET /api/v2/channels HTTP/1.1");
    assert_eq!(request.header("x-ncp-iam-access-key"), Some(ACCESS_KEY));
    assert!(request.header("x-ncp-apigw-signature-v2").is_some());
    assert_eq!(request.header("x-ncp-region_code"), Some("KR"), "the default region");
}

#[test]
fn a_request_may_go_without_a_signature() {
    let server = Server::new([ok("{}")]);
    let mut command = typefoundry();
    command.args(["call", "aws", "ivs", "list-channels", "--no-sign-request"]);
    run(command, ["--region", "eu-west-1", "--endpoint-url", &server.url]).ok();
    let request = &server.requests()[0];
    for header in ["authorization", "x-amz-date", "x-amz-security-token"] {
        assert_eq!(request.header(header), None);
    }
}

#[test]
fn an_operation_by_the_name_of_the_spec() {
    let server = Server::new([ok("{}")]);
    call(["aws", "ivs", "ListChannels", "--endpoint-url", &server.url]).ok();
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn no_content_is_no_output() {
    let server = Server::new(["HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_owned()]);
    let arn = "arn:aws:ivs:eu-west-1:1:channel/a";
    let words = ["aws", "ivs", "delete-channel", "--arn", arn, "--endpoint-url", &server.url];
    assert_eq!(call(words).ok(), "");
}

/// What the spec does not know is left out of the output, and does not fail the call.
#[test]
fn members_and_values_of_a_newer_service_do_no_harm() {
    let body = r#"{"channels": [{"type": "HOLOGRAM", "scent": "roses", "name": null}], "mood": 1}"#;
    let server = Server::new([answer("200 OK", "application/json", body)]);
    let answer = call(["aws", "ivs", "list-channels", "--endpoint-url", &server.url]).json();
    assert_eq!(answer, serde_json::json!({"channels": [{"type": "HOLOGRAM"}]}));
}

#[test]
fn text_of_the_service_comes_out_as_it_is() {
    let body = r#"{"content": [{"channelName": "봄 “음악회” 🎻 \u001b[2J"}], "total": 1}"#;
    let server = Server::new([ok(body)]);
    let ran = call(["ncp", "livestation", "list-channels", "--endpoint-url", &server.url]);
    let out = ran.ok();
    assert!(out.contains(r#""channelName": "봄 “음악회” 🎻 \u001b[2J""#), "{out}");
}
