//! Only structures are built.

use typefoundry::{Build, Model, UnknownValue};

#[derive(Model, Build)]
enum Colour {
    Red,
    #[model(unknown)]
    Unknown(UnknownValue),
}

fn main() {}
