//! `typefoundry import PATH --out-dir DIR`, and `--install`: a spec for each service, found by its name.

use crate::commands::{markdown, parallel};
use crate::exit::{FOUND, Failure};
use crate::output::{complain, print, printable};
use crate::specs;
use anyhow::{Context, anyhow};
use clap::ArgMatches;
use clap::parser::ValueSource;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use typefoundry_import::{Imported, Note, Options};
use typefoundry_spec::Json;

/// A service that was imported.
struct Done {
    id: String,
    model: PathBuf,
    spec: String,
    operations: usize,
    notes: Vec<Note>,
}

/// The folder that is asked for, if one is.
pub(super) fn folder(arguments: &ArgMatches) -> Result<Option<PathBuf>, Failure> {
    if !arguments.get_flag("install") {
        return Ok(arguments.get_one::<String>("out-dir").map(PathBuf::from));
    }
    match specs::folder() {
        Some(folder) => Ok(Some(folder)),
        None => Err(anyhow!("there is no home to install into; set {}", specs::VARIABLE).into()),
    }
}

pub(super) fn run(path: &Path, folder: &Path, arguments: &ArgMatches) -> Result<u8, Failure> {
    // What is installed is there to be called, with help.
    let unsaid = arguments.value_source("docs") == Some(ValueSource::DefaultValue);
    let docs = markdown(arguments) || arguments.get_flag("install") && unsaid;
    let options = specs::options(docs);
    let models = typefoundry_import::models(path).map_err(anyhow::Error::from)?;
    let mut owners: BTreeMap<String, PathBuf> = BTreeMap::new();
    let (mut operations, mut notes, mut broken) = (0, 0, 0);
    for result in parallel(&models, |model| import(model, options)) {
        let done = match result {
            Ok(done) => done,
            // One that is broken must not keep the others away.
            Err(error) => {
                complain(&printable(&format!("error: {error:#}")));
                broken += 1;
                continue;
            }
        };
        if let Some(owner) = owners.insert(done.id.clone(), done.model.clone()) {
            let (owner, model) = (owner.display(), done.model.display());
            complain(&format!("error: {owner} and {model} are both `{}`", done.id));
            broken += 1;
            continue;
        }
        super::write(&folder.join(format!("{}.json", done.id)), &done.spec)?;
        operations += done.operations;
        for note in &done.notes {
            complain(&format!("note: {}: {}", done.id, printable(&note.to_string())));
        }
        notes += done.notes.len();
    }
    let written = owners.len();
    print(&format!(
        "{}: {written} service{}, {operations} operations, {notes} note{}\n",
        folder.display(),
        plural(written),
        plural(notes)
    ))?;
    if broken > 0 {
        let plural = plural(broken);
        return Err(Failure::new(FOUND, format!("error: {broken} model{plural} failed")));
    }
    Ok(0)
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn import(model: &Path, options: Options) -> anyhow::Result<Done> {
    let Imported { spec, notes } =
        typefoundry_import::import(model, &options).with_context(|| model.display().to_string())?;
    let id = spec.get("service").and_then(|service| service.get("id")).and_then(Json::as_str);
    // It becomes a path.
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let id = id.filter(|id| id.split('/').count() == 2 && id.split('/').all(is_word));
    let id = id.with_context(|| format!("{}: the service has no name", model.display()))?;
    let operations = spec.get("operations").and_then(Json::as_object).unwrap_or_default();
    Ok(Done {
        id: id.to_owned(),
        model: model.to_owned(),
        operations: operations.len(),
        notes,
        // On one line, it is read faster.
        spec: format!("{spec}\n"),
    })
}
