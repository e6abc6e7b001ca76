//! What can go wrong when something is waited for.

use crate::error::Error;
use crate::schema::Text;
use std::fmt;
use std::time::Duration;

/// Why waiting was no use. `E` is the error of the service.
///
/// Its text is one line: the waiter, the last state, the number of calls and the time.
#[derive(Debug)]
pub struct WaitError<E = Error> {
    failure: Failure,
    source: Option<E>,
}

/// Why waiting was no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitErrorKind {
    /// What it waits for will not come: an answer says so.
    Failed,
    /// It has not come in time.
    GaveUp,
    /// A call failed in a way that says nothing of it.
    Call,
    /// Nothing was called: the client or the waiter is not set up for it.
    Configuration,
}

/// What is known when waiting is no use.
#[derive(Clone, Debug)]
pub struct Failure {
    pub(super) kind: WaitErrorKind,
    pub(super) waiter: Text,
    /// What matched, or the last state
    pub(super) words: String,
    pub(super) acceptor: Option<usize>,
    pub(super) attempts: u32,
    pub(super) waited: Duration,
}

impl Failure {
    /// The error of it, with that of the last call.
    pub fn with<E>(self, source: Option<E>) -> WaitError<E> {
        WaitError { failure: self, source }
    }

    pub(crate) fn before_it_began(waiter: &str, error: &Error) -> Self {
        Self {
            kind: WaitErrorKind::Configuration,
            waiter: waiter.to_owned().into(),
            words: error.message().unwrap_or("it cannot wait").to_owned(),
            acceptor: None,
            attempts: 0,
            waited: Duration::ZERO,
        }
    }
}

impl<E> WaitError<E> {
    /// Why it was no use.
    pub fn kind(&self) -> WaitErrorKind {
        self.failure.kind
    }

    /// The waiter
    pub fn waiter(&self) -> &str {
        &self.failure.waiter
    }

    /// The last state in words: what the paths of the waiter found in the last output, or which
    /// error came in place of it; of a waiter that has failed, what made it fail.
    pub fn state(&self) -> &str {
        &self.failure.words
    }

    /// The place, among the waiter's acceptors, of the one that made it fail. Of a waiter that gave
    /// up it is that of the last answer, or the last of all where none fits that; nothing if none
    /// has ever fitted. So botocore tells them.
    pub fn acceptor(&self) -> Option<usize> {
        self.failure.acceptor
    }

    /// How many calls were made.
    pub fn attempts(&self) -> u32 {
        self.failure.attempts
    }

    /// How long it took.
    pub fn waited(&self) -> Duration {
        self.failure.waited
    }

    /// The error of the last call, if it was one.
    pub fn error(&self) -> Option<&E> {
        self.source.as_ref()
    }

    /// The error of the last call, if it was one.
    pub fn into_error(self) -> Option<E> {
        self.source
    }

    pub(crate) fn map<F>(self, change: impl FnOnce(E) -> F) -> WaitError<F> {
        WaitError { failure: self.failure, source: self.source.map(change) }
    }
}

impl<E> fmt::Display for WaitError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { kind, waiter, words, attempts, waited, .. } = &self.failure;
        let what = match kind {
            WaitErrorKind::Failed => "will not come",
            WaitErrorKind::GaveUp => "has not come",
            WaitErrorKind::Call => "a call failed",
            WaitErrorKind::Configuration => return write!(f, "{waiter}: {words}"),
        };
        let calls = if *attempts == 1 { "call" } else { "calls" };
        // Fractions are of interest only where there is little else.
        let waited = if waited.as_secs() > 0 {
            format!("{} s", waited.as_secs())
        } else {
            format!("{} ms", waited.as_millis())
        };
        write!(f, "{waiter}: {what}: {words} ({attempts} {calls}, {waited})")
    }
}

impl<E: std::error::Error + 'static> std::error::Error for WaitError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
