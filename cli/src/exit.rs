//! Exit codes, and what is said on the way out.

use crate::output::{complain, print};
use std::process::ExitCode;
use typefoundry_jmespath::Object;

/// A command other than `call` found something wrong.
pub(crate) const FOUND: u8 = 1;
/// Wrong usage or parameters.
pub(crate) const USAGE: u8 = 252;
/// No region or credentials, or a configuration that does not work.
pub(crate) const CONFIGURATION: u8 = 253;
/// An error that the service answered.
pub(crate) const SERVICE: u8 = 254;
/// Anything else in a call.
pub(crate) const GENERAL: u8 = 255;
/// Ended with Ctrl-C, as shells tell it.
pub(crate) const INTERRUPTED: u8 = 130;

/// The exit codes, as help lists them.
pub(crate) const HELP: &str = "Exit codes:
  0    Done
  1    Another command than `call` found something wrong
  130  Ended with Ctrl-C
  252  Wrong usage or parameters
  253  No region or credentials, or a configuration that does not work
  254  The service answered with an error
  255  Anything else in a call, such as no answer";

/// A failure with its exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    message: String,
    facts: Option<Box<Object>>,
}

impl Failure {
    pub(crate) fn new(code: u8, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), facts: None }
    }

    /// With what is known about it, for those who want it as data.
    pub(crate) fn with_facts(mut self, facts: Object) -> Self {
        self.facts = Some(Box::new(facts));
        self
    }

    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        self.code
    }

    /// What is said about it.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// What is known about it as data.
    pub(crate) fn facts(&self) -> Option<&Object> {
        self.facts.as_deref()
    }

    /// Whether the words were wrong, or not enough.
    pub(crate) fn is_misuse(&self) -> bool {
        self.code == USAGE
    }

    /// What is wrong in short
    pub(crate) fn first_line(&self) -> &str {
        self.message.lines().next().unwrap_or_default()
    }

    /// Says what is wrong on the error stream.
    pub(crate) fn report(self) -> ExitCode {
        if !self.message.is_empty() {
            complain(&self.message);
        }
        ExitCode::from(self.code)
    }
}

/// A command that is no call fails with 1.
impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::new(FOUND, format!("error: {error:#}"))
    }
}

/// Help goes to the output and is no failure; a mistake goes to the error stream.
pub(crate) fn usage(error: &clap::Error) -> Result<u8, Failure> {
    if error.use_stderr() {
        return Err(Failure::new(USAGE, error.to_string()));
    }
    print(&error.to_string())?;
    Ok(0)
}
