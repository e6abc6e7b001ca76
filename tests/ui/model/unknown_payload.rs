//! What the unknown variant holds.

use typefoundry::{Model, UnknownValue};

#[derive(Clone, PartialEq, Eq, Hash, Model)]
enum Colour {
    Red,
    #[model(unknown)]
    Unknown(String),
}

#[derive(Clone, PartialEq, Eq, Hash, Model)]
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
