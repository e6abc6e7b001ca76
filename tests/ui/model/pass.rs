//! All kinds, with the runtime under another name.

use typefoundry as tf;
use tf::{Map, Model, Nullable, Timestamp, UnknownMember, UnknownValue, json};

#[derive(Model)]
#[model(name = "PET", crate = tf)]
struct Pet {
    r#type: String,
    #[model(name = "petName", wire = "n")]
    name: Option<String>,
    #[model(sensitive)]
    chip: Nullable<String>,
    #[model(format = "epoch-seconds")]
    born: Option<Timestamp>,
    colours: Option<Map<Colour, Vec<Option<Toy>>>>,
    mother: Option<Box<Pet>>,
}

#[derive(Model)]
#[model(crate = tf)]
enum Colour {
    #[model(name = "RED")]
    Red,
    #[model(unknown)]
    Unknown(UnknownValue),
}

#[derive(Model)]
#[model(crate = tf)]
enum Toy {
    #[model(name = "ball")]
    Ball(String),
    #[model(unknown)]
    Unknown(UnknownMember),
}

#[derive(Model)]
struct Nothing {}

#[derive(Model)]
struct Unit;

fn main() {
    let text = r#"{"type":"dog","n":"Rex","chip":"1","born":5,"colours":{"RED":[{"ball":"b"},null]}}"#;
    let pet: Pet = json::from_slice(text.as_bytes()).unwrap();
    assert_eq!(json::to_string(&pet), text);
    assert!(format!("{pet:?}").starts_with("PET { type: \"dog\""));
    assert_eq!(json::to_string(&Nothing {}), json::to_string(&Unit));
}
