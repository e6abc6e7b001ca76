//! Only structures are built.

use typefoundry::{Build, Model, UnknownValue};

#[derive(Clone, Debug, PartialEq, Eq, Hash, Model, Build)]
enum Colour {
    Red,
    #[model(unknown)]
    Unknown(UnknownValue),
}

fn main() {}
