//! Which operation of which spec is meant.

use super::arguments::{Mistake, Words, choice, parser::Other};
use super::help;
use super::names::{self, kebab};
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
    Version,
}

/// An operation that may be there, and the words behind it.
pub(super) struct Chosen {
    pub(super) api: Api,
    /// The operation that is called, or that a waiter calls, as the spec names it
    pub(super) operation: String,
    /// The waiter, as the spec names it
    pub(super) waiter: Option<String>,
    /// The words so far, as usage messages show them
    pub(super) command: String,
    /// What importing the spec has to note
    pub(super) notes: String,
    /// What the words so far say
    pub(super) words: Words,
    /// The words behind
    pub(super) rest: Vec<String>,
}

/// Takes words one after another, and what stands between them.
struct Reader {
    words: Words,
    rest: Vec<String>,
    /// What is no option that is known here
    strangers: Vec<Other>,
    /// What importing the spec has to note
    notes: String,
}

impl Reader {
    /// The next word that is no option; nothing at the end.
    fn next(&mut self) -> Result<Option<String>, Failure> {
        let taken = self.words.take(&self.rest, &[], 1)?;
        self.rest.drain(..taken);
        let mut found = None;
        for other in std::mem::take(&mut self.words.others) {
            match other {
                Other::Word(word) if found.is_none() => found = Some(word),
                other => self.strangers.push(other),
            }
        }
        Ok(found)
    }

    fn asks_for_help(&self) -> bool {
        let is_help = |other: &Other| matches!(other, Other::Option(word) if is_help(word));
        self.strangers.iter().any(is_help)
    }
}

pub(super) fn choose(words: Vec<String>) -> Result<Choice, Failure> {
    let (words, rest) = (Words::default(), words);
    let mut reader = Reader { words, rest, strangers: Vec::new(), notes: String::new() };
    let first = reader.next()?;
    if reader.words.version {
        return Ok(Choice::Version);
    }
    let asks = |reader: &Reader, word: &Option<String>| {
        word.as_deref() == Some("help") || word.is_none() && reader.asks_for_help()
    };
    let (api, command, operation) = if let Some(file) = reader.words.spec.clone() {
        let (api, notes) = load(&file)?;
        reader.notes = notes;
        (api, format!("typefoundry call --spec {file}"), first)
    } else {
        if asks(&reader, &first) {
            return Ok(Choice::Help(help::usage()));
        }
        let provider = first.ok_or_else(|| missing("provider"))?;
        let service = reader.next()?;
        // It may stand between the two.
        if reader.words.version {
            return Ok(Choice::Version);
        }
        if asks(&reader, &service) {
            return Ok(Choice::Help(help::usage()));
        }
        let service = match service {
            Some(service) => service,
            None if specs::providers().contains(&&*provider) => return Err(missing("service")),
            None => return Err(no_provider(&provider)),
        };
        let api = built_in(&provider, &service)?;
        (api, format!("typefoundry call {provider} {service}"), reader.next()?)
    };
    if asks(&reader, &operation) {
        note(&reader.notes);
        return Ok(Choice::Help(help::operations(&api, &command)));
    }
    let name = operation.ok_or_else(|| missing("operation"))?;
    if name == "wait" && !api.model().waiters.is_empty() {
        return wait(api, &command, reader);
    }
    let operation = find(&api, &name)?.schema.name.to_string();
    let command = format!("{command} {name}");
    Ok(call(api, operation, None, command, reader))
}

fn call(
    api: Api,
    operation: String,
    waiter: Option<String>,
    command: String,
    reader: Reader,
) -> Choice {
    let Reader { mut words, rest, strangers, notes } = reader;
    words.others = strangers;
    Choice::Call(Box::new(Chosen { api, operation, waiter, command, notes, words, rest }))
}

/// `wait`, and what is behind it (v2's `customizations/waiters.py`).
fn wait(api: Api, command: &str, mut reader: Reader) -> Result<Choice, Failure> {
    let name = reader.next()?;
    if name.as_deref() == Some("help") || name.is_none() && reader.asks_for_help() {
        return Ok(Choice::Help(help::waiters(&api, command)));
    }
    let name = name.ok_or_else(|| missing("waiter"))?;
    let waiters = &api.model().waiters;
    let is_meant = |known: &str| known == name || kebab(known) == name;
    let Some(waiter) = waiters.iter().find(|waiter| is_meant(&waiter.name)) else {
        let known: Vec<_> = waiters.iter().map(|waiter| kebab(&waiter.name)).collect();
        return Err(unknown("waiter", &name, known.iter().map(String::as_str)));
    };
    let (operation, waiter) = (waiter.operation.clone(), waiter.name.clone());
    let command = format!("{command} wait {name}");
    Ok(call(api, operation, Some(waiter), command, reader))
}

/// An operation by its name in kebab case, or as the spec writes it.
fn find<'a>(api: &'a Api, name: &str) -> Result<&'a ApiOperation, Failure> {
    let is_meant = |operation: &&ApiOperation| {
        operation.schema.name == name || kebab(&operation.schema.name) == name
    };
    api.operations().iter().find(is_meant).ok_or_else(|| {
        if api.operations().is_empty() {
            let id = &api.service().id;
            let message = format!("{id} describes data alone and has no operations");
            return Failure::new(USAGE, message);
        }
        let known: Vec<_> =
            api.operations().iter().map(|known| kebab(&known.schema.name)).collect();
        let wait = (!api.model().waiters.is_empty()).then_some("wait");
        unknown("operation", name, known.iter().map(String::as_str).chain(wait))
    })
}

fn is_help(word: &str) -> bool {
    matches!(word, "--help" | "-h")
}

fn missing(what: &str) -> Failure {
    Mistake::missing(&[what]).into()
}

fn unknown<'n>(what: &str, name: &str, known: impl IntoIterator<Item = &'n str>) -> Failure {
    Mistake::new(format!("argument {what}: {}", choice(name, known))).into()
}

fn no_provider(name: &str) -> Failure {
    unknown("provider", name, specs::providers())
}

/// Says what importing has to note. A call says it with `--debug` alone.
pub(super) fn note(notes: &str) {
    if !notes.is_empty() {
        complain(notes);
    }
}

fn load(file: &str) -> Result<(Api, String), Failure> {
    let opened = specs::open(file, Path::new(file), true)
        .map_err(|message| Failure::new(USAGE, format!("error: {message}")))?;
    let notes = specs::notes(&opened);
    let model = opened.load().into_model();
    let api = model.map(Api::new).map_err(|error| Failure::new(USAGE, error.to_string()))?;
    Ok((api, notes))
}

fn built_in(provider: &str, service: &str) -> Result<Api, Failure> {
    if !specs::providers().contains(&provider) {
        return Err(no_provider(provider));
    }
    // A service of AWS is known by the CLI's name; botocore's does as well where it is another.
    let spec = if provider == "aws" { names::service_of_cli(service) } else { service };
    let files = specs::find(provider, spec).ok_or_else(|| {
        let known = specs::services(provider);
        let known = known.iter().map(|known| names::service(known));
        unknown("service", service, known)
    })?;
    let model = files.load().into_model();
    model.map(Api::new).map_err(|error| Failure::new(GENERAL, error.to_string()))
}
