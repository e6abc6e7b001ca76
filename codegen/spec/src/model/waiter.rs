//! Waiters: what can be waited for.

use crate::{At, Json};

/// Something that can be waited for: an operation that is called until its answer says so.
#[derive(Clone, Debug)]
pub struct Waiter {
    /// Its name, in Pascal case as a rule
    pub name: String,
    /// The operation that is called
    pub operation: String,
    /// Documentation in Markdown
    pub docs: Option<String>,
    /// Seconds between two calls; the shortest pause where they grow
    pub delay: u64,
    /// Seconds of the longest pause, where they grow
    pub max_delay: Option<u64>,
    /// How many calls at most; without it, whoever waits says how long.
    pub attempts: Option<u64>,
    /// What an answer means; the first that fits decides.
    pub acceptors: Vec<Acceptor>,
    /// Where it stands
    pub at: At,
}

/// What an answer means to a waiter.
#[derive(Clone, Debug)]
pub struct Acceptor {
    /// The waiter is done, has failed, or goes on.
    pub state: AcceptorState,
    /// What is looked at
    pub matcher: Matcher,
    /// Where in the output: a `JMESPath` expression
    pub path: Option<String>,
    /// The path begins above `input` and `output`, not in the output.
    pub both: bool,
    /// What it must be
    pub expected: Json,
    /// Where it stands
    pub at: At,
}

/// What becomes of a waiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptorState {
    /// It is done.
    Success,
    /// What it waits for will not come.
    Failure,
    /// It goes on.
    Retry,
}

impl AcceptorState {
    /// All of them, by the word that stands for them in a spec.
    pub const ALL: &[(&str, Self)] =
        &[("success", Self::Success), ("failure", Self::Failure), ("retry", Self::Retry)];
}

/// What of an answer is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matcher {
    /// What a path finds in the output
    Path,
    /// Each of the values that a path finds
    PathAll,
    /// Any of the values that a path finds
    PathAny,
    /// The HTTP status
    Status,
    /// The code of an error, or whether there is one
    Error,
}

impl Matcher {
    /// All of them, by the word that stands for them in a spec.
    pub const ALL: &[(&str, Self)] = &[
        ("path", Self::Path),
        ("pathAll", Self::PathAll),
        ("pathAny", Self::PathAny),
        ("status", Self::Status),
        ("error", Self::Error),
    ];

    /// Whether it needs a path.
    pub fn needs_path(self) -> bool {
        matches!(self, Self::Path | Self::PathAll | Self::PathAny)
    }
}
