#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{Json, deserialize, redacted, serialize};
use crate::{Blob, Map, Model, Timestamp};
use serde_core::de::value::{Error, MapDeserializer, StrDeserializer, UnitDeserializer};

#[derive(Model)]
struct Pet {
    #[model(name = "petName")]
    name: String,
    #[model(header = "x-born")]
    born: Option<Timestamp>,
    #[model(sensitive)]
    chip: Option<Blob>,
    friends: Option<Vec<Pet>>,
}

const REX: &str = r#"{"petName":"Rex","born":"2026-03-14T00:00:00Z","chip":"Nw==","friends":[{"petName":"Bella"}]}"#;

#[test]
fn what_is_written_is_read_again() {
    let Json(pet) = serde_json::from_str::<Json<Pet>>(REX).unwrap();
    assert_eq!(pet.chip, Some(Blob::from(b"7".to_vec())));
    let again = serde_json::to_value(Json(pet.clone())).unwrap();
    let Json(back) = serde_json::from_value::<Json<Pet>>(again).unwrap();
    assert_eq!(back, pet);
    // What holds models is one.
    let many: Json<Map<String, Vec<Pet>>> =
        serde_json::from_str(&format!(r#"{{"dogs":[{REX}]}}"#)).unwrap();
    assert_eq!(many.0["dogs"], [pet]);
}

#[test]
fn a_field_names_the_module() {
    let Json(pet) = serde_json::from_str::<Json<Pet>>(REX).unwrap();
    let written = serialize(&pet, serde_json::value::Serializer).unwrap();
    assert_eq!(deserialize::<Pet, _>(written).unwrap(), pet);
    let hidden = redacted(&pet, serde_json::value::Serializer).unwrap();
    assert_eq!(hidden["chip"], "<redacted>");
    assert_eq!(hidden["petName"], "Rex");
}

#[test]
fn mistakes_have_a_place() {
    let cases = [
        (
            r#"{"petName":"Rex","friends":[{"petName":7}]}"#,
            "friends[0].petName: expected a string, found 7",
        ),
        (r#"{"petName":"Rex","friends":[{}]}"#, "friends[0].petName: it is required and not there"),
    ];
    for (json, expected) in cases {
        let error = serde_json::from_str::<Json<Pet>>(json).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn other_formats_say_null_in_their_own_way() {
    let Json(none) = Json::<Option<Pet>>::deserialize_from(UnitDeserializer::<Error>::new());
    assert_eq!(none, None);
    let entries = [("petName", "Rex")].into_iter();
    let pet: Pet = deserialize(MapDeserializer::<_, Error>::new(entries)).unwrap();
    assert_eq!(pet.name, "Rex");
    let error = deserialize::<Pet, _>(StrDeserializer::<Error>::new("Rex")).unwrap_err();
    assert!(error.to_string().contains("expected an object"), "{error}");
}

impl<T: crate::value::Value + crate::value::Empty> Json<T> {
    fn deserialize_from<'de, D: serde_core::Deserializer<'de, Error = Error>>(from: D) -> Self {
        Self(deserialize(from).unwrap())
    }
}
