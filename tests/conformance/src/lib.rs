//! Test suites: those that others wrote, and our own.
//!
//! The data of others is not part of this repository. The variable `TYPEFOUNDRY_DATA` names the
//! folder that holds it. A suite whose data is not there is not run, and says so on stderr, unless
//! `TYPEFOUNDRY_CONFORMANCE` is `required`.

#![allow(clippy::missing_panics_doc, clippy::panic, reason = "a test fails by panicking")]

pub mod bodies;
pub mod botocore;
pub mod cbor;
pub mod differences;
pub mod json;
pub mod own;
pub mod values;
pub mod xml;

use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder of a suite, such as `protocol-tests/sigv4`; nothing if it is not here.
///
/// # Panics
///
/// If it is not here although `TYPEFOUNDRY_CONFORMANCE` is `required`.
pub fn data(suite: &str) -> Option<PathBuf> {
    let required = std::env::var_os("TYPEFOUNDRY_CONFORMANCE").is_some_and(|it| it == "required");
    let root = std::env::var_os("TYPEFOUNDRY_DATA").map(PathBuf::from);
    match find(root.as_deref(), suite, required) {
        Ok(folder) => Some(folder),
        Err(Absent { message, required: false }) => {
            say(&message);
            None
        }
        Err(Absent { message, .. }) => panic!("{message}"),
    }
}

/// Says something on stderr past the test harness, which swallows what a good test prints.
pub fn say(message: &str) {
    // Nobody can be told that nobody can be told.
    let _ = writeln!(std::io::stderr(), "{message}");
}

/// A suite that cannot be run.
#[derive(Debug)]
struct Absent {
    message: String,
    required: bool,
}

fn find(root: Option<&Path>, suite: &str, required: bool) -> Result<PathBuf, Absent> {
    let reason = match root.map(|root| root.join(suite)) {
        Some(folder) if folder.is_dir() => return Ok(folder),
        Some(folder) => format!("TYPEFOUNDRY_DATA has no folder {}", folder.display()),
        None => "TYPEFOUNDRY_DATA does not say where the suites are".to_owned(),
    };
    let message = format!("the suite {suite} was not run: {reason}");
    Err(Absent { message, required })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_absent_says_so() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(find(Some(here), "src", true).is_ok_and(|folder| folder.ends_with("src")));
        let cases =
            [(Some(here), "TYPEFOUNDRY_DATA has no "), (None, "TYPEFOUNDRY_DATA does not ")];
        for (root, reason) in cases {
            for required in [false, true] {
                let absent = find(root, "no/such", required);
                let message = absent.as_ref().err().map(|it| it.message.as_str());
                let start = format!("the suite no/such was not run: {reason}");
                assert!(message.is_some_and(|it| it.starts_with(&start)), "{message:?}");
                assert!(absent.is_err_and(|it| it.required == required));
            }
        }
    }
}
