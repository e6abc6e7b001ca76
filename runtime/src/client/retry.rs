//! Whether to try again.

mod adaptive;
mod attempt;
mod quota;
mod rate;
mod settings;
mod standard;
#[cfg(test)]
mod tests;

pub use adaptive::AdaptiveRetry;
pub use attempt::Attempt;
pub(super) use attempt::was_not_carried_out;
pub use settings::RetryMode;
pub(crate) use settings::RetrySettings;
pub use standard::StandardRetry;

use crate::Error;
use std::fmt;
use std::time::Duration;

/// Decides whether a failed attempt is followed by another.
///
/// A policy may keep count over all calls of its client; it is told of each attempt's end by
/// [`ended`](Self::ended).
pub trait RetryPolicy: fmt::Debug + Send + Sync {
    /// How long to wait before the next attempt; nothing to give up.
    fn retry_after(&self, attempt: &mut Attempt<'_>, error: &Error) -> Option<Duration>;

    /// How many attempts a call may make at most, where that is known: services are told.
    fn max_attempts(&self) -> Option<u32> {
        None
    }

    /// How long an attempt has to wait for its turn, before it is made: `attempt` is the one before.
    fn hold(&self, attempt: &Attempt<'_>) -> Duration {
        let _ = attempt;
        Duration::ZERO
    }

    /// An attempt is over: with success, if there is no error. It comes before
    /// [`retry_after`](Self::retry_after).
    fn ended(&self, attempt: &Attempt<'_>, error: Option<&Error>) {
        let _ = (attempt, error);
    }
}

/// Never tries again.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRetry;

impl RetryPolicy for NoRetry {
    fn max_attempts(&self) -> Option<u32> {
        Some(1)
    }

    fn retry_after(&self, _: &mut Attempt<'_>, _: &Error) -> Option<Duration> {
        None
    }
}
