//! Calls with events in both directions, over a transport in memory.
#![cfg(feature = "aws")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::auth::Credentials;
use crate::client::{Client, Config};
use crate::event_stream::{Decoder, HeaderValue, MEDIA_TYPE, Message};
use crate::transport::{Transport, TransportError, TransportErrorKind};
use crate::{
    BoxFuture, ByteStream, Error, ErrorKind, Modeled, Service, ServiceError, Timestamp,
    UnknownMember,
};
use crate::{Model, Operation};
use bytes::Bytes;
use futures_core::Stream;
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

#[derive(Clone, Copy, Debug, Service)]
#[service(
    id = "aws/watch",
    title = "Watch",
    protocol = "rest-json",
    endpoint = "https://watch.{region}.example.com",
    error = WatchError,
    auth("sigv4", name = "watch")
)]
struct Watch;

#[derive(Debug, ServiceError)]
#[service_error(service = Watch)]
enum WatchError {
    #[service_error(status = 429, throttling)]
    TooLoud(Box<Modeled<TooLoud>>),
    #[service_error(other)]
    OtherError(Error),
}

#[derive(Model)]
struct TooLoud {
    message: Option<String>,
    decibels: Option<i32>,
}

#[derive(Model)]
struct Bark {
    #[model(event_header)]
    pitch: Option<i32>,
    text: Option<String>,
}

#[derive(Model)]
enum Barks {
    #[model(name = "bark")]
    Bark(Bark),
    #[model(name = "tooLoud")]
    TooLoud(TooLoud),
    #[model(unknown)]
    Unknown(UnknownMember),
}

#[derive(Model)]
struct WatchOutput {
    #[model(header = "x-owner")]
    owner: Option<String>,
}

#[derive(Model, Operation)]
#[operation(
    service = Watch,
    output = WatchOutput,
    http = "POST /watch",
    events(input = Barks, output = Barks)
)]
struct WatchPets {
    #[model(header = "x-owner")]
    owner: Option<String>,
}

/// The same over a protocol that has everything in messages.
#[derive(Clone, Copy, Debug, Service)]
#[service(
    id = "aws/listen",
    title = "Listen",
    protocol = "json-1.1",
    endpoint = "https://listen.{region}.example.com",
    error = ListenError,
    auth("sigv4", name = "listen")
)]
struct Listen;

#[derive(Debug, ServiceError)]
#[service_error(service = Listen)]
enum ListenError {
    #[service_error(other)]
    Other(Error),
}

#[derive(Model)]
struct ListenOutput {
    session: Option<String>,
}

#[derive(Model, Operation)]
#[operation(
    service = Listen,
    output = ListenOutput,
    http = "POST /",
    events(input = Barks, output = Barks)
)]
struct ListenToPets {
    name: Option<String>,
}

/// Answers with chunks, and keeps what was sent.
#[derive(Clone, Debug, Default)]
struct Chunked {
    chunks: Vec<Bytes>,
    requests: Arc<Mutex<Vec<http::Request<Bytes>>>>,
}

impl Transport for Chunked {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        unreachable!("a call with events streams")
    }

    fn stream(
        &self,
        request: http::Request<ByteStream>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await.map_err(|error| {
                TransportError::new(TransportErrorKind::Other, error.to_string())
            })?;
            self.requests.lock().unwrap().push(http::Request::from_parts(parts, body));
            let body = ByteStream::new(Given(self.chunks.iter().cloned().map(Ok).collect()));
            let response = http::Response::builder()
                .header("x-owner", "Ann")
                .header("x-amzn-requestid", "id-1")
                .body(body);
            Ok(response.unwrap())
        })
    }
}

/// What is given, one after another.
struct Given<T>(VecDeque<T>);

impl<T: Unpin> Stream for Given<Result<T, std::io::Error>> {
    type Item = Result<T, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

/// Events that are given.
struct Said(VecDeque<Barks>);

impl Stream for Said {
    type Item = Barks;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Barks>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn bark(text: &str) -> Barks {
    Barks::Bark(Bark { pitch: Some(440), text: Some(text.to_owned()) })
}

fn event(name: &str, payload: &'static str) -> Message {
    Message::new(payload)
        .header(":message-type", "event")
        .header(":event-type", name)
        .header("pitch", HeaderValue::Integer(440))
}

fn exception(name: &str, payload: &'static str) -> Message {
    Message::new(payload).header(":message-type", "exception").header(":exception-type", name)
}

fn bytes(messages: &[Message]) -> Vec<u8> {
    messages.iter().flat_map(|message| message.encode().unwrap()).collect()
}

fn client<S: Service>(chunks: Vec<Bytes>) -> (Client<S>, Chunked) {
    let transport = Chunked { chunks, ..Chunked::default() };
    let config = Config::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKID", "secret"))
        .clock(Timestamp::from_seconds(1_369_353_600).unwrap())
        .transport(transport.clone());
    let client = Client::new(config.build().unwrap());
    let Ok(client) = client else { unreachable!("the settings are whole") };
    (client, transport)
}

/// What comes of an answer of those bytes, cut in pieces of a size: events, and the error behind.
async fn answered(bytes: &[u8], size: usize) -> (Vec<Barks>, Option<WatchError>) {
    let chunks = bytes.chunks(size).map(Bytes::copy_from_slice).collect();
    let (client, _) = client::<Watch>(chunks);
    let mut response = client.call(WatchPets::default()).await.unwrap();
    assert_eq!(response.owner.as_deref(), Some("Ann"));
    let mut events = Vec::new();
    let mut failed = None;
    while let Some(event) = response.next().await {
        match event {
            Ok(event) => events.push(event),
            Err(error) => {
                assert!(failed.is_none());
                failed = Some(error);
            }
        }
    }
    assert!(response.try_next().await.unwrap().is_none(), "the end stays the end");
    (events, failed)
}

#[tokio::test]
async fn events_come_whatever_the_chunks() {
    let messages = [
        event("bark", r#"{"text":"a"}"#),
        event("bark", r#"{"text":"b"}"#),
        event("bark", r#"{"text":"c"}"#),
    ];
    let bytes = bytes(&messages);
    for size in [1, 2, 3, 7, 64, 100, bytes.len()] {
        let (events, failed) = answered(&bytes, size).await;
        assert_eq!(events, [bark("a"), bark("b"), bark("c")], "{size}");
        assert!(failed.is_none());
    }
    let (events, failed) = answered(&[], 1).await;
    assert!(events.is_empty() && failed.is_none());
}

#[tokio::test]
async fn an_event_that_the_spec_does_not_know_is_kept() {
    let bytes = bytes(&[event("growl", r#"{"x":1}"#), event("bark", r#"{"text":"a"}"#)]);
    let (events, _) = answered(&bytes, 10).await;
    let [Barks::Unknown(unknown), known] = &events[..] else { unreachable!("{events:?}") };
    assert_eq!((unknown.name(), unknown.raw()), ("growl", br#"{"x":1}"#.as_slice()));
    assert_eq!(*known, bark("a"));
}

#[tokio::test]
async fn an_exception_is_the_error_of_the_service_and_the_end() {
    let bytes = bytes(&[
        event("bark", r#"{"text":"a"}"#),
        exception("tooLoud", r#"{"message":"Hush.","decibels":90}"#),
        event("bark", r#"{"text":"never"}"#),
    ]);
    let (events, failed) = answered(&bytes, 10).await;
    assert_eq!(events, [bark("a")]);
    let error = failed.unwrap();
    assert!(error.is_throttling());
    assert_eq!(error.to_string(), "WatchPets: tooLoud: Hush. (HTTP 429, request id id-1)");
    let WatchError::TooLoud(error) = error else { unreachable!("{error:?}") };
    assert_eq!(error.decibels, Some(90));
}

#[tokio::test]
async fn errors_without_a_structure_have_code_and_message() {
    let message = Message::default()
        .header(":message-type", "error")
        .header(":error-code", "InternalError")
        .header(":error-message", "Down.");
    let cases = [
        (message, "WatchPets: InternalError: Down. (HTTP 400, request id id-1)"),
        (exception("bitten", "{}"), "WatchPets: bitten (HTTP 400, request id id-1)"),
        (exception("tooLoud", "<"), "WatchPets: tooLoud (HTTP 400, request id id-1)"),
    ];
    for (message, expected) in cases {
        let (events, failed) = answered(&bytes(&[message]), 10).await;
        let error = failed.unwrap();
        assert!(events.is_empty() && matches!(error, WatchError::OtherError(_)));
        assert_eq!(error.as_error().kind(), ErrorKind::Service);
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn what_is_no_stream_of_events_is_an_error() {
    let whole = bytes(&[event("bark", r#"{"text":"a"}"#), event("bark", r#"{"text":"b"}"#)]);
    let cut = &whole[..whole.len() - 5];
    let mut damaged = whole.clone();
    *damaged.last_mut().unwrap() ^= 1;
    let odd = bytes(&[event("bark", r#"{"text":"a"}"#), event("bark", r#"{"text":1}"#)]);
    let named = bytes(&[event("bark", r#"{"text":"a"}"#), Message::new("")]);
    for (bytes, expected) in [
        (cut, "the event stream ends in the middle of a message, 5 bytes before its end"),
        (&damaged, "the event stream is damaged: a message's checksum is"),
        (&odd, "an event cannot be read: bark.text: expected a string"),
        (&named, "a message of the event stream has no header `:event-type`"),
    ] {
        let (events, failed) = answered(bytes, 9).await;
        assert_eq!(events, [bark("a")]);
        let error = failed.unwrap();
        assert_eq!(error.as_error().kind(), ErrorKind::Decode);
        assert!(error.to_string().contains(expected), "{error}");
        assert!(error.to_string().starts_with("WatchPets: "), "{error}");
    }
}

#[tokio::test]
async fn the_output_stands_in_the_first_message_where_there_is_no_other_place() {
    let initial = event("initial-response", r#"{"session":"s"}"#);
    let messages = bytes(&[initial, event("bark", r#"{"text":"a"}"#)]);
    let (client, _) = client::<Listen>(messages.chunks(11).map(Bytes::copy_from_slice).collect());
    let mut response = client.call(ListenToPets::default()).await.unwrap();
    assert_eq!(response.session.as_deref(), Some("s"));
    assert_eq!(response.try_next().await.unwrap(), Some(bark("a")));
    assert_eq!(response.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn a_first_message_that_is_something_else_is_not_lost() {
    let messages = bytes(&[event("bark", r#"{"text":"a"}"#)]);
    let (client, _) = client::<Listen>(vec![messages.into()]);
    let mut response = client.call(ListenToPets::default()).await.unwrap();
    assert_eq!(response.session, None);
    assert_eq!(response.events().try_next().await.unwrap(), Some(bark("a")));
    let (client, _) = self::client::<Listen>(Vec::new());
    let error = client.call(ListenToPets::default()).await.unwrap_err();
    assert_eq!(error.to_string(), "ListenToPets: the event stream ended before its first message");
}

/// The messages of a body.
fn messages(body: &Bytes) -> Vec<Message> {
    let mut decoder = Decoder::new();
    decoder.push(body.clone());
    let messages = std::iter::from_fn(|| decoder.next().unwrap()).collect();
    decoder.finish().unwrap();
    messages
}

#[tokio::test]
async fn events_are_sent_with_a_signature_each() {
    let (client, transport) = client::<Watch>(Vec::new());
    let call = client.fluent::<WatchPets>().owner("Ann");
    call.events(Said([bark("a"), bark("b")].into())).send().await.unwrap();
    let request = transport.requests.lock().unwrap().remove(0);
    let headers = request.headers();
    assert_eq!(headers["content-type"], MEDIA_TYPE);
    assert_eq!(headers["x-amz-content-sha256"], "STREAMING-AWS4-HMAC-SHA256-EVENTS");
    assert_eq!(headers["x-owner"], "Ann");
    assert!(headers["authorization"].to_str().unwrap().contains("x-amz-content-sha256"));
    let signed = messages(request.body());
    let inner: Vec<_> = signed.iter().map(|message| messages(&message.payload)).collect();
    let [first, second, end] = &inner[..] else { unreachable!("{inner:?}") };
    assert_eq!(first[0].text(":event-type"), Some("bark"));
    assert_eq!(first[0].get("pitch"), Some(&HeaderValue::Integer(440)));
    assert_eq!(second[0].payload, r#"{"text":"b"}"#);
    assert!(end.is_empty());
    // Each signature follows from the one before, the first from the request's.
    let mut previous = crate::aws::event_signing::signature_of_request(headers).unwrap();
    let keys = crate::aws::sigv4::SigningKeys::new();
    for message in &signed {
        let params = crate::aws::sigv4::SigningParams {
            access_key_id: "AKID",
            secret_access_key: "secret",
            session_token: None,
            region: "us-east-1",
            service: "watch",
            time: Timestamp::from_seconds(1_369_353_600).unwrap(),
            uri: crate::aws::sigv4::UriForm::Normalized,
            payload: crate::aws::sigv4::Payload::Body,
            payload_header: false,
        };
        let payload = message.payload.clone();
        let signed = crate::aws::event_signing::sign_event(payload, &previous, &params, &keys);
        let (expected, signature) = signed.unwrap();
        assert_eq!(*message, expected);
        previous = signature;
    }
}

#[tokio::test]
async fn the_input_stands_in_the_first_message_where_there_is_no_other_place() {
    let (client, transport) =
        client::<Listen>(vec![bytes(&[event("initial-response", "{}")]).into()]);
    let call = client.fluent::<ListenToPets>().name("n");
    call.events(Said([bark("a")].into())).send().await.unwrap();
    let request = transport.requests.lock().unwrap().remove(0);
    let signed = messages(request.body());
    assert_eq!(signed.len(), 3);
    let first = &messages(&signed[0].payload)[0];
    assert_eq!(first.text(":event-type"), Some("initial-request"));
    assert_eq!(first.payload, r#"{"name":"n"}"#);
}

#[tokio::test]
async fn a_stream_that_breaks_breaks_the_request_off() {
    let (client, transport) = client::<Watch>(Vec::new());
    let broken = VecDeque::from([Ok(bark("a")), Err(std::io::Error::other("the cable"))]);
    let call = client.prepare(WatchPets::default()).try_events(Given(broken));
    let error = call.send().await.unwrap_err();
    assert_eq!(error.as_error().kind(), ErrorKind::Transport);
    assert!(transport.requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_scheme_that_signs_no_events_says_so() {
    #[derive(Debug)]
    struct Own;
    impl crate::auth::AuthScheme for Own {
        fn name(&self) -> &'static str {
            "sigv4"
        }
        fn credentials(
            &self,
            _: &dyn crate::auth::Environment,
        ) -> Result<Credentials, crate::auth::CredentialsError> {
            Ok(Credentials::token(""))
        }
        fn sign(
            &self,
            _: &mut http::Request<Bytes>,
            _: &crate::auth::Signing<'_>,
        ) -> Result<(), crate::auth::BoxError> {
            Ok(())
        }
    }
    let config = Config::builder()
        .region("us-east-1")
        .auth_scheme(Own)
        .credentials(Credentials::token("t"))
        .transport(Chunked::default());
    let client = Client::<Watch>::new(config.build().unwrap()).unwrap();
    let call = client.prepare(WatchPets::default()).events(Said(VecDeque::new()));
    let error = call.send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "WatchPets: the events cannot be signed: the auth scheme `sigv4` signs no events"
    );
}

/// The same without async: the call, its events, and the error at their end.
#[cfg(feature = "blocking")]
mod without_async {
    use super::*;
    use crate::blocking::{Wait, WaitEach};

    #[test]
    fn events_are_waited_for() {
        let bytes = bytes(&[
            event("bark", r#"{"text":"a"}"#),
            event("bark", r#"{"text":"b"}"#),
            exception("tooLoud", r#"{"message":"Hush."}"#),
        ]);
        let chunks: Vec<_> = bytes.chunks(7).map(Bytes::copy_from_slice).collect();
        let (client, transport) = client::<Watch>(chunks);
        let call = client.prepare(WatchPets::default()).events(Said([bark("sent")].into()));
        let mut response = call.send().wait().unwrap();
        assert_eq!(response.owner.as_deref(), Some("Ann"));
        assert_eq!(response.next().wait().unwrap().unwrap(), bark("a"));
        let mut rest = response.into_events().wait_each();
        assert_eq!(rest.next().unwrap().unwrap(), bark("b"));
        let error = rest.next().unwrap().unwrap_err();
        assert_eq!(error.to_string(), "WatchPets: tooLoud: Hush. (HTTP 429, request id id-1)");
        assert!(rest.next().is_none(), "the end stays the end");
        let sent = transport.requests.lock().unwrap();
        assert!(sent[0].body().windows(4).any(|text| text == b"sent"));
    }

    #[cfg(feature = "http-client")]
    #[tokio::test]
    async fn inside_of_a_runtime_it_is_an_error() {
        let bytes = bytes(&[event("bark", r#"{"text":"a"}"#)]);
        let (client, _) = client::<Watch>(vec![bytes.into()]);
        let call = || client.prepare(WatchPets::default()).events(Said(VecDeque::new()));
        let refused = call().send().wait().err().unwrap();
        assert_eq!(refused.as_error().kind(), ErrorKind::Configuration);
        let events = call().send().await.unwrap().into_events();
        let mut each = events.wait_each();
        let refused = each.next().unwrap().unwrap_err();
        assert_eq!(refused.as_error().kind(), ErrorKind::Configuration);
        assert!(each.next().is_none());
        // What was refused is still there.
        assert_eq!(each.into_inner().next().await.unwrap().unwrap(), bark("a"));
    }
}
