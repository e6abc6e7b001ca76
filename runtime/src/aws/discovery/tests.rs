//! What is asked, when, and where calls go then.
//!
//! That all of it is as botocore does it is said by `tests/interop/differential`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::auth::Surroundings;
use crate::client::{ConfigBuilder, RetryMode};
use crate::samples::{now, service};
use crate::transport::{Transport, TransportError, TransportErrorKind};
use crate::{Client, Config, Credentials, Error, Operation};
use bytes::Bytes;
use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

service!(
    Series,
    SeriesError,
    id = "aws/series",
    version = "2018-11-01",
    protocol = "json-1.0",
    target = "Series_20181101",
    endpoint = "https://series.{region}.example.com",
    auth("sigv4", name = "series"),
    discovery(operation = "DescribeEndpoints", required("Query", "Find"), optional("Read"))
);

#[derive(Model, Operation)]
#[operation(service = Series, output = Output, http = "POST /")]
struct Query {}

#[derive(Model, Operation)]
#[operation(service = Series, output = Output, http = "POST /")]
struct Read {}

#[derive(Model, Operation)]
#[operation(service = Series, output = Output, http = "POST /")]
struct Plain {}

#[derive(Model, Operation)]
#[operation(service = Series, output = Output, http = "POST /")]
struct Find {
    #[model(name = "Kind", discovery_id)]
    kind: Option<String>,
    #[model(name = "Place")]
    place: Option<Place>,
    #[model(name = "Other")]
    other: Option<String>,
}

#[derive(Model)]
struct Place {
    #[model(name = "Id", discovery_id)]
    id: Option<String>,
}

#[derive(Model)]
struct Output {}

/// 30 August 2015, 12:36:00
const START: i64 = 1_440_938_160;

/// The service, in a time of its own.
#[derive(Clone, Debug, Default)]
struct Server(Arc<Mutex<Line>>);

#[derive(Debug, Default)]
struct Line {
    seconds: i64,
    requests: Vec<String>,
    /// What is said when endpoints are asked for, and behind that `cell.example.com` for ten minutes
    endpoints: VecDeque<Said>,
    /// What is said to other calls, and behind that success
    others: VecDeque<Said>,
    /// Answers wait while it is so.
    waits: bool,
}

#[derive(Clone, Copy, Debug)]
enum Said {
    Body(&'static str),
    Error(u16, &'static str),
    Nothing,
}

const CELL: &str = r#"{"Endpoints":[{"Address":"cell.example.com","CachePeriodInMinutes":10}]}"#;
const NONE: &str = r#"{"Endpoints":[]}"#;

impl Server {
    fn set(&self, change: impl FnOnce(&mut Line)) {
        change(&mut self.0.lock().unwrap());
    }

    /// URL, operation, body and version of the requests since.
    fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().requests)
    }

    fn answer(
        &self,
        request: &http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let header = |name: &str| {
            let value = request.headers().get(name).map(|it| it.to_str().unwrap());
            value.unwrap_or_default()
        };
        assert!(header("authorization").contains("/series/"));
        let operation = header("x-amz-target").strip_prefix("Series_20181101.").unwrap();
        let body = std::str::from_utf8(request.body()).unwrap();
        let line = format!("{} {operation} {body} {}", request.uri(), header("x-amz-api-version"));
        let mut state = self.0.lock().unwrap();
        state.requests.push(line.trim_end().to_owned());
        let said = match operation {
            "DescribeEndpoints" => state.endpoints.pop_front().unwrap_or(Said::Body(CELL)),
            _ => state.others.pop_front().unwrap_or(Said::Body("{}")),
        };
        let (status, body) = match said {
            Said::Body(body) => (200, body.to_owned()),
            Said::Error(status, code) => {
                (status, format!(r#"{{"__type":"{code}","message":"no"}}"#))
            }
            Said::Nothing => {
                return Err(TransportError::new(TransportErrorKind::Other, "gone"));
            }
        };
        let mut response = http::Response::new(Bytes::from(body));
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        Ok(response)
    }
}

impl Transport for Server {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let answer = self.answer(&request);
            std::future::poll_fn(|_| {
                if self.0.lock().unwrap().waits { Poll::Pending } else { Poll::Ready(()) }
            })
            .await;
            answer
        })
    }
}

impl Clock for Server {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(START + self.0.lock().unwrap().seconds).unwrap()
    }
}

type Made = Result<(Server, Client<Series>), String>;

fn made(change: impl FnOnce(ConfigBuilder) -> ConfigBuilder) -> Made {
    let server = Server::default();
    let config = Config::builder()
        .region("eu-west-1")
        .retry_mode(RetryMode::Off)
        .credentials(Credentials::new("AKID", "secret"))
        .clock(server.clone())
        .transport(server.clone());
    match Client::new(change(config).build().unwrap()) {
        Ok(client) => Ok((server, client)),
        Err(SeriesError::Other(error)) => Err(error.to_string()),
    }
}

fn client() -> (Server, Client<Series>) {
    made(|config| config).unwrap()
}

fn with(name: &str, value: impl Into<Setting>) -> (Server, Client<Series>) {
    made(|config| config.setting(name, value)).unwrap()
}

fn call<O: Operation<Service = Series>>(client: &Client<Series>, input: O) -> Result<(), Error> {
    match now(client.call(input)) {
        Ok(_) => Ok(()),
        Err(SeriesError::Other(error)) => Err(error),
    }
}

const USUAL: &str = "https://series.eu-west-1.example.com/";
const ASKED: &str = "https://series.eu-west-1.example.com/ DescribeEndpoints {} 2018-11-01";
const QUERY: &str = "https://cell.example.com/ Query {}";

#[test]
fn what_must_be_asked_for_is_asked_for_once() {
    let (server, client) = client();
    call(&client, Query {}).unwrap();
    call(&client, Query {}).unwrap();
    assert_eq!(server.requests(), [ASKED, QUERY, QUERY]);
    // Endpoints without identifiers are those of all operations.
    call(&client, Find { kind: None, place: None, other: None }).unwrap();
    assert_eq!(server.requests(), ["https://cell.example.com/ Find {}"]);
    call(&client, Plain {}).unwrap();
    assert_eq!(server.requests(), [format!("{USUAL} Plain {{}}")]);
    server.set(|line| line.seconds = 599);
    call(&client, Query {}).unwrap();
    assert_eq!(server.requests(), [QUERY]);
    server.set(|line| line.seconds = 600);
    call(&client, Query {}).unwrap();
    assert_eq!(server.requests(), [ASKED, QUERY]);
    let other = client.prepare(Query {}).region("us-east-1");
    now(other.send()).unwrap();
    assert_eq!(server.requests(), [&*ASKED.replace("eu-west-1", "us-east-1"), QUERY]);
}

const OWN: &str = "AWS_ENDPOINT_DISCOVERY_ENABLED";
const OTHERS: &str = "AWS_ENABLE_ENDPOINT_DISCOVERY";

type Set = fn(&str, ConfigBuilder) -> ConfigBuilder;

#[test]
fn settings_say_what_is_asked_for() {
    let forbidden = "Query: the endpoint of this operation has to be asked for, and \
                     `endpoint_discovery_enabled` is false: see AWS_ENDPOINT_DISCOVERY_ENABLED, or \
                     set an endpoint";
    let places: [Set; 4] = [
        |word, config| config.setting(ENABLED, word),
        |word, config| config.surroundings(variables(&[(OWN, word)])),
        |word, config| config.surroundings(variables(&[(OTHERS, word)])),
        |word, config| config.surroundings(variables(&[(OTHERS, "never"), (OWN, word)])),
    ];
    // How it is set; what is asked for.
    let cases = [
        ("auto", Which::Required),
        (" Auto ", Which::Required),
        ("true", Which::All),
        ("TRUE", Which::All),
        ("False", Which::None),
    ];
    for (place, set) in places.iter().enumerate() {
        for (word, which) in cases {
            let case = format!("{word:?} in place {place}");
            let (server, client) = made(|config| set(word, config)).unwrap();
            match call(&client, Query {}) {
                Ok(()) => assert!(which != Which::None, "{case}"),
                Err(error) => {
                    assert_eq!(
                        (error.to_string(), which == Which::None),
                        (forbidden.to_owned(), true)
                    );
                }
            }
            let requests = server.requests();
            assert_eq!(requests.len(), if which == Which::None { 0 } else { 2 }, "{case}");
            call(&client, Read {}).unwrap();
            let host = if which == Which::All { "cell" } else { "series.eu-west-1" };
            let read = format!("https://{host}.example.com/ Read {{}}");
            assert_eq!(server.requests(), [read], "{case}");
        }
        let wrong = made(|config| set("never", config));
        let wrong = wrong
            .and_then(|(_, client)| call(&client, Query {}).map_err(|error| error.to_string()));
        let expected = "`endpoint_discovery_enabled` is `true`, `false` or `auto`, not \"never\": \
                        see AWS_ENDPOINT_DISCOVERY_ENABLED";
        assert!(wrong.unwrap_err().ends_with(expected), "place {place}");
    }
    let (server, client) = with(ENABLED, true);
    call(&client, Read {}).unwrap();
    assert_eq!(server.requests(), [ASKED, "https://cell.example.com/ Read {}"]);
}

fn variables(pairs: &[(&str, &str)]) -> Surroundings {
    let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Surroundings::empty().with_environment(pairs.collect::<BTreeMap<_, _>>())
}

#[test]
fn an_endpoint_of_ones_own_is_not_asked_for() {
    let own = "https://own.example.com/ Query {}";
    for setting in ["auto", "true", "false", "never"] {
        let endpoint = "https://own.example.com";
        let made = made(|config| config.setting(ENABLED, setting).endpoint(endpoint));
        let (server, client) = made.unwrap();
        call(&client, Query {}).unwrap();
        assert_eq!(server.requests(), [own], "{setting}");
    }
    let (server, client) = client();
    now(client.prepare(Query {}).endpoint("https://own.example.com").send()).unwrap();
    assert_eq!(server.requests(), [own]);
}

#[test]
fn identifiers_have_endpoints_of_their_own() {
    let (server, client) = client();
    let find = |kind: &str, id: Option<&str>| Find {
        kind: Some(kind.to_owned()),
        place: Some(Place { id: id.map(str::to_owned) }),
        other: Some("o".to_owned()),
    };
    for id in [Some("1"), Some("1"), Some("2"), None] {
        call(&client, find("a", id)).unwrap();
    }
    let asked = |ids: &str| {
        let body = format!(r#"{{"Operation":"Find","Identifiers":{{{ids}}}}}"#);
        format!("{USUAL} DescribeEndpoints {body} 2018-11-01")
    };
    let mut requests = server.requests();
    requests.retain(|it| it.contains("DescribeEndpoints"));
    let expected =
        [asked(r#""Id":"1","Kind":"a""#), asked(r#""Id":"2","Kind":"a""#), asked(r#""Kind":"a""#)];
    assert_eq!(requests, expected);
}

#[test]
fn an_address_may_be_a_url() {
    let cases = [
        ("cell.example.com", Some(QUERY)),
        ("https://cell.example.com", Some(QUERY)),
        ("http://cell.example.com:8080/x", Some("http://cell.example.com:8080/ Query {}")),
        ("", None),
        ("https://", None),
        ("a b", None),
    ];
    for (address, expected) in cases {
        let body =
            format!(r#"{{"Endpoints":[{{"Address":"{address}","CachePeriodInMinutes":1}}]}}"#);
        let (server, client) = client();
        server.set(|line| line.endpoints.push_back(Said::Body(body.leak())));
        match (call(&client, Query {}), expected) {
            (Ok(()), Some(expected)) => assert_eq!(server.requests()[1], expected, "{address}"),
            (Err(error), None) => {
                let expected =
                    format!("Query: the endpoint that the service names is none: {address:?}");
                assert_eq!(error.to_string(), expected);
            }
            (found, _) => unreachable!("{address:?}: {found:?}"),
        }
    }
}

#[test]
fn an_endpoint_that_is_gone_is_asked_for_anew_once() {
    let gone = Said::Error(400, "InvalidEndpointException");
    let both = [ASKED, QUERY, ASKED, QUERY];
    let cases: [(&[Said], &[&str], Option<&str>); 5] = [
        (&[gone], &both, None),
        (&[Said::Error(421, "Misdirected")], &both, None),
        (&[gone, gone], &both, Some("InvalidEndpointException")),
        (&[gone, Said::Error(400, "Other")], &both, Some("Other")),
        (&[Said::Error(400, "Other")], &both[..2], Some("Other")),
    ];
    for (others, requests, expected) in cases {
        let (server, client) = client();
        server.set(|line| line.others.extend(others));
        let code = call(&client, Query {}).map_err(|error| error.code().unwrap().to_owned());
        assert_eq!(code.err().as_deref(), expected, "{others:?}");
        assert_eq!(server.requests(), requests, "{others:?}");
    }
    // Where nothing was asked, there is nothing to forget.
    let (server, client) = client();
    server.set(|line| line.others.push_back(gone));
    assert_eq!(call(&client, Read {}).unwrap_err().code(), Some("InvalidEndpointException"));
    assert_eq!(server.requests(), [format!("{USUAL} Read {{}}")]);
}

#[test]
fn what_may_be_asked_for_goes_its_usual_way_if_nobody_answers() {
    let (server, client) = with(ENABLED, true);
    server.set(|line| line.endpoints.extend([Said::Nothing, Said::Body(NONE)]));
    let read = format!("{USUAL} Read {{}}");
    call(&client, Read {}).unwrap();
    assert_eq!(server.requests(), [ASKED, &read]);
    // For a minute it is not asked again.
    server.set(|line| line.seconds = 59);
    call(&client, Read {}).unwrap();
    assert_eq!(server.requests(), [&*read]);
    server.set(|line| line.seconds = 60);
    call(&client, Read {}).unwrap();
    assert_eq!(server.requests(), [ASKED, &read]);
    let cell = "https://cell.example.com/ Read {}";
    call(&client, Read {}).unwrap();
    assert_eq!(server.requests(), [ASKED, cell]);
    // An endpoint that has expired is better than none.
    server.set(|line| {
        line.seconds = 660;
        line.endpoints.push_back(Said::Nothing);
    });
    call(&client, Read {}).unwrap();
    call(&client, Read {}).unwrap();
    assert_eq!(server.requests(), [ASKED, cell, cell]);
}

#[test]
fn what_must_be_asked_for_is_an_error_if_nobody_answers() {
    let (server, client) = client();
    server.set(|line| line.endpoints.extend([Said::Nothing, Said::Nothing]));
    let expected = "Query: the endpoint of this operation has to be asked for, and nobody answers: \
                    DescribeEndpoints: gone";
    let error = call(&client, Query {}).unwrap_err();
    assert_eq!((error.to_string(), error.kind()), (expected.to_owned(), ErrorKind::Transport));
    assert_eq!(server.requests(), [ASKED]);
    // It is asked again at once, for there is no other way.
    assert_eq!(call(&client, Query {}).unwrap_err().to_string(), expected);
    assert_eq!(server.requests(), [ASKED]);
    call(&client, Query {}).unwrap();
    assert_eq!(server.requests(), [ASKED, QUERY]);
    let (server, client) = self::client();
    server.set(|line| line.endpoints.push_back(Said::Body(NONE)));
    let expected = "Query: the endpoint of this operation has to be asked for, and \
                    DescribeEndpoints names none";
    assert_eq!(call(&client, Query {}).unwrap_err().to_string(), expected);
}

#[test]
fn what_the_service_says_of_endpoints_is_the_error_of_the_call() {
    let denied = Said::Error(400, "AccessDeniedException");
    let (server, client) = with(ENABLED, true);
    server.set(|line| line.endpoints.extend([denied, denied]));
    let expected = "DescribeEndpoints: AccessDeniedException: no (HTTP 400)";
    assert_eq!(call(&client, Query {}).unwrap_err().to_string(), expected);
    assert_eq!(call(&client, Read {}).unwrap_err().to_string(), expected);
    call(&client, Read {}).unwrap();
}

#[test]
fn many_calls_share_a_question() {
    type Calling<'a> = Pin<Box<dyn Future<Output = bool> + 'a>>;
    let (server, client) = client();
    server.set(|line| line.waits = true);
    let calling = || -> Calling<'_> { Box::pin(async { client.call(Query {}).await.is_ok() }) };
    let mut calls: Vec<_> = (0..20).map(|_| calling()).collect();
    let mut cx = Context::from_waker(Waker::noop());
    assert!(calls.iter_mut().all(|call| call.as_mut().poll(&mut cx).is_pending()));
    // Whoever asked is gone, and it goes on.
    drop(calls.remove(0));
    server.set(|line| line.waits = false);
    assert!(calls.iter_mut().all(|call| call.as_mut().poll(&mut cx) == Poll::Ready(true)));
    let requests = server.requests();
    assert_eq!(requests.iter().filter(|it| *it == ASKED).count(), 1);
    assert_eq!(requests.len(), 20);
    // A question that nobody waits for is over.
    server.set(|line| (line.waits, line.seconds) = (true, 600));
    let mut left = calling();
    assert!(left.as_mut().poll(&mut cx).is_pending());
    drop(left);
    server.set(|line| line.waits = false);
    call(&client, Query {}).unwrap();
    assert_eq!(server.requests(), [ASKED, ASKED, QUERY]);
}
