//! Two members of one name, in the model and in the body.

use typefoundry::{Model, UnknownMember, UnknownValue};

#[derive(Model)]
struct Pet {
    name: Option<String>,
    #[model(name = "name")]
    title: Option<String>,
    #[model(wire = "name")]
    label: Option<String>,
    #[model(name = "name", header = "x-name")]
    header: Option<String>,
}

#[derive(Model)]
enum Colour {
    #[model(name = "RED")]
    Red,
    #[model(name = "RED")]
    Scarlet,
    #[model(unknown)]
    Unknown(UnknownValue),
}

#[derive(Model)]
enum Shape {
    Circle(String),
    #[model(name = "Circle")]
    Ring(String),
    #[model(unknown)]
    Unknown(UnknownMember),
}

fn main() {}
