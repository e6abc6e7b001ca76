//! Inputs that would do more than be sent.

use crate::server::{Server, config, json, whole};
use typefoundry::client::Core;
use typefoundry::codec::{Form, Reading, json as codec};
use typefoundry::dynamic::Api;
use typefoundry::{Error, ErrorKind};
use typefoundry_clients::aws::customer_profiles;

const SPEC: &str = r#"{
  "typefoundry": "1",
  "service": {
    "id": "test/inputs", "title": "Inputs", "version": "1", "docs": "Inputs.",
    "protocol": "rest", "auth": {"none": {}}, "endpoint": {"url": "https://inputs.example"}
  },
  "operations": {
    "Put": {
      "http": "PUT /things/{id}/{key+}",
      "docs": "Puts a thing.",
      "input": {
        "id": {"type": "string", "required": true, "label": true, "docs": "Its id."},
        "key": {"type": "string", "required": true, "label": true, "docs": "Its key."},
        "note": {"type": "string", "header": "x-note", "docs": "A note."},
        "notes": {"type": "Notes", "header": "x-notes", "docs": "Notes."},
        "meta": {"type": "Meta", "headerPrefix": "x-meta-", "docs": "More."},
        "q": {"type": "string", "query": "q", "docs": "A filter."}
      }
    }
  },
  "shapes": {
    "Notes": {"list": "string", "docs": "Notes."},
    "Meta": {"map": "string", "docs": "More."}
  }
}"#;

/// Sends an input, and gives the request as the server saw it.
async fn put(input: &str) -> Result<crate::server::Recorded, Error> {
    let api = Api::load("inputs.json", SPEC).unwrap();
    let operation = api.operation("Put").unwrap();
    let server = Server::start(vec![json(200, "{}")]).await;
    let core = Core::new(api.service().clone(), config(&server.url)).unwrap();
    let mut value = api.input(operation);
    codec::read(input.as_bytes(), &mut value, Form::Model, Reading::default()).unwrap();
    let mut output = api.output(operation);
    core.call(&operation.schema, &mut value, &mut output).await?;
    Ok(server.requests().remove(0))
}

#[tokio::test]
async fn a_value_cannot_become_a_header_of_its_own() {
    let cases = [
        (
            r#"{"note":"a\r\nx-evil: 1"}"#,
            "Put: note: its value cannot be sent in a header `x-note`",
        ),
        (r#"{"note":"a\nb"}"#, "Put: note: its value cannot be sent in a header `x-note`"),
        (r#"{"note":"a\u0000"}"#, "Put: note: its value cannot be sent in a header `x-note`"),
        (
            r#"{"notes":["a","b\r\n"]}"#,
            "Put: notes: its value cannot be sent in a header `x-notes`",
        ),
        (r#"{"meta":{"a":"\r\n"}}"#, "Put: meta: its value cannot be sent in a header `x-meta-a`"),
        (r#"{"meta":{"a: b\r\nx":"y"}}"#, "Put: meta: its value cannot be sent in a header"),
    ];
    for (input, expected) in cases {
        let input = input.replacen('{', r#"{"id":"i","key":"k","#, 1);
        let error = put(&input).await.unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.kind(), ErrorKind::Input);
    }
}

#[tokio::test]
async fn a_value_cannot_lead_to_another_path() {
    let cases = [
        (r#"{"id":"a/../b?c#d","key":"k"}"#, "/things/a%2F..%2Fb%3Fc%23d/k"),
        (r#"{"id":"a b%2F","key":"k/l m/n"}"#, "/things/a%20b%252F/k/l%20m/n"),
        (r#"{"id":"...","key":"a/.b/c.."}"#, "/things/.../a/.b/c.."),
        (
            r#"{"id":"x HTTP/1.1\r\nhost: evil","key":"k"}"#,
            "/things/x%20HTTP%2F1.1%0D%0Ahost%3A%20evil/k",
        ),
        (r#"{"id":"한","key":"k","q":"a&b=c d+e"}"#, "/things/%ED%95%9C/k?q=a%26b%3Dc%20d%2Be"),
    ];
    for (input, expected) in cases {
        assert_eq!(put(input).await.unwrap().path(), expected);
    }
    let dots = "it is part of the path, where `.` and `..` lead to another one";
    let empty = "it is part of the path and must not be empty";
    let cases = [
        (r#"{"id":"..","key":"k"}"#, format!("Put: id: {dots}")),
        (r#"{"id":".","key":"k"}"#, format!("Put: id: {dots}")),
        (r#"{"id":"i","key":"a/../../b"}"#, format!("Put: key: {dots}")),
        (r#"{"id":"","key":"k"}"#, format!("Put: id: {empty}")),
        (r#"{"id":"i"}"#, format!("Put: key: {empty}")),
    ];
    for (input, expected) in cases {
        let error = put(input).await.unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.kind(), ErrorKind::Input);
    }
}

#[tokio::test]
async fn an_empty_label_is_found_before_anything_is_sent() {
    let server = Server::start(vec![]).await;
    let client = customer_profiles::Client::new(config(&server.url)).unwrap();
    let call = client.get_event_stream().domain_name("").event_stream_name("e");
    let error = call.send().await.unwrap_err();
    insta::assert_snapshot!(error, @"GetEventStream: DomainName: it is part of the path and must not be empty");
    assert_eq!(error.as_error().kind(), ErrorKind::Input);
}

#[tokio::test]
async fn a_header_of_a_call_is_checked_when_it_is_sent() {
    let server = Server::start(vec![whole(200, "", "")]).await;
    let client =
        typefoundry::Client::<typefoundry_clients::aws::ivs::Ivs>::new(config(&server.url));
    let client = client.unwrap();
    let call = || client.prepare(typefoundry_clients::aws::ivs::ListChannels::default());
    let error = call().header("x-a", "secret\r\nx-evil: 1").send().await.unwrap_err();
    insta::assert_snapshot!(error, @"ListChannels: the header `x-a` has a value that cannot be sent");
    let error = call().header("x a", "b").send().await.unwrap_err();
    insta::assert_snapshot!(error, @"ListChannels: a header's name is not one");
    assert!(server.requests().is_empty());
    let good = call().header("x-a", "a-secret");
    assert!(!format!("{good:?}").contains("a-secret"));
    good.send().await.unwrap();
    assert_eq!(server.requests()[0].header("x-a"), "a-secret");
}
