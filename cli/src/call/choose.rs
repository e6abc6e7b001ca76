//! Which operation of which spec is meant.

use super::options::kebab;
use crate::exit::{Failure, GENERAL, USAGE};
use crate::output::complain;
use crate::specs;
use std::path::Path;
use typefoundry::dynamic::{Api, ApiOperation};

/// What the words in front of the options ask for.
pub(super) enum Choice {
    Call(Box<Chosen>),
    /// This text
    Help(String),
}

/// An operation that may be there, and its options.
pub(super) struct Chosen {
    pub(super) api: Api,
    pub(super) operation: String,
    /// The words so far, as usage messages show them
    pub(super) command: String,
    /// The options, behind a word that stands for the command
    pub(super) rest: Vec<String>,
}

pub(super) fn choose(mut words: Vec<String>) -> Result<Choice, Failure> {
    let Some(first) = words.first().cloned() else {
        return Err(misused("name a provider, a service and an operation"));
    };
    if is_help(&first) {
        return Ok(Choice::Help(usage()));
    }
    let (api, taken, command) = if let Some(file) = first.strip_prefix("--spec=") {
        (load(file)?, 1, format!("typefoundry call --spec {file}"))
    } else if first == "--spec" {
        let file = words.get(1).ok_or_else(|| misused("`--spec` wants a file"))?;
        (load(file)?, 2, format!("typefoundry call --spec {file}"))
    } else {
        let service = words.get(1).filter(|word| !word.starts_with('-'));
        let service = service.ok_or_else(|| {
            misused(&format!("name a service of `{first}`, and an operation of that"))
        })?;
        (built_in(&first, service)?, 2, format!("typefoundry call {first} {service}"))
    };
    let operation = words.get(taken).cloned().unwrap_or_default();
    if operation.is_empty() || is_help(&operation) {
        return Ok(Choice::Help(operations(&api, &command)));
    }
    let command = format!("{command} {operation}");
    let rest = words.split_off(taken);
    Ok(Choice::Call(Box::new(Chosen { api, operation, command, rest })))
}

/// An operation by its name in kebab case, or as the spec writes it.
pub(super) fn find<'a>(api: &'a Api, name: &str) -> Result<&'a ApiOperation, Failure> {
    let is_meant = |operation: &&ApiOperation| {
        operation.schema.name == name || kebab(&operation.schema.name) == name
    };
    api.operations().iter().find(is_meant).ok_or_else(|| {
        let known: Vec<_> =
            api.operations().iter().map(|known| kebab(&known.schema.name)).collect();
        let message = if known.is_empty() {
            format!("{} describes data alone and has no operations", api.service().id)
        } else {
            format!(
                "Found invalid choice '{name}': {} has no such operation. It has:\n\n  {}",
                api.service().id,
                known.join("\n  ")
            )
        };
        Failure::new(USAGE, message)
    })
}

fn is_help(word: &str) -> bool {
    matches!(word, "help" | "--help" | "-h")
}

fn usage() -> String {
    format!(
        "Usage: typefoundry call PROVIDER SERVICE OPERATION [OPTIONS]\n       \
         typefoundry call --spec FILE OPERATION [OPTIONS]\n\n\
         Without an operation, those of the service are listed; `--help` behind an operation\n\
         lists its options.\n\n\
         Region and credentials come from where the provider's own tools have them: for aws the\n\
         environment, the profiles in ~/.aws/config and ~/.aws/credentials, containers and\n\
         instances; for ncp NCLOUD_REGION, NCLOUD_ACCESS_KEY and NCLOUD_SECRET_KEY, or\n\
         ~/.ncloud/configure.\n\n\
         Built in:\n  {}\n",
        specs::callable().join("\n  ")
    )
}

fn misused(message: &str) -> Failure {
    Failure::new(USAGE, format!("error: {message}\n\n{}", usage()))
}

fn load(file: &str) -> Result<Api, Failure> {
    let opened = specs::open(file, Path::new(file), true)
        .map_err(|message| Failure::new(USAGE, format!("error: {message}")))?;
    let notes = specs::notes(&opened);
    if !notes.is_empty() {
        complain(&notes);
    }
    let model = opened.load().into_model();
    model.map(Api::new).map_err(|error| Failure::new(USAGE, error.to_string()))
}

fn built_in(provider: &str, service: &str) -> Result<Api, Failure> {
    let files = specs::find(provider, service)
        .ok_or_else(|| misused(&format!("there is no spec of `{provider} {service}`")))?;
    let model = files.load().into_model();
    model.map(Api::new).map_err(|error| Failure::new(GENERAL, error.to_string()))
}

fn operations(api: &Api, command: &str) -> String {
    let title = &api.service().title;
    let head = format!("{title}\n\nUsage: {command} OPERATION [OPTIONS]\n\n");
    if api.model().operations.is_empty() {
        return head + "It describes data alone and has no operations.\n";
    }
    let entries = api.model().operations.iter().map(|operation| {
        let docs = operation.docs.as_deref().unwrap_or_default();
        let line = docs.lines().next().unwrap_or_default();
        match line.split_inclusive(". ").next().map(str::trim_end) {
            Some(sentence) => format!("  {}\n      {sentence}\n", kebab(&operation.name)),
            None => format!("  {}\n", kebab(&operation.name)),
        }
    });
    format!("{head}Operations:\n{}", entries.collect::<String>())
}
