//! Members have names. One mistake is one message, although the type is used.

use typefoundry::{Model, json};

#[derive(Model)]
struct Point(i32, i32);

#[derive(Model)]
struct Line {
    from: Option<Point>,
}

fn main() {
    let _ = json::to_string(&Line { from: None });
}
