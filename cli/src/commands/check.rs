//! `typefoundry check FILE…`

use super::show;
use crate::exit::{FOUND, Failure};
use crate::output::{complain, print};
use crate::specs;
use clap::ArgMatches;
use std::path::Path;
use typefoundry_import::Opened;
use typefoundry_spec::{Diagnostics, Severity};

pub(crate) fn run(arguments: &ArgMatches) -> Result<u8, Failure> {
    let files: Vec<_> = arguments.get_many::<String>("files").unwrap_or_default().collect();
    let (mut errors, mut warnings) = (0, 0);
    for file in &files {
        match specs::open(file, Path::new(file), false) {
            Ok(opened) => {
                let notes = specs::notes(&opened);
                if !notes.is_empty() {
                    complain(&notes);
                }
                let diagnostics = check(opened);
                show(&diagnostics);
                errors += diagnostics.count(Severity::Error);
                warnings += diagnostics.count(Severity::Warning);
            }
            Err(message) => {
                complain(&format!("error: {message}\n"));
                complain("");
                errors += 1;
            }
        }
    }
    print(&format!(
        "{}: {}, {}\n",
        count(files.len(), "file"),
        count(errors, "error"),
        count(warnings, "warning")
    ))?;
    Ok(if errors == 0 { 0 } else { FOUND })
}

/// Everything there is to say about a spec.
fn check(opened: Opened) -> Diagnostics {
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
