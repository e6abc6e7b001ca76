//! The cases in which the runtime differs from a suite, each with a reason that was reviewed.

use std::collections::BTreeMap;
use std::path::Path;

/// What became of the cases of a suite.
#[derive(Debug, Default)]
pub struct Tally {
    equal: usize,
    skipped: usize,
    failures: Vec<(String, String)>,
    ignored_by_others: usize,
}

impl Tally {
    /// Counts a case: by its id, and what differs.
    pub fn add(&mut self, id: String, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => self.equal += 1,
            Err(difference) => self.failures.push((id, difference)),
        }
    }

    /// Counts a case that cannot be run here.
    pub fn skip(&mut self) {
        self.skipped += 1;
    }

    /// Counts a case that botocore's own runner leaves out.
    pub fn ignored(&mut self) {
        self.ignored_by_others += 1;
    }

    /// Prints the counts, and fails if a case differs that is not listed, or is listed and does not
    /// differ. The list is `differences.toml`; its tables are named as the suites.
    pub fn judge(self, suite: &str) {
        let listed = listed(suite);
        let cases = self.equal + self.failures.len() + self.skipped;
        let (known, new): (Vec<_>, Vec<_>) =
            self.failures.into_iter().partition(|(id, _)| listed.contains_key(id));
        let counts = [
            (self.equal, "equal"),
            (known.len(), "listed differences"),
            (new.len(), "differences that are not listed"),
            (self.skipped, "not run"),
            (self.ignored_by_others, "left out by botocore's own runner"),
        ];
        let counts = counts.iter().filter(|(count, _)| *count != 0);
        let counts: Vec<_> = counts.map(|(count, what)| format!("{count} {what}")).collect();
        let counts = format!("{suite}: {cases} cases: {}", counts.join(", "));
        crate::say(&counts);
        let mut complaints: Vec<_> =
            new.iter().map(|(id, difference)| format!("{id}: {difference}")).collect();
        let gone = listed.keys().filter(|id| !known.iter().any(|(known, _)| known == *id));
        complaints.extend(gone.map(|id| format!("{id}: it is listed as different and is not")));
        assert!(complaints.is_empty(), "{suite}:\n  {}\n", complaints.join("\n  "));
    }
}

/// The suites that may have differences.
const SUITES: &[&str] = &[
    "botocore-input",
    "botocore-output",
    "botocore-legacy-input",
    "botocore-legacy-output",
    "botocore-responses-xml",
    "botocore-responses-json",
    "suites-input",
    "suites-output",
    "credentials-chain",
    "credentials-profiles",
    "credentials-container",
    "credentials-instance",
    "credentials-roles",
    "jmespath",
];

/// The differences of a suite: ids with reasons.
fn listed(suite: &str) -> BTreeMap<String, String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("differences.toml");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{error}"));
    let all: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(&text).unwrap_or_else(|error| panic!("differences.toml: {error}"));
    for name in all.keys().map(String::as_str).chain([suite]) {
        assert!(SUITES.contains(&name), "differences.toml: there is no suite {name}");
    }
    all.get(suite).cloned().unwrap_or_default()
}
