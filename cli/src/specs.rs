//! The specs that are built into the binary.

use crate::output::printable;
use std::path::Path;
use typefoundry_import::{Docs, Opened, Options, markdown};
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

/// The providers of built-in specs.
pub(crate) fn providers() -> Vec<&'static str> {
    let mut names: Vec<_> = SPECS.iter().filter_map(|spec| spec.id.split('/').next()).collect();
    names.dedup();
    names
}

/// The services of a provider that are built in.
pub(crate) fn services(provider: &str) -> Vec<&'static str> {
    let of = |spec: &BuiltIn| spec.id.split_once('/').filter(|(name, _)| *name == provider);
    SPECS.iter().filter_map(of).map(|(_, service)| service).collect()
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

/// A spec with the overlay beside it, or a model as a spec, called `name` in messages. Of an
/// overlay, the spec that it belongs to is meant.
pub(crate) fn open(name: &str, path: &Path, docs: bool) -> Result<Opened, String> {
    let base = |path: &str| path.strip_suffix(".overlay.json").map(|stem| format!("{stem}.json"));
    let options = options(docs);
    let open = |name: &str, path: &Path| {
        typefoundry_import::open(name, path, &options).map_err(|error| error.to_string())
    };
    match (base(name), base(&path.to_string_lossy())) {
        (Some(name), Some(path)) => open(&name, Path::new(&path)).map_err(|message| {
            format!("{message}; an overlay lies beside the spec that it belongs to")
        }),
        _ => open(name, path),
    }
}

/// What to import of a model.
pub(crate) fn options(docs: bool) -> Options {
    Options { docs: if docs { Docs::Markdown(markdown::from_html) } else { Docs::None } }
}

/// What a person should know of the import, a line for each note.
pub(crate) fn notes(opened: &Opened) -> String {
    let name = printable(opened.name());
    let notes = opened.notes().iter();
    notes.fold(String::new(), |told, note| {
        let note = printable(&note.to_string());
        told + &format!("note: {name}: {note}\n")
    })
}

/// A file's text, or why there is none.
pub(crate) fn read(file: &str) -> Result<String, String> {
    let bytes = std::fs::read(file).map_err(|error| format!("cannot read {file}: {error}"))?;
    String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        format!("{file} is not UTF-8 text: byte {byte} is part of no character; save it as UTF-8")
    })
}
