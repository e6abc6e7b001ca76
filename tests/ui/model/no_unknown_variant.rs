//! Services add values and members, so there must be room for them.

use typefoundry::{Model, UnknownValue};

#[derive(Model)]
enum Colour {
    Red,
    Green,
}

#[derive(Model)]
enum Shape {
    Circle(String),
}

#[derive(Model)]
enum Size {
    #[model(unknown)]
    Unknown(UnknownValue),
    #[model(unknown)]
    Other(UnknownValue),
}

fn main() {
    let _ = Colour::from("red").as_str();
}
