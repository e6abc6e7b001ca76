#![allow(clippy::panic, reason = "that is how tests fail")]

use super::{Model, Role, Shape, UriSegment, UriTemplate};

fn model(text: &str) -> Model {
    match crate::load("test.json", text).into_model() {
        Ok(model) => model,
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

fn shape<'a>(model: &'a Model, name: &str) -> &'a Shape {
    match model.find_shape(name) {
        Some(id) => model.shape(id),
        None => panic!("no shape {name}"),
    }
}

#[test]
fn uri_templates_are_read() {
    let literal = |text: &str| UriSegment::Literal(text.to_owned());
    let label = |name: &str, greedy| UriSegment::Label { name: name.to_owned(), greedy };
    let cases = [
        ("/", vec![literal("")], None),
        ("/a", vec![literal("a")], None),
        ("/a/", vec![literal("a"), literal("")], None),
        ("//a", vec![literal(""), literal("a")], None),
        ("/{id}", vec![label("id", false)], None),
        ("/a/{b}/{c+}", vec![literal("a"), label("b", false), label("c", true)], None),
        ("/{key+}/acl", vec![label("key", true), literal("acl")], None),
        ("/a?b", vec![literal("a")], Some("b")),
        ("/a?b=c&d=e?f", vec![literal("a")], Some("b=c&d=e?f")),
        ("/a?", vec![literal("a")], Some("")),
        ("/a%20b/v1.0:run", vec![literal("a%20b"), literal("v1.0:run")], None),
        ("/{이름}", vec![label("이름", false)], None),
    ];
    for (text, segments, query) in cases {
        let expected =
            UriTemplate { text: text.to_owned(), segments, query: query.map(str::to_owned) };
        assert_eq!(UriTemplate::parse(text), Ok(expected));
    }
}

#[test]
fn uri_templates_that_are_none_are_refused() {
    let cases = [
        ("", "start with a slash"),
        ("a", "start with a slash"),
        (" /a", "more than one space"),
        ("?a", "start with a slash"),
        ("/a b", "holds ` `"),
        ("/a#b", "holds `#`"),
        ("/é", "holds `é`"),
        ("/a?é", "the query holds `é`"),
        ("/a?b={c}", "the query must be constant"),
        ("/a%2", "`%2` in the path"),
        ("/a%%41", "`%` in the path"),
        ("/.", "`.` is not a segment"),
        ("/a/../b", "`..` is not a segment"),
        ("/{", "`{` has no partner"),
        ("/a}", "`a}` has no partner"),
        ("/{}", "`{}` is not a label"),
        ("/{+}", "`{+}` is not a label"),
        ("/{a}{b}", "`{a}{b}` is not a label"),
        ("/{a}-{b}/c", "`{a}-{b}` is not a label"),
        ("/v{a}", "whole segment"),
        ("/{a+}/{b+}", "only one label"),
        ("/{a}/{a+}", "`{a}` stands twice"),
    ];
    for (text, reason) in cases {
        match UriTemplate::parse(text) {
            Ok(template) => panic!("{text} was read as {template:?}"),
            Err(said) => assert!(said.contains(reason), "{text}: {said}"),
        }
    }
}

#[test]
fn labels_are_in_the_order_of_the_path() {
    let template = UriTemplate::parse("/{z}/a/{b}/{a+}?c=d");
    let labels: Vec<_> = template.iter().flat_map(UriTemplate::labels).collect();
    assert_eq!(labels, ["z", "b", "a"]);
}

const SHOP: &str = r#"{
    "typefoundry": "1",
    "service": {
        "id": "acme/shop-front", "title": "Shop", "protocol": "rest", "endpoint": {"url": "https://a.b"}
    },
    "operations": {
        "Put": {"http": "PUT /", "input": {"item": "Item"}, "output": {"at": "Time"}, "errors": ["Gone"]},
        "Get": {"http": "GET /", "output": {"items": "ItemMap", "item": "Item"}}
    },
    "shapes": {
        "Item": {"structure": {"parts": "Parts", "time": "Time"}},
        "Parts": {"list": "Part"},
        "Part": {"structure": {"whole": "Item", "choice": "Choice"}},
        "Choice": {"union": {"a": "Deep"}},
        "Deep": {"type": "string"},
        "ItemMap": {"map": "Item", "key": "Key"},
        "Key": {"type": "string"},
        "Time": {"type": "timestamp"},
        "Gone": {"structure": {"reason": "Reason"}, "error": {"status": 410}},
        "Reason": {"enum": {"A": ""}}
    }
}"#;

#[test]
fn roles_reach_through_everything() {
    const INPUT: Role = Role { input: true, output: false, error: false };
    const OUTPUT: Role = Role { input: false, output: true, error: false };
    const BOTH: Role = Role { input: true, output: true, error: false };
    const ERROR: Role = Role { input: false, output: true, error: true };
    const NONE: Role = Role { input: false, output: false, error: false };
    let model = model(SHOP);
    let names = ["Item", "Part", "Deep", "ItemMap", "Key", "Time", "Gone", "Reason"];
    let cases: &[(&[&str], [Role; 8])] = &[
        (&["Put", "Get"], [BOTH, BOTH, BOTH, OUTPUT, OUTPUT, BOTH, ERROR, OUTPUT]),
        (&["Put"], [INPUT, INPUT, INPUT, NONE, NONE, BOTH, ERROR, OUTPUT]),
        (&["Get"], [OUTPUT, OUTPUT, OUTPUT, OUTPUT, OUTPUT, OUTPUT, NONE, NONE]),
        (&[], [NONE; 8]),
    ];
    for (operations, expected) in cases {
        let roles = model.roles(operations.iter().filter_map(|name| model.find_operation(name)));
        assert_eq!(roles.len(), model.shapes.len());
        for (name, role) in names.iter().zip(expected) {
            let id = model.find_shape(name).map_or(usize::MAX, super::ShapeId::index);
            assert_eq!(roles[id], *role, "{name} of {operations:?}");
            assert_eq!(role.is_used(), *role != NONE);
        }
    }
}

#[test]
fn a_spec_without_operations_uses_all_its_shapes() {
    let model = model(
        r#"{"typefoundry": "1", "service": {"id": "a/b", "title": "B"},
            "shapes": {"One": {"type": "string"}, "Two": {"structure": {}}}}"#,
    );
    assert!(model.roles(&model.operations).iter().all(|role| role.output && !role.input));
}

#[test]
fn secrets_are_found() {
    let model = model(
        r#"{"typefoundry": "1", "service": {"id": "a/b", "title": "B"},
            "shapes": {
                "Key": {"type": "string", "sensitive": true},
                "Keys": {"list": "Key"},
                "Matrix": {"list": "Keys"},
                "Marked": {"list": {"type": "string", "sensitive": true}},
                "ByName": {"map": "Keys"},
                "BySecret": {"map": "string", "key": "Key"},
                "L9": {"list": "Keys"}, "L8": {"list": "L9"}, "L7": {"list": "L8"},
                "L6": {"list": "L7"}, "L5": {"list": "L6"}, "L4": {"list": "L5"},
                "L3": {"list": "L4"}, "L2": {"map": "L3"}, "L1": {"list": "L2"},
                "Card": {"structure": {"number": {"type": "string", "sensitive": true}}},
                "Closed": {"structure": {"number": "string"}, "sensitive": true},
                "Wallet": {"structure": {"cards": "Cards", "wallet": "Wallet"}},
                "Cards": {"list": "Card"},
                "Choice": {"union": {"key": "Key", "text": "string"}},
                "Tree": {"structure": {"left": "Tree", "right": "Tree"}},
                "All": {"structure": {
                    "text": "string",
                    "marked": {"type": "string", "sensitive": true},
                    "key": "Key",
                    "keys": "Keys",
                    "matrix": "Matrix",
                    "markedList": "Marked",
                    "byName": "ByName",
                    "bySecret": "BySecret",
                    "deep": "L1",
                    "card": "Card",
                    "closed": "Closed",
                    "wallet": "Wallet",
                    "choice": "Choice",
                    "tree": "Tree"
                }}
            }}"#,
    );
    // The whole is secret, or something in it.
    let expected = [
        ("text", false, false),
        ("marked", true, true),
        ("key", true, true),
        ("keys", true, true),
        ("matrix", true, true),
        ("markedList", true, true),
        ("byName", true, true),
        ("bySecret", true, true),
        ("deep", true, true),
        ("card", false, true),
        ("closed", true, true),
        ("wallet", false, true),
        ("choice", false, true),
        ("tree", false, false),
    ];
    let members = shape(&model, "All").members();
    let found: Vec<_> = members
        .iter()
        .map(|it| (it.name.as_str(), model.is_sensitive(it), model.holds_secrets(it)))
        .collect();
    assert_eq!(found, expected);
}

/// A chain of structures, whose last one holds what is given.
fn chain(last: &str) -> Model {
    let link = |at: usize| format!(r#""S{at}": {{"structure": {{"next": "S{}"}}}}"#, at + 1);
    let links: Vec<_> = (0..10_000).map(link).collect();
    model(&format!(
        r#"{{"typefoundry": "1", "service": {{"id": "a/b", "title": "B"}},
            "shapes": {{{}, "S10000": {{"structure": {{{last}}}}}}}}}"#,
        links.join(",")
    ))
}

#[test]
fn a_long_way_down_takes_no_stack() {
    let cases = [
        (r#""text": "string""#, false, false),
        (r#""key": {"type": "string", "sensitive": true}"#, true, false),
        (r#""next": "S0""#, false, true),
    ];
    for (last, secret, circle) in cases {
        let model = chain(last);
        let (circles, ids) = (model.member_circles(), ["S0", "S10000"]);
        let joined = ids.map(|name| model.find_shape(name));
        let [Some(first), Some(end)] = joined else { panic!("no {ids:?}") };
        assert_eq!(model.holds_secrets(&model.shape(first).members()[0]), secret, "{last}");
        assert_eq!(circles.join(first, end), circle, "{last}");
    }
}

#[test]
fn circles_go_through_members_alone() {
    let model = model(
        r#"{"typefoundry": "1", "service": {"id": "a/b", "title": "B"},
            "shapes": {
                "A": {"structure": {"b": "B", "out": "Out"}},
                "B": {"union": {"c": "C", "text": "string"}},
                "C": {"structure": {"a": "A", "b": "B"}},
                "Out": {"structure": {"list": "List", "text": "string"}},
                "List": {"list": "A"},
                "In": {"structure": {"a": "A"}},
                "Own": {"structure": {"own": "Own"}}
            }}"#,
    );
    let circles = model.member_circles();
    let names = ["A", "B", "C", "Out", "List", "In", "Own"];
    let ids: Vec<_> = names.iter().filter_map(|name| model.find_shape(name)).collect();
    let with = |of: usize| -> String {
        let joined = ids.iter().zip(names).filter(|(id, _)| circles.join(ids[of], **id));
        joined.map(|(_, name)| name).collect::<Vec<_>>().join(" ")
    };
    let found: Vec<_> = (0..ids.len()).map(with).collect();
    assert_eq!(found, ["A B C", "A B C", "A B C", "Out", "List", "In", "Own"]);
}

#[test]
fn a_service_id_has_two_parts() {
    let model = model(SHOP);
    assert_eq!((model.service.provider(), model.service.name()), ("acme", "shop-front"));
}

#[test]
fn a_shape_may_have_the_name_of_a_base_type() {
    let model = model(
        r#"{"typefoundry": "1", "service": {"id": "a/b", "title": "B"},
            "shapes": {
                "string": {"enum": {"A": ""}},
                "Item": {"structure": {"own": "string", "base": "long"}},
                "Map": {"map": "string"}
            }}"#,
    );
    let kind = |name: &str| {
        let member = shape(&model, "Item").members().iter().find(|member| member.name == name);
        member.map(|member| model.shape(member.target).kind.word())
    };
    assert_eq!((kind("own"), kind("base")), (Some("enum"), Some("long")));
    assert!(matches!(
        &shape(&model, "Map").kind,
        super::Kind::Map(map) if model.shape(map.key).is_base
    ));
}

#[test]
fn wire_names_fall_back_to_the_model() {
    let model = model(
        r#"{"typefoundry": "1", "service": {"id": "a/b", "title": "B"},
            "shapes": {"Item": {"structure": {"a": {"type": "string", "wire": "A"}, "b": "string"}}}}"#,
    );
    let names: Vec<_> =
        shape(&model, "Item").members().iter().map(super::Member::wire_name).collect();
    assert_eq!(names, ["A", "b"]);
}
