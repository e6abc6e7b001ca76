//! `typefoundry check FILE…`

use super::show;
use crate::exit::{Failure, print};
use clap::ArgMatches;
use typefoundry_spec::Severity;

pub(crate) fn run(arguments: &ArgMatches) -> Result<u8, Failure> {
    let files: Vec<_> = arguments.get_many::<String>("files").unwrap_or_default().collect();
    let (mut errors, mut warnings) = (0, 0);
    for file in &files {
        let text = match read(file) {
            Ok(text) => text,
            Err(message) => {
                eprintln!("{message}\n");
                errors += 1;
                continue;
            }
        };
        let diagnostics = match typefoundry_spec::load(file, &text).into_parts() {
            Ok((model, mut diagnostics)) => {
                // Names are the last stage that can find a mistake. All operations are chosen, so
                // none can be unknown.
                let options = typefoundry_codegen::Options::default();
                let _ = typefoundry_codegen::generate(&model, &options, &mut diagnostics);
                diagnostics
            }
            Err(diagnostics) => diagnostics,
        };
        show(&diagnostics);
        errors += diagnostics.count(Severity::Error);
        warnings += diagnostics.count(Severity::Warning);
    }
    let count = |number: usize, what: &str| {
        let plural = if number == 1 { "" } else { "s" };
        format!("{number} {what}{plural}")
    };
    let summary = format!(
        "{}: {}, {}\n",
        count(files.len(), "file"),
        count(errors, "error"),
        count(warnings, "warning")
    );
    print(&summary)?;
    Ok(u8::from(errors > 0))
}

/// A spec's text, or why there is none.
pub(super) fn read(file: &str) -> Result<String, String> {
    let bytes =
        std::fs::read(file).map_err(|error| format!("error: cannot read {file}: {error}"))?;
    String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        format!(
            "error: {file} is not UTF-8 text: byte {byte} is part of no character; save it as UTF-8"
        )
    })
}
