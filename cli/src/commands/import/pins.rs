//! `typefoundry import --all`: every import that `typefoundry.toml` lists, of exactly the models
//! that it pins.

use super::{summary, write};
use crate::commands::{generate, show};
use crate::exit::{FOUND, Failure};
use crate::output::{complain, print, printable};
use crate::specs;
use anyhow::{Context, anyhow};
use clap::ArgMatches;
use std::path::{Path, PathBuf};
use typefoundry_codegen::config::{Docs, Import, set_import};
use typefoundry_import::Imported;

/// Where a source lies: `botocore@1.43.67=FOLDER`.
struct Source {
    name: String,
    /// Its release, if it is known
    version: Option<String>,
    folder: PathBuf,
}

/// An import that went well.
struct Made<'c> {
    index: usize,
    pin: &'c Import,
    source: &'c Source,
    imported: Imported,
    digest: String,
}

pub(super) fn run(arguments: &ArgMatches) -> Result<u8, Failure> {
    let path = arguments.get_one::<String>("config").map_or("typefoundry.toml", String::as_str);
    let config = generate::read_config(path)?;
    let root = Path::new(path).parent().map_or_else(PathBuf::new, Path::to_owned);
    let sources = sources(arguments)?;
    check_sources(&sources, &config.imports, path)?;
    let update = arguments.get_flag("update");

    let mut made = Vec::new();
    for (index, pin) in config.imports.iter().enumerate() {
        let source = sources.iter().find(|source| source.name == pin.source);
        // That it is there has been checked.
        let Some(source) = source else { continue };
        let options = specs::options(pin.docs == Docs::Markdown);
        let model = source.folder.join(&pin.path);
        let (imported, digest) = typefoundry_import::import_with_digest(&model, &options)
            .with_context(|| format!("the import of {}", pin.spec.display()))?;
        made.push(Made { index, pin, source, imported, digest });
    }
    let changed: Vec<&Made<'_>> = made.iter().filter(|made| made.is_changed()).collect();
    if !update && !changed.is_empty() {
        return Err(Failure::new(FOUND, refusal(&changed)));
    }
    for made in &made {
        write_spec(&root, made)?;
    }
    repin(path, &changed)?;
    check(&root, &made)
}

impl Made<'_> {
    fn is_changed(&self) -> bool {
        let other_version = |version: &String| *version != self.pin.version;
        self.pin.sha256 != self.digest || self.source.version.as_ref().is_some_and(other_version)
    }
}

fn sources(arguments: &ArgMatches) -> anyhow::Result<Vec<Source>> {
    let given = arguments.get_many::<String>("source").unwrap_or_default();
    let sources = given.map(|given| {
        let (name, folder) = given.split_once('=').with_context(|| {
            format!("`{given}` names no folder: write it like botocore=path/to/it")
        })?;
        let (name, version) = match name.split_once('@') {
            Some((name, version)) => (name, Some(version.to_owned())),
            None => (name, None),
        };
        Ok(Source { name: name.to_owned(), version, folder: PathBuf::from(folder) })
    });
    sources.collect()
}

/// Each import needs its source, and each source that is given an import: a name misspelt on either
/// side would do nothing.
fn check_sources(sources: &[Source], imports: &[Import], path: &str) -> anyhow::Result<()> {
    if imports.is_empty() {
        return Err(anyhow!("{path} lists no imports: each is a table `[[import]]`"));
    }
    for pin in imports {
        if !sources.iter().any(|source| source.name == pin.source) {
            let (spec, name, version) = (pin.spec.display(), &pin.source, &pin.version);
            return Err(anyhow!(
                "{spec} is made of {name} {version}: say where that lies, with --source {name}=FOLDER"
            ));
        }
    }
    for source in sources {
        if !imports.iter().any(|pin| pin.source == source.name) {
            return Err(anyhow!("{path} has no import of the source `{}`", source.name));
        }
    }
    Ok(())
}

fn refusal(changed: &[&Made<'_>]) -> String {
    let lines = changed.iter().map(|made| {
        let (pin, spec) = (made.pin, made.pin.spec.display());
        match &made.source.version {
            Some(version) if *version != pin.version => {
                format!("{spec}: pinned to {} {}, found {version}\n", pin.source, pin.version)
            }
            _ if pin.sha256.is_empty() => {
                format!("{spec}: not pinned yet, found {}\n", made.digest)
            }
            _ => format!("{spec}: pinned to {}, found {}\n", pin.sha256, made.digest),
        }
    });
    let lines: String = lines.collect();
    format!(
        "error: nothing was written: these models are not the pinned ones\n{lines}\n\
         --update takes them, and pins them in typefoundry.toml"
    )
}

fn write_spec(root: &Path, made: &Made<'_>) -> Result<(), Failure> {
    let name = made.pin.spec.display();
    for note in &made.imported.notes {
        complain(&format!("note: {name}: {}", printable(&note.to_string())));
    }
    let file = root.join(&made.pin.spec);
    let text = typefoundry_import::print(&made.imported.spec);
    let is_same = std::fs::read(&file).is_ok_and(|old| old == text.as_bytes());
    if !is_same {
        write(&file, &text)?;
    }
    let what = if is_same { "unchanged" } else { "written" };
    print(&format!("{name}: {what}, {}\n", summary(&made.imported)))
}

/// Writes the new digests and versions into the list.
fn repin(path: &str, changed: &[&Made<'_>]) -> anyhow::Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let mut text = specs::read(path).map_err(|message| anyhow!(message))?;
    for made in changed {
        let version = made.source.version.as_ref().unwrap_or(&made.pin.version);
        for (key, value) in [("version", version), ("sha256", &made.digest)] {
            text = set_import(&text, made.index, key, value).with_context(|| {
                format!("{path} lists its imports in another form than [[import]]: set `{key}` of {} to \"{value}\"", made.pin.spec.display())
            })?;
        }
    }
    std::fs::write(path, text).with_context(|| format!("cannot write {path}"))
}

/// What was imported may not fit the overlays any more.
fn check(root: &Path, made: &[Made<'_>]) -> Result<u8, Failure> {
    let mut code = 0;
    for made in made {
        let name = made.pin.spec.to_string_lossy().replace('\\', "/");
        let opened =
            specs::open(&name, &root.join(&made.pin.spec), false).map_err(|it| anyhow!(it))?;
        let diagnostics = opened.load().diagnostics;
        if diagnostics.has_errors() {
            show(&diagnostics);
            code = FOUND;
        }
    }
    Ok(code)
}
