//! Turns the models of others into Typefoundry specs.
//!
//! An importer keeps everything that changes bytes on the wire or a type in Rust. What a spec
//! cannot say yet is left out together with the operation that needs it, and is named in a
//! [`Note`]: nothing is dropped in silence.

mod botocore;
mod build;
pub mod customs;
mod form;
mod inferred;
pub mod markdown;
mod open;
mod smithy;
mod source;

pub use botocore::endpoint_rules;
pub use open::{Model, Opened, models, open};
pub use typefoundry_spec::print;

use std::fmt;
use std::path::Path;
use typefoundry_spec::Json;

/// A spec made of somebody's model.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The spec
    pub spec: Json,
    /// What was left out, or guessed
    pub notes: Vec<Note>,
}

/// Something that a person who imports a model should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about: an operation, a shape or a member
    pub place: String,
    /// What happened, and why
    pub what: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// Why a model could not be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read.
    #[error("cannot read {file}: {reason}")]
    Read {
        /// The file
        file: String,
        /// What the system says
        reason: String,
    },
    /// A file is not text.
    #[error(
        "{file} is not UTF-8 text: the byte at line {line}, column {column} is part of no character; \
         save it as UTF-8"
    )]
    Text {
        /// The file
        file: String,
        /// The line, counted from 1
        line: usize,
        /// The character in the line, counted from 1
        column: usize,
    },
    /// A file is not JSON.
    #[error("{file} is not JSON: {reason}")]
    Json {
        /// The file
        file: String,
        /// Where and why
        reason: String,
    },
    /// A file is no model that an importer knows.
    #[error("{file} is no model that can be imported: {reason}")]
    Unknown {
        /// The file
        file: String,
        /// What was looked for
        reason: String,
    },
    /// A model says something that makes no sense.
    #[error("{file}: {place}: {reason}")]
    Broken {
        /// The file
        file: String,
        /// Where in the model
        place: String,
        /// What is wrong
        reason: String,
    },
}

/// What to import of a model.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// What becomes of its documentation.
    pub docs: Docs,
}

/// What becomes of a model's documentation.
#[derive(Clone, Copy, Debug, Default)]
pub enum Docs {
    /// It is left out, and so are the examples.
    #[default]
    None,
    /// It becomes Markdown, by this function.
    Markdown(fn(&str) -> String),
}

impl Docs {
    /// Whether there is to be any.
    pub fn is_wanted(self) -> bool {
        matches!(self, Self::Markdown(_))
    }
}

/// Imports a model from a file, gzipped or not, or from the folder that holds it. Files that stand
/// beside it, such as paginators, are read with it.
///
/// Errors: a file that cannot be read, is not JSON, or holds no model that is known.
pub fn import(path: &Path, options: &Options) -> Result<Imported, ImportError> {
    import_with_digest(path, options).map(|(imported, _)| imported)
}

/// Imports a model, and gives a digest of all the files that were read for it. It depends on their
/// names and on what they hold uncompressed, so it is the same on every machine.
///
/// Errors: a file that cannot be read, is not JSON, or holds no model that is known.
pub fn import_with_digest(
    path: &Path,
    options: &Options,
) -> Result<(Imported, String), ImportError> {
    let files = source::Files::find(path)?;
    let model = files.model()?;
    let imported = if smithy::is_model(&model) {
        smithy::import(files.name(), &model, *options)?
    } else if botocore::is_model(&model) {
        let parts = botocore::Parts::read(&files, model)?;
        botocore::import(files.name(), &parts, *options)?
    } else {
        return Err(unknown(files.name(), &model));
    };
    Ok((imported, files.digest()))
}

/// Imports a model that is in memory, with nothing beside it. `name` is what messages call it.
///
/// Errors: it is no model that is known.
pub fn import_model(name: &str, model: Json, options: &Options) -> Result<Imported, ImportError> {
    if smithy::is_model(&model) {
        return smithy::import(name, &model, *options);
    }
    if !botocore::is_model(&model) {
        return Err(unknown(name, &model));
    }
    let folder = botocore::known_folder(&model).map(str::to_owned);
    let parts = botocore::Parts {
        model,
        paginators: None,
        waiters: None,
        rules: None,
        examples: None,
        folder,
        notes: Vec::new(),
    };
    botocore::import(name, &parts, *options)
}

fn unknown(file: &str, found: &Json) -> ImportError {
    let has = |key| found.get(key).is_some();
    let version = found.get("smithy").and_then(Json::as_str).map(str::to_owned);
    let reason = if has("typefoundry") {
        "it is a spec already: `check`, `call --spec` and `generate --spec` take it as it is, and \
         `call` finds it in your folder of specs as PROVIDER/SERVICE.json"
            .to_owned()
    } else if let Some(version) = version.filter(|_| has("shapes")) {
        format!("it is of Smithy {version}, and versions 1 and 2 can be read")
    } else {
        let openapi = if has("openapi") || has("swagger") { "OpenAPI is not read; " } else { "" };
        format!(
            "{openapi}expected a Smithy model, an object with `smithy` and `shapes`, or a botocore \
             model, one with `metadata`, `operations` and `shapes`"
        )
    };
    ImportError::Unknown { file: file.to_owned(), reason }
}

/// What a file holds as text. `file` is what messages call it.
///
/// Errors: it is not UTF-8; where it is not is said.
pub fn text(file: &str, bytes: Vec<u8>) -> Result<String, ImportError> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default());
        let line = before.rsplit('\n').next().unwrap_or_default();
        ImportError::Text {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
        }
    })
}

/// The services in a folder of models, such as botocore's `data`: each the folder of one, in the
/// order of their names; nothing if it is no such folder.
///
/// Errors: the folder cannot be read.
pub fn services(folder: &Path) -> Result<Vec<std::path::PathBuf>, ImportError> {
    source::services(folder)
}
