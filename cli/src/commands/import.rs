//! `typefoundry import PATH`, and `typefoundry import --all`

mod many;
mod pins;

use crate::exit::Failure;
use crate::output::{complain, print, printable};
use crate::specs;
use anyhow::Context;
use clap::ArgMatches;
use std::path::Path;
use typefoundry_import::{ImportError, Imported};
use typefoundry_spec::Json;

pub(crate) fn run(arguments: &ArgMatches) -> Result<u8, Failure> {
    if arguments.get_flag("all") {
        return pins::run(arguments);
    }
    let path = arguments.get_one::<String>("path").map_or("", String::as_str);
    if let Some(folder) = many::folder(arguments)? {
        return many::run(Path::new(path), &folder, arguments);
    }
    let imported =
        typefoundry_import::import(Path::new(path), &specs::options(super::markdown(arguments)))
            .map_err(|error| explained(Path::new(path), error))?;
    for note in &imported.notes {
        complain(&format!("note: {}", printable(&note.to_string())));
    }
    let text = typefoundry_import::print(&imported.spec);
    match arguments.get_one::<String>("out") {
        None => print(&text)?,
        Some(out) => {
            write(Path::new(out), &text)?;
            print(&format!("{out}: {}\n", summary(&imported)))?;
        }
    }
    Ok(0)
}

/// What to do about a path that is more, or something else, than a model.
fn explained(path: &Path, error: ImportError) -> anyhow::Error {
    let is_folder = || typefoundry_import::services(path).is_ok_and(|it| !it.is_empty());
    match error {
        ImportError::Unknown { .. } if path.is_dir() && is_folder() => anyhow::anyhow!(
            "{} is a folder of many models: import one of the folders in it, or all of them with \
             --out-dir or --install",
            path.display()
        ),
        ImportError::Json { .. } if path.extension().is_some_and(|it| it == "smithy") => {
            anyhow::anyhow!(
                "{} is in Smithy's own language: import the JSON that `smithy ast` makes of it",
                path.display()
            )
        }
        error => error.into(),
    }
}

fn write(out: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = out.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    std::fs::write(out, text).with_context(|| format!("cannot write {}", out.display()))
}

fn summary(imported: &Imported) -> String {
    let count = |key| imported.spec.get(key).and_then(Json::as_object).map_or(0, <[_]>::len);
    let notes = imported.notes.len();
    let plural = if notes == 1 { "" } else { "s" };
    format!("{} operations, {} shapes, {notes} note{plural}", count("operations"), count("shapes"))
}
