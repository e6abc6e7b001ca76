//! What expressions find.

use super::super::find::{Finder, Node};
use super::{Input, Output, part};
use crate::{Document, Map};
use typefoundry_jmespath::parse;

/// What is found, as JSON.
fn json(node: &Node<'_>) -> serde_json::Value {
    match node {
        Node::Nothing => serde_json::Value::Null,
        Node::Bool(value) => (*value).into(),
        Node::Whole(number) => (*number).into(),
        Node::Number(number) => (*number).into(),
        Node::Text(text) => (*text).into(),
        Node::List(items) => items.iter().map(json).collect(),
        Node::Structure(structure) => {
            let (schema, members) = structure.split();
            let members = schema.members.iter().enumerate().filter_map(|(index, member)| {
                let found = json(&Node::from(members.member(index)?.view()));
                (!found.is_null()).then(|| (member.name.to_string(), found))
            });
            members.collect()
        }
        Node::Document(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), json(&Node::from(value)))).collect()
        }
        Node::Map(map) => (0..map.len())
            .filter_map(|index| map.entry(index))
            .map(|(key, value)| (key.to_owned(), json(&Node::from(value.view()))))
            .collect(),
        other => panic!("{other:?}"),
    }
}

/// The values are those of what jmespath.py 1.0.1 gives for the same, but for wrong types.
#[test]
fn expressions_find_what_jmespath_does() {
    let value = r#"{
        "a": {"b": {"c": "deep"}}, "n": null, "t": "text", "e": "", "zero": 0, "el": [], "eo": {},
        "l": [1, 2, 3], "ll": [[1, 2], [3, [4]], 5], "yes": true, "big": 9007199254740993,
        "o": [{"s": "x", "k": 1}, {"s": "y", "k": 2}, {"k": 3}, {"s": "x", "in": [{"v": 1}, {"v": 2}]}],
        "m": {"p": {"v": 1}, "q": {"v": 2}, "r": {}}
    }"#;
    let document = Document::from_json(value.as_bytes()).unwrap();
    let cases = [
        ("a.b.c", r#""deep""#),
        ("a.b.x", "null"),
        ("a.x.c", "null"),
        ("t.x", "null"),
        ("@.t", r#""text""#),
        ("l[0]", "1"),
        ("l[-1]", "3"),
        ("l[3]", "null"),
        ("l[-4]", "null"),
        ("t[0]", "null"),
        ("ll[]", "[1,2,3,[4],5]"),
        ("ll[*]", "[[1,2],[3,[4]],5]"),
        ("ll[*][0]", "[1,3]"),
        ("o[].s", r#"["x","y","x"]"#),
        ("o[*].s", r#"["x","y","x"]"#),
        ("o[].in[].v", "[1,2]"),
        ("o[*].in[*].v", "[[1,2]]"),
        ("o[*].in[*].v | [0]", "[1,2]"),
        ("t[].x", "null"),
        ("n[]", "null"),
        ("m.*.v", "[1,2]"),
        ("l.*", "null"),
        ("o[?s == 'x'].k", "[1]"),
        ("o[?s == 'x' || k == `3`].k", "[1,3]"),
        ("o[?!(s == 'x' && k == `1`)].k", "[2,3]"),
        ("o[?k > `1`].k", "[2,3]"),
        ("o[?in].in[0].v", "[1]"),
        ("length(l)", "3"),
        ("length(t)", "4"),
        ("length(m)", "3"),
        ("length(el) == `0`", "true"),
        ("length(l[]) > `0`", "true"),
        ("length(o[?s == 'x']) == length(o)", "false"),
        ("keys(m)", r#"["p","q","r"]"#),
        ("values(a.b)", r#"["deep"]"#),
        ("contains(l, `2`)", "true"),
        ("contains(t, 'ex')", "true"),
        ("contains(t, `2`)", "false"),
        ("starts_with(t, 'te')", "true"),
        ("ends_with(t, 'te')", "false"),
        ("not_null(n, t)", r#""text""#),
        ("not_null(n)", "null"),
        ("[t, n]", r#"["text",null]"#),
        ("a.[b.c, x]", r#"["deep",null]"#),
        ("n.[b]", "null"),
        ("t == 'text'", "true"),
        ("t != 'text'", "false"),
        ("zero == `0.0`", "true"),
        ("big == `9007199254740992`", "false"),
        ("big == `9007199254740993`", "true"),
        ("l < `1`", "null"),
        ("t < 'u'", "null"),
        ("zero <= `0` && zero >= `0`", "true"),
        ("zero < `1`", "true"),
        ("n == x", "true"),
        ("l == ll[0]", "false"),
        ("m.p == o[3].in[0]", "true"),
        ("m.p == m.q", "false"),
        ("e || t", r#""text""#),
        ("el || eo || zero", "0"),
        ("e && t", r#""""#),
        ("!el", "true"),
        ("!zero", "false"),
        ("yes && `false`", "false"),
        ("x.y | `1`", "1"),
        // Wrong types, which jmespath.py has errors for
        ("length(n)", "null"),
        ("length(zero)", "null"),
        ("length(n) == `0`", "false"),
        ("keys(l)", "null"),
        ("contains(n, 'x')", "null"),
        ("starts_with(l, 'x')", "null"),
    ];
    for (expression, expected) in cases {
        let expr = parse(expression).unwrap();
        let found = json(&Finder::default().find(&expr, &Node::from(&document)));
        let expected: serde_json::Value = serde_json::from_str(expected).unwrap();
        assert_eq!(found, expected, "{expression}");
    }
}

#[test]
fn expressions_find_members_of_structures() {
    let by_name: Map<_, _> = [("a".to_owned(), part("x")), ("b".to_owned(), part("y"))].into();
    let output = Output {
        state: Some("on".to_owned()),
        ready: Some(true),
        size: Some(2),
        share: Some(0.5),
        parts: Some(vec![part("x"), super::Part::default()]),
        by_name: Some(by_name),
        any: Some(Document::from_json(br#"{"deep": [1]}"#).unwrap()),
        secret: Some("s3cret".to_owned()),
    };
    let input = Input { size: Some(2) };
    let cases = [
        ("state", r#""on""#, false),
        ("ready", "true", false),
        ("size == `2`", "true", false),
        ("share", "0.5", false),
        ("parts[].state", r#"["x"]"#, false),
        ("length(parts)", "2", false),
        ("parts[1]", "{}", false),
        ("by_name.*.state", r#"["x","y"]"#, false),
        ("by_name.b.state", r#""y""#, false),
        ("any.deep[0]", "1", false),
        ("nothing", "null", false),
        ("secret", r#""s3cret""#, true),
        ("secret == 'x'", "false", true),
    ];
    for (expression, expected, secret) in cases {
        let expr = parse(expression).unwrap();
        let finder = Finder::default();
        let found = json(&finder.find(&expr, &Node::Structure(&output)));
        let expected: serde_json::Value = serde_json::from_str(expected).unwrap();
        assert_eq!((found, finder.met_a_secret()), (expected, secret), "{expression}");
    }
    let both = Node::Both(&input, &output);
    let expr = parse("input.size == output.size").unwrap();
    assert_eq!(json(&Finder::default().find(&expr, &both)), true);
    let expr = parse("length(keys(@))").unwrap();
    assert_eq!(json(&Finder::default().find(&expr, &both)), 2);
}
