//! The specs that are built into the binary.

use std::path::{Path, PathBuf};
use typefoundry_spec::SpecFiles;

/// A spec that is built in.
struct BuiltIn {
    /// `provider/service`
    id: &'static str,
    text: &'static str,
    overlay: Option<&'static str>,
}

static SPECS: &[BuiltIn] = include!(concat!(env!("OUT_DIR"), "/specs.rs"));

impl BuiltIn {
    fn files(&self) -> SpecFiles {
        let overlay =
            self.overlay.map(|text| (format!("{}.overlay.json", self.id), text.to_owned()));
        SpecFiles { overlay, ..SpecFiles::new(format!("{}.json", self.id), self.text) }
    }
}

/// A built-in spec.
pub(crate) fn find(provider: &str, service: &str) -> Option<SpecFiles> {
    let id = format!("{provider}/{service}");
    SPECS.iter().find(|spec| spec.id == id).map(BuiltIn::files)
}

/// The built-in specs that have something to call, as `provider service`.
pub(crate) fn callable() -> Vec<String> {
    let calls = |spec: &&BuiltIn| {
        let model = spec.files().load().into_model();
        model.is_ok_and(|model| !model.operations.is_empty())
    };
    let mut names: Vec<_> =
        SPECS.iter().filter(calls).map(|spec| spec.id.replace('/', " ")).collect();
    names.sort();
    names
}

/// A spec and the overlay beside it, called `name` in messages. Of an overlay, the spec that it
/// belongs to is meant.
pub(crate) fn files(name: &str, path: &Path) -> Result<SpecFiles, String> {
    let read = |path: &Path| self::read(&path.to_string_lossy());
    let base = |path: &str| path.strip_suffix(".overlay.json").map(|stem| format!("{stem}.json"));
    match (base(name), base(&path.to_string_lossy())) {
        (Some(name), Some(path)) => {
            SpecFiles::read(&name, &PathBuf::from(path), read).map_err(|message| {
                format!("{message}; an overlay lies beside the spec that it belongs to")
            })
        }
        _ => SpecFiles::read(name, path, read),
    }
}

/// A file's text, or why there is none.
pub(crate) fn read(file: &str) -> Result<String, String> {
    let bytes = std::fs::read(file).map_err(|error| format!("cannot read {file}: {error}"))?;
    String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        format!("{file} is not UTF-8 text: byte {byte} is part of no character; save it as UTF-8")
    })
}
