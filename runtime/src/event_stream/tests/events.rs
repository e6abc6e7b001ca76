//! Messages to events.

use super::*;
use crate::codec::{DecodeError, Report};

fn read(message: &Message, reading: Reading) -> Result<(Events, Report), DecodeError> {
    let mut events = empty();
    let Ok(Kind::Event(name) | Kind::Exception(name)) = message.kind() else {
        return Err(DecodeError::Missing { path: "an event".to_owned() });
    };
    let report = read_event(message, name, &mut events, &JSON, reading)?;
    Ok((events, report))
}

fn event(name: &str, payload: &'static str) -> Message {
    Message::new(payload).header(":message-type", "event").header(":event-type", name)
}

#[test]
fn a_message_says_what_it_is() {
    let unnamed = |header| Err(EventError::Unnamed { header });
    let typed = |kind: &str| Message::default().header(":message-type", kind);
    let cases = [
        (event("body", ""), Ok(Kind::Event("body"))),
        (event("initial-request", ""), Ok(Kind::InitialRequest)),
        (event("initial-response", ""), Ok(Kind::InitialResponse)),
        (Message::default().header(":event-type", "body"), Ok(Kind::Event("body"))),
        (
            typed("exception").header(":exception-type", "throttled"),
            Ok(Kind::Exception("throttled")),
        ),
        (
            typed("error").header(":error-code", "c").header(":error-message", "m"),
            Ok(Kind::Error { code: "c", message: "m" }),
        ),
        (typed("error"), Ok(Kind::Error { code: "", message: "" })),
        (typed("event"), unnamed(":event-type")),
        (typed("event").header(":event-type", HeaderValue::Bool(true)), unnamed(":event-type")),
        (typed("exception"), unnamed(":exception-type")),
        (Message::default(), unnamed(":event-type")),
        (typed("news"), Err(EventError::Type { found: "news".to_owned() })),
    ];
    for (message, expected) in cases {
        assert_eq!(message.kind(), expected);
    }
}

#[test]
fn members_come_from_headers_and_payload() {
    let time = Timestamp::from_millis(1_440_938_160_250).unwrap();
    let headers = event("headers", "ignored")
        .header("boolean", HeaderValue::Bool(true))
        .header("integer", HeaderValue::Short(-2))
        .header("long", HeaderValue::Byte(3))
        .header("string", HeaderValue::Uuid([0x11; 16]))
        .header("blob", HeaderValue::Bytes(Bytes::from_static(b"b")))
        .header("time", HeaderValue::Timestamp(time))
        .header("unknown", "u");
    let inner = || Some(Inner { x: 1 });
    let cases = [
        (
            headers,
            Events::Headers(Headers {
                boolean: Some(true),
                integer: Some(-2),
                long: Some(3),
                string: Some("11111111-1111-1111-1111-111111111111".to_owned()),
                blob: Some(Blob::from("b")),
                time: Some(time),
            }),
        ),
        (event("headers", ""), Events::Headers(Headers::default())),
        (
            event("blob", "{not json").header("id", HeaderValue::Integer(7)),
            Events::Blob(BlobEvent { id: 7, bytes: Some(Blob::from("{not json")) }),
        ),
        (event("text", "한"), Events::Text(TextEvent { text: Some("한".to_owned()) })),
        (event("structure", r#"{"x":1}"#), Events::Structure(StructureEvent { inner: inner() })),
        (
            event("body", r#"{"x":2,"inner":{"x":1},"id":"in the body"}"#).header("x-id", "i"),
            Events::Body(BodyEvent { id: Some("i".to_owned()), x: Some(2), inner: inner() }),
        ),
        (event("body", ""), Events::Body(BodyEvent::default())),
        (
            Message::new(r#"{"message":"slow"}"#)
                .header(":message-type", "exception")
                .header(":exception-type", "throttled"),
            Events::Throttled(Throttled { message: Some("slow".to_owned()) }),
        ),
        (
            event("new", r#"{"a":1}"#),
            Events::Unknown(UnknownMember::new("new", "json", br#"{"a":1}"#)),
        ),
    ];
    for (message, expected) in cases {
        let (events, report) = read(&message, STRICT).unwrap();
        assert_eq!(events, expected);
        assert_eq!(report, Report::default());
    }
}

#[test]
fn what_is_missing_is_listed_or_refused() {
    let cases = [(event("blob", "b"), "blob.id"), (event("structure", "{}"), "structure.inner.x")];
    for (message, path) in cases {
        let (_, report) = read(&message, LOOSE).unwrap();
        assert_eq!(report.missing, [path]);
        let error = read(&message, STRICT).unwrap_err().to_string();
        assert_eq!(error, format!("{path}: it is required and not there"));
    }
    let keeping = Reading { keep_unplaced: true, ..LOOSE };
    let (_, report) = read(&event("body", r#"{"new":1}"#), keeping).unwrap();
    assert_eq!(report.unplaced, [("body.new".to_owned(), 1.into())]);
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    let headers = |name: &str, value: HeaderValue| event("headers", "").header(name, value);
    let cases = [
        (
            headers("integer", HeaderValue::Long(1 << 40)),
            "headers.integer: expected a whole number of 32 bits, found 1099511627776",
        ),
        (
            headers("boolean", "true".into()),
            "headers.boolean: expected true or false, found a string",
        ),
        (headers("blob", HeaderValue::Byte(1)), "headers.blob: expected bytes, found 1"),
        (
            headers("time", HeaderValue::Uuid([0; 16])),
            "headers.time: expected a timestamp, found a UUID",
        ),
        (
            event("structure", r#"{"x":true}"#),
            "structure.inner.x: expected a whole number of 32 bits, found true",
        ),
        (event("body", "[]"), "body: expected an object, found an array"),
        (event("body", "{"), "not JSON: it ends in the middle of a value, after 1 bytes"),
        (
            event("secret", r#"{"x":"hunter2"}"#),
            "secret.x: expected a whole number of 32 bits, found something else",
        ),
    ];
    for (message, expected) in cases {
        assert_eq!(read(&message, STRICT).unwrap_err().to_string(), expected);
    }
    let mut latin = event("text", "");
    latin.payload = Bytes::from_static(b"\xe9");
    assert_eq!(
        read(&latin, STRICT).unwrap_err().to_string(),
        "text.text: expected a text, found bytes that are not UTF-8"
    );
}

#[test]
fn an_initial_message_holds_what_stands_beside_the_events() {
    let message = event("initial-response", r#"{"x":1}"#);
    let mut output = Inner::empty();
    read_initial(&message, &mut output, &JSON, STRICT).unwrap();
    assert_eq!(output, Inner { x: 1 });
    let error = read_initial(&event("initial-response", ""), &mut output, &JSON, STRICT);
    assert_eq!(error.unwrap_err().to_string(), "x: it is required and not there");
}
