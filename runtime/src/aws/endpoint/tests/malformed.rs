//! Rule sets that are none say where.

use super::super::RuleSet;

#[test]
fn a_malformed_rule_set_says_where() {
    let cases = [
        ("{", "line 1, column 1: it is not JSON"),
        ("[]", "the top: it has no array `rules`"),
        (r#"{"rules": [{}]}"#, "rules[0]: it is no tree of `rules`, no `error` and no `endpoint`"),
        (
            r#"{"rules": [{"type": "tree", "error": "x"}]}"#,
            "rules[0]: it is no tree of `rules`, no `error` and no `endpoint`",
        ),
        (r#"{"rules": [{"error": "{A}"}]}"#, "rules[0].error: nothing is called `A` here"),
        (r#"{"rules": [{"error": "a}"}]}"#, "rules[0].error: a brace in a template has no other"),
        (
            r#"{"rules": [{"error": "x"}, {"rules": [{"conditions": [{"fn": "f", "argv": []}], "error": "x"}]}]}"#,
            "rules[1].rules[0].conditions[0]: there is no function `f`",
        ),
        (
            r#"{"rules": [{"conditions": [{"fn": "isSet", "argv": []}], "error": "x"}]}"#,
            "rules[0].conditions[0]: `isSet` does not take 0 arguments",
        ),
        (
            r#"{"rules": [{"conditions": [{"fn": "not", "argv": [{"fn": "isSet", "argv": [null]}]}], "error": "x"}]}"#,
            "rules[0].conditions[0].argv[0].argv[0]: it is no expression",
        ),
        (
            r#"{"rules": [{"conditions": [{"fn": "getAttr", "argv": ["a", "b"]}], "error": "x"}]}"#,
            "rules[0].conditions[0]: no value has an attribute `b`",
        ),
        (
            r#"{"rules": [{"conditions": [{"fn": "getAttr", "argv": ["a", "[x]"]}], "error": "x"}]}"#,
            "rules[0].conditions[0]: the index in the path `[x]` is no number",
        ),
        (
            r#"{"rules": [{"conditions": [{"fn": "split", "argv": ["a", "", 0]}], "error": "x"}]}"#,
            "rules[0].conditions[0]: `split` takes a delimiter that is not empty",
        ),
        (
            r#"{"parameters": {"A": {"type": "string"}},
                "rules": [{"conditions": [{"fn": "isSet", "argv": ["a"], "assign": "A"}], "error": "x"}]}"#,
            "rules[0].conditions[0]: `A` has a value already",
        ),
        // What one rule gives a name to is not known in the next.
        (
            r#"{"rules": [{"conditions": [{"fn": "isSet", "argv": ["a"], "assign": "B"}], "error": "x"},
                          {"error": "{B}"}]}"#,
            "rules[1].error: nothing is called `B` here",
        ),
        (r#"{"rules": [{"endpoint": {"headers": {}}}]}"#, "rules[0].endpoint: it has no `url`"),
        (
            r#"{"rules": [{"endpoint": {"url": "x", "headers": {"a": "b"}}}]}"#,
            "rules[0].endpoint: the header `a` has no array of values",
        ),
        (
            r#"{"rules": [{"endpoint": {"url": "x", "properties": {"authSchemes": [{}]}}}]}"#,
            "rules[0].endpoint.authSchemes[0]: an auth scheme has no name",
        ),
        (
            r#"{"parameters": {"A": {"type": "int"}}, "rules": []}"#,
            "parameters.A: its type is none of `string`, `boolean`, `stringArray`",
        ),
        (
            r#"{"parameters": {"A": {"type": "string", "default": true}}, "rules": []}"#,
            "parameters.A: its default is not a text",
        ),
    ];
    for (text, expected) in cases {
        let error = RuleSet::parse(text).unwrap_err();
        assert_eq!(error.to_string(), format!("the endpoint rules are malformed at {expected}"));
    }
}

#[test]
fn deep_rules_are_refused() {
    let deep = format!("{}{}", r#"{"rules":["#.repeat(60), "]}".repeat(60));
    let deep = deep.replace("[]", r#"[{"error":"x"}]"#);
    assert!(RuleSet::parse(&deep).is_ok());
    let deeper = format!("{}{}", r#"{"rules":["#.repeat(500), "]}".repeat(500));
    assert!(RuleSet::parse(&deeper).is_err());
}

#[test]
fn a_template_takes_its_host() {
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], String);

    let known = "standard, govcloud, dual-stack, govcloud-regions, dual-stack-global, \
                 dual-stack-first";
    let cases: [Case<'_>; 5] = [
        ("other", &[("host", "a")], format!("there is no such template; there are {known}")),
        ("standard", &[], "it takes `host` and nothing else".to_owned()),
        (
            "standard",
            &[("host", "a"), ("hosts", "b")],
            "it takes `host` and nothing else".to_owned(),
        ),
        (
            "standard",
            &[("host", "a/\"")],
            "its `host` cannot be part of a host name: a/\\\"".to_owned(),
        ),
        ("standard", &[("host", "")], "its `host` cannot be part of a host name: ".to_owned()),
    ];
    for (id, values, reason) in cases {
        let error = RuleSet::template(id, values).unwrap_err();
        assert_eq!(error.place, format!("the template `{id}`"));
        assert_eq!(error.reason, reason);
    }
}
