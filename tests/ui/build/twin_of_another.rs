//! Two setters of one name.

use typefoundry::{Build, Model};

#[derive(Model, Build)]
struct Job {
    tags: Option<String>,
    #[model(name = "setTags")]
    set_tags: bool,
}

fn main() {}
