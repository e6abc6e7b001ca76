//! What users read about their mistakes: each `diagnostics/<theme>/<case>.json` is loaded
//! with the overlay beside it, if there is one, and what is said about it must be what the `.txt` file beside it holds.

#![allow(clippy::panic, reason = "that is how tests fail")]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use support::{BLESS, Golden, files, package, read};
use typefoundry_spec::{CATALOG, Loaded, Severity, SpecFiles, Style};

/// The specs; an overlay is part of the case that it lies beside.
fn cases() -> Vec<PathBuf> {
    let mut cases = files(&package("tests/diagnostics"), "json");
    cases.retain(|path| !path.to_string_lossy().ends_with(".overlay.json"));
    cases
}

fn loaded(path: &Path) -> Loaded {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let read = |path: &Path| Ok::<_, std::convert::Infallible>(read(path));
    let Ok(files) = SpecFiles::read(&name, path, read);
    files.load()
}

#[test]
fn an_overlay_lies_beside_a_case() {
    for path in files(&package("tests/diagnostics"), "json") {
        let text = path.to_string_lossy();
        if let Some(case) = text.strip_suffix(".overlay.json") {
            assert!(cases().contains(&PathBuf::from(format!("{case}.json"))), "{text}");
        }
    }
}

#[test]
fn diagnostics_are_as_expected() {
    let mut golden = Golden::default();
    for path in cases() {
        let rendered = loaded(&path).diagnostics.render(Style::Plain);
        golden.check(&path.with_extension("txt"), &rendered);
    }
    golden.finish();
}

#[test]
fn every_case_says_something_and_nothing_is_left_over() {
    for path in files(&package("tests/diagnostics"), "txt") {
        assert!(!read(&path).trim().is_empty(), "{} is empty", path.display());
        let case = path.with_extension("json");
        assert!(case.exists(), "{} has no case any more: remove it", path.display());
    }
}

#[test]
fn every_code_of_the_format_has_a_case() {
    let texts: Vec<_> =
        files(&package("tests/diagnostics"), "txt").iter().map(|path| read(path)).collect();
    let without: Vec<_> = CATALOG
        .iter()
        // Names in Rust are the generator's to check.
        .filter(|code| !code.id.starts_with("TF05"))
        .filter(|code| !texts.iter().any(|text| text.contains(&format!("[{}]", code.id))))
        .map(|code| code.id)
        .collect();
    assert!(without.is_empty(), "no case for {without:?}: add one and run `{BLESS}`");
}

/// The same words at the same place twice would be a mistake of this crate.
#[test]
fn nothing_is_said_twice() {
    for path in cases() {
        let loaded = loaded(&path);
        let mut blocks: BTreeMap<String, usize> = BTreeMap::new();
        for block in loaded.diagnostics.render(Style::Plain).split("\n\n") {
            *blocks.entry(block.to_owned()).or_default() += 1;
        }
        for (block, count) in blocks {
            assert!(count == 1 || block.trim().is_empty(), "{}:\n{block}", path.display());
        }
    }
}

/// "What to do" is a part of every message.
#[test]
fn every_message_has_help() {
    for path in cases() {
        let loaded = loaded(&path);
        let count: usize = [Severity::Error, Severity::Warning]
            .map(|it| loaded.diagnostics.count(it))
            .iter()
            .sum();
        let rendered = loaded.diagnostics.render(Style::Plain);
        let helps =
            rendered.lines().filter(|line| line.trim_start().starts_with("= help:")).count();
        assert_eq!(helps, count, "{}:\n{rendered}", path.display());
    }
}
