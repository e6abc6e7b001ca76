//! Attempts that follow each other: a policy decides, and a clock and a sleep that a test can see.

use crate::server::{Answer, Server, json, raw};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use typefoundry::client::{Attempt, Clock, RetryPolicy, Sleep};
use typefoundry::transport::HttpTransport;
use typefoundry::{BoxFuture, Config, Credentials, Error, Timestamp};
use typefoundry_clients::aws::ivs::Client;

/// Tries again twice, after as many minutes as there were attempts, if that may help.
#[derive(Debug)]
struct Twice;

impl RetryPolicy for Twice {
    fn retry_after(&self, attempt: &mut Attempt<'_>, error: &Error) -> Option<Duration> {
        let again = attempt.number() <= 2 && error.is_retryable();
        again.then(|| Duration::from_mins(attempt.number().into()))
    }
}

/// A clock that moves when somebody sleeps.
#[derive(Clone, Debug)]
struct Time(Arc<Mutex<(i64, Vec<Duration>)>>);

impl Clock for Time {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(self.0.lock().unwrap().0).unwrap()
    }
}

impl Sleep for Time {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let mut time = self.0.lock().unwrap();
        time.0 += i64::try_from(duration.as_secs()).unwrap();
        time.1.push(duration);
        Box::pin(std::future::ready(()))
    }
}

fn client(server: &Server) -> (Client, Time) {
    let time = Time(Arc::new(Mutex::new((1_440_938_160, Vec::new()))));
    let config = Config::builder()
        .region("us-west-2")
        .endpoint(&server.url)
        .credentials(Credentials::new("AKIDEXAMPLE", "a-secret-key"))
        .transport(HttpTransport::without_proxies().unwrap())
        .retry(Twice)
        .clock(time.clone())
        .sleep(time.clone())
        .build()
        .unwrap();
    (Client::new(config).unwrap(), time)
}

fn down() -> Answer {
    json(503, r#"{"message":"not now"}"#)
}

#[tokio::test]
async fn each_attempt_is_signed_for_its_own_time() {
    let server = Server::start(vec![down(), raw(""), json(200, r#"{"channels":[]}"#)]).await;
    let (client, time) = client(&server);
    let response = client.list_channels().filter_by_name("n").send().await.unwrap();
    assert_eq!(response.metadata().attempts(), 3);
    assert_eq!(response.metadata().status(), 200);
    let slept = time.0.lock().unwrap().1.clone();
    assert_eq!(slept, [Duration::from_mins(1), Duration::from_mins(2)]);

    let requests = server.requests();
    let dates: Vec<_> = requests.iter().map(|request| request.header("x-amz-date")).collect();
    assert_eq!(dates, ["20150830T123600Z", "20150830T123700Z", "20150830T123900Z"]);
    let mut signatures: Vec<_> = requests.iter().map(|r| r.header("authorization")).collect();
    assert!(signatures.iter().all(|text| text.starts_with("AWS4-HMAC-SHA256 ")));
    signatures.dedup();
    assert_eq!(signatures.len(), 3);
    assert!(requests.iter().all(|request| request.body == r#"{"filterByName":"n"}"#));
}

#[tokio::test]
async fn the_last_failure_is_what_is_told() {
    let last = json(500, r#"{"message":"never"}"#);
    let server = Server::start(vec![down(), down(), last]).await;
    let (client, _) = client(&server);
    let error = client.list_channels().send().await.unwrap_err();
    insta::assert_snapshot!(error, @"ListChannels: 500: never (HTTP 500, 3 attempts)");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn what_cannot_get_better_is_not_tried_again() {
    let denied = json(403, r#"{"__type":"AccessDeniedException","exceptionMessage":"no"}"#);
    let server = Server::start(vec![denied]).await;
    let (client, time) = client(&server);
    let error = client.list_channels().send().await.unwrap_err();
    insta::assert_snapshot!(error, @"ListChannels: AccessDeniedException: no (HTTP 403)");
    assert!(time.0.lock().unwrap().1.is_empty());
}

#[tokio::test]
async fn without_retries_there_is_one_attempt() {
    let server = Server::start(vec![down()]).await;
    let error = server.ivs().list_channels().send().await.unwrap_err();
    assert!(error.is_retryable());
    assert_eq!(server.requests().len(), 1);
}
