//! What is wrong with the words of a call.

use crate::exit::{Failure, USAGE};

/// How a call is written, as messages show it.
pub(in crate::call) const USAGE_LINES: &str = "\
usage: typefoundry call [options] <provider> <service> <operation> [parameters]
To see help text, you can run:

  typefoundry call help
  typefoundry call <provider> <service> help
  typefoundry call <provider> <service> <operation> help
";

/// A mistake that a parser found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::call) struct Mistake(String);

impl Mistake {
    pub(in crate::call) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// Options that must be given and are not.
    pub(in crate::call) fn missing(names: &[&str]) -> Self {
        Self(format!("the following arguments are required: {}", names.join(", ")))
    }
}

/// As v2's `CLIArgParser.error` has it: what is wrong, and how it would be right.
impl From<Mistake> for Failure {
    fn from(mistake: Mistake) -> Self {
        Self::new(USAGE, format!("{}\n\n{USAGE_LINES}", mistake.0))
    }
}
