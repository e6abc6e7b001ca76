//! Values where none belong, and none where one belongs.

use typefoundry::Model;

#[derive(Model)]
struct Pet {
    #[model(name)]
    name: Option<String>,
    #[model(header = 7)]
    age: Option<i32>,
    #[model(name = "a", name = "b")]
    twice: Option<i32>,
    #[model]
    nothing: Option<i32>,
}

fn main() {}
