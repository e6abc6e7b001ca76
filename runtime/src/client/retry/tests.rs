//! Calls that are tried again, in a time of their own: nothing here waits or leaves the process.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod clocks;
mod pauses;
mod quotas;
mod repeats;

use super::*;
use crate::client::{Config, ConfigBuilder, Core, Metadata, Sleep};
use crate::samples::now;
use crate::schema::{AuthOption, ErrorSchema, OperationSchema, Protocol, ServiceSchema};
use crate::transport::{Replay, TransportError, TransportErrorKind};
use crate::{BoxFuture, Credentials, Model, Timestamp};
use bytes::Bytes;
use std::borrow::Cow;
use std::sync::{Arc, Mutex};

const START: i64 = 1_440_938_160;

#[derive(Model)]
struct Nothing {}

#[derive(Model)]
struct WithToken {
    #[model(name = "token", idempotency_token)]
    token: Option<String>,
}

/// A clock that moves by what is slept.
#[derive(Clone, Debug, Default)]
struct Time(Arc<Mutex<(Duration, Vec<Duration>)>>);

impl Time {
    fn slept(&self) -> Vec<Duration> {
        std::mem::take(&mut self.0.lock().unwrap().1)
    }

    fn pass(&self, duration: Duration) {
        self.0.lock().unwrap().0 += duration;
    }
}

impl crate::client::Clock for Time {
    fn now(&self) -> Timestamp {
        let passed = self.0.lock().unwrap().0;
        let seconds = START + i64::try_from(passed.as_secs()).unwrap();
        Timestamp::new(seconds, passed.subsec_nanos()).unwrap()
    }
}

impl Sleep for Time {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.pass(duration);
        self.0.lock().unwrap().1.push(duration);
        Box::pin(std::future::ready(()))
    }
}

fn service(id: &'static str) -> ServiceSchema {
    let modelled = |code: &'static str, throttling| ErrorSchema {
        shape: code.into(),
        codes: vec![code.into()].into(),
        status: 400,
        has: "".into(),
        message: "".into(),
        retryable: true,
        throttling,
    };
    ServiceSchema {
        id: id.into(),
        protocol: Protocol::RestJson,
        auth: vec![AuthOption { scheme: "bearer".into(), settings: Cow::Borrowed(&[]) }].into(),
        endpoint: "https://do.example.com".into(),
        errors: vec![modelled("Modelled", false), modelled("ModelledThrottling", true)].into(),
        ..ServiceSchema::default()
    }
}

fn operation(method: &'static str, idempotent: bool) -> OperationSchema {
    OperationSchema {
        name: "Do".into(),
        method: method.into(),
        uri: "/do".into(),
        status: 0,
        idempotent,
        secret: false,
        pages: None,
        traits: None,
    }
}

fn client(id: &'static str, replay: &Replay, time: &Time) -> Core {
    client_with(id, replay, time, |config| config)
}

/// Pauses are as long as they can be.
fn client_with(
    id: &'static str,
    replay: &Replay,
    time: &Time,
    change: impl FnOnce(ConfigBuilder) -> ConfigBuilder,
) -> Core {
    let config = Config::builder()
        .credentials(Credentials::token("t"))
        .transport(replay.clone())
        .clock(time.clone())
        .sleep(time.clone())
        .random(1.0);
    Core::new(service(id), change(config).build().unwrap()).unwrap()
}

fn call(core: &Core) -> Result<Metadata, Error> {
    call_of(core, &operation("POST", false))
}

fn call_of(core: &Core, operation: &OperationSchema) -> Result<Metadata, Error> {
    now(core.call(operation, &mut Nothing {}, &mut Nothing {}))
}

fn seconds(seconds: &[u64]) -> Vec<Duration> {
    seconds.iter().copied().map(Duration::from_secs).collect()
}

fn answer(status: u16, headers: &[(&'static str, &str)], body: &str) -> http::Response<Bytes> {
    let mut response = http::Response::new(Bytes::copy_from_slice(body.as_bytes()));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
    for (name, value) in headers {
        response.headers_mut().insert(*name, value.parse().unwrap());
    }
    response
}

fn coded(status: u16, code: &str) -> http::Response<Bytes> {
    answer(status, &[("x-amzn-errortype", code)], "{}")
}

fn broken(kind: TransportErrorKind) -> TransportError {
    TransportError::new(kind, "it did not work")
}
