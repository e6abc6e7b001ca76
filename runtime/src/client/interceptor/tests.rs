//! When interceptors are asked, what they change, and what comes of a refusal.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::client::{Client, ConfigBuilder, NoRetry};
use crate::samples::{AtOnce, now, service};
use crate::transport::{Replay, TransportErrorKind};
use crate::{Config, Credentials, Model, Operation};
use std::sync::Mutex;

service!(
    Pets,
    PetsError,
    id = "acme/pets",
    protocol = "rest-json",
    endpoint = "https://pets.example.com",
    auth("bearer")
);

#[derive(Model, Operation)]
#[operation(service = Pets, output = Pet, http = "GET /pets")]
struct GetPet {}

#[derive(Model)]
struct Pet {
    name: String,
}

/// What all interceptors of a test were asked, in turn.
type Log = Arc<Mutex<Vec<String>>>;

#[derive(Debug)]
struct Witness {
    name: &'static str,
    log: Log,
    /// The moment at which it refuses
    refuses: &'static str,
}

impl Witness {
    fn note(&self, moment: &str, what: impl fmt::Display) -> Result<(), BoxError> {
        self.log.lock().unwrap().push(format!("{} {moment} {what}", self.name));
        if moment == self.refuses { Err("I do not like it".into()) } else { Ok(()) }
    }
}

impl Interceptor for Witness {
    fn name(&self) -> &str {
        self.name
    }

    fn before_signing(
        &self,
        cx: Cx<'_>,
        request: &mut http::Request<Bytes>,
    ) -> Result<(), BoxError> {
        let signed = request.headers().contains_key("authorization");
        request.headers_mut().append("x-seen-by", self.name.parse().unwrap());
        self.note("signing", format_args!("{} {signed}", cx.operation.name))
    }

    fn before_sending(&self, cx: Cx<'_>, request: &http::Request<Bytes>) -> Result<(), BoxError> {
        let signed = request.headers().contains_key("authorization");
        self.note("sending", format_args!("{} {signed}", cx.service.id))
    }

    fn after_answer(
        &self,
        _: Cx<'_>,
        answer: Result<&http::Response<Bytes>, &TransportError>,
    ) -> Result<(), BoxError> {
        match answer {
            Ok(answer) => self.note("answer", answer.status().as_u16()),
            Err(error) => self.note("answer", error),
        }
    }

    fn on_retry(&self, _: Cx<'_>, retry: Retry<'_>) -> Result<(), BoxError> {
        let Retry { attempt, error, pause } = retry;
        self.note("retry", format_args!("{attempt} {:?} {pause:?}", error.kind()))
    }

    fn after_call(&self, _: Cx<'_>, outcome: Result<&Metadata, &Error>) {
        let _ = match outcome {
            Ok(metadata) => self.note("call", metadata.attempts()),
            Err(error) => self.note("call", format_args!("{:?}", error.kind())),
        };
    }
}

fn config(replay: &Replay) -> ConfigBuilder {
    let config = Config::builder().credentials(Credentials::token("t")).transport(replay.clone());
    config.sleep(AtOnce).random(1.0)
}

fn client(config: ConfigBuilder) -> Client<Pets> {
    Client::new(config.build().unwrap()).unwrap()
}

fn broken() -> TransportError {
    TransportError::new(TransportErrorKind::Broken, "it broke")
}

/// Calls with an interceptor of the client and one of the call, each of which may refuse.
fn call(replay: &Replay, client_refuses: &'static str, call_refuses: &'static str) -> Seen {
    let log = Log::default();
    let witness = |name, refuses| Witness { name, log: Arc::clone(&log), refuses };
    let client = client(config(replay).interceptor(witness("client", client_refuses)));
    let sent = now(client.prepare(GetPet {}).interceptor(witness("call", call_refuses)).send());
    let outcome = sent.map(|pet| pet.into_output().name).map_err(|PetsError::Other(error)| error);
    Seen { outcome, log: std::mem::take(&mut log.lock().unwrap()) }
}

struct Seen {
    outcome: Result<String, Error>,
    log: Vec<String>,
}

#[test]
fn those_of_the_client_come_before_that_of_the_call() {
    let replay = Replay::new().failure(broken()).answer(200, r#"{"name":"Rex"}"#);
    let seen = call(&replay, "", "");
    assert_eq!(seen.outcome.unwrap(), "Rex");
    let expected = [
        "client signing GetPet false",
        "call signing GetPet false",
        "client sending acme/pets true",
        "call sending acme/pets true",
        "client answer it broke",
        "call answer it broke",
        "client retry 1 Transport 1s",
        "call retry 1 Transport 1s",
        "client signing GetPet false",
        "call signing GetPet false",
        "client sending acme/pets true",
        "call sending acme/pets true",
        "client answer 200",
        "call answer 200",
        "client call 2",
        "call call 2",
    ];
    assert_eq!(seen.log, expected);
    for request in replay.requests() {
        let seen_by: Vec<_> = request.headers().get_all("x-seen-by").iter().collect();
        assert_eq!(seen_by, ["client", "call"], "what one attempt adds is not there in the next");
    }
}

/// Who refuses at which moment, after which attempt the call ends, and what was sent by then.
#[test]
fn a_refusal_ends_the_call_and_names_who_it_was() {
    let cases = [
        ("signing", "before signing", 0, 0),
        ("sending", "before sending", 0, 0),
        ("answer", "after the answer", 1, 1),
        ("retry", "before a retry", 1, 1),
    ];
    for (moment, when, attempts, sent) in cases {
        for by_client in [true, false] {
            let replay = Replay::new().failure(broken()).answer(200, r#"{"name":"Rex"}"#);
            let (name, ours, others) =
                if by_client { ("client", moment, "") } else { ("call", "", moment) };
            let seen = call(&replay, ours, others);
            let error = seen.outcome.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Interceptor);
            assert_eq!(
                error.to_string(),
                format!("GetPet: the interceptor `{name}` ended the call {when}: I do not like it")
            );
            assert_eq!((error.attempts(), replay.requests().len()), (attempts, sent), "{moment}");
            assert!(!error.is_retryable());
            assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "I do not like it");
            let asked = seen.log.iter().any(|line| line.starts_with(&format!("call {moment}")));
            assert_eq!(asked, !by_client, "{:?}", seen.log);
            assert_eq!(seen.log.last().unwrap(), "call call Interceptor");
        }
    }
}

/// Counters of calls need nothing more.
#[test]
fn an_interceptor_counts() {
    #[derive(Clone, Debug, Default)]
    struct Counters(Arc<Mutex<[u32; 3]>>);

    impl Interceptor for Counters {
        fn on_retry(&self, _: Cx<'_>, _: Retry<'_>) -> Result<(), BoxError> {
            self.0.lock().unwrap()[2] += 1;
            Ok(())
        }

        fn after_call(&self, _: Cx<'_>, outcome: Result<&Metadata, &Error>) {
            self.0.lock().unwrap()[usize::from(outcome.is_err())] += 1;
        }
    }

    let counters = Counters::default();
    let replay = Replay::new().failure(broken()).answer(200, r#"{"name":"Rex"}"#).answer(400, "{}");
    let client = client(config(&replay).interceptor(counters.clone()));
    now(client.call(GetPet {})).unwrap();
    now(client.call(GetPet {})).unwrap_err();
    assert_eq!(*counters.0.lock().unwrap(), [1, 1, 1]);
    assert_eq!(Interceptor::name(&counters), std::any::type_name::<Counters>());
}

/// What is never sent is over as well.
#[test]
fn a_call_that_is_not_sent_is_over() {
    let log = Log::default();
    let witness = Witness { name: "w", log: Arc::clone(&log), refuses: "" };
    let config = Config::builder().transport(Replay::new()).retry(NoRetry).interceptor(witness);
    now(client(config).call(GetPet {})).unwrap_err();
    assert_eq!(*log.lock().unwrap(), ["w call Credentials"]);
}
