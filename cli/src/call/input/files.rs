//! Values out of files: `file://` and `fileb://` (v2's `paramfile.py`), and `http://` and `https://`.

use super::param::Param;
use super::urls::{self, Unloaded};
use crate::call::arguments::python_quoted;
use crate::exit::{Failure, USAGE};
use std::io;
use std::path::{Path, PathBuf};
use typefoundry::auth::Surroundings;

/// Where files are: with the home folder for `~`, and variables filled in.
#[derive(Clone, Debug)]
pub(in crate::call) struct Files(Surroundings);

impl Files {
    pub(in crate::call) fn of(surroundings: &Surroundings) -> Self {
        Self(surroundings.clone())
    }

    /// Those of this process
    #[cfg(test)]
    pub(in crate::call) fn new() -> Self {
        Self(Surroundings::process())
    }

    pub(in crate::call) fn path(&self, text: &str) -> PathBuf {
        self.0.path(text)
    }

    /// What the file or the address holds that an option's value names; nothing if it names none. A
    /// reason comes with the option's name.
    pub(in crate::call) fn load_of(
        &self,
        option: &str,
        value: &str,
    ) -> Result<Option<Param>, Failure> {
        let loaded = match urls::load(value, &self.0) {
            Ok(None) => self.load(value),
            Ok(loaded) => Ok(loaded),
            Err(Unloaded::Reason(reason)) => Err(reason),
            Err(Unloaded::Interrupted(failure)) => return Err(failure),
        };
        loaded.map_err(|reason| {
            Failure::new(USAGE, format!("Error parsing parameter '{option}': {reason}"))
        })
    }

    /// What the file holds that a value names; nothing if it names none.
    pub(in crate::call) fn load(&self, value: &str) -> Result<Option<Param>, String> {
        let (path, is_text) = match (value.strip_prefix("file://"), value.strip_prefix("fileb://"))
        {
            (Some(path), _) => (self.path(path), true),
            (_, Some(path)) => (self.path(path), false),
            _ => return Ok(None),
        };
        let bytes = std::fs::read(&path).map_err(|error| {
            format!("Unable to load paramfile {value}: {}", reason(&error, &path))
        })?;
        if !is_text {
            return Ok(Some(Param::Bytes(bytes)));
        }
        match String::from_utf8(bytes) {
            // As Python reads text.
            Ok(text) => Ok(Some(Param::Text(text.replace("\r\n", "\n").replace('\r', "\n")))),
            Err(_) => Err(format!(
                "Unable to load paramfile ({}), text contents could not be decoded.  If this is a \
                 binary file, please use the fileb:// prefix instead of the file:// prefix.",
                path.display()
            )),
        }
    }
}

/// Why a file cannot be opened, as Python says it.
pub(in crate::call) fn reason(error: &io::Error, path: &Path) -> String {
    let text = error.to_string();
    let path = python_quoted(&path.display().to_string());
    match error.raw_os_error() {
        Some(code) => {
            let text = text.strip_suffix(&format!(" (os error {code})")).unwrap_or(&text);
            format!("[Errno {code}] {text}: {path}")
        }
        None => format!("{text}: {path}"),
    }
}
