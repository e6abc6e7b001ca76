//! A stream key lets whoever has it broadcast: it must not be printed, whatever goes wrong.

use crate::server::{Answer, Server, json, raw, whole};
use std::error::Error;
use std::fmt::Debug;
use typefoundry::client::Step;
use typefoundry::transport::Replay;
use typefoundry::{Config, Credentials, Wire};
use typefoundry_clients::aws::ivs::{Channel, Client, CreateChannelOutput, Srt, StreamKey};

const SECRET: &str = "sk_us-west-2_ABCdef123456";

/// Everything that a program would print of an error: its text, its debug forms, and the same of
/// what lies behind it.
fn all_of(error: &dyn Error) -> String {
    let chain = std::iter::successors(Some(error), |error: &&dyn Error| (*error).source());
    let shown = |error: &dyn Error| format!("{error}\n{error:?}\n{error:#?}\n{error:#}");
    chain.map(shown).collect::<Vec<_>>().join("\n")
}

fn debug_of(value: &dyn Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

fn key(value: &str) -> String {
    format!(r#"{{"channel":{{"arn":"a"}},"streamKey":{{"arn":"k","value":{value}}}}}"#)
}

/// Answers that hold the secret and are, or end as, errors.
fn answers() -> Vec<(&'static str, Answer)> {
    let whole_key = key(&format!(r#""{SECRET}""#));
    let cut = &whole_key[..whole_key.len() - 8];
    let bytes = whole_key.len();
    vec![
        ("a server error", json(500, &whole_key)),
        (
            "a server error beside a message",
            json(500, &whole_key.replacen('{', r#"{"message":"failed","#, 1)),
        ),
        ("a modelled error", whole(403, "x-amzn-errortype: AccessDeniedException\r\n", &whole_key)),
        ("an error that is no JSON", whole(500, "", cut)),
        ("an answer that ends in the secret", json(200, &key(&format!(r#""{SECRET}"#)))),
        ("an answer that ends behind it", json(200, cut)),
        (
            "an answer that the connection cuts",
            raw(&format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{cut}", bytes + 9)),
        ),
        ("text behind it", json(200, &format!("{whole_key} {SECRET}"))),
        ("a secret in an array", json(200, &key(&format!(r#"["{SECRET}"]"#)))),
        ("a secret in an object", json(200, &key(&format!(r#"{{"{SECRET}":"{SECRET}"}}"#)))),
        (
            "a secret in place of its structure",
            json(200, &format!(r#"{{"streamKey":"{SECRET}"}}"#)),
        ),
        ("a secret in place of the answer", json(200, &format!(r#""{SECRET}""#))),
        (
            "a list in place of its structure",
            json(200, &format!(r#"{{"streamKey":["{SECRET}"]}}"#)),
        ),
        (
            "a passphrase of another type",
            json(200, &format!(r#"{{"channel":{{"srt":{{"passphrase":{{"p":"{SECRET}"}}}}}}}}"#)),
        ),
    ]
}

#[tokio::test]
async fn an_error_never_shows_what_the_answer_held() {
    for (what, answer) in answers() {
        let server = Server::start(vec![answer]).await;
        let client = server.ivs();
        let error = client.create_channel().send().await.unwrap_err();
        let text = all_of(&error);
        assert!(!text.contains(SECRET), "{what}: {text}");
        assert!(!text.contains("ABCdef"), "{what}: {text}");
        if let Some(body) = error.as_error().body() {
            let body = String::from_utf8_lossy(body);
            assert!(body.contains("ABCdef"), "{what}: a method still gives the body");
        }
        assert!(!debug_of(&client).contains(SECRET));
    }
}

#[tokio::test]
async fn a_secret_number_is_not_shown_either() {
    let server = Server::start(vec![json(200, &key("48151623"))]).await;
    let error = server.ivs().create_channel().send().await.unwrap_err();
    insta::assert_snapshot!(error, @"CreateChannel: the answer cannot be read: streamKey.value: expected a string, found a number (HTTP 200)");
    assert!(!all_of(&error).contains("48151623"));
}

#[tokio::test]
async fn an_unknown_member_is_dropped() {
    let body = key(&format!(r#""{SECRET}","newValue":"{SECRET}""#));
    let body = body.replacen('{', &format!(r#"{{"newKey":{{"value":"{SECRET}"}},"#), 1);
    let server = Server::start(vec![json(200, &body)]).await;
    let response = server.ivs().create_channel().send().await.unwrap();
    assert_eq!(response.stream_key.as_ref().unwrap().value.as_deref(), Some(SECRET));
    let debug = debug_of(&response);
    assert!(!debug.contains(SECRET), "{debug}");
    assert!(debug.contains("<redacted>"), "{debug}");
}

#[test]
fn outputs_are_redacted() {
    let output: CreateChannelOutput = typefoundry::json::from_slice(
        format!(
            r#"{{"channel":{{"name":"n","srt":{{"passphrase":"{SECRET}"}}}},
                "streamKey":{{"value":"{SECRET}","channelArn":"c"}}}}"#
        )
        .as_bytes(),
    )
    .unwrap();
    let (channel, key): (&Channel, &StreamKey) =
        (output.channel.as_ref().unwrap(), output.stream_key.as_ref().unwrap());
    let srt: &Srt = channel.srt.as_ref().unwrap();
    for value in [&output as &dyn Debug, channel, key, srt, &Wire::new(&output).redacted()] {
        let debug = debug_of(value);
        assert!(!debug.contains(SECRET), "{debug}");
        assert!(debug.contains("<redacted>"), "{debug}");
    }
    let redacted = serde_json::to_string(&Wire::new(&output).redacted()).unwrap();
    assert_eq!(
        redacted,
        r#"{"channel":{"name":"n","srt":{"passphrase":"<redacted>"}},"streamKey":{"value":"<redacted>","channelArn":"c"}}"#
    );
    let full = serde_json::to_string(&Wire::new(&output)).unwrap();
    assert_eq!(full.matches(SECRET).count(), 2, "and as they are where that is asked for");
}

#[tokio::test]
async fn clients_calls_and_credentials_are_redacted() {
    let credentials = Credentials::new("AKIDEXAMPLE", "hunter2").with_session_token("hunter3");
    let replay = Replay::new().answer(200, format!(r#"{{"streamKey":{{"value":"{SECRET}"}}}}"#));
    let config = Config::builder()
        .region("us-west-2")
        .credentials(credentials.clone())
        .transport(replay.clone())
        .build()
        .unwrap();
    let client = Client::new(config.clone()).unwrap();
    let call = client.create_channel().customize();
    let answer = client.create_channel().send().await.unwrap();
    let request = replay.requests().remove(0);
    assert!(request.headers()["x-amz-security-token"] == "hunter3", "it is sent");
    let values: [&dyn Debug; 7] =
        [&credentials, &config, &client, &call, &replay, &request, &answer];
    for value in values {
        let debug = debug_of(value);
        for secret in ["hunter2", "hunter3", SECRET] {
            assert!(!debug.contains(secret), "{debug}");
        }
    }
    let signature = request.headers()["authorization"].to_str().unwrap().to_owned();
    assert!(!debug_of(&request).contains(signature.rsplit('=').next().unwrap()));
}

#[test]
fn what_the_state_machine_holds_is_not_shown() {
    let mut response = http::Response::new(SECRET.into());
    *response.status_mut() = http::StatusCode::CREATED;
    let request = http::Request::post("https://a.example/label-1?sig=2").body(SECRET.into());
    insta::assert_snapshot!(
        format!("{:?} {:?}", Step::Done(response), Step::Send(request.unwrap())),
        @"Done(HTTP 201, 25 bytes) Send(POST to a.example, 25 bytes)"
    );
}

#[tokio::test]
async fn a_failed_call_does_not_show_what_it_was_signed_with() {
    let answers = [json(401, r#"{"errorCode":"200"}"#), json(500, ""), raw("")];
    for answer in answers {
        let server = Server::start(vec![answer]).await;
        let error = server.livestation().list_channels().send().await.unwrap_err();
        let request = &server.requests()[0];
        let signature = request.header("x-ncp-apigw-signature-v2");
        assert!(!signature.is_empty());
        let text = all_of(&error);
        assert!(!text.contains("a-secret-key") && !text.contains(signature), "{text}");
    }
}
