//! Waiting with a client.

use super::super::{Limits, WaitError, WaitErrorKind};
use super::{Input, Output, path, waiter};
use crate::client::{Clock, Config, ConfigBuilder, Core, Ended, RetryMode, Sleep};
use crate::samples::{now, operation};
use crate::schema::{Matcher, WaiterState, Which};
use crate::transport::Replay;
use crate::{BoxFuture, Timestamp};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A clock that moves by what is slept.
#[derive(Clone, Debug, Default)]
struct Time(Arc<Mutex<Duration>>);

impl Clock for Time {
    fn now(&self) -> Timestamp {
        let passed = self.0.lock().unwrap().as_millis();
        Timestamp::from_millis(i64::try_from(passed).unwrap()).unwrap()
    }
}

impl Sleep for Time {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        // Nobody waits for a time limit that is not reached.
        Box::pin(async move { *self.0.lock().unwrap() += duration })
    }
}

fn wait(config: ConfigBuilder, limits: Limits, output: &mut Output) -> Result<Ended, WaitError> {
    let waiter = waiter(vec![
        (WaiterState::Success, path("state", Which::Whole, "ON")),
        (WaiterState::Retry, Matcher::Error("Gone".into())),
    ]);
    let core = Core::new(super::service(), config.build().unwrap()).unwrap();
    let mut input = Input::default();
    now(core.wait(&operation(), &waiter, limits, &mut input, output))
}

fn config(replay: &Replay) -> ConfigBuilder {
    let time = Time::default();
    Config::builder()
        .transport(replay.clone())
        .clock(time.clone())
        .sleep(time)
        .retry_mode(RetryMode::Off)
}

#[test]
fn calls_are_made_until_the_state_is_there() {
    let replay = Replay::new()
        .answer(404, r#"{"__type": "Gone"}"#)
        .answer(200, r#"{"state": "OFF", "ready": true}"#)
        .answer(200, r#"{"state": "ON"}"#);
    let mut output = Output::default();
    let ended = wait(config(&replay), Limits::default(), &mut output).unwrap();
    assert_eq!((ended.attempts, ended.waited), (3, Duration::from_secs(10)));
    assert_eq!(ended.outcome.unwrap().status(), 200);
    // Nothing is left of the answers before.
    assert_eq!(output, super::in_state("ON"));
    assert_eq!(replay.requests().len(), 3);
}

#[test]
fn an_error_that_nobody_expects_ends_waiting_and_is_the_source() {
    let replay = Replay::new().answer(403, r#"{"__type": "Denied", "message": "no"}"#);
    let error = wait(config(&replay), Limits::default(), &mut Output::default()).unwrap_err();
    assert_eq!(error.kind(), WaitErrorKind::Call);
    let expected = "ThingDone: a call failed: the last answer is the error Denied (1 call, 0 ms)";
    assert_eq!(error.to_string(), expected);
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(source, "Do: Denied: no (HTTP 403)");
    assert_eq!(error.into_error().and_then(|error| error.status()), Some(403));
}

#[test]
fn what_is_tried_again_is_the_clients_business() {
    let replay = Replay::new().answer(503, "{}").answer(200, r#"{"state": "ON"}"#);
    let config = config(&replay).retry_mode(RetryMode::Standard);
    let ended = wait(config, Limits::default(), &mut Output::default()).unwrap();
    assert_eq!((ended.attempts, ended.outcome.unwrap().attempts()), (1, 2));
}

#[test]
fn the_time_is_kept() {
    let mut replay = Replay::new();
    for _ in 0..10 {
        replay = replay.answer(200, r#"{"state": "OFF"}"#);
    }
    let limits = Limits { max_wait: Some(Duration::from_secs(12)), ..Limits::default() };
    let error = wait(config(&replay), limits, &mut Output::default()).unwrap_err();
    assert_eq!(error.kind(), WaitErrorKind::GaveUp);
    assert_eq!(error.to_string(), r#"ThingDone: has not come: `state` is "OFF" (4 calls, 12 s)"#);
    assert_eq!((error.attempts(), error.state()), (4, r#"`state` is "OFF""#));
    assert!(error.error().is_none());
}
