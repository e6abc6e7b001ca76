//! Files that hold what the crate is expected to say, and that it can rewrite itself.

use std::fs;
use std::path::{Path, PathBuf};

/// The command that mends the golden files.
pub(crate) const BLESS: &str = "TYPEFOUNDRY_BLESS=1 cargo test -p typefoundry-spec";

/// A path inside this package.
pub(crate) fn package(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files below a folder with that extension, in order.
pub(crate) fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        for entry in entries {
            let path = entry.unwrap_or_else(|e| panic!("{}: {e}", folder.display())).path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Golden files that differ from what they should hold.
#[derive(Default)]
pub(crate) struct Golden {
    complaints: Vec<String>,
}

impl Golden {
    /// Holds a golden file against what it should hold.
    pub(crate) fn check(&mut self, path: &Path, actual: &str) {
        let expected = fs::read_to_string(path).unwrap_or_default();
        if expected == actual {
            return;
        }
        if std::env::var_os("TYPEFOUNDRY_BLESS").is_some_and(|it| it == "1") {
            fs::write(path, actual).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            self.complaints.push(format!("rewrote {}", path.display()));
        } else {
            let differs = expected.lines().zip(actual.lines()).position(|(a, b)| a != b);
            let line =
                differs.unwrap_or_else(|| expected.lines().count().min(actual.lines().count()));
            self.complaints.push(format!(
                "{}:{}: expected {:?}, found {:?}",
                path.display(),
                line + 1,
                expected.lines().nth(line).unwrap_or_default(),
                actual.lines().nth(line).unwrap_or_default(),
            ));
        }
    }

    /// Fails where a file differed, even if it was rewritten: a change is to be looked at.
    pub(crate) fn finish(self) {
        let Self { complaints } = self;
        assert!(
            complaints.is_empty(),
            "{}\nto rewrite golden files, run `{BLESS}`, then look at the changes and run the tests again",
            complaints.join("\n")
        );
    }
}
