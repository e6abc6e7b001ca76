//! What can be waited for.

use super::Text;
use std::borrow::Cow;

/// Something that can be waited for by calling an operation until its answer says so.
#[derive(Clone, Debug)]
pub struct WaiterSchema {
    /// Its name in the spec.
    pub name: Text,
    /// Seconds between two calls; where the pauses grow, the shortest one.
    pub delay: u32,
    /// Seconds of the longest pause; 0 where all are the same.
    pub max_delay: u32,
    /// How many calls at most; 0 if that is for whoever waits to say, by time.
    pub attempts: u32,
    /// What an answer means; the first that fits decides. If none does, an output means that it goes
    /// on, and an error that it has failed.
    pub acceptors: Cow<'static, [Acceptor]>,
}

/// What an answer means to a waiter.
#[derive(Clone, Debug)]
pub struct Acceptor {
    /// What becomes of the waiter
    pub state: WaiterState,
    /// When
    pub matcher: Matcher,
}

/// What becomes of a waiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaiterState {
    /// It is done.
    Success,
    /// It goes on.
    Retry,
    /// What it waits for will not come.
    Failure,
}

/// What an answer must be.
#[derive(Clone, Debug, PartialEq)]
pub enum Matcher {
    /// It has this HTTP status, be it an output or an error.
    Status(u16),
    /// It is the error of this code or shape.
    Error(Text),
    /// It is an error, or none.
    Failed(bool),
    /// It is an output in which a path finds something.
    Path {
        /// A `JMESPath` expression
        path: Text,
        /// Whether the expression is about an object of `input` and `output`, not about the output
        both: bool,
        /// Which of the things that are found must be what is expected
        which: Which,
        /// What they must be
        expected: Expected,
    },
}

/// Which of the things that a path finds are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// What is found, as a whole
    Whole,
    /// Each element of a list, of which there is at least one
    All,
    /// At least one element of a list
    Any,
}

/// What something must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A text
    Text(Text),
    /// True or false
    Bool(bool),
}
