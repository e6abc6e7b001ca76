//! What a person reads who makes a mistake with the macros. Each file of `tests/ui` is a crate of
//! its own that fails as the `.stderr` beside it says, or passes.
//!
//! `TRYBUILD=overwrite cargo test -p typefoundry-tests --test ui` writes the messages anew.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::path::{Path, PathBuf};

#[test]
fn messages() {
    lay_out_specs();
    let cases = trybuild::TestCases::new();
    for theme in ["model", "build", "operation", "service", "api"] {
        for file in files(&PathBuf::from("ui").join(theme), "rs") {
            if file.ends_with("pass.rs") {
                cases.pass(file);
            } else {
                cases.compile_fail(file);
            }
        }
    }
}

/// `api!` looks for specs beside the crate's `Cargo.toml`, and trybuild makes one elsewhere.
fn lay_out_specs() {
    let test = std::env::current_exe().unwrap();
    let targets = test.ancestors().filter(|folder| folder.join("CACHEDIR.TAG").is_file());
    let target = targets.last().unwrap();
    let folder = target.join("tests/trybuild").join(env!("CARGO_PKG_NAME")).join("ui/api");
    std::fs::create_dir_all(&folder).unwrap();
    for spec in files(Path::new("ui/api"), "json") {
        std::fs::copy(&spec, folder.join(spec.file_name().unwrap())).unwrap();
    }
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == ending))
        .collect();
    files.sort();
    files
}
