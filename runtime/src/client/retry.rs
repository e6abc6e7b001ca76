//! Whether to try again.

use crate::Error;
use std::fmt;
use std::time::Duration;

/// Decides whether a failed attempt is followed by another.
pub trait RetryPolicy: fmt::Debug + Send + Sync {
    /// How long to wait before the next attempt; nothing to give up. `attempt` counts the
    /// attempts that were made, from one.
    fn retry_after(&self, attempt: u32, error: &Error) -> Option<Duration>;
}

/// Never tries again.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRetry;

impl RetryPolicy for NoRetry {
    fn retry_after(&self, _: u32, _: &Error) -> Option<Duration> {
        None
    }
}
