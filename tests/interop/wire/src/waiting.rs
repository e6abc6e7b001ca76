//! Waiting, in a time of its own.

use crate::service::{Service, at_once};
use bytes::Bytes;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use typefoundry::client::{Clock, Sleep};
use typefoundry::waiter::Limits;
use typefoundry::{BoxFuture, Timestamp, WaitErrorKind};

/// A clock that moves by what is slept.
#[derive(Clone, Debug)]
pub(crate) struct Time {
    start: Timestamp,
    slept: Arc<Mutex<Duration>>,
}

impl Default for Time {
    fn default() -> Self {
        Self { start: Timestamp::now(), slept: Arc::default() }
    }
}

impl Time {
    /// A clock that stands.
    pub(crate) fn at(start: Timestamp) -> Self {
        Self { start, slept: Arc::default() }
    }

    pub(crate) fn pass(&self, seconds: u64) {
        *self.slept.lock().unwrap_or_else(PoisonError::into_inner) += Duration::from_secs(seconds);
    }
}

impl Clock for Time {
    fn now(&self) -> Timestamp {
        let slept = *self.slept.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = i64::try_from(slept.as_secs()).unwrap_or(i64::MAX);
        let now = Timestamp::from_seconds(self.start.seconds().saturating_add(seconds));
        now.unwrap_or(self.start)
    }
}

impl Sleep for Time {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            *self.slept.lock().unwrap_or_else(PoisonError::into_inner) += duration;
        })
    }
}

impl Service {
    /// Waits, as the whole client does.
    pub(crate) fn wait(
        &self,
        waiter: &str,
        input: &str,
        responses: Vec<http::Response<Bytes>>,
        attempts: Option<u32>,
    ) -> Result<Value, String> {
        let known = self.api.operations().iter().find_map(|operation| {
            let waiter = operation.schema.waiters().iter().find(|it| it.name == waiter)?;
            Some((operation, waiter))
        });
        let (operation, waiter) = known.ok_or_else(|| format!("there is no waiter `{waiter}`"))?;
        let mut input = self.input(operation, input)?;
        let mut output = self.api.output(operation);
        self.wiretap.answers(&operation.schema.name, responses);
        let mut limits = Limits::default();
        limits.max_attempts = attempts;
        let waiting = self.core.wait(&operation.schema, waiter, limits, &mut input, &mut output);
        Ok(match at_once(waiting)? {
            Ok(ended) => json!({
                "ended": "done",
                "attempts": ended.attempts,
                "waited": ended.waited.as_secs(),
            }),
            Err(error) => json!({
                "ended": match error.kind() {
                    WaitErrorKind::Failed => "failed",
                    WaitErrorKind::GaveUp => "gave up",
                    WaitErrorKind::Call => "call",
                    _ => "not begun",
                },
                "attempts": error.attempts(),
                "waited": error.waited().as_secs(),
                "why": match error.error() {
                    Some(source) => format!("{error}: {source}"),
                    None => error.to_string(),
                },
            }),
        })
    }
}
