//! Rule sets become templates or short rules.

use super::{TEMPLATES, endpoint_rules};
use typefoundry_spec::Json;

fn rules(text: &str) -> String {
    let json: Json = serde_json::from_str(text).unwrap();
    match endpoint_rules("rules.json", &json) {
        Ok(rules) => rules.to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_rule_set_that_is_a_template_becomes_its_name() {
    for (id, template) in TEMPLATES {
        let expected = format!(r#"{{"template":"{id}","host":"api.pets"}}"#);
        assert_eq!(rules(&template.replace("$host", "api.pets")), expected);
    }
}

#[test]
fn the_templates_are_the_runtimes() {
    assert_eq!(TEMPLATES, typefoundry::aws::endpoint::TEMPLATES);
}

#[test]
fn what_says_the_same_becomes_the_same() {
    let is_set = r#"{"fn": "isSet", "argv": [{"ref": "A"}]}"#;
    let short = r#"{"parameters":{"A":{"type":"string"}},"rules":[{"conditions":[{"fn":"isSet","argv":[{"ref":"A"}]}],"endpoint":{"url":"https://{A}"}},{"error":"no A"}]}"#;
    let parameter =
        r#""parameters": {"A": {"type": "String", "required": false, "documentation": "A"}}"#;
    let cases = [
        // As it stands in a file
        format!(
            r#"{{"version": "1.0", {parameter}, "rules": [
                {{"conditions": [{is_set}], "type": "endpoint", "documentation": "x",
                  "endpoint": {{"url": "https://{{A}}", "properties": {{}}, "headers": {{}}}}}},
                {{"conditions": [], "error": "no A", "type": "error"}}]}}"#
        ),
        // Trees around single rules, and a rule that is never reached
        format!(
            r#"{{{parameter}, "rules": [{{"conditions": [], "type": "tree", "rules": [
                {{"conditions": [{is_set}], "type": "tree", "rules": [
                  {{"conditions": [], "type": "tree", "rules": [
                    {{"conditions": [], "type": "endpoint", "endpoint": {{"url": "https://{{A}}"}}}}]}}]}},
                {{"conditions": [], "error": "no A", "type": "error"}},
                {{"conditions": [], "error": "never", "type": "error"}}]}}]}}"#
        ),
    ];
    for case in cases {
        assert_eq!(rules(&case), short);
    }
}

#[test]
fn what_nobody_knows_is_an_error() {
    let cases = [
        ("[]", "the top: it is an array and not an object"),
        (r#"{"rulez": []}"#, "the top: nobody knows a key `rulez` here"),
        (
            r#"{"rules": [{"conditions": []}]}"#,
            "rules[0]: it has no `rules`, no `error` and no `endpoint`",
        ),
        (
            r#"{"rules": [{"type": "tree", "rules": [{"error": "x", "when": 1}]}]}"#,
            "rules[0].rules[0]: nobody knows a key `when` here",
        ),
        (
            r#"{"rules": [{"conditions": [{"func": "x"}], "error": "x"}]}"#,
            "rules[0].conditions[0]: nobody knows a key `func` here",
        ),
        (r#"{"parameters": {"A": {}}, "rules": []}"#, "parameters.A: it has no type"),
    ];
    for (text, expected) in cases {
        assert_eq!(rules(text), format!("rules.json: {expected}"));
    }
}
