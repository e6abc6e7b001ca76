//! The standard mode with a limit on how fast a client sends.

use super::rate::Limiter;
use super::{Attempt, RetryPolicy, StandardRetry};
use crate::{Error, Timestamp};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The standard mode, and a client that sends no faster than the service lets it.
///
/// It is botocore's adaptive mode (1.43.67, `retries/adaptive.py`): once a service asks to slow
/// down, attempts wait for their turn, and the rate grows again while none is refused, along a cubic
/// curve as CUBIC has it for TCP. All calls that share the policy share the rate, so it suits a
/// client that is used for one resource; where one of several is throttled, all wait.
#[derive(Debug)]
pub struct AdaptiveRetry {
    standard: StandardRetry,
    limiter: Mutex<Option<Limiter>>,
}

impl AdaptiveRetry {
    /// With as many attempts for each call, the first one included.
    pub fn new(max_attempts: u32) -> Self {
        Self { standard: StandardRetry::new(max_attempts), limiter: Mutex::new(None) }
    }

    /// What it measures begins with the first call.
    fn limiter<T>(&self, now: Timestamp, run: impl FnOnce(&mut Limiter, f64) -> T) -> T {
        let now = now.to_epoch_number();
        let mut limiter = self.limiter.lock().unwrap_or_else(PoisonError::into_inner);
        run(limiter.get_or_insert_with(|| Limiter::new(now)), now)
    }
}

impl Default for AdaptiveRetry {
    fn default() -> Self {
        Self::new(StandardRetry::MAX_ATTEMPTS)
    }
}

impl RetryPolicy for AdaptiveRetry {
    fn max_attempts(&self) -> Option<u32> {
        self.standard.max_attempts()
    }

    fn retry_after(&self, attempt: &mut Attempt<'_>, error: &Error) -> Option<Duration> {
        self.standard.retry_after(attempt, error)
    }

    fn hold(&self, attempt: &Attempt<'_>) -> Duration {
        self.limiter(attempt.now(), Limiter::hold)
    }

    fn ended(&self, attempt: &Attempt<'_>, error: Option<&Error>) {
        let throttled = error.is_some_and(Error::is_throttling);
        self.limiter(attempt.now(), |limiter, now| limiter.ended(now, throttled));
        self.standard.ended(attempt, error);
    }
}
