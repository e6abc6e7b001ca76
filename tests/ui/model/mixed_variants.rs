//! Values and members do not mix.

use typefoundry::{Model, UnknownMember};

#[derive(Model)]
enum Shape {
    Circle(String),
    Nothing,
    Square { side: i32 },
    #[model(unknown)]
    Unknown(UnknownMember),
}

fn main() {}
