//! What the unknown variant holds.

use typefoundry::{Model, UnknownValue};

#[derive(Model)]
enum Colour {
    Red,
    #[model(unknown)]
    Unknown(String),
}

#[derive(Model)]
enum Size {
    Small,
    #[model(unknown)]
    Unknown,
}

#[derive(Model)]
enum Shape {
    Circle(String),
    #[model(unknown)]
    Unknown(UnknownValue),
}

fn main() {}
