//! `typefoundry check PATH…`

use super::{parallel, shown};
use crate::exit::{FOUND, Failure};
use crate::output::{complain, print};
use crate::specs;
use clap::ArgMatches;
use std::path::{Path, PathBuf};
use typefoundry_import::Opened;
use typefoundry_spec::{Diagnostics, Severity};

/// What there is to say about a file.
struct Checked {
    notes: String,
    said: String,
    errors: usize,
    warnings: usize,
}

pub(crate) fn run(arguments: &ArgMatches) -> Result<u8, Failure> {
    let paths = arguments.get_many::<String>("files").unwrap_or_default();
    let files: Vec<PathBuf> = paths.flat_map(|path| files_at(Path::new(path))).collect();
    let (mut errors, mut warnings) = (0, 0);
    for checked in parallel(&files, |file| check(file)) {
        let Checked { notes, said, .. } = &checked;
        if !notes.is_empty() {
            complain(notes);
        }
        if !said.is_empty() {
            complain(said);
            complain("");
        }
        errors += checked.errors;
        warnings += checked.warnings;
    }
    print(&format!(
        "{}: {}, {}\n",
        count(files.len(), "file"),
        count(errors, "error"),
        count(warnings, "warning")
    ))?;
    Ok(if errors == 0 { 0 } else { FOUND })
}

/// What is to be checked at a path. Of one that cannot be read, opening it says why.
fn files_at(path: &Path) -> Vec<PathBuf> {
    typefoundry_import::models(path).unwrap_or_else(|_| vec![path.to_owned()])
}

fn check(file: &Path) -> Checked {
    match specs::open(&file.to_string_lossy(), file, false) {
        Ok(opened) => {
            let notes = specs::notes(&opened);
            let diagnostics = diagnose(opened);
            Checked {
                notes,
                said: shown(&diagnostics),
                errors: diagnostics.count(Severity::Error),
                warnings: diagnostics.count(Severity::Warning),
            }
        }
        Err(message) => Checked {
            notes: String::new(),
            said: format!("error: {message}\n"),
            errors: 1,
            warnings: 0,
        },
    }
}

/// Everything there is to say about a spec.
fn diagnose(opened: Opened) -> Diagnostics {
    match opened.load().into_parts() {
        Ok((model, mut diagnostics)) => {
            // Names are the last stage that can find a mistake. All operations are chosen, so
            // none can be unknown.
            let options = typefoundry_codegen::Options::default();
            let _ = typefoundry_codegen::generate(&model, &options, &mut diagnostics);
            diagnostics
        }
        Err(diagnostics) => diagnostics,
    }
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
