//! What can go wrong between a client and a server, and what the user reads about it.

use crate::server::{Answer, Server, config, json, raw, whole};
use std::error::Error as _;
use typefoundry_clients::aws::{ivs, ivs_realtime};

/// An error as a user and a program see it. Ports differ from run to run, and so do the words of
/// operating systems and libraries, which come with `source`.
fn shown(error: &typefoundry::Error, url: &str) -> String {
    let transport =
        error.transport().map_or(String::new(), |kind| format!("transport: {kind:?}\n"));
    let text = format!(
        "{error}\nkind: {:?}\n{transport}status: {:?}\ncode: {:?}\nretryable: {}",
        error.kind(),
        error.status(),
        error.code(),
        error.is_retryable()
    );
    text.replace(url, "http://server")
}

/// What comes of a call that gets this answer.
async fn fault(answer: Answer) -> String {
    let server = Server::start(vec![answer]).await;
    let error = server.ivs().list_channels().send().await.unwrap_err();
    shown(error.as_error(), &server.url)
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n";

#[tokio::test]
async fn answers_that_never_come_whole() {
    let cases = [
        ("closed_before_headers", String::new()),
        ("closed_in_headers", "HTTP/1.1 200 OK\r\ncontent-ty".to_owned()),
        ("closed_in_status_line", "HTTP/1.1 2".to_owned()),
        ("closed_in_body", format!("{HEAD}content-length: 999\r\n\r\n{{\"channels\":[")),
        (
            "closed_in_chunk",
            format!("{HEAD}transfer-encoding: chunked\r\n\r\n20\r\n{{\"channels\""),
        ),
        (
            "closed_between_chunks",
            format!("{HEAD}transfer-encoding: chunked\r\n\r\n3\r\n{{\"c\r\n"),
        ),
        ("chunk_without_a_size", format!("{HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n")),
        ("no_http", "SSH-2.0-OpenSSH_9.6\r\n\r\n".to_owned()),
    ];
    for (name, text) in cases {
        insta::assert_snapshot!(name, fault(raw(&text)).await);
    }
}

#[tokio::test]
async fn answers_that_say_no_or_make_no_sense() {
    let html = "<html><body>Bad Gateway</body></html>";
    let cases = [
        ("not_json", whole(200, "content-type: text/html\r\n", html)),
        ("not_json_without_a_type", whole(200, "", "OK")),
        ("json_of_another_kind", json(200, "[]")),
        ("text_behind_the_json", json(200, r#"{"channels":[]} {}"#)),
        ("json_that_ends_early", json(200, r#"{"channels":[{"arn":"arn:aws"#)),
        ("server_error_with_html", whole(502, "content-type: text/html\r\n", html)),
        ("client_error_without_a_body", whole(404, "", "")),
        ("client_error_with_a_request_id", whole(400, "x-amzn-requestid: 1-2-3\r\n", "")),
        ("error_code_in_a_header", whole(403, "x-amzn-errortype: Nope:http://x/\r\n", "{}")),
        ("error_of_another_type", json(404, r#"{"__type":"a#Gone","message":["x"]}"#)),
        (
            "modelled_error_that_does_not_fit",
            json(403, r#"{"__type":"AccessDeniedException","exceptionMessage":{"a":1}}"#),
        ),
        ("throttled", json(429, r#"{"message":"slower"}"#)),
        ("redirect", whole(307, "location: http://elsewhere.example/x?sig=abc\r\n", "")),
        ("redirect_to_nowhere", whole(301, "", "")),
        ("not_modified", whole(304, "", "")),
    ];
    for (name, answer) in cases {
        insta::assert_snapshot!(name, fault(answer).await);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Server::start(vec![json(200, r#"{"channels":[]}"#)]).await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("location: {}/x\r\n", target.url);
        let server = Server::start(vec![whole(status, &location, "")]).await;
        let error = server.ivs().list_channels().send().await.unwrap_err();
        assert_eq!(error.as_error().status(), Some(status));
    }
    assert!(target.requests().is_empty());
}

#[tokio::test]
async fn a_refused_connection() {
    // Nothing listens behind an empty script.
    let server = Server::start(vec![]).await;
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let client = ivs::Client::new(config(&url)).unwrap();
    let error = client.list_channels().send().await.unwrap_err();
    insta::assert_snapshot!("refused", shown(error.as_error(), &url));
    assert!(error.source().is_some(), "the system's own words come with it");
    drop(server);
}

#[tokio::test]
async fn wrong_endpoints() {
    let endpoints = [
        ("endpoint_without_scheme", "localhost:4566"),
        ("endpoint_without_host", "http://"),
        ("endpoint_of_words", "not a url"),
        ("endpoint_with_query", "http://localhost/?x=y"),
        ("endpoint_with_fragment", "http://localhost/#x"),
        ("endpoint_with_password", "http://me:hunter2@localhost"),
        ("endpoint_of_another_scheme", "ftp://localhost"),
        ("endpoint_with_a_line_break", "http://localhost\r\nx: y"),
        ("endpoint_with_a_wrong_port", "http://localhost:99999"),
    ];
    let client = ivs::Client::new(config("http://localhost")).unwrap();
    for (name, endpoint) in endpoints {
        let call = client.list_channels().customize().endpoint(endpoint);
        let error = call.send().await.unwrap_err();
        let text = shown(error.as_error(), "http://server");
        assert!(!text.contains("hunter2"), "{text}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
        insta::assert_snapshot!(name, text);
    }
}

#[tokio::test]
async fn a_wrong_type_is_named_by_its_path() {
    let event =
        |time: &str| format!(r#"{{"name":"JOINED","participantId":"p","eventTime":{time}}}"#);
    let good = event(r#""2026-06-20T19:00:02Z""#);
    let cases = [
        (
            format!(r#"{{"events":[{good},{good},{good},{}]}}"#, event(r#""soon""#)),
            r#"events[3].eventTime: expected an RFC 3339 date-time, found "soon", in `"name":"JOINED","participantId":"p","eventTime":"soon"`"#,
        ),
        (
            format!(r#"{{"events":[{good},{}]}}"#, event("true")),
            r#"events[1].eventTime: expected a timestamp, found true, in `"name":"JOINED","participantId":"p","eventTime":true`"#,
        ),
        (r#"{"events":{"a":1}}"#.to_owned(), "events: expected an array, found an object"),
        (r#"{"events":["x"]}"#.to_owned(), "events[0]: expected an object, found a string"),
        (
            r#"{"events":[{"newToken":{"attributes":{"a":[]}}}]}"#.to_owned(),
            r#"events[0].newToken.attributes["a"]: expected a string, found an array"#,
        ),
        (
            r#"{"events":[],"nextToken":5}"#.to_owned(),
            r#"nextToken: expected a string, found 5, in `"events":[…],"nextToken":5`"#,
        ),
    ];
    for (body, expected) in cases {
        let server = Server::start(vec![json(200, &body)]).await;
        let error = events(&server).await.unwrap_err();
        let expected =
            format!("ListParticipantEvents: the answer cannot be read: {expected} (HTTP 200)");
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.as_error().kind(), typefoundry::ErrorKind::Decode);
        assert_eq!(error.as_error().body().unwrap(), body.as_bytes());
    }
}

async fn events(
    server: &Server,
) -> Result<typefoundry::Response<ivs_realtime::ListParticipantEventsOutput>, ivs_realtime::Error> {
    let client = server.ivs_realtime();
    let call = client.list_participant_events();
    call.stage_arn("arn").session_id("st-1").participant_id("p").send().await
}

#[tokio::test]
async fn an_empty_answer_is_an_answer() {
    for answer in [whole(204, "", ""), whole(200, "", ""), json(200, "null"), json(200, "{}")] {
        let server = Server::start(vec![answer]).await;
        let response = server.ivs().list_channels().send().await.unwrap();
        assert!(response.channels.is_empty());
        assert_eq!(response.metadata().missing(), ["channels"]);
    }
    let server = Server::start(vec![whole(204, "x-amzn-requestid: r\r\n", "")]).await;
    let response = server.ivs().delete_channel().arn("arn").send().await.unwrap();
    assert_eq!(response.metadata().status(), 204);
    assert_eq!(response.metadata().request_id().as_deref(), Some("r"));
    assert!(response.metadata().missing().is_empty());
}

#[tokio::test]
async fn a_modelled_error_has_its_type() {
    let body = r#"{"exceptionMessage":"no such channel"}"#;
    let headers = "x-amzn-errortype: ResourceNotFoundException\r\ncache-control: no-store\r\n";
    let server = Server::start(vec![whole(404, headers, body)]).await;
    let error = server.ivs().delete_channel().arn("arn").send().await.unwrap_err();
    let ivs::Error::ResourceNotFoundException(error) = error else { panic!("{error:?}") };
    assert_eq!(error.exception_message.as_deref(), Some("no such channel"));
    assert_eq!(error.cache_control.as_deref(), Some("no-store"));
    assert_eq!(error.error.code(), Some("ResourceNotFoundException"));
}
