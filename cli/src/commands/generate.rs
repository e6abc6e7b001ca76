//! `typefoundry generate`

use super::{check, show};
use crate::exit::{Failure, print};
use crate::table;
use anyhow::{Context, anyhow};
use clap::ArgMatches;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use typefoundry_codegen::config::{Config, Spec};
use typefoundry_codegen::{Generated, Options, Outcome, Plan, output};

pub(crate) fn run(arguments: &ArgMatches) -> Result<u8, Failure> {
    let path = arguments.get_one::<String>("config").map_or("typefoundry.toml", String::as_str);
    let text = std::fs::read_to_string(path).with_context(|| {
        format!("cannot read {path}: run this where the file is, or name it with --config")
    })?;
    let config =
        Config::parse(&text).map_err(|error| anyhow!("{path} is not a list of specs:\n{error}"))?;
    let root = Path::new(path).parent().map_or_else(PathBuf::new, Path::to_owned);

    let mut made = Vec::new();
    let mut broken = false;
    for spec in &config.specs {
        match make(&root, spec)? {
            Some(module) => made.push(module),
            None => broken = true,
        }
    }
    if broken {
        return Err(anyhow!("nothing was written: mend the specs first").into());
    }
    distinct(&made)?;
    let (modules, stages): (Vec<_>, Vec<_>) = made.into_iter().unzip();
    let plan = Plan::new(&config, &modules);
    let folder = root.join(&config.output.path);

    if arguments.get_flag("check") {
        return report_stale(&plan, &folder, &config.output.path);
    }
    let changes = output::apply(&plan, &folder)
        .with_context(|| format!("cannot write {}", folder.display()))?;
    print(&summary(&modules, &stages, &plan, &changes, arguments.get_flag("timings")))?;
    Ok(0)
}

/// How long the stages of a spec took.
#[derive(Clone, Copy, Debug)]
struct Stages {
    read: Duration,
    emit: Duration,
    form: Duration,
}

/// The module of a spec; nothing if it is broken, which has been said then.
fn make(root: &Path, spec: &Spec) -> Result<Option<(Generated, Stages)>, Failure> {
    let start = Instant::now();
    let name = spec.path.to_string_lossy().replace('\\', "/");
    let file = root.join(&spec.path);
    let text = check::read(&file.to_string_lossy())
        .map_err(|message| anyhow!(message.trim_start_matches("error: ").to_owned()))?;
    let (model, mut diagnostics) = match typefoundry_spec::load(&name, &text).into_parts() {
        Ok(parts) => parts,
        Err(diagnostics) => {
            show(&diagnostics);
            return Ok(None);
        }
    };
    let read = start.elapsed();
    let options = Options { operations: spec.operations.iter().cloned().collect() };
    let module = typefoundry_codegen::generate(&model, &options, &mut diagnostics)
        .map_err(anyhow::Error::from)?;
    show(&diagnostics);
    let emit = start.elapsed().saturating_sub(read);
    let Some(module) = module else { return Ok(None) };
    let generated = Generated { module, spec: name, text };
    let files = generated.files();
    drop(files);
    let form = start.elapsed().saturating_sub(read + emit);
    Ok(Some((generated, Stages { read, emit, form })))
}

/// Two specs of one service would write the same files.
fn distinct(made: &[(Generated, Stages)]) -> Result<(), Failure> {
    for (index, (one, _)) in made.iter().enumerate() {
        let same = made[..index].iter().find(|(other, _)| other.module.id == one.module.id);
        if let Some((other, _)) = same {
            let (id, first, second) = (&one.module.id, &other.spec, &one.spec);
            return Err(anyhow!(
                "{first} and {second} both are the service `{id}`: give one of them another id"
            )
            .into());
        }
    }
    Ok(())
}

fn report_stale(plan: &Plan, folder: &Path, shown: &Path) -> Result<u8, Failure> {
    let stale =
        output::stale(plan, folder).with_context(|| format!("cannot read {}", folder.display()))?;
    if stale.is_empty() {
        print(&format!("{} files are up to date\n", plan.files.len()))?;
        return Ok(0);
    }
    let mut message = String::new();
    for (path, outcome) in &stale {
        let what = match outcome {
            Outcome::Added => "is missing",
            Outcome::Changed => "is out of date",
            Outcome::Removed => "belongs to no spec any more",
        };
        message.push_str(&format!("{}/{path} {what}\n", shown.display()));
    }
    message.push_str("\nrun `cargo run -- generate` and commit what it writes");
    Err(Failure::new(1, message))
}

fn summary(
    modules: &[Generated],
    stages: &[Stages],
    plan: &Plan,
    changes: &[(String, Outcome)],
    timings: bool,
) -> String {
    let millis = |duration: Duration| format!("{:.1}", duration.as_secs_f64() * 1000.0);
    let mut head = vec!["spec", "operations", "shapes", "files", "lines", "changed", "ms"];
    if timings {
        head.extend(["read", "emit", "form"]);
    }
    let mut rows = Vec::new();
    for (module, stages) in modules.iter().zip(stages) {
        let files = module.files();
        let lines: usize = files.iter().map(|(_, text)| text.lines().count()).sum();
        let prefix = format!("src/{}/", module.module.id.replace('-', "_"));
        let changed = changes.iter().filter(|(path, _)| path.starts_with(&prefix)).count();
        let mut row = vec![
            module.spec.clone(),
            module.module.operations.to_string(),
            module.module.shapes.to_string(),
            files.len().to_string(),
            lines.to_string(),
            if changed == 0 { "no".to_owned() } else { format!("{changed} files") },
            millis(stages.read + stages.emit + stages.form),
        ];
        if timings {
            row.extend([millis(stages.read), millis(stages.emit), millis(stages.form)]);
        }
        rows.push(row);
    }
    let written = changes.len();
    format!("{}\n{} files, {written} written\n", table::render(&head, &rows), plan.files.len())
}
