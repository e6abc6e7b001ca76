//! The suite of `JMESPath`'s authors (<https://github.com/jmespath/jmespath.test>), through what the
//! command line's `--query` is.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use serde_json::Value as Json;
use typefoundry_conformance::data;
use typefoundry_conformance::differences::Tally;
use typefoundry_jmespath::{Value, parse_query};

#[test]
fn expressions_find_what_the_suite_says() {
    let Some(folder) = data("protocol-tests/jmespath/tests") else { return };
    let mut tally = Tally::default();
    let mut count = 0;
    for file in files(&folder) {
        let name = file.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let suite: Json = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        for (group, suite) in suite.as_array().into_iter().flatten().enumerate() {
            let given = value(&suite["given"]);
            for (index, case) in suite["cases"].as_array().into_iter().flatten().enumerate() {
                count += 1;
                tally.add(format!("{name}-{group}-{index}"), run(&given, case));
            }
        }
    }
    assert_eq!(count, 908);
    tally.judge("jmespath");
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{error}"));
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    files
}

fn value(json: &Json) -> Value {
    Value::from_json(&json.to_string()).unwrap_or_else(|| panic!("{json} is JSON"))
}

fn run(given: &Value, case: &Json) -> Result<(), String> {
    let expression = case["expression"].as_str().unwrap_or_default();
    let found = parse_query(expression)
        .map_err(|error| error.to_string())
        .and_then(|query| query.search(given).map_err(|error| error.to_string()));
    match (found, case.get("error"), case.get("result")) {
        (Err(_), Some(_), _) => Ok(()),
        (Ok(found), None, Some(result)) if found == value(result) => Ok(()),
        // What takes long is only to be carried out.
        (Ok(_), None, None) if case.get("bench").is_some() => Ok(()),
        (found, _, _) => Err(format!("{expression}: {found:?}")),
    }
}
