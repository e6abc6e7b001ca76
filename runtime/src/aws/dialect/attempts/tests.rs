#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::auth::Credentials;
use crate::client::{ConfigBuilder, RetryMode, Sleep};
use crate::samples::{now, service};
use crate::transport::Replay;
use crate::{BoxFuture, Client, Config, Model, Operation, Timestamp};
use std::collections::BTreeSet;
use std::time::Duration;

macro_rules! services {
    ($($service:ident, $error:ident, $operation:ident, $id:literal $(, $auth:meta)*;)*) => {$(
        service!(
            $service,
            $error,
            id = $id,
            protocol = "rest-json",
            endpoint = "https://a.example.com",
            $($auth),*
        );

        #[derive(Model, Operation)]
        #[operation(service = $service, output = Output, http = "GET /a")]
        struct $operation {}
    )*};
}

#[derive(Model)]
struct Output {}

services! {
    Signed, SignedError, Sign, "aws/signed", auth("sigv4", name = "signed");
    Other, OtherError, Ask, "acme/other";
}

/// Waits for nothing.
#[derive(Debug)]
struct AtOnce;

impl Sleep for AtOnce {
    fn sleep(&self, limit: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            // But for the time limit of this test
            if limit == LIMIT {
                std::future::pending::<()>().await;
            }
        })
    }
}

const LIMIT: Duration = Duration::from_secs(90);

/// The headers of all attempts of one call: those that tell of it, and those that are signed.
fn told<O: Operation + Default>(
    answers: &[(u16, Option<&str>)],
    config: ConfigBuilder,
) -> Vec<[String; 3]> {
    let replay = answers.iter().fold(Replay::new(), |replay, (status, date)| {
        let mut answer = http::Response::new("{}".into());
        *answer.status_mut() = (*status).try_into().unwrap();
        if let Some(date) = date {
            answer.headers_mut().insert("date", date.parse().unwrap());
        }
        replay.response(answer)
    });
    let start: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let config = config
        .region("eu-west-1")
        .credentials(Credentials::new("AKID", "secret"))
        .clock(start)
        .sleep(AtOnce)
        .transport(replay.clone());
    let client = Client::<O::Service>::new(config.build().unwrap()).ok().unwrap();
    let _ = now(client.call(O::default()));
    let requests = replay.requests();
    let of = |request: &http::Request<bytes::Bytes>, name: &str| {
        request.headers().get(name).map_or_else(String::new, |it| it.to_str().unwrap().to_owned())
    };
    let names = ["amz-sdk-invocation-id", "amz-sdk-request", "authorization"];
    requests.iter().map(|request| names.map(|name| of(request, name))).collect()
}

/// Answers with their times, the client, and what each attempt is told to be.
type Case<'a> = (&'a [(u16, Option<&'a str>)], ConfigBuilder, &'a [&'a str]);

#[test]
fn services_are_told_which_attempt_it_is() {
    const SOON: Option<&str> = Some("Thu, 01 Jan 2026 00:00:10 GMT");
    let cases: [Case<'_>; 6] = [
        (&[(200, None)], Config::builder(), &["attempt=1; max=3"]),
        (
            &[(500, None), (500, None), (200, None)],
            Config::builder(),
            &["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"],
        ),
        (
            &[(500, None), (200, None)],
            Config::builder().max_attempts(7).retry_mode(RetryMode::Adaptive),
            &["attempt=1; max=7", "attempt=2; max=7"],
        ),
        (&[(500, None)], Config::builder().retry_mode(RetryMode::Off), &["attempt=1; max=1"]),
        // When nobody waits any more is known of a service whose clock is.
        (
            &[(500, SOON), (500, None), (200, None)],
            Config::builder().read_timeout(LIMIT),
            &[
                "attempt=1; max=3",
                "ttl=20260101T000140Z; attempt=2; max=3",
                "ttl=20260101T000140Z; attempt=3; max=3",
            ],
        ),
        (&[(500, SOON), (200, None)], Config::builder(), &["attempt=1; max=3", "attempt=2; max=3"]),
    ];
    let mut calls = BTreeSet::new();
    for (answers, config, expected) in cases {
        let told = told::<Sign>(answers, config);
        let attempts: Vec<_> = told.iter().map(|[_, attempt, _]| &**attempt).collect();
        assert_eq!(attempts, expected);
        let [call, ..] = &told[0];
        assert_eq!(call.len(), 36, "{call} is a UUID");
        assert!(told.iter().all(|[it, ..]| it == call), "all attempts have one name");
        assert!(calls.insert(call.clone()), "each call has another");
        // As botocore signs them.
        let signed = "SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;host;x-amz-date";
        assert!(told.iter().all(|[.., by]| by.contains(signed)), "{told:?}");
    }
}

#[test]
fn other_providers_are_not_told() {
    let told = told::<Ask>(&[(200, None)], Config::builder());
    assert_eq!(told, [["", "", ""].map(str::to_owned)]);
}
