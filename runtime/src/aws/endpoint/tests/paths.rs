//! Paths into inputs.

use super::super::Path;
use crate::{Map, Model, json};
use std::borrow::Cow;

#[derive(Model)]
struct Input {
    name: Option<String>,
    one: Option<Item>,
    items: Option<Vec<Item>>,
    tables: Option<Map<String, Vec<Item>>>,
    texts: Option<Vec<String>>,
}

#[derive(Model)]
struct Item {
    get: Option<Table>,
    put: Option<Table>,
    many: Option<Vec<Table>>,
}

#[derive(Model)]
struct Table {
    name: Option<String>,
}

fn input() -> Input {
    json::from_slice(
        br#"{
            "name": "n",
            "one": {"get": {"name": "o"}},
            "items": [
                {"get": {"name": "a"}, "many": [{"name": "x"}, {}]},
                {"put": {"name": "b"}},
                {"get": {"name": "c"}, "put": {"name": "d"}, "many": [{"name": "y"}]}
            ],
            "tables": {"t2": [], "t1": [{"get": {"name": "e"}}]},
            "texts": ["p", "q"]
        }"#,
    )
    .unwrap()
}

#[test]
fn paths_to_lists() {
    let cases: &[(&str, Option<&[&str]>)] = &[
        ("texts", Some(&["p", "q"])),
        ("texts[*]", Some(&["p", "q"])),
        ("@.texts", Some(&["p", "q"])),
        ("keys(tables)", Some(&["t2", "t1"])),
        ("tables | keys(@)", Some(&["t2", "t1"])),
        ("items[*].get.name", Some(&["a", "c"])),
        ("items[].get.name", Some(&["a", "c"])),
        ("items[*].[get.name, put.name][]", Some(&["a", "b", "c", "d"])),
        ("items[*].[get.name,put.name] | []", Some(&["a", "b", "c", "d"])),
        ("items[*].many[].name", Some(&["x", "y"])),
        ("items[*].many[*].name | []", Some(&["x", "y"])),
        ("[name, one.get.name]", Some(&["n", "o"])),
        ("tables.t1[*].get.name", Some(&["e"])),
        ("name", None),
        ("name[*]", None),
        ("keys(name)", None),
        ("none[*].name", None),
        ("one.many[*].name", None),
    ];
    let input = input();
    for (path, expected) in cases {
        let found = Path::parse(path).unwrap().texts(&input);
        let expected = expected.map(|items| items.iter().copied().map(Cow::Borrowed).collect());
        assert_eq!(found, expected, "{path}");
    }
}

#[test]
fn paths_to_texts() {
    let cases = [
        ("name", Some("n")),
        ("one.get.name", Some("o")),
        ("one.put.name", None),
        ("one.get", None),
        ("texts", None),
        ("other", None),
    ];
    let input = input();
    for (path, expected) in cases {
        let found = Path::parse(path).unwrap().text(&input);
        assert_eq!(found.as_deref(), expected, "{path}");
    }
}

#[test]
fn other_expressions_are_errors() {
    let cases = [
        ("", "the name of a member is missing"),
        ("a.", "the name of a member is missing"),
        ("a[0]", "nothing is known that begins with `[`"),
        ("a[?b]", "nothing is known that begins with `[`"),
        ("a.*", "the name of a member is missing"),
        ("a || b", "the name of a member is missing"),
        ("length(a)", "there is no function `length`; there is `keys`"),
        ("keys(a", "a `)` is missing"),
        ("[a, b", "a `]` is missing"),
        ("a b", "nothing is known that begins with `b`"),
        ("1a", "the name of a member is missing"),
    ];
    for (path, reason) in cases {
        let error = Path::parse(path).unwrap_err().to_string();
        assert_eq!(error, format!("the path `{path}` into the input cannot be read: {reason}"));
    }
}
