//! Keys that no attribute has, all of them at once.

use typefoundry::{Model, UnknownMember, UnknownValue};

#[derive(Model)]
#[model(nam = "Pet", sensitive)]
struct Pet {
    #[model(nmae = "petName", sensitiv, wire = "n", a::b)]
    name: Option<String>,
    #[model(rename = "petAge")]
    age: Option<i32>,
}

#[derive(Model)]
#[model(name = "Colours")]
enum Colour {
    #[model(wire = "RED")]
    Red,
    #[model(unknown)]
    Unknown(UnknownValue),
}

#[derive(Model)]
enum Shape {
    #[model(header = "x-circle")]
    Circle(String),
    #[model(unknown, sensitive)]
    Unknown(UnknownMember),
}

fn main() {}
