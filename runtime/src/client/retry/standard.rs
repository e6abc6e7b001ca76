//! A few attempts, with pauses that grow.

use super::quota::Quota;
use super::{Attempt, RetryPolicy};
use crate::Error;
use crate::transport::TransportErrorKind;
use std::time::Duration;

/// What a retry takes from the quota, and what it takes after a time limit; what success gives back
/// where nothing was taken (`retries/standard.py`, as are the numbers below).
const COST: u32 = 5;
const COST_OF_TIMEOUT: u32 = 10;
const REFILL: u32 = 1;
/// The longest pause, in seconds.
const LONGEST: f64 = 20.0;

/// A few attempts, three by default, with pauses that grow and are chosen by chance.
///
/// It is botocore's standard mode (1.43.67, `retries/standard.py`):
///
/// - Tried again is what [`Error::is_retryable`] says: no answer, or one that says that the service
///   is overloaded, fails for a moment, or asks to slow down.
/// - The pause is a random part of 1, 2, 4, … seconds, 20 at most: see [`Attempt::pause`].
/// - All calls that share the policy, as those of a client and its clones do, have a quota of 500. A
///   retry takes 5, one after a time limit 10; the call gives what its last retry took back when it
///   succeeds, and 1 if it succeeds at once. Where the quota is used up, calls have one attempt.
///
/// Beyond botocore's, it sends nothing again that may then happen twice
/// ([`Attempt::is_repeatable`]), and minds `Retry-After`.
#[derive(Debug)]
pub struct StandardRetry {
    max_attempts: u32,
    pub(super) quota: Quota,
}

impl StandardRetry {
    /// The attempts that a call may make, where nothing else is said.
    pub const MAX_ATTEMPTS: u32 = 3;

    /// With as many attempts for each call, the first one included.
    pub fn new(max_attempts: u32) -> Self {
        Self { max_attempts, quota: Quota::new() }
    }
}

impl Default for StandardRetry {
    fn default() -> Self {
        Self::new(Self::MAX_ATTEMPTS)
    }
}

impl RetryPolicy for StandardRetry {
    fn max_attempts(&self) -> Option<u32> {
        Some(self.max_attempts)
    }

    fn retry_after(&self, attempt: &mut Attempt<'_>, error: &Error) -> Option<Duration> {
        if attempt.number() >= attempt.max_attempts().unwrap_or(self.max_attempts) {
            return None;
        }
        if attempt.is_clock_corrected() {
            return Some(Duration::ZERO);
        }
        if !error.is_retryable() || !attempt.is_repeatable() {
            return None;
        }
        let cost = if took_too_long(error) { COST_OF_TIMEOUT } else { COST };
        if !self.quota.acquire(cost) {
            return None;
        }
        attempt.spend(cost);
        Some(attempt.pause(backoff(attempt), error))
    }

    fn ended(&self, attempt: &Attempt<'_>, error: Option<&Error>) {
        if error.is_none() {
            self.quota.release(if attempt.spent() == 0 { REFILL } else { attempt.spent() });
        }
    }
}

fn took_too_long(error: &Error) -> bool {
    error.timeout().is_some() || error.transport() == Some(TransportErrorKind::Timeout)
}

/// A random part of what the attempts so far make of it.
fn backoff(attempt: &Attempt<'_>) -> Duration {
    // Doubling five times is more than the longest pause.
    let doublings = attempt.number().saturating_sub(1).min(5);
    let most = f64::from(1_u32 << doublings).min(LONGEST);
    Duration::try_from_secs_f64(attempt.random() * most).unwrap_or_default()
}
