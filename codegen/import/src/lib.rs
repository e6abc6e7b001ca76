//! Turns the models of others into Typefoundry specs.
//!
//! An importer keeps everything that changes bytes on the wire or a type in Rust. What a spec
//! cannot say yet is left out together with the operation that needs it, and is named in a
//! [`Note`]: nothing is dropped in silence.

mod botocore;
mod build;
mod print;
mod source;

pub use print::print;

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

/// Imports a model from a file, gzipped or not, or from the folder that holds it. Files that stand
/// beside it, such as paginators, are read with it.
pub fn import(path: &Path) -> Result<Imported, ImportError> {
    let files = source::Files::find(path)?;
    let model = files.model()?;
    if botocore::is_model(&model) {
        return botocore::import(&files, &model);
    }
    Err(ImportError::Unknown {
        file: files.name().to_owned(),
        reason: "expected a botocore model, an object with `metadata`, `operations` and `shapes`"
            .to_owned(),
    })
}
