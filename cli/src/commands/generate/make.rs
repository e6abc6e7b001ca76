//! From a spec or a model to a module's files.

use crate::commands::shown;
use crate::output::printable;
use crate::specs;
use anyhow::{Context, anyhow};
use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use typefoundry_codegen::{Generated, Module, Options, Origin};
use typefoundry_import::Opened;
use typefoundry_spec::{Diagnostics, Severity};

/// How long the stages of a spec took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stages {
    pub(super) read: Duration,
    pub(super) emit: Duration,
    pub(super) form: Duration,
}

/// What to make a module of.
pub(super) struct Asked<'a> {
    pub(super) path: &'a Path,
    /// How messages call it
    pub(super) name: &'a str,
    /// How the generated files call it
    pub(super) origin: &'a str,
    pub(super) docs: bool,
    pub(super) options: &'a Options,
}

/// How much is said of what is no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// All of it
    Whole,
    /// How many warnings there are, where there are many models
    Counted,
}

/// A module; nothing if the spec is broken.
pub(super) struct Made {
    /// What there is to say on the error stream
    pub(super) said: String,
    pub(super) generated: Option<(Generated, Stages)>,
}

/// Makes a module. `form` makes files of it.
pub(super) fn make(
    asked: &Asked<'_>,
    how: Said,
    form: impl Fn(&Module, Origin) -> Generated,
) -> anyhow::Result<Made> {
    let start = Instant::now();
    let opened = specs::open(asked.name, asked.path, asked.docs).map_err(|text| anyhow!(text))?;
    let mut said = specs::notes(&opened);
    let origin = match &opened {
        Opened::Spec(files) => {
            let mut origin = Origin { name: asked.origin.to_owned(), ..Origin::from(files) };
            // It lies beside the spec, wherever that is on this machine.
            if let Some((name, _)) = &mut origin.overlay {
                let file = Path::new(name.as_str()).file_name().unwrap_or_default();
                let beside = Path::new(asked.origin).with_file_name(file);
                *name = beside.to_string_lossy().replace('\\', "/");
            }
            origin
        }
        Opened::Model(model) => {
            Origin { name: asked.origin.to_owned(), digest: model.digest.clone(), overlay: None }
        }
    };
    let (model, mut diagnostics) = match opened.load().into_parts() {
        Ok(parts) => parts,
        Err(diagnostics) => {
            said.push_str(&shown(&diagnostics));
            return Ok(Made { said, generated: None });
        }
    };
    let read = start.elapsed();
    let module = typefoundry_codegen::generate(&model, asked.options, &mut diagnostics)
        .with_context(|| format!("the operations that are asked for of {}", asked.name))?;
    drop(model);
    said.push_str(&match how {
        Said::Counted if module.is_some() => counted(asked.name, &diagnostics),
        _ => shown(&diagnostics),
    });
    let emit = start.elapsed().saturating_sub(read);
    let Some(module) = module else { return Ok(Made { said, generated: None }) };
    let generated = form(&module, origin);
    let form = start.elapsed().saturating_sub(read + emit);
    Ok(Made { said, generated: Some((generated, Stages { read, emit, form })) })
}

fn counted(name: &str, diagnostics: &Diagnostics) -> String {
    let warnings = diagnostics.count(Severity::Warning);
    let mut said = String::new();
    if warnings > 0 {
        let plural = if warnings == 1 { "" } else { "s" };
        let name = printable(name);
        // Writing to a string cannot fail.
        let _ = writeln!(
            said,
            "{name}: {warnings} warning{plural}, which `typefoundry check {name}` shows"
        );
    }
    said
}
