//! The specs that can be called: those that are built into the binary, those in the user's folder of
//! specs, and those that are named on the command line.

mod folder;
mod lazy;
mod parts;
mod within;

#[cfg(test)]
mod tests;

pub(crate) use folder::{VARIABLE, folder};
pub(crate) use lazy::Lazy;
pub(crate) use within::{Named, choose, within};

use crate::output::printable;
use parts::{Part, Parts, Place};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;
use typefoundry_import::{Docs, Opened, Options, markdown};
use typefoundry_spec::SpecFiles;

/// A spec that is built in, its overlay merged onto it.
struct BuiltIn {
    /// `provider/service`
    id: &'static str,
    title: &'static str,
    /// Whether it has operations
    callable: bool,
    text: &'static str,
    /// Where its parts are, if there is something to call
    parts: Option<Parts>,
}

#[expect(clippy::unreadable_literal, reason = "the build script writes it")]
static SPECS: &[BuiltIn] = include!(concat!(env!("OUT_DIR"), "/specs.rs"));

impl BuiltIn {
    fn find(provider: &str, service: &str) -> Option<&'static Self> {
        let is_meant = |spec: &&Self| spec.id.split_once('/') == Some((provider, service));
        SPECS.iter().find(is_meant)
    }

    fn files(&self) -> SpecFiles {
        SpecFiles::new(format!("{}.json", self.id), self.text)
    }

    fn lazy(&self) -> Lazy {
        match &self.parts {
            Some(parts) => Lazy::taken_apart(format!("{}.json", self.id), self.text, parts.clone()),
            None => Lazy::new(self.files()),
        }
    }
}

/// A built-in spec.
pub(crate) fn find(provider: &str, service: &str) -> Option<SpecFiles> {
    BuiltIn::find(provider, service).map(BuiltIn::files)
}

/// What a built-in service is called.
pub(crate) fn title(provider: &str, service: &str) -> Option<&'static str> {
    BuiltIn::find(provider, service).map(|spec| spec.title)
}

/// A spec that is built in or, if none is, lies in the user's folder; nothing if there is none.
pub(crate) fn find_lazy(provider: &str, service: &str) -> Result<Option<Lazy>, String> {
    if let Some(spec) = BuiltIn::find(provider, service) {
        return Ok(Some(spec.lazy()));
    }
    match folder::find(provider, service) {
        Some(path) => open_lazy(&path.to_string_lossy(), &path).map(Some),
        None => Ok(None),
    }
}

/// A spec or a model in a file, of which parts are read when they are needed.
pub(crate) fn open_lazy(name: &str, path: &Path) -> Result<Lazy, String> {
    if let Some(lazy) = Lazy::read(name, path) {
        return Ok(lazy);
    }
    let opened = open(name, path, true)?;
    let notes = notes(&opened);
    Ok(match opened {
        Opened::Spec(files) => Lazy::new(files),
        Opened::Model(_) => Lazy::loaded(opened.load(), notes),
    })
}

/// The providers of built-in specs and of those in the user's folder.
pub(crate) fn providers() -> Vec<String> {
    let ids = SPECS.iter().filter_map(|spec| spec.id.split('/').next());
    let mut names: BTreeSet<String> = ids.map(str::to_owned).collect();
    names.extend(folder::providers());
    names.into_iter().collect()
}

/// The services of a provider that are built in, and those in the user's folder.
pub(crate) fn services(provider: &str) -> Vec<String> {
    let mut names = built_in(provider, |_| true);
    names.extend(folder::services(provider));
    names.into_iter().collect()
}

/// The services of a provider that have something to call. What is in the user's folder is taken to
/// have something.
pub(crate) fn callable_services(provider: &str) -> Vec<String> {
    let mut names = built_in(provider, |spec| spec.callable);
    let all = built_in(provider, |_| true);
    names.extend(folder::services(provider).into_iter().filter(|name| !all.contains(name)));
    names.into_iter().collect()
}

/// The built-in services that have something to call, as `provider service`.
pub(crate) fn built_in_callable() -> Vec<String> {
    let callable = SPECS.iter().filter(|spec| spec.callable);
    callable.map(|spec| spec.id.replacen('/', " ", 1)).collect()
}

fn built_in(provider: &str, is_meant: impl Fn(&BuiltIn) -> bool) -> BTreeSet<String> {
    let of = |spec: &BuiltIn| spec.id.split_once('/').filter(|(name, _)| *name == provider);
    let specs = SPECS.iter().filter(|spec| is_meant(spec));
    specs.filter_map(of).map(|(_, service)| service.to_owned()).collect()
}

/// A spec with the overlay beside it, or a model as a spec, called `name` in messages. Of an
/// overlay, the spec that it belongs to is meant.
pub(crate) fn open(name: &str, path: &Path, docs: bool) -> Result<Opened, String> {
    let stem = |path: &str| {
        let path = path.strip_suffix(".gz").unwrap_or(path);
        path.strip_suffix(".overlay.json").map(str::to_owned)
    };
    let options = options(docs);
    let open = |name: &str, path: &Path| {
        typefoundry_import::open(name, path, &options).map_err(|error| error.to_string())
    };
    match (stem(name), stem(&path.to_string_lossy())) {
        (Some(name), Some(path)) => {
            let packed = format!("{path}.json.gz");
            let ending = if Path::new(&packed).is_file() { "json.gz" } else { "json" };
            let (name, path) = (format!("{name}.{ending}"), format!("{path}.{ending}"));
            open(&name, Path::new(&path)).map_err(|message| {
                format!("{message}; an overlay lies beside the spec that it belongs to")
            })
        }
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
    typefoundry_import::text(file, bytes).map_err(|error| error.to_string())
}
