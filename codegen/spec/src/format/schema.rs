//! The table of keys as a JSON Schema, so that editors complete and check spec files.

use super::VERSION;
use super::keys::{Form, Key, Object, SPEC};
use super::overlay::{ADDS, ADDS_DOCS};
use crate::json::Json;

/// The JSON Schema (draft 2020-12) of the spec format, its keys in the order of the table.
pub fn json_schema() -> String {
    print(format!("Typefoundry spec, version {VERSION}"), Of::Spec)
}

/// The JSON Schema of overlays: the same keys, none required, and `null` where something is to be
/// removed.
pub fn overlay_json_schema() -> String {
    print(format!("Typefoundry overlay, version {VERSION}"), Of::Overlay)
}

/// What a schema is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Spec,
    Overlay,
}

fn print(title: String, of: Of) -> String {
    let mut definitions = Vec::new();
    let mut schema = vec![
        ("$schema", text("https://json-schema.org/draft/2020-12/schema")),
        ("title", text(title)),
    ];
    let mut root = object(&SPEC, of, &mut definitions);
    if of == Of::Overlay {
        for (key, value) in &mut root {
            match (*key, value) {
                ("description", value) => {
                    *value = text(
                        "What people add to a spec that is imported: only what differs, with null for what is removed.",
                    );
                }
                ("required", value) => *value = texts(["typefoundry"]),
                ("properties", Json::Object(properties)) => {
                    let mut adds = vec![("description", text(ADDS_DOCS))];
                    adds.extend(form(&Form::List(&Form::Text), Of::Spec, &mut definitions));
                    properties.push((ADDS.to_owned(), entries(adds)));
                }
                _ => {}
            }
        }
    }
    schema.extend(root);
    schema.push(("$defs", Json::Object(definitions)));
    let mut schema = serde_json::to_string_pretty(&entries(schema)).unwrap_or_default();
    schema.push('\n');
    schema
}

type Entries = Vec<(&'static str, Json)>;
type Definitions = Vec<(String, Json)>;

fn object(object: &'static Object, of: Of, definitions: &mut Definitions) -> Entries {
    let property = |key: &'static Key| {
        let mut value = vec![("description", text(key.docs))];
        value.extend(removable(form(&key.form, of, definitions), &key.form, of));
        (key.name, entries(value))
    };
    let properties = object.keys.iter().map(property).collect();
    let required = object.keys.iter().filter(|key| key.required && of == Of::Spec);
    vec![
        ("description", text(object.docs)),
        ("type", text("object")),
        ("properties", entries(properties)),
        ("required", texts(required.map(|key| key.name))),
        ("additionalProperties", Json::Bool(false)),
    ]
}

fn form(value: &'static Form, of: Of, definitions: &mut Definitions) -> Entries {
    let of_type = |name| ("type", text(name));
    match value {
        Form::Text => vec![of_type("string")],
        Form::Version => vec![("const", text(VERSION))],
        Form::Flag => vec![of_type("boolean")],
        Form::Count => vec![of_type("integer"), ("minimum", Json::Number(0.into()))],
        Form::Status(first, last) => vec![
            of_type("integer"),
            ("minimum", Json::Number((*first).into())),
            ("maximum", Json::Number((*last).into())),
        ],
        Form::Number => vec![of_type("number")],
        Form::Any => Vec::new(),
        Form::AnyObject => vec![of_type("object")],
        Form::Choice(choices) => vec![("enum", texts(choices()))],
        Form::List(item) => vec![of_type("array"), ("items", entries(form(item, of, definitions)))],
        Form::Map(item) => {
            let item = removable(form(item, of, definitions), item, of);
            vec![of_type("object"), ("additionalProperties", entries(item))]
        }
        Form::Object(object) => vec![reference(object, of, definitions)],
        Form::TextOr(object) => {
            let object = entries(vec![reference(object, of, definitions)]);
            vec![("anyOf", Json::Array(vec![entries(vec![of_type("string")]), object]))]
        }
        Form::ScalarOr(object) => {
            let object = entries(vec![reference(object, of, definitions)]);
            let scalar = entries(vec![("type", texts(["string", "boolean"]))]);
            vec![("anyOf", Json::Array(vec![scalar, object]))]
        }
    }
}

/// In an overlay, null takes the place of anything.
fn removable(value: Entries, form: &Form, of: Of) -> Entries {
    if of == Of::Spec || matches!(form, Form::Any | Form::Version) {
        return value;
    }
    let null = entries(vec![("type", text("null"))]);
    vec![("anyOf", Json::Array(vec![entries(value), null]))]
}

fn reference(
    target: &'static Object,
    of: Of,
    definitions: &mut Definitions,
) -> (&'static str, Json) {
    if !definitions.iter().any(|(name, _)| name == target.name) {
        // Holds the place, so that the order is that of the first mention and nothing is endless.
        let place = definitions.len();
        definitions.push((target.name.to_owned(), Json::Null));
        definitions[place].1 = entries(object(target, of, definitions));
    }
    ("$ref", text(format!("#/$defs/{}", target.name)))
}

fn text(text: impl Into<String>) -> Json {
    Json::String(text.into())
}

fn texts(texts: impl IntoIterator<Item = &'static str>) -> Json {
    Json::Array(texts.into_iter().map(text).collect())
}

fn entries(entries: Entries) -> Json {
    Json::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}
