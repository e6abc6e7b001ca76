//! Sessions of buckets: what is asked, when, and how calls are signed with what comes.
//!
//! That all of it is as botocore sends it is said by `tests/interop/differential`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::client::{Clock, ConfigBuilder, Setting};
use crate::samples::now;
use crate::schema::AuthOption;
use crate::transport::{Transport, TransportError, TransportErrorKind};
use crate::{
    BoxFuture, Client, Config, Error, ErrorKind, Model, Operation, Service, ServiceError, Timestamp,
};
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

/// What matters of S3's own rules.
const RULES: &str = r#"{
  "version": "1.0",
  "parameters": {
    "Region": {"builtIn": "AWS::Region", "type": "string"},
    "Endpoint": {"builtIn": "SDK::Endpoint", "type": "string"},
    "Bucket": {"type": "string"},
    "DisableS3ExpressSessionAuth": {"type": "boolean"}
  },
  "rules": [
    {
      "conditions": [
        {"fn": "isSet", "argv": [{"ref": "DisableS3ExpressSessionAuth"}]},
        {"fn": "booleanEquals", "argv": [{"ref": "DisableS3ExpressSessionAuth"}, true]}
      ],
      "endpoint": {
        "url": "https://{Bucket}.s3express.{Region}.example.com",
        "properties": {"backend": "S3Express", "authSchemes": [
          {"name": "sigv4", "signingName": "s3express", "signingRegion": "{Region}"}
        ]}
      }
    },
    {
      "conditions": [{"fn": "isSet", "argv": [{"ref": "Bucket"}]}],
      "endpoint": {
        "url": "https://{Bucket}.s3express.{Region}.example.com",
        "properties": {"backend": "S3Express", "authSchemes": [
          {"name": "sigv4-s3express", "signingName": "s3express", "signingRegion": "{Region}"}
        ]}
      }
    },
    {"endpoint": {"url": "https://s3.{Region}.example.com"}}
  ]
}"#;

#[derive(Clone, Copy, Debug, Service)]
#[service(
    id = "aws/s3",
    title = "A service",
    protocol = "rest-xml",
    endpoint = "https://s3.{region}.example.com",
    rules = RULES,
    error = S3Error,
    auth("sigv4", name = "s3")
)]
struct S3;

#[derive(Debug, ServiceError)]
#[service_error(service = S3)]
enum S3Error {
    NoSuchBucket(Box<crate::Modeled<NoSuchBucket>>),
    #[service_error(other)]
    Other(Error),
}

#[derive(Model)]
struct NoSuchBucket {}

#[derive(Model, Operation)]
#[operation(service = S3, output = Output, http = "GET /key")]
struct Get {
    #[model(name = "Bucket", endpoint_only, endpoint_param = "Bucket")]
    bucket: String,
}

#[derive(Model, Operation)]
#[operation(service = S3, output = Output, http = "GET /")]
struct List {}

#[derive(Model)]
struct Output {}

/// 30 August 2015, 12:36:00
const START: i64 = 1_440_938_160;

/// The service, in a time of its own. Each session lasts for five minutes and has a number.
#[derive(Clone, Debug, Default)]
struct Server(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    seconds: i64,
    requests: Vec<http::Request<Bytes>>,
    sessions: usize,
    refuses: Option<(u16, &'static str)>,
    /// Answers wait while it is so.
    waits: bool,
}

impl Server {
    fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.lock().unwrap());
    }

    /// Host, query, scope, token of the session and token of the credentials of each request since.
    fn requests(&self) -> Vec<String> {
        let requests = std::mem::take(&mut self.0.lock().unwrap().requests);
        requests.iter().map(line).collect()
    }

    fn sessions(&self) -> usize {
        self.0.lock().unwrap().sessions
    }

    fn answer(&self, request: http::Request<Bytes>) -> http::Response<Bytes> {
        let mut state = self.0.lock().unwrap();
        let begins = request.uri().query() == Some("session");
        state.requests.push(request);
        let (status, body) = match state.refuses {
            Some((status, code)) if begins => {
                (status, format!("<Error><Code>{code}</Code><Message>no</Message></Error>"))
            }
            _ if begins => {
                state.sessions += 1;
                let number = state.sessions;
                let ends = Timestamp::from_seconds(START + state.seconds + 300).unwrap();
                let body = format!(
                    "<CreateSessionResult><Credentials><SessionToken>token{number}</SessionToken>\
                     <SecretAccessKey>secret</SecretAccessKey><AccessKeyId>KEY{number}</AccessKeyId>\
                     <Expiration>{ends}</Expiration></Credentials></CreateSessionResult>"
                );
                (200, body)
            }
            _ => (200, String::new()),
        };
        let mut response = http::Response::new(Bytes::from(body));
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        response
    }
}

fn line(request: &http::Request<Bytes>) -> String {
    let header = |name: &str| {
        let value = request.headers().get(name).map(|it| it.to_str().unwrap());
        value.unwrap_or("-").to_owned()
    };
    let authorization = header("authorization");
    let scope = authorization.split(['=', ',']).nth(1).unwrap_or("-");
    let scope = scope.replace("/20150830/", " ").replace("/aws4_request", "");
    let (host, query) = (request.uri().host().unwrap(), request.uri().query().unwrap_or("-"));
    let (session, token) = (header("x-amz-s3session-token"), header("x-amz-security-token"));
    format!("{host} {query} {scope} {session} {token}")
}

impl Transport for Server {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let answer = self.answer(request);
            std::future::poll_fn(|_| {
                if self.0.lock().unwrap().waits { Poll::Pending } else { Poll::Ready(()) }
            })
            .await;
            Ok(answer)
        })
    }
}

impl Clock for Server {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(START + self.0.lock().unwrap().seconds).unwrap()
    }
}

fn client_with(change: impl FnOnce(ConfigBuilder) -> ConfigBuilder) -> (Server, Client<S3>) {
    let server = Server::default();
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKID", "secret").with_session_token("own"))
        .clock(server.clone())
        .transport(server.clone());
    let config = change(config).build().unwrap();
    (server, Client::new(config).unwrap_or_else(|error| unreachable!("{error:?}")))
}

fn client() -> (Server, Client<S3>) {
    client_with(|config| config)
}

fn get(client: &Client<S3>, bucket: &str) -> Result<(), S3Error> {
    now(client.call(Get { bucket: bucket.to_owned() })).map(|_| ())
}

#[test]
fn calls_are_signed_with_a_session_of_their_bucket() {
    let (server, client) = client();
    get(&client, "a--x-s3").unwrap();
    get(&client, "a--x-s3").unwrap();
    get(&client, "b--x-s3").unwrap();
    now(client.call(List {})).unwrap();
    let host = |bucket: &str| format!("{bucket}--x-s3.s3express.eu-west-1.example.com");
    let expected = [
        format!("{} session AKID eu-west-1/s3express - own", host("a")),
        format!("{} - KEY1 eu-west-1/s3express token1 -", host("a")),
        format!("{} - KEY1 eu-west-1/s3express token1 -", host("a")),
        format!("{} session AKID eu-west-1/s3express - own", host("b")),
        format!("{} - KEY2 eu-west-1/s3express token2 -", host("b")),
        "s3.eu-west-1.example.com - AKID eu-west-1/s3 - own".to_owned(),
    ];
    assert_eq!(server.requests(), expected);
}

#[test]
fn without_sessions_the_credentials_sign_themselves() {
    let (server, client) =
        client_with(|config| config.setting("DisableS3ExpressSessionAuth", Setting::Bool(true)));
    get(&client, "a--x-s3").unwrap();
    let expected = "a--x-s3.s3express.eu-west-1.example.com - AKID eu-west-1/s3express - own";
    assert_eq!(server.requests(), [expected]);
    let (server, client) = client_with(ConfigBuilder::unsigned);
    get(&client, "a--x-s3").unwrap();
    assert_eq!(server.requests(), ["a--x-s3.s3express.eu-west-1.example.com - - - -"]);
}

#[test]
fn a_session_is_of_a_region() {
    let (server, client) = client();
    get(&client, "a").unwrap();
    let call = client.prepare(Get { bucket: "a".to_owned() }).region("us-east-1");
    now(call.send()).unwrap();
    get(&client, "a").unwrap();
    let expected = [
        "a.s3express.eu-west-1.example.com session AKID eu-west-1/s3express - own",
        "a.s3express.eu-west-1.example.com - KEY1 eu-west-1/s3express token1 -",
        "a.s3express.us-east-1.example.com session AKID us-east-1/s3express - own",
        "a.s3express.us-east-1.example.com - KEY2 us-east-1/s3express token2 -",
        "a.s3express.eu-west-1.example.com - KEY1 eu-west-1/s3express token1 -",
    ];
    assert_eq!(server.requests(), expected);
}

/// As `RefreshableCredentials` in botocore with 45 and 10 seconds.
#[test]
fn a_session_is_renewed_before_it_ends() {
    let denied = Some((403, "AccessDenied"));
    // The second of the second call, whether S3 refuses then; sessions begun, and whether it succeeds.
    let cases = [
        (0, None, 1, true),
        (255, None, 1, true),
        (255, denied, 1, true),
        (256, None, 2, true),
        // The old session holds.
        (256, denied, 1, true),
        (290, denied, 1, true),
        (290, None, 2, true),
        (291, None, 2, true),
        (291, denied, 1, false),
        (400, denied, 1, false),
        (400, None, 2, true),
    ];
    for (second, refuses, sessions, succeeds) in cases {
        let (server, client) = client();
        get(&client, "a").unwrap();
        server.set(|state| (state.seconds, state.refuses) = (second, refuses));
        let done = get(&client, "a");
        let case = format!("{second} {refuses:?}: {done:?}");
        assert_eq!(done.is_ok(), succeeds, "{case}");
        assert_eq!(server.sessions(), sessions, "{case}");
    }
}

#[test]
fn what_s3_says_of_a_session_is_the_error_of_the_call() {
    let (server, client) = client();
    server.set(|state| state.refuses = Some((404, "NoSuchBucket")));
    let Err(S3Error::NoSuchBucket(error)) = get(&client, "a") else { unreachable!("it is one") };
    assert_eq!(error.error.to_string(), "CreateSession: NoSuchBucket: no (HTTP 404)");
    assert_eq!((error.error.kind(), error.error.attempts()), (ErrorKind::Service, 1));
    server.set(|state| state.refuses = Some((403, "AccessDenied")));
    let Err(S3Error::Other(error)) = get(&client, "a") else { unreachable!("it is one") };
    assert_eq!(error.to_string(), "CreateSession: AccessDenied: no (HTTP 403)");
    // It is not kept.
    server.set(|state| state.refuses = None);
    get(&client, "a").unwrap();
}

#[test]
fn an_answer_without_credentials_is_an_error() {
    let server = crate::transport::Replay::new().answer(200, "<CreateSessionResult/>");
    let (_, client) = client_with(|config| config.transport(server));
    let Err(S3Error::Other(error)) = get(&client, "a") else { unreachable!("there are none") };
    let expected = "Get: unable to retrieve credentials from a session of the bucket `a`: the answer \
                    of CreateSession has none";
    assert_eq!(error.to_string(), expected);
    let broken = TransportError::new(TransportErrorKind::Other, "gone");
    let server = crate::transport::Replay::new().failure(broken);
    let (_, client) = client_with(|config| config.transport(server));
    let Err(S3Error::Other(error)) = get(&client, "a") else { unreachable!("there are none") };
    assert_eq!(error.to_string(), "CreateSession: gone");
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[test]
fn many_calls_share_the_beginning_of_a_session() {
    let (server, client) = client();
    server.set(|state| state.waits = true);
    let calling = || -> Pin<Box<dyn Future<Output = bool> + '_>> {
        Box::pin(async { client.call(Get { bucket: "a".to_owned() }).await.is_ok() })
    };
    let mut calls: Vec<_> = (0..20).map(|_| calling()).collect();
    let mut cx = Context::from_waker(Waker::noop());
    assert!(calls.iter_mut().all(|call| call.as_mut().poll(&mut cx).is_pending()));
    // Whoever began it is gone, and it goes on.
    drop(calls.remove(0));
    server.set(|state| state.waits = false);
    assert!(calls.iter_mut().all(|call| call.as_mut().poll(&mut cx) == Poll::Ready(true)));
    assert_eq!(server.sessions(), 1);
    assert_eq!(server.requests().len(), 20);
}

#[test]
fn the_sessions_of_a_hundred_buckets_are_kept() {
    let (server, client) = client();
    let all = |buckets: std::ops::Range<usize>| {
        buckets.for_each(|it| get(&client, &format!("b{it}")).unwrap());
    };
    all(0..100);
    all(0..100);
    assert_eq!(server.sessions(), 100);
    // The one that was used longest ago gives way: b1.
    all(0..1);
    all(100..101);
    all(0..1);
    assert_eq!(server.sessions(), 101);
    all(1..2);
    assert_eq!(server.sessions(), 102);
}

#[test]
fn the_token_of_a_session_has_a_name_of_its_own() {
    let credentials = Credentials::new("KEY", "secret").with_session_token("to/ken");
    let option = AuthOption {
        scheme: SCHEME.into(),
        settings: vec![("name".into(), "s3express".into())].into(),
    };
    let time = Timestamp::from_seconds(START).unwrap();
    let signing = Signing { credentials: &credentials, region: "eu-west-1", option: &option, time };
    let request = || http::Request::get("https://a.example.com/key").body(Bytes::new()).unwrap();

    let mut signed = request();
    S3Express::default().sign(&mut signed, &signing).unwrap();
    let headers = signed.headers().clone();
    assert_eq!(headers["x-amz-s3session-token"], "to/ken");
    assert!(headers["x-amz-s3session-token"].is_sensitive());
    assert!(!headers.contains_key("x-amz-security-token"));
    let names = "SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-s3session-token,";
    let signature = "f9940a67561737fa732058ca204b66b6fb08ba80624f82bdebacd28dcb582ddd";
    let authorization = headers["authorization"].to_str().unwrap();
    assert!(authorization.contains(names) && authorization.ends_with(signature), "{authorization}");
    // Whoever signs again replaces it.
    S3Express::default().sign(&mut signed, &signing).unwrap();
    assert_eq!(*signed.headers(), headers);

    let mut presigned = request();
    S3Express::default().presign(&mut presigned, &signing, Duration::from_mins(1)).unwrap();
    // `S3ExpressQueryAuth` of botocore 1.43.67
    let expected = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=KEY%2F20150830%2Feu-west-1%2F\
                    s3express%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&\
                    X-Amz-SignedHeaders=host&X-Amz-S3session-Token=to%2Fken&X-Amz-Signature=\
                    ba57e5d52dc04936348a1c4ea96cf73a8ddac539fdd3610153573335b87be6d7";
    assert_eq!(presigned.uri().query().unwrap(), expected);
}
