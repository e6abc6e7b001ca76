//! What the checked-in specs are cast into: snapshots, the checked-in crate, and that the same input
//! always gives the same bytes.
//!
//! Of the modules in `IN_BRIEF`, which are large and show no form of item that the others do not,
//! the snapshot has lines and a digest for each file. Their text is reviewed as the diff of the
//! checked-in crate. All other files are a snapshot each.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use typefoundry_codegen::config::Config;
use typefoundry_codegen::{Generated, Options, Origin, Plan, output};
use typefoundry_tests::{repository, spec_files, text};

const SNAPSHOTS: &str = "snapshots/generated";

/// Modules whose files are not shown.
const IN_BRIEF: &[&str] =
    &["src/aws/cloudtrail/", "src/aws/dynamodb/", "src/aws/s3/", "src/aws/sqs/", "src/aws/sts/"];

fn is_in_brief(path: &str) -> bool {
    IN_BRIEF.iter().any(|module| path.starts_with(module))
}

fn config() -> Config {
    Config::parse(&text("typefoundry.toml")).unwrap_or_else(|e| panic!("typefoundry.toml: {e}"))
}

/// What `typefoundry generate` would write.
fn plan() -> Plan {
    let config = config();
    let modules: Vec<_> = config
        .specs
        .iter()
        .map(|spec| {
            let name = spec.path.to_str().expect("a path in UTF-8");
            let files = spec_files(name);
            let (model, mut diagnostics) =
                files.load().into_parts().unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
            let options = Options { operations: spec.operations.iter().cloned().collect() };
            let module = typefoundry_codegen::generate(&model, &options, &mut diagnostics)
                .unwrap_or_else(|e| panic!("{name}: {e}"));
            let module = module.unwrap_or_else(|| panic!("{diagnostics}"));
            Generated::new(&module, Origin::from(&files))
        })
        .collect();
    Plan::new(&config, &modules)
}

#[test]
fn every_file_is_as_reviewed() {
    for (path, text) in plan().files.iter().filter(|(path, _)| !is_in_brief(path)) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(Path::new(SNAPSHOTS).join(folder));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
}

#[test]
fn files_in_brief_are_as_reviewed() {
    let mut list = String::new();
    for (path, text) in plan().files.iter().filter(|(path, _)| is_in_brief(path)) {
        let digest = Sha256::digest(text);
        let digest = digest.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        writeln!(list, "{digest} {:>6} {path}", text.lines().count()).expect("memory");
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("files_in_brief", list));
}

#[test]
fn no_snapshot_outlives_its_file() {
    let planned = plan().files.into_keys().filter(|path| !is_in_brief(path));
    let planned: BTreeSet<_> = planned.map(|path| format!("{path}.snap")).collect();
    let root = repository().join("tests").join(SNAPSHOTS);
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("the snapshots can be listed") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let below = path.strip_prefix(&root).expect("a path below the snapshots");
            let name = below.to_string_lossy().replace('\\', "/");
            // `.snap.new` lies beside a snapshot that is being reviewed.
            let name = name.trim_end_matches(".new");
            assert!(planned.contains(name), "nothing is generated for tests/{SNAPSHOTS}/{name}");
        }
    }
}

#[test]
fn the_checked_in_crate_is_what_the_specs_give() {
    let folder = repository().join(config().output.path);
    let stale = output::stale(&plan(), &folder).expect("the generated crate can be read");
    assert!(stale.is_empty(), "run `cargo run -- generate` and commit what it writes: {stale:?}");
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    assert!(plan() == plan(), "two runs over the same specs differ");
}
