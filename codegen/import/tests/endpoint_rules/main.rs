//! Every case that botocore has for endpoint rules: as the rules stand in its files, and as an
//! import makes them.
//!
//! The cases are not part of the repository. `TYPEFOUNDRY_DATA` says where they are; with
//! `TYPEFOUNDRY_CONFORMANCE=required` their absence is a failure.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod inputs;
mod values;

use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use typefoundry::aws::endpoint::{Endpoint, EndpointAuth, EndpointError, Params, RuleSet, Value};
use typefoundry_import::endpoint_rules;

/// The folder of a suite, or `None` if it is not there.
fn suite(name: &str) -> Option<PathBuf> {
    folder(&format!("protocol-tests/endpoint-rules/{name}"))
}

/// A folder of the data, or `None` if it is not there.
fn folder(name: &str) -> Option<PathBuf> {
    let data = std::env::var_os("TYPEFOUNDRY_DATA").map(PathBuf::from);
    let folder = data.map(|data| data.join(name)).filter(|folder| folder.is_dir());
    if folder.is_none() {
        let required = std::env::var("TYPEFOUNDRY_CONFORMANCE").is_ok_and(|it| it == "required");
        assert!(!required, "the suite {name} is not in the folder of TYPEFOUNDRY_DATA");
        eprintln!("not run: the suite {name}, which is not in the folder of TYPEFOUNDRY_DATA");
    }
    folder
}

fn read(path: &Path) -> Json {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// A rule set as it stands, and as an import makes it.
fn both(path: &Path) -> [(&'static str, RuleSet); 2] {
    let text = std::fs::read_to_string(path).unwrap();
    let own = RuleSet::parse(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let json = serde_json::from_str(&text).unwrap();
    let imported = endpoint_rules("rules", &json).unwrap();
    let imported = match (imported.get("template"), imported.get("host")) {
        (Some(id), Some(host)) => {
            RuleSet::template(id.as_str().unwrap(), &[("host", host.as_str().unwrap())])
        }
        _ => RuleSet::parse(&imported.to_string()),
    };
    [("own", own), ("imported", imported.unwrap_or_else(|e| panic!("{}: {e}", path.display())))]
}

fn params(json: &Json) -> Params<'_> {
    let mut params = Params::new();
    for (name, value) in json["params"].as_object().unwrap_or(&Map::new()) {
        let value = match value {
            Json::Bool(value) => Value::Bool(*value),
            Json::String(text) => Value::Text(Cow::Owned(text.clone())),
            Json::Array(items) => Value::List(
                items.iter().map(|item| Cow::Owned(item.as_str().unwrap().to_owned())).collect(),
            ),
            other => panic!("{other} is no parameter"),
        };
        params.set(name.clone(), value);
    }
    params
}

/// An endpoint in the form of the cases.
fn as_json(endpoint: &Endpoint) -> Json {
    let mut properties = Map::new();
    for (name, value) in &endpoint.properties {
        properties.insert(name.clone(), serde_json::from_str(&value.to_json()).unwrap());
    }
    if !endpoint.auth.is_empty() {
        properties.insert("authSchemes".into(), endpoint.auth.iter().map(auth).collect());
    }
    let mut json = Map::from_iter([("url".to_owned(), Json::from(endpoint.url.as_str()))]);
    if !properties.is_empty() {
        json.insert("properties".into(), properties.into());
    }
    if !endpoint.headers.is_empty() {
        let headers = endpoint.headers.iter();
        let headers = headers.map(|(name, values)| (name.clone(), Json::from(values.clone())));
        json.insert("headers".into(), headers.collect::<Map<_, _>>().into());
    }
    json.into()
}

fn auth(auth: &EndpointAuth) -> Json {
    let mut json = Map::from_iter([("name".to_owned(), Json::from(auth.name.as_str()))]);
    let texts = [("signingName", &auth.signing_name), ("signingRegion", &auth.signing_region)];
    for (key, text) in texts {
        if let Some(text) = text {
            json.insert(key.into(), text.as_str().into());
        }
    }
    if !auth.signing_region_set.is_empty() {
        json.insert("signingRegionSet".into(), auth.signing_region_set.clone().into());
    }
    if auth.disable_double_encoding {
        json.insert("disableDoubleEncoding".into(), true.into());
    }
    for (name, value) in &auth.others {
        json.insert(name.clone(), serde_json::from_str(&value.to_json()).unwrap());
    }
    json.into()
}

/// What a case expects, without what is empty or false.
fn expected(json: &Json) -> Json {
    match json {
        Json::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), expected(value)));
            let empty = |value: &Json| {
                *value == Json::Bool(false) || value.as_object().is_some_and(Map::is_empty)
            };
            entries.filter(|(_, value)| !empty(value)).collect::<Map<_, _>>().into()
        }
        Json::Array(items) => items.iter().map(expected).collect(),
        other => other.clone(),
    }
}

/// What is wrong with an answer to a case, if anything is.
fn compare(what: &str, case: &Json, found: Result<Endpoint, EndpointError>) -> Option<String> {
    let found = match found {
        Ok(endpoint) => serde_json::json!({ "endpoint": as_json(&endpoint) }),
        Err(error) => serde_json::json!({ "error": error.to_string() }),
    };
    let expected = expected(&case["expect"]);
    (found != expected).then(|| format!("{what}\n  expected {expected}\n  found    {found}"))
}

/// Runs the cases of a file, and says how many there were and which failed.
fn run(rules: &Path, cases: &Path, failures: &mut Vec<String>) -> usize {
    let cases = read(cases);
    let cases = cases["testCases"].as_array().unwrap();
    for (form, rule_set) in both(rules) {
        for case in cases {
            let found = rule_set.resolve(&params(case));
            let what = format!("{} ({form}): {}", rules.display(), case["documentation"]);
            failures.extend(compare(&what, case, found));
        }
    }
    cases.len()
}

fn report(cases: usize, failures: &[String]) {
    let first: Vec<_> = failures.iter().take(20).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} of {cases} cases:\n{}", failures.len(), first.join("\n"));
    eprintln!("{cases} cases");
}

#[test]
fn the_generic_cases() {
    let Some(folder) = suite("generic") else { return };
    let (mut cases, mut failures) = (0, Vec::new());
    for file in files(&folder.join("test-cases")) {
        let rules = folder.join("valid-rules").join(file.file_name().unwrap());
        cases += run(&rules, &file, &mut failures);
    }
    report(cases, &failures);
}

#[test]
fn all_generic_rule_sets_are_read() {
    let Some(folder) = suite("generic") else { return };
    for file in files(&folder.join("valid-rules")) {
        both(&file);
    }
}

#[test]
fn the_cases_of_the_services() {
    let Some(folder) = suite("services") else { return };
    let (mut cases, mut failures) = (0, Vec::new());
    for service in files(&folder) {
        let tests = service.join("endpoint-tests-1.json");
        cases += run(&service.join("endpoint-rule-set-1.json"), &tests, &mut failures);
    }
    report(cases, &failures);
}
