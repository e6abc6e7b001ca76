//! What a scenario says when something is not as it should be, and the count of them.

use std::error::Error;
use std::fmt::{Debug, Write};
use std::process::ExitCode;

/// What a scenario comes to.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// The scenarios that ran.
#[derive(Debug, Default)]
pub(crate) struct Report {
    passed: usize,
    failed: usize,
}

impl Report {
    /// Tells what came of a scenario.
    pub(crate) async fn scenario(&mut self, name: &str, scenario: impl Future<Output = Outcome>) {
        match scenario.await {
            Ok(()) => {
                self.passed += 1;
                println!("ok      {name}");
            }
            Err(error) => {
                self.failed += 1;
                println!("FAILED  {name}: {}", chain(&*error));
            }
        }
    }

    /// The last line, and the exit code.
    pub(crate) fn close(&self) -> ExitCode {
        println!("\n{} passed, {} failed", self.passed, self.failed);
        if self.failed == 0 && self.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// An error with all that lies behind it.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        // Writing to a string cannot fail.
        let _ = write!(text, ": {error}");
        source = error.source();
    }
    text
}

/// Two values that should be the same.
pub(crate) fn same<F: Debug + PartialEq<W>, W: Debug>(what: &str, found: F, wanted: W) -> Outcome {
    if found == wanted {
        return Ok(());
    }
    Err(format!("{what} is {found:?}, and should be {wanted:?}").into())
}

/// Something that should be so.
pub(crate) fn is(what: &str, so: bool) -> Outcome {
    if so { Ok(()) } else { Err(format!("it is not so that {what}").into()) }
}

/// A value that should be there.
pub(crate) fn some<T>(what: &str, value: Option<T>) -> Outcome<T> {
    value.ok_or_else(|| format!("{what} is absent").into())
}

/// The error of a call that should fail.
pub(crate) fn failure<T, E>(what: &str, result: Result<T, E>) -> Outcome<E> {
    match result {
        Ok(_) => Err(format!("{what} succeeds, and should not").into()),
        Err(error) => Ok(error),
    }
}
