//! Specs are checked against lists of what rules may name.

use super::super::functions::Function;
use super::super::rules::Attr;
use super::super::{Kind, RuleSet, TEMPLATES};
use typefoundry_spec::endpoint_rules::{
    ATTRIBUTES, FUNCTIONS, Kind as SpecKind, TEMPLATES as SPECS,
};

#[test]
fn the_functions_of_specs_are_those_that_are_carried_out() {
    for function in FUNCTIONS {
        // Its path is read beforehand.
        if function.name == "getAttr" {
            continue;
        }
        let count = (!function.repeats).then_some(function.takes.len());
        let known = Function::named(function.name);
        assert_eq!(known.map(|(_, count)| count), Some(count), "{}", function.name);
    }
}

#[test]
fn the_attributes_of_specs_are_those_that_values_have() {
    for (name, _) in ATTRIBUTES.iter().flat_map(|(_, attributes)| *attributes) {
        assert!(Attr::named(name).is_some(), "{name}");
    }
}

#[test]
fn the_templates_of_specs_are_these() {
    let ids: Vec<_> = TEMPLATES.iter().map(|(id, _)| *id).collect();
    let known: Vec<_> = SPECS.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, known);
    for (id, params) in SPECS {
        let rules = RuleSet::template(id, &[("host", "ivs")]).unwrap();
        let mut own: Vec<_> = rules.params().iter().map(|it| (&*it.name, it.kind)).collect();
        let kind = |kind| match kind {
            SpecKind::Bool => Kind::Bool,
            SpecKind::List => Kind::List,
            _ => Kind::Text,
        };
        let mut params: Vec<_> = params.iter().map(|(name, it)| (*name, kind(*it))).collect();
        own.sort_by_key(|(name, _)| *name);
        params.sort_by_key(|(name, _)| *name);
        assert_eq!(own, params, "{id}");
    }
}

/// A rule set that says all that the format has, and texts that are put in place of parts of it,
/// so that what specs refuse the runtime mostly refuses as well, and never the other way round.
#[test]
fn what_specs_take_the_runtime_reads() {
    let rules = r#"{"parameters": {"Region": {"type": "string", "builtIn": "AWS::Region"}, "On": {"type": "boolean", "default": false}},
      "rules": [{"conditions": [{"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "p"},
          {"fn": "booleanEquals", "argv": [{"fn": "getAttr", "argv": [{"ref": "p"}, "supportsFIPS"]}, true]},
          {"fn": "stringEquals", "argv": [{"fn": "substring", "argv": [{"ref": "Region"}, 0, 2, false]}, "eu"]}],
        "endpoint": {"url": "https://a.{Region}.{p#dnsSuffix}", "headers": {"x-a": ["{Region}"]},
          "properties": {"authSchemes": [{"name": "sigv4", "signingRegion": "{Region}"}]}}}, {"error": "no"}]}"#;
    let changes = [
        ("", ""),
        ("aws.partition", "partition"),
        ("aws.partition", "aws.parseArn"),
        ("substring", "split"),
        ("\"assign\": \"p\"", "\"assign\": \"q\""),
        ("\"assign\": \"p\"", "\"assign\": \"On\""),
        ("{Region}.", "{Region."),
        ("{Region}.", "{{Region}}."),
        ("p#dnsSuffix", "p#dns"),
        ("\"supportsFIPS\"", "\"[0]\""),
        ("\"ref\": \"p\"", "\"fn\": \"p\""),
        ("\"type\": \"string\"", "\"type\": \"text\""),
        ("\"default\": false", "\"default\": \"false\""),
        ("\"url\"", "\"uri\""),
        ("[\"{Region}\"]", "\"{Region}\""),
        ("\"name\": \"sigv4\", ", ""),
        ("\"error\": \"no\"", "\"type\": \"tree\", \"error\": \"no\""),
        ("\"error\": \"no\"", ""),
        ("\"rules\"", "\"ruels\""),
    ];
    let mut refused = 0;
    for (from, to) in changes {
        let rules = rules.replacen(from, to, 1);
        let spec = format!(
            r#"{{"typefoundry": "1", "service": {{"id": "a/b", "title": "B", "endpoint": {{"url": "https://b", "rules": {rules}}}}}}}"#
        );
        let loaded = typefoundry_spec::load("b.json", &spec);
        let (taken, read) =
            (loaded.model().is_some() && !loaded.diagnostics.has_errors(), RuleSet::parse(&rules));
        assert!(!taken || read.is_ok(), "{from}: {to}: {:?}", read.err());
        refused += usize::from(!taken);
    }
    assert_eq!(refused, changes.len() - 2, "all but the first and doubled braces are mistakes");
}
