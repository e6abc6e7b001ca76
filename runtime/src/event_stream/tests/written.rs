//! Events to messages, and back.

use super::*;

fn shown(message: &Message) -> String {
    let headers: Vec<String> = (message.headers.iter())
        .map(|header| match &header.value {
            HeaderValue::String(text) => format!("{}={text}", header.name),
            other => format!("{}={other:?}", header.name),
        })
        .collect();
    format!("{} | {}", headers.join(" "), String::from_utf8_lossy(&message.payload))
}

#[test]
fn members_go_to_headers_and_payload() {
    let body = || BodyEvent { id: Some("i".to_owned()), x: Some(2), inner: None };
    let cases = [
        (
            Events::Headers(Headers {
                boolean: Some(false),
                integer: Some(1),
                long: Some(2),
                string: Some("s".to_owned()),
                blob: Some(Blob::from("b")),
                time: Timestamp::from_seconds(3),
            }),
            "boolean=Bool(false) integer=Integer(1) long=Long(2) string=s blob=Bytes(b\"b\") \
             time=Timestamp(1970-01-01T00:00:03Z) | ",
        ),
        (Events::Headers(Headers::default()), "| "),
        (
            Events::Blob(BlobEvent { id: 1, bytes: Some(Blob::from("b")) }),
            "id=Integer(1) :content-type=application/octet-stream | b",
        ),
        (Events::Blob(BlobEvent { id: 1, bytes: None }), "id=Integer(1) | "),
        (Events::Text(TextEvent { text: Some("t".to_owned()) }), ":content-type=text/plain | t"),
        (
            Events::Structure(StructureEvent { inner: Some(Inner { x: 1 }) }),
            r#":content-type=application/json | {"x":1}"#,
        ),
        (Events::Body(body()), r#"x-id=i :content-type=application/json | {"x":2}"#),
        (Events::Body(BodyEvent::default()), ":content-type=application/json | {}"),
        (
            Events::Unknown(UnknownMember::new("new", "json", b"[1]")),
            ":content-type=application/json | [1]",
        ),
    ];
    for (events, expected) in cases {
        let message = write_event(&events, &JSON).unwrap();
        let (Ok(Kind::Event(name)), rest) = (message.kind(), shown(&message)) else {
            unreachable!("it has been written as an event")
        };
        let start = format!(":message-type=event :event-type={name} ");
        assert_eq!(rest.strip_prefix(&start), Some(expected));

        let mut decoder = Decoder::new();
        decoder.push(message.encode().unwrap());
        let again = decoder.next().unwrap().unwrap();
        let mut read = empty();
        read_event(&again, name, &mut read, &JSON, STRICT).unwrap();
        let nothing = Events::Blob(BlobEvent { id: 1, bytes: None });
        if events == nothing {
            // Of a payload that is not there and one with nothing in it the message is the same.
            assert_eq!(read, Events::Blob(BlobEvent { id: 1, bytes: Some(Blob::default()) }));
        } else {
            assert_eq!(read, events);
        }
    }
}

#[cfg(feature = "cbor")]
#[test]
fn payloads_are_written_by_the_codec_of_the_service() {
    let codec = codec_of(crate::schema::Protocol::RpcV2Cbor).unwrap();
    let events = Events::Body(BodyEvent { x: Some(2), ..BodyEvent::default() });
    let message = write_event(&events, codec).unwrap();
    assert_eq!(message.text(":content-type"), Some("application/cbor"));
    assert_eq!(message.payload, bytes("a1617802"));
    let mut read = empty();
    read_event(&message, "body", &mut read, codec, STRICT).unwrap();
    assert_eq!(read, events);
    let initial = write_initial_request(&Inner { x: 1 }, codec);
    assert_eq!(initial.kind(), Ok(Kind::InitialRequest));
    let mut input = Inner::empty();
    read_initial(&initial, &mut input, codec, STRICT).unwrap();
    assert_eq!(input, Inner { x: 1 });
}

#[test]
fn an_initial_message_is_an_event_of_its_own_name() {
    let message = write_initial_response(&Inner { x: 1 }, &JSON);
    assert_eq!(
        shown(&message),
        ":message-type=event :event-type=initial-response :content-type=application/json | {\"x\":1}"
    );
}
