//! XML to values and back.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[cfg(feature = "xml")]
mod near;
#[cfg(feature = "xml")]
mod read;
mod write;

use crate::{Blob, Map, Model, Timestamp, UnknownMember, UnknownValue};

/// A member of every kind.
#[derive(Model)]
struct Every {
    attribute: Option<Inner>,
    boolean: Option<bool>,
    integer: Option<i32>,
    long: Option<i64>,
    float: Option<f32>,
    double: Option<f64>,
    string: Option<String>,
    color: Option<Color>,
    blob: Option<Blob>,
    time: Option<Timestamp>,
    #[model(format = "epoch-seconds")]
    epoch: Option<Timestamp>,
    #[model(namespace = "urn:list")]
    list: Option<Vec<i32>>,
    #[model(item(wire = "item", namespace("urn:item", "i")))]
    named: Option<Vec<String>>,
    #[model(flattened)]
    flat: Option<Vec<Inner>>,
    #[model(name = "flat-named", flattened, item = "one")]
    flat_named: Option<Vec<i32>>,
    #[model(item(item = "cell"))]
    nested: Option<Vec<Vec<i32>>>,
    map: Option<Map<String, i32>>,
    #[model(name = "flat-map", flattened, key = "K", item = "V")]
    flat_map: Option<Map<Color, Inner>>,
    structure: Option<Inner>,
    #[model(sensitive)]
    secret: Option<Inner>,
    choice: Option<Choice>,
}

#[derive(Model)]
struct Inner {
    x: Option<i32>,
    #[model(attribute)]
    kind: Option<String>,
    #[model(wire = "p:of", attribute)]
    number: Option<i32>,
}

#[derive(Model)]
enum Color {
    #[model(name = "RED")]
    Red,
    #[model(unknown)]
    Unknown(UnknownValue),
}

#[derive(Model)]
enum Choice {
    #[model(name = "text")]
    Text(String),
    #[model(name = "many", flattened)]
    Many(Vec<i32>),
    #[model(unknown)]
    Unknown(UnknownMember),
}
