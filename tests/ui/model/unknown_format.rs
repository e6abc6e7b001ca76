//! A timestamp format that is none.

use typefoundry::{Model, Timestamp};

#[derive(Model)]
struct Visit {
    #[model(format = "rfc3339")]
    at: Option<Timestamp>,
}

fn main() {}
