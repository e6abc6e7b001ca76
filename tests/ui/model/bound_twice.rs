//! A member is in one part of a message.

use typefoundry::Model;

#[derive(Model)]
struct Pet {
    #[model(query = "name", header = "x-name")]
    name: Option<String>,
    #[model(header = "x-age", wire = "AGE")]
    age: Option<i32>,
}

fn main() {}
