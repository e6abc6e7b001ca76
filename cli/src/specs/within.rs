//! A folder of specs or models that `--spec` names. Nothing in it is read but what is called.

use std::path::{Path, PathBuf};
use typefoundry_import::models;

/// A spec or model in a folder, by the name that it is called with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// The services in a folder: its files and folders of models and, as `PROVIDER/SERVICE`, those of the
/// folders in it. Nothing if the path is that of one spec or model, or there is none.
pub(crate) fn within(path: &Path) -> Option<Vec<Named>> {
    if !path.is_dir() {
        return None;
    }
    let all = models(path).ok().filter(|all| all.first().is_none_or(|only| only != path))?;
    let named = |it: PathBuf| {
        let below = it.strip_prefix(path).unwrap_or(&it).to_string_lossy().replace('\\', "/");
        let name = below.strip_suffix(".gz").unwrap_or(&below);
        Named { name: name.strip_suffix(".json").unwrap_or(name).to_owned(), path: it }
    };
    let mut all: Vec<Named> = all.into_iter().map(named).collect();
    all.sort_by(|one, other| (&one.name, &one.path).cmp(&(&other.name, &other.path)));
    // One that is there gzipped, too, is taken as it is.
    all.dedup_by(|later, first| later.name == first.name);
    Some(all)
}

/// The one that a word means: by its name, by its name as an id has it, or by what is behind the
/// provider, if that is one's alone.
pub(crate) fn choose<'n>(all: &'n [Named], word: &str) -> Option<&'n Named> {
    let only = |is_meant: &dyn Fn(&Named) -> bool| {
        let mut meant = all.iter().filter(|it| is_meant(it));
        meant.next().filter(|_| meant.next().is_none())
    };
    let behind = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    only(&|it| it.name == word)
        .or_else(|| only(&|it| kebab(&it.name) == word))
        .or_else(|| only(&|it| behind(&kebab(&it.name)) == word))
}

/// `runtime.lex.v2` is the service `runtime-lex-v2`.
fn kebab(name: &str) -> String {
    name.replace(['.', '_', ' '], "-").to_ascii_lowercase()
}
