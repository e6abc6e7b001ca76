//! Exit codes, and what is said on the way out.

use std::process::ExitCode;

/// Wrong usage or parameters.
pub(crate) const USAGE: u8 = 252;
/// No region, credentials or profile.
pub(crate) const CONFIGURATION: u8 = 253;
/// An error that the service answered.
pub(crate) const SERVICE: u8 = 254;
/// Anything else in a call.
pub(crate) const GENERAL: u8 = 255;

/// A failure with its exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    message: String,
}

impl Failure {
    pub(crate) fn new(code: u8, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// Says what is wrong on the error stream.
    pub(crate) fn report(self) -> ExitCode {
        eprintln!("{}", self.message.trim_end());
        ExitCode::from(self.code)
    }
}

/// A command that is no call fails with 1.
impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::new(1, format!("error: {error:#}"))
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

/// Writes to the output. A reader that has gone away is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    use std::io::{ErrorKind, Write};
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(GENERAL, format!("cannot write the output: {error}")))
        }
        _ => Ok(()),
    }
}
