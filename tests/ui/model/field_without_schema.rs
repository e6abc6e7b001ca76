//! The message points at the field.

use std::path::PathBuf;
use typefoundry::Model;

#[derive(Model)]
struct File {
    name: Option<String>,
    path: PathBuf,
}

fn main() {}
