//! `typefoundry.toml`: which spec makes which module, with which options.

mod edit;

pub use edit::set_import;

use serde::Deserialize;
use std::path::PathBuf;

/// The file's contents.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The crate to make
    pub output: Output,
    /// The specs to make it of
    #[serde(rename = "spec")]
    pub specs: Vec<Spec>,
    /// Where specs that are imported come from
    #[serde(rename = "import", default)]
    pub imports: Vec<Import>,
}

/// The crate to make.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Its folder, relative to the file
    pub path: PathBuf,
    /// The name of the crate
    #[serde(rename = "crate")]
    pub name: String,
    /// Its version
    pub version: String,
    /// The runtime: a version, or a path relative to the crate
    pub runtime: Runtime,
}

/// Where the crate finds the runtime.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Runtime {
    /// A version of the registry
    Version(String),
    /// A folder
    Path {
        /// Relative to the crate
        path: String,
    },
}

/// A spec to make a module of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// The spec's file, relative to `typefoundry.toml`
    pub path: PathBuf,
    /// The operations to generate; all if there are none
    #[serde(default)]
    pub operations: Vec<String>,
    /// What becomes of the documentation, where it is a model that is no spec yet
    #[serde(default)]
    pub docs: Docs,
}

/// A spec that is made of somebody's model, and exactly which one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// The spec's file, relative to `typefoundry.toml`
    pub spec: PathBuf,
    /// Who publishes the model: a name that `typefoundry import --source NAME=FOLDER` refers to
    pub source: String,
    /// Which release of it
    pub version: String,
    /// The model's file or folder, relative to the source's folder
    pub path: PathBuf,
    /// A digest of the model's files; empty until the first import
    #[serde(default)]
    pub sha256: String,
    /// What becomes of the documentation
    #[serde(default)]
    pub docs: Docs,
}

/// What becomes of a model's documentation.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Docs {
    /// It is left out
    #[default]
    None,
    /// It becomes Markdown
    Markdown,
}

impl Config {
    /// Reads the file's text. The error shows the line.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
