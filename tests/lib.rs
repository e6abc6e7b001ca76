//! What the cross-crate tests share.

#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a test fails by panicking"
)]

pub mod hostile;

/// The README, whose Rust is compiled as a test of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

use std::path::{Path, PathBuf};
use typefoundry::dynamic::Api;
use typefoundry_spec::SpecFiles;

/// The repository's folder.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A file's text, by its path in the repository.
pub fn text(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// A spec with the overlay beside it, by its path in the repository.
pub fn spec_files(path: &str) -> SpecFiles {
    let read = |path: &Path| std::fs::read_to_string(path);
    SpecFiles::read(path, &repository().join(path), read).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// A document of `tests/fixtures`.
pub fn fixture(path: &str) -> serde_json::Value {
    let text = text(&format!("tests/fixtures/{path}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The model of a checked-in spec, by the service's id.
pub fn model(id: &str) -> typefoundry_spec::Model {
    spec_files(&format!("specs/{id}.json")).load().into_model().unwrap_or_else(|e| panic!("{e}"))
}

/// A checked-in spec, ready to call.
pub fn api(id: &str) -> Api {
    Api::new(model(id))
}

/// Waits for a future that never leaves the process.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}
