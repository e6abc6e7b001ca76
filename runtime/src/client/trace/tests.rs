//! What a subscriber gets to know of calls, and what it never does.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::auth::{Cached, CredentialsError, ProvideCredentials};
use crate::client::{Client, ConfigBuilder};
use crate::samples::{AtOnce, now, service};
use crate::transport::{Replay, TransportError, TransportErrorKind};
use crate::{BoxFuture, Config, Credentials, Model, Operation, Timestamp};
use bytes::Bytes;
use std::fmt::{self, Write};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// In whatever a caller or a service says.
const SECRET: &str = "hunter2";

service!(
    Pets,
    PetsError,
    id = "acme/pets",
    protocol = "rest-json",
    endpoint = "https://pets.example.com",
    auth("bearer")
);

#[derive(Model, Operation)]
#[operation(service = Pets, output = Pet, http = "PUT /pets/{name}")]
struct PutPet {
    #[model(label, sensitive)]
    name: String,
    #[model(query = "q")]
    query: Option<String>,
    #[model(header = "x-pet")]
    header: Option<String>,
    body: Option<String>,
}

#[derive(Model)]
struct Pet {
    #[model(sensitive)]
    name: String,
}

/// Writes down everything that it is told.
#[derive(Clone, Default)]
struct Capture(Arc<Mutex<Vec<String>>>);

impl Capture {
    fn note(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    fn len(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            write!(self.0, " {value:?}").unwrap();
        } else {
            write!(self.0, " {}={value:?}", field.name()).unwrap();
        }
    }
}

impl Subscriber for Capture {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == super::on::TARGET
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields(String::new());
        span.record(&mut fields);
        self.note(format!("{}:{}", span.metadata().name(), fields.0));
        Id::from_u64(u64::try_from(self.len()).unwrap())
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields(String::new());
        values.record(&mut fields);
        if !fields.0.is_empty() {
            self.note(format!("+{}", fields.0));
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(String::new());
        event.record(&mut fields);
        self.note(format!("{}{}", event.metadata().level(), fields.0));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// What is told of something that is done.
fn told(what: impl FnOnce()) -> Vec<String> {
    let capture = Capture::default();
    tracing::subscriber::with_default(capture.clone(), what);
    let told = std::mem::take(&mut *capture.0.lock().unwrap());
    for line in &told {
        assert!(!line.contains(SECRET), "{line}");
    }
    told
}

/// What is told of a call that is full of secrets.
fn call(replay: &Replay, change: impl FnOnce(ConfigBuilder) -> ConfigBuilder) -> Vec<String> {
    let config = Config::builder()
        .credentials(Credentials::token(SECRET))
        .header("x-client", SECRET)
        .transport(replay.clone())
        .region("r")
        .sleep(AtOnce)
        .random(0.5);
    let client: Client<Pets> = Client::new(change(config).build().unwrap()).unwrap();
    let secret = || Some(SECRET.to_owned());
    let input =
        PutPet { name: SECRET.to_owned(), query: secret(), header: secret(), body: secret() };
    told(|| {
        // The outcome is part of what is told.
        let _ = now(client.prepare(input).header("x-call", SECRET).send());
    })
}

fn answer(status: u16, code: &str, body: &str) -> http::Response<Bytes> {
    let response = http::Response::builder().status(status).header("x-request-id", "id-1");
    let response = response.header("x-amzn-errortype", code).header("x-secret", SECRET);
    response.body(Bytes::copy_from_slice(body.as_bytes())).unwrap()
}

const CALL: &str = r#"call: service="acme/pets" operation="PutPet" region="r""#;

#[test]
fn a_call_and_its_attempts_are_spans() {
    let pet = format!(r#"{{"name":"{SECRET}"}}"#);
    let error = format!(r#"{{"message":"{SECRET} is too much"}}"#);
    let broken = TransportError::new(TransportErrorKind::Broken, format!("{SECRET} broke"));
    let replay = Replay::new()
        .response(answer(503, "Busy", &error))
        .failure(broken)
        .response(answer(200, "", &pet));
    let expected = [
        CALL,
        "attempt: attempt=1 bytes_sent=18",
        "+ status=503",
        "+ bytes_received=33",
        "INFO attempt 1 of PutPet failed: Busy (HTTP 503); the next one follows in 500ms",
        "attempt: attempt=2 bytes_sent=18",
        "INFO attempt 2 of PutPet failed: the answer did not come whole; the next one follows in 1s",
        "attempt: attempt=3 bytes_sent=18",
        "+ status=200",
        "+ bytes_received=18",
        "+ status=200",
        r#"+ request_id="id-1""#,
        "+ attempts=3",
    ];
    assert_eq!(call(&replay, |config| config), expected);
}

#[test]
fn a_call_that_fails_is_an_event() {
    type Case = (Replay, fn(ConfigBuilder) -> ConfigBuilder, &'static str);
    let text = |status, code| Replay::new().response(answer(status, code, SECRET));
    let cases: [Case; 6] = [
        (text(400, "Bad"), |it| it, "ERROR PutPet failed: Bad (HTTP 400)"),
        (text(400, "a b"), |it| it, "ERROR PutPet failed: refused (HTTP 400)"),
        (text(200, ""), |it| it, "ERROR PutPet failed: the answer cannot be read (HTTP 200)"),
        (text(503, "Busy"), |it| it.max_attempts(1), "ERROR PutPet failed: Busy (HTTP 503)"),
        (
            text(503, "Busy").response(answer(503, "Busy", SECRET)),
            |it| it.max_attempts(2),
            "ERROR PutPet failed after 2 attempts: Busy (HTTP 503)",
        ),
        (
            Replay::new(),
            |it| it.credentials(Broken),
            "ERROR PutPet was not sent: there are no credentials",
        ),
    ];
    for (replay, change, expected) in cases {
        assert_eq!(call(&replay, change).last().unwrap(), expected);
    }
}

/// Has none, and quotes something secret about it.
#[derive(Debug)]
struct Broken;

impl ProvideCredentials for Broken {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        let error = CredentialsError::broken("a process", format!("it says {SECRET}"));
        Box::pin(std::future::ready(Err(error)))
    }
}

#[test]
fn new_credentials_are_an_event() {
    let time: Timestamp = "2026-03-14T09:26:53Z".parse().unwrap();
    let end: Timestamp = "2026-03-14T10:26:53Z".parse().unwrap();
    let fresh = || Credentials::new(SECRET, SECRET);
    let cases = [
        (Cached::new(fresh(), Arc::new(time)), "DEBUG new credentials are there"),
        (
            Cached::new(fresh().with_expiry(end), Arc::new(time)),
            "DEBUG new credentials are there, up to 2026-03-14T10:26:53Z",
        ),
        (Cached::new(Broken, Arc::new(time)), "WARN credentials could not be had"),
    ];
    for (cached, expected) in cases {
        assert_eq!(told(|| drop(now(cached.provide()))), [expected]);
    }
}

#[test]
fn an_application_with_a_long_name_is_told_so() {
    let made = |id: String| {
        let config = Config::builder().transport(Replay::new()).app_id(id).build().unwrap();
        told(|| drop(Client::<Pets>::new(config)))
    };
    assert_eq!(made("x".repeat(50)), [""; 0]);
    assert_eq!(made("x".repeat(51)), ["WARN the application's id has more than 50 characters"]);
}
