//! The user's folder of specs: `PROVIDER/SERVICE.json` in it, gzipped or not, or whatever else can be
//! imported under that name. Nothing of it is read before it is called.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The variable that says where the folder is.
pub(crate) const VARIABLE: &str = "TYPEFOUNDRY_SPECS";

/// How the files of specs and models end. botocore's models are folders.
const ENDINGS: &[&str] = &[".json", ".json.gz", ""];

/// The user's folder of specs, whether it is there or not; nothing where nobody has a home.
pub(crate) fn folder() -> Option<PathBuf> {
    place(|name| std::env::var_os(name))
}

pub(super) fn place(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let variable = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = variable(VARIABLE) {
        return Some(folder);
    }
    let configuration = if cfg!(windows) {
        variable("APPDATA")
    } else {
        // A relative path is none (XDG Base Directory Specification).
        let configured = variable("XDG_CONFIG_HOME").filter(|path| path.is_absolute());
        configured.or_else(|| Some(variable("HOME")?.join(".config")))
    };
    Some(configuration?.join("typefoundry").join("specs"))
}

pub(super) fn find(provider: &str, service: &str) -> Option<PathBuf> {
    find_in(&folder()?, provider, service)
}

pub(super) fn find_in(folder: &Path, provider: &str, service: &str) -> Option<PathBuf> {
    // Names come from the command line, and are not to lead out of the folder.
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    if !is_name(provider) || !is_name(service) {
        return None;
    }
    let folder = folder.join(provider);
    ENDINGS.iter().map(|ending| folder.join(format!("{service}{ending}"))).find(|it| it.exists())
}

pub(super) fn providers() -> BTreeSet<String> {
    let Some(folder) = folder() else { return BTreeSet::new() };
    names(&folder, |path, name| path.is_dir().then(|| name.to_owned()))
}

pub(super) fn services(provider: &str) -> BTreeSet<String> {
    let Some(folder) = folder() else { return BTreeSet::new() };
    services_in(&folder, provider)
}

pub(super) fn services_in(folder: &Path, provider: &str) -> BTreeSet<String> {
    names(&folder.join(provider), |path, name| {
        let stem = name.strip_suffix(".gz").unwrap_or(name);
        match stem.strip_suffix(".json") {
            Some(stem) => (!stem.ends_with(".overlay")).then(|| stem.to_owned()),
            None => path.is_dir().then(|| name.to_owned()),
        }
    })
}

/// A folder that cannot be read has nothing in it.
fn names(folder: &Path, name: impl Fn(&Path, &str) -> Option<String>) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| {
        let file = entry.file_name();
        let file = file.to_str().filter(|file| !file.starts_with('.'))?;
        name(&entry.path(), file)
    });
    named.collect()
}
