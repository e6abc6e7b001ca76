//! What is set about retries.

use super::{AdaptiveRetry, NoRetry, RetryPolicy, StandardRetry};
use std::sync::Arc;

/// How a client tries again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryMode {
    /// A few attempts with growing pauses: see [`StandardRetry`].
    #[default]
    Standard,
    /// The same, and a limit on how fast the client sends: see [`AdaptiveRetry`].
    Adaptive,
    /// One attempt
    Off,
}

/// What is set; each may be left to somebody else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RetrySettings {
    pub(crate) mode: Option<RetryMode>,
    pub(crate) max_attempts: Option<u32>,
}

impl RetrySettings {
    /// With what `others` say where nothing is set.
    pub(crate) fn or(self, others: Self) -> Self {
        Self {
            mode: self.mode.or(others.mode),
            max_attempts: self.max_attempts.or(others.max_attempts),
        }
    }

    /// A policy for one client.
    pub(crate) fn policy(self) -> Arc<dyn RetryPolicy> {
        let max_attempts = self.max_attempts.unwrap_or(StandardRetry::MAX_ATTEMPTS);
        match self.mode.unwrap_or_default() {
            RetryMode::Standard => Arc::new(StandardRetry::new(max_attempts)),
            RetryMode::Adaptive => Arc::new(AdaptiveRetry::new(max_attempts)),
            RetryMode::Off => Arc::new(NoRetry),
        }
    }
}
