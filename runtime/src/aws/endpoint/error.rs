//! What can go wrong between a rule set and an endpoint.

use crate::error::{Error, ErrorKind};

/// A rule set that is not one: what is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the endpoint rules are malformed at {place}: {reason}")]
pub struct RuleSetError {
    /// The place in the rule set, such as `rules[2].conditions[0]`.
    pub place: String,
    /// What is wrong there.
    pub reason: String,
}

/// Why there is no endpoint for a call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointError {
    /// The rules refuse the parameters; in the rules' own words.
    #[error("{0}")]
    Refused(String),
    /// A parameter that the rules need has no value.
    #[error("the endpoint needs a value for `{0}`, and there is none")]
    Missing(String),
    /// A parameter has a value of another type.
    #[error("the endpoint parameter `{name}` is {expected}")]
    Type {
        /// The parameter
        name: String,
        /// What it should be.
        expected: &'static str,
    },
    /// No rule fits the parameters.
    #[error("no endpoint rule fits: {0}")]
    NoMatch(String),
    /// A rule asks for what cannot be had.
    #[error("an endpoint rule cannot be followed: {0}")]
    Rule(String),
    /// A path into the input cannot be read.
    #[error("the path `{path}` into the input cannot be read: {reason}")]
    Path {
        /// The path
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A member cannot be part of a host name.
    #[error(
        "`{0}` becomes part of the host name, so it is letters, digits, hyphens and periods alone"
    )]
    HostLabel(String),
}

impl From<RuleSetError> for Error {
    fn from(error: RuleSetError) -> Self {
        Self::new(ErrorKind::Configuration, error.to_string()).with_source(error)
    }
}

impl From<EndpointError> for Error {
    fn from(error: EndpointError) -> Self {
        let kind = match &error {
            EndpointError::HostLabel(_) => ErrorKind::Input,
            EndpointError::Refused(message) if message.ends_with("Missing Region") => {
                ErrorKind::Region
            }
            _ => ErrorKind::Configuration,
        };
        Self::new(kind, error.to_string()).with_source(error)
    }
}
