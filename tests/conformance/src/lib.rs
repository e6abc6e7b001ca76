//! Test suites: those that others wrote, and our own.
//!
//! The data of others is not part of this repository. The variable `TYPEFOUNDRY_DATA` names the
//! folder that holds it; without it, the folder is `../shared/data` beside the workspace. A suite
//! whose data is not there is not run, and says so on stderr, unless `TYPEFOUNDRY_CONFORMANCE` is
//! `required`.

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
    match find(&root(), suite, required) {
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

fn root() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    std::env::var_os("TYPEFOUNDRY_DATA").map_or_else(default, PathBuf::from)
}

fn find(root: &Path, suite: &str, required: bool) -> Result<PathBuf, Absent> {
    let folder = root.join(suite);
    if folder.is_dir() {
        return Ok(folder);
    }
    let message = format!(
        "the suite {suite} was not run: there is no folder {}; set TYPEFOUNDRY_DATA to where the \
         suites are",
        folder.display()
    );
    Err(Absent { message, required })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_absent_says_so() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(find(here, "src", true).is_ok_and(|folder| folder.ends_with("src")));
        for required in [false, true] {
            let absent = find(here, "no/such", required);
            let message = absent.as_ref().err().map(|it| it.message.as_str()).unwrap_or_default();
            assert!(message.starts_with("the suite no/such was not run"), "{message}");
            assert!(absent.is_err_and(|it| it.required == required));
        }
    }
}
