//! Where the output goes: to standard output, or through a pager.

use super::Pager;
use crate::exit::{CONFIGURATION, Failure, GENERAL};
use std::io::{self, ErrorKind, Write};
use std::process::{Child, ChildStdin};

/// How much is held back. What is smaller than that is written as a whole or, if the call fails on the
/// way, not at all; what is greater is not held in memory.
const HELD: usize = 256 * 1024;

/// The output of a call.
pub(crate) struct Output {
    target: Target,
    held: Vec<u8>,
}

enum Target {
    Standard,
    /// A pager that is started when there is something to show
    Waiting(Pager),
    Paged(Child, ChildStdin),
    /// Nobody reads any more.
    Gone,
}

impl Output {
    /// Through a pager, or straight to standard output.
    pub(crate) fn new(pager: Option<Pager>) -> Self {
        let target = pager.map_or(Target::Standard, Target::Waiting);
        Self { target, held: Vec::new() }
    }

    /// Writes what is held back.
    pub(crate) fn pass_on(&mut self) -> io::Result<()> {
        let held = std::mem::take(&mut self.held);
        if held.is_empty() {
            return Ok(());
        }
        if let Target::Waiting(pager) = &self.target {
            let program = pager.program().to_owned();
            let mut child = pager.start().map_err(|error| {
                io::Error::new(error.kind(), NoPager(format!("'{program}': {error}")))
            })?;
            self.target = match child.stdin.take() {
                Some(stdin) => Target::Paged(child, stdin),
                None => Target::Gone,
            };
        }
        let written = match &mut self.target {
            Target::Standard => {
                let mut out = io::stdout().lock();
                out.write_all(&held).and_then(|()| out.flush())
            }
            Target::Paged(_, stdin) => stdin.write_all(&held).and_then(|()| stdin.flush()),
            Target::Waiting(_) | Target::Gone => Err(ErrorKind::BrokenPipe.into()),
        };
        // The place is kept for more.
        self.held = held;
        self.held.clear();
        written
    }

    /// Forgets what is held back.
    pub(crate) fn forget(&mut self) {
        self.held.clear();
    }

    /// Waits until a pager has ended. `written` is what became of the writing; that nobody reads any
    /// more is no failure.
    pub(crate) fn finish(mut self, written: io::Result<()>) -> Result<(), Failure> {
        let written = written.and_then(|()| self.pass_on());
        if let Target::Paged(mut child, stdin) = self.target {
            drop(stdin);
            // However it ended, the user has seen it.
            let _ = child.wait();
        }
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            Err(error) if is_about_pager(&error) => Err(Failure::new(
                CONFIGURATION,
                format!(
                    "Unable to redirect output to pager. Received the following error when \
                         opening pager:\n{error}\n\nSet another one with AWS_PAGER or `cli_pager`, or \
                         turn it off with --no-cli-pager."
                ),
            )),
            Err(error) => Err(Failure::new(GENERAL, format!("cannot write the output: {error}"))),
            Ok(()) => Ok(()),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() > HELD {
            self.pass_on()?;
        }
        Ok(bytes.len())
    }

    /// Does nothing: see [`Self::pass_on`].
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn is_about_pager(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<NoPager>)
}

/// A pager that cannot be started.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct NoPager(String);
