//! `typefoundry generate --spec FILE --out DIR`: a crate for each service, which builds alone.

use super::make::{self, Asked, Made, Said};
use super::runtime::Place;
use super::{report_stale, spare_the_work_of_others};
use crate::commands::{markdown, parallel};
use crate::exit::{FOUND, Failure};
use crate::output::{complain, print, printable};
use anyhow::{Context, anyhow};
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use typefoundry_codegen::config::Output;
use typefoundry_codegen::{Generated, Options, Outcome, Plan, output};

/// What the command was asked for, whichever the model.
struct Task<'a> {
    /// The path that was given
    root: &'a Path,
    out: &'a Path,
    many: bool,
    name: Option<&'a str>,
    runtime: Place,
    docs: bool,
    check: bool,
    options: Options,
    /// Which model made the crate of a name
    taken: Mutex<BTreeMap<String, String>>,
}

/// What became of a model.
struct Done {
    said: String,
    /// Nothing if it is broken
    made: Option<Crate>,
}

struct Crate {
    folder: PathBuf,
    operations: usize,
    shapes: usize,
    files: usize,
    lines: usize,
    stale: Vec<(String, Outcome)>,
}

pub(super) fn run(spec: &Path, arguments: &ArgMatches) -> Result<u8, Failure> {
    let text = |name: &str| arguments.get_one::<String>(name).map(String::as_str);
    let models = typefoundry_import::models(spec).map_err(anyhow::Error::from)?;
    let operations = arguments.get_many::<String>("operations").unwrap_or_default();
    let task = Task {
        root: spec,
        out: Path::new(text("out").unwrap_or_default()),
        many: models.len() > 1 || models.first().is_some_and(|model| model != spec),
        name: text("crate-name"),
        runtime: Place::choose(text("runtime"))?,
        docs: markdown(arguments),
        check: arguments.get_flag("check"),
        options: Options { operations: operations.cloned().collect() },
        taken: Mutex::default(),
    };
    if task.many && (task.name.is_some() || !task.options.operations.is_empty()) {
        return Err(anyhow!(
            "{} holds several models, and --crate-name and --operations are about one",
            spec.display()
        )
        .into());
    }
    if let Some(name) = task.name {
        check_name(name)?;
    }
    let mut broken = 0;
    let mut crates = Vec::new();
    for result in parallel(&models, |model| crate_of(&task, model)) {
        match result {
            Ok(Done { said, made }) => {
                if !said.is_empty() {
                    complain(&said);
                }
                match made {
                    Some(made) => crates.push(made),
                    None => broken += 1,
                }
            }
            Err(error) => {
                complain(&format!("error: {error:#}"));
                broken += 1;
            }
        }
    }
    if broken > 0 {
        let written = if task.check { "" } else { ", and nothing was written for them" };
        let plural = if broken == 1 { "" } else { "s" };
        return Err(Failure::new(FOUND, format!("error: {broken} model{plural} failed{written}")));
    }
    report(&task, &crates)
}

fn crate_of(task: &Task<'_>, model: &Path) -> anyhow::Result<Done> {
    let name = model.to_string_lossy();
    let below = model.strip_prefix(task.root).ok().filter(|path| !path.as_os_str().is_empty());
    let origin = below.or(model.file_name().map(Path::new)).unwrap_or(model);
    let origin = origin.to_string_lossy().replace('\\', "/");
    let asked = Asked {
        path: model,
        name: &name,
        origin: &origin,
        docs: task.docs,
        options: &task.options,
    };
    let how = if task.many { Said::Counted } else { Said::Whole };
    let Made { said, generated } = make::make(&asked, how, Generated::alone)?;
    let Some((generated, _)) = generated else { return Ok(Done { said, made: None }) };
    let name = task.name.map_or_else(|| generated.feature(), str::to_owned);
    let folder = if task.many { task.out.join(&name) } else { task.out.to_owned() };
    claim(task, &name, &generated)?;
    let output = Output {
        path: folder.clone(),
        runtime: task.runtime.from(&folder)?,
        version: "0.1.0".to_owned(),
        name,
    };
    let (operations, shapes) = (generated.operations, generated.shapes);
    let plan = Plan::alone(&output, generated);
    let lines =
        plan.files.values().map(|text| text.bytes().filter(|it| *it == b'\n').count()).sum();
    let stale = output::stale(&plan, &folder)
        .with_context(|| format!("cannot read {}", folder.display()))?;
    if !task.check {
        spare_the_work_of_others(&stale, &folder, "another folder with --out")?;
        output::apply(&plan, &folder, &stale)
            .with_context(|| format!("cannot write {}", folder.display()))?;
    }
    let files = plan.files.len();
    Ok(Done { said, made: Some(Crate { folder, operations, shapes, files, lines, stale }) })
}

/// Two models of one service would write the same files.
fn claim(task: &Task<'_>, name: &str, generated: &Generated) -> anyhow::Result<()> {
    let mut taken = task.taken.lock().unwrap_or_else(PoisonError::into_inner);
    match taken.insert(name.to_owned(), generated.origin.name.clone()) {
        None => Ok(()),
        Some(other) => Err(anyhow!(
            "{other} and {} both are the service `{}`: give one of them another id",
            generated.origin.name,
            generated.id
        )),
    }
}

/// Cargo takes other names as well, but no crate can be published under them.
fn check_name(name: &str) -> anyhow::Result<()> {
    let fits = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if fits {
        return Ok(());
    }
    Err(anyhow!(
        "`{name}` cannot be the name of a crate: it starts with a letter, and holds letters, \
         digits, `-` and `_`"
    ))
}

fn report(task: &Task<'_>, crates: &[Crate]) -> Result<u8, Failure> {
    let sum = |count: fn(&Crate) -> usize| crates.iter().map(count).sum::<usize>();
    let files = sum(|it| it.files);
    let below = |made: &Crate, path: &str| {
        let folder = made.folder.strip_prefix(task.out).unwrap_or(&made.folder);
        folder.join(path).to_string_lossy().replace('\\', "/")
    };
    if task.check {
        let stale: Vec<_> = crates
            .iter()
            .flat_map(|made| made.stale.iter().map(move |it| (made, it)))
            .map(|(made, (path, outcome))| (below(made, path), *outcome))
            .collect();
        return report_stale(files, &stale, task.out, "typefoundry generate --spec");
    }
    let changes = || crates.iter().flat_map(|made| &made.stale);
    let removed = changes().filter(|(_, outcome)| *outcome == Outcome::Removed).count();
    let written = changes().count() - removed;
    let removed = if removed == 0 { String::new() } else { format!(", {removed} removed") };
    let plural = if crates.len() == 1 { "" } else { "s" };
    print(&format!(
        "{} crate{plural}: {} operations, {} shapes, {} lines\nruntime: {}\n{files} files, {written} written{removed}\n",
        crates.len(),
        sum(|it| it.operations),
        sum(|it| it.shapes),
        sum(|it| it.lines),
        printable(&task.runtime.to_string()),
    ))?;
    Ok(0)
}
