//! `typefoundry.toml`: which spec makes which module, with which options.

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
}

impl Config {
    /// Reads the file's text. The error shows the line.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
