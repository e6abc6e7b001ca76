//! A builder without a required member: the message names it.

use typefoundry::{Build, Model};

#[derive(Model, Build)]
struct Tag {
    #[model(name = "tagKey")]
    key: String,
    value: Option<String>,
}

fn main() {
    Tag::builder().value("blue").build();
}
