#![allow(clippy::panic, reason = "that is how tests fail")]

use super::keys::{Form, Object, SPEC};
use super::lower::BASE_TYPES;
use crate::json::Json;
use crate::load;
use crate::model::{Kind, Model};
use std::collections::HashSet;

fn model(text: &str) -> Model {
    match load("test.json", text).into_model() {
        Ok(model) => model,
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

/// The codes of what is said about a shape.
fn said_of_shape(shape: &str) -> Vec<&'static str> {
    let text = format!(
        r#"{{"typefoundry": "1", "service": {{"id": "a/b", "title": "B"}}, "shapes": {{"S": {shape}}}}}"#
    );
    load("test.json", &text).diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect()
}

#[test]
fn limits_are_numbers_in_order() {
    let cases: &[(&str, &[&str])] = &[
        (r#"{"type": "string", "length": {"min": 0, "max": 0}}"#, &[]),
        (r#"{"type": "string", "length": {"max": 18446744073709551615}}"#, &[]),
        (r#"{"type": "string", "length": {}}"#, &[]),
        (r#"{"type": "string", "length": {"min": 2, "max": 1}}"#, &["TF0111"]),
        (r#"{"type": "string", "length": {"min": -1}}"#, &["TF0104"]),
        (r#"{"type": "string", "length": {"min": 1.0}}"#, &["TF0104"]),
        (r#"{"type": "string", "length": {"max": 18446744073709551616}}"#, &["TF0104"]),
        (r#"{"type": "integer", "range": {"min": -5, "max": -5}}"#, &[]),
        (r#"{"type": "double", "range": {"min": -1e300, "max": 0.5}}"#, &[]),
        (r#"{"type": "double", "range": {"min": 0.5, "max": 0.25}}"#, &["TF0111"]),
        (r#"{"type": "double", "range": {"min": "1"}}"#, &["TF0104"]),
        (r#"{"type": "double", "length": {"min": 2, "max": 1}}"#, &["TF0113", "TF0111"]),
        (r#"{"list": "string", "length": {"min": 2, "max": 1}}"#, &["TF0111"]),
    ];
    for (shape, expected) in cases {
        assert_eq!(said_of_shape(shape), *expected, "{shape}");
    }
}

/// Providers write patterns in the dialects of Java, JavaScript and others; only what is wrong in all of
/// them is told.
#[test]
fn a_pattern_is_documentation_in_any_dialect() {
    for pattern in ["^(?<=a)b$", "(?P<n>a)", "\\\\p{Foo}", "a{5,2}", "(?!x)\\\\1", ""] {
        let shape = format!(r#"{{"type": "string", "pattern": "{pattern}"}}"#);
        assert_eq!(said_of_shape(&shape), [""; 0], "{pattern}");
    }
}

#[test]
fn statuses_have_ranges() {
    let cases: &[(&str, &[&str])] = &[
        ("300", &[]),
        ("599", &[]),
        ("299", &["TF0115"]),
        ("600", &["TF0115"]),
        ("-404", &["TF0115"]),
        ("65940", &["TF0115"]),
        ("\"404\"", &["TF0104"]),
    ];
    for (status, expected) in cases {
        let shape = format!(r#"{{"structure": {{}}, "error": {{"status": {status}}}}}"#);
        assert_eq!(said_of_shape(&shape), *expected, "{status}");
    }
}

#[test]
fn a_string_is_short_for_a_member() {
    let model = model(
        r#"{"typefoundry": "1", "service": {"id": "a/b", "title": "B"},
            "shapes": {
                "Item": {"structure": {"short": "Names", "long": {"type": "Names"}}},
                "Names": {"list": "string"},
                "Same": {"list": {"type": "string"}}
            }}"#,
    );
    let targets = |name: &str| {
        model.find_shape(name).map(|id| match &model.shape(id).kind {
            Kind::List(list) => vec![list.item.target],
            _ => model.shape(id).members().iter().map(|member| member.target).collect(),
        })
    };
    assert_eq!(targets("Names"), targets("Same"));
    assert!(matches!(targets("Item").as_deref(), Some([short, long]) if short == long));
}

#[test]
fn several_codes_name_an_error_in_order() {
    let model = model(
        r#"{"typefoundry": "1", "service": {"id": "a/b", "title": "B"},
            "shapes": {"Gone": {"structure": {}, "error": {"codes": ["B", "C"], "code": "A"}}}}"#,
    );
    let codes: Vec<_> = model.errors().flat_map(|(_, _, error)| &error.codes).collect();
    assert_eq!(codes, ["A", "B", "C"]);
}

#[test]
fn an_unknown_version_is_all_that_is_said() {
    let loaded = load("test.json", r#"{"typefoundry": "7", "nothing": ["else", "matters"]}"#);
    let codes: Vec<_> = loaded.diagnostics.iter().map(|it| it.code.id).collect();
    assert_eq!(codes, ["TF0109"]);
    assert!(loaded.into_model().is_err());
}

/// Goes through every object of the table once.
fn objects() -> Vec<&'static Object> {
    fn below(form: &'static Form, found: &mut Vec<&'static Object>) {
        match form {
            Form::List(inner) | Form::Map(inner) => below(inner, found),
            Form::Object(object) | Form::TextOr(object) | Form::ScalarOr(object) => {
                add(object, found);
            }
            _ => {}
        }
    }
    fn add(object: &'static Object, found: &mut Vec<&'static Object>) {
        if !found.iter().any(|known| known.name == object.name) {
            found.push(object);
            object.keys.iter().for_each(|key| below(&key.form, found));
        }
    }
    let mut found = Vec::new();
    add(&SPEC, &mut found);
    found
}

/// Help and schema are made of it.
#[test]
fn the_table_documents_every_key_once() {
    for object in objects() {
        let mut names = HashSet::new();
        assert!(object.docs.ends_with('.'), "{}", object.name);
        for key in object.keys {
            assert!(names.insert(key.name), "{} of {} stands twice", key.name, object.name);
            assert!(key.docs.ends_with('.'), "{} of {}", key.name, object.name);
        }
    }
}

#[test]
fn the_schema_has_the_order_of_the_table() {
    let Ok(schema) = serde_json::from_str::<Json>(&crate::json_schema()) else {
        panic!("the schema is not JSON")
    };
    let keys = |json: &Json| -> Vec<String> {
        json.as_object().unwrap_or_default().iter().map(|(key, _)| key.clone()).collect()
    };
    let definitions = schema.get("$defs").unwrap_or(&Json::Null);
    for object in objects() {
        let definition =
            if object.name == SPEC.name { Some(&schema) } else { definitions.get(object.name) };
        let properties =
            definition.and_then(|it| it.get("properties")).map(keys).unwrap_or_default();
        let table: Vec<_> = object.keys.iter().map(|key| key.name).collect();
        assert_eq!(properties, table, "{}", object.name);
    }
    assert_eq!(keys(definitions).len(), objects().len() - 1);
}

#[test]
fn every_base_type_has_a_kind_of_its_own() {
    let model = model(r#"{"typefoundry": "1", "service": {"id": "a/b", "title": "B"}}"#);
    let words: Vec<_> = model.shapes.iter().map(|shape| shape.kind.word()).collect();
    assert_eq!(words, BASE_TYPES);
}

#[test]
fn a_place_is_right_whatever_the_line_breaks_are() {
    let lines = [
        "{",
        "  \"typefoundry\": \"1\",",
        "  \"é🎈\": 1, \"service\": {\"id\": \"a/b\", \"title\": \"B\"}",
        "}",
    ];
    for line_break in ["\n", "\r\n"] {
        let text = lines.join(line_break);
        let rendered = load("test.json", &text).diagnostics.to_string();
        assert!(rendered.contains("test.json:3:3\n"), "{rendered}");

        let broken = text.replace(": 1,", ": 1");
        let rendered = load("test.json", &broken).diagnostics.to_string();
        assert!(rendered.contains("test.json:3:11\n"), "{rendered}");
    }
}
