//! botocore's suites. A file is an array of suites: `metadata` and `shapes` of a model, and `cases`
//! of an operation (`given`) with what it is sent as (`params`, `serialized`) or what an answer
//! means (`response`, and `result` or `error`). Blobs are text and timestamps are seconds; how
//! botocore compares them is in its `tests/unit/test_protocols.py`.

pub mod answers;
pub mod model;
pub mod requests;
pub mod responses;

use crate::json::{items, read, text};
use std::collections::BTreeMap;
use std::path::Path;
use typefoundry_spec::Json;

/// A case with the suite that it is of.
#[derive(Debug)]
pub struct Case {
    /// Its id, behind the name of the file.
    pub id: String,
    /// The suite, without regard to its cases.
    pub suite: Json,
    /// The case.
    pub case: Json,
    /// botocore's own runner leaves it out.
    pub ignored: bool,
}

/// The cases of the files of a folder.
pub fn cases(folder: &Path) -> Vec<Case> {
    let ignored = folder.join("../protocol-tests-ignore-list.json");
    let ignored = if ignored.is_file() { read(&ignored) } else { Json::Null };
    let kind = if folder.ends_with("botocore-input") { "input" } else { "output" };
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{error}"));
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut seen = BTreeMap::new();
        for (number, suite) in items(Some(&read(&file))).iter().enumerate() {
            for (index, case) in items(suite.get("cases")).iter().enumerate() {
                let name =
                    text(case, "id").map_or_else(|| format!("{number}:{index}"), str::to_owned);
                let count: &mut usize = seen.entry(name.clone()).or_default();
                *count += 1;
                let again = if *count == 1 { String::new() } else { format!("#{count}") };
                let description = text(suite, "description").unwrap_or_default();
                cases.push(Case {
                    id: format!("{stem}/{name}{again}"),
                    suite: suite.clone(),
                    case: case.clone(),
                    ignored: is_ignored(&ignored, &stem, kind, description, &name),
                });
            }
        }
    }
    cases
}

fn is_ignored(list: &Json, protocol: &str, kind: &str, suite: &str, case: &str) -> bool {
    let general = list.get("general");
    let own = list.get("protocols").and_then(|it| it.get(protocol));
    [general, own].into_iter().flatten().filter_map(|it| it.get(kind)).any(|it| {
        let has = |key, name| items(it.get(key)).iter().any(|it| it.as_str() == Some(name));
        has("suites", suite) || has("cases", case)
    })
}
