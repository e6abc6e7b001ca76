//! Which operation of which spec is meant.

use super::arguments::{Mistake, Words, choice, parser::Other};
use super::help::{self, Page};
use super::names::{self, kebab};
use super::settings::Settings;
use crate::exit::{Failure, USAGE};
use crate::output::complain;
use crate::specs::{self, Lazy, Named};
use std::path::{Path, PathBuf};
use typefoundry_spec::{Diagnostics, Model};

/// What the words in front of the options ask for.
pub(super) enum Choice {
    Call(Box<Chosen>),
    Help(Page, Box<Settings>),
    Version,
}

/// An operation that may be there, and the words behind it.
pub(super) struct Chosen {
    /// What the operation needs of the spec
    pub(super) model: Model,
    /// The operation that is called, or that a waiter calls, as the spec names it
    pub(super) operation: String,
    /// The name that the operation is called by, where it has another
    pub(super) alias: Option<&'static str>,
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

    fn help(&self, page: Page) -> Choice {
        Choice::Help(page, Box::new(self.words.settings.clone()))
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
    let (spec, command, operation) = if let Some(file) = reader.words.spec.clone() {
        let command = format!("typefoundry call --spec {file}");
        match specs::within(Path::new(&file)) {
            None => (open(&file)?, command, first),
            Some(all) if asks(&reader, &first) => {
                return Ok(reader.help(help::within(&all, &command)));
            }
            Some(all) => {
                let name = first.ok_or_else(|| missing("service"))?;
                let found = find_within(&all, &name)?;
                (open(&found.to_string_lossy())?, format!("{command} {name}"), reader.next()?)
            }
        }
    } else {
        if asks(&reader, &first) {
            return Ok(reader.help(help::usage()));
        }
        let provider = first.ok_or_else(|| missing("provider"))?;
        let service = reader.next()?;
        // It may stand between the two.
        if reader.words.version {
            return Ok(Choice::Version);
        }
        if asks(&reader, &service) {
            if !specs::providers().contains(&provider) {
                return Err(no_provider(&provider));
            }
            return Ok(reader.help(help::provider(&provider)));
        }
        let service = match service {
            Some(service) => service,
            None if specs::providers().contains(&provider) => return Err(missing("service")),
            None => return Err(no_provider(&provider)),
        };
        let spec = find_service(&provider, &service)?;
        (spec, format!("typefoundry call {provider} {service}"), reader.next()?)
    };
    spec.notes().clone_into(&mut reader.notes);
    if asks(&reader, &operation) {
        note(&reader.notes);
        let page = help::service(spec, &command).map_err(broken)?;
        return Ok(reader.help(page));
    }
    let name = operation.ok_or_else(|| missing("operation"))?;
    if name == "wait" && !spec.waiters().is_empty() {
        return wait(spec, &command, reader);
    }
    let found = find(&spec, &name);
    let Some((operation, alias)) = found else { return Err(no_operation(spec, &name)) };
    let mut needed: Vec<&str> = vec![&operation];
    for other in names::beside(&operation) {
        if spec.operations().contains(&other) {
            needed.push(other);
        }
    }
    let model = spec.load(&needed, &[]).map_err(broken)?;
    let command = format!("{command} {name}");
    Ok(call(model, (operation, alias), None, command, reader))
}

fn call(
    model: Model,
    (operation, alias): (String, Option<&'static str>),
    waiter: Option<String>,
    command: String,
    reader: Reader,
) -> Choice {
    let Reader { mut words, rest, strangers, notes } = reader;
    words.others = strangers;
    Choice::Call(Box::new(Chosen { model, operation, alias, waiter, command, notes, words, rest }))
}

/// `wait`, and what is behind it (v2's `customizations/waiters.py`).
fn wait(spec: Lazy, command: &str, mut reader: Reader) -> Result<Choice, Failure> {
    let name = reader.next()?;
    if name.as_deref() == Some("help") || name.is_none() && reader.asks_for_help() {
        let model = spec.load_all().map_err(broken)?;
        return Ok(reader.help(help::waiters(&model, command)));
    }
    let name = name.ok_or_else(|| missing("waiter"))?;
    let waiters = spec.waiters();
    let is_meant = |(waiter, _): &&(&str, _)| names::is_name(&name, waiter);
    let Some((waiter, operation)) = waiters.iter().find(is_meant) else {
        let known: Vec<_> = waiters.iter().map(|(waiter, _)| kebab(waiter)).collect();
        return Err(unknown("waiter", &name, known.iter().map(String::as_str)));
    };
    let (waiter, operation) = ((*waiter).to_owned(), operation.clone());
    let model = spec.load(&[&operation], &[&waiter]).map_err(broken)?;
    let command = format!("{command} wait {name}");
    Ok(call(model, (operation, None), Some(waiter), command, reader))
}

/// An operation by its name in kebab case, as the spec writes it, or one that the AWS CLI has for it;
/// as the spec writes it, and that of the AWS CLI.
pub(super) fn find(spec: &Lazy, name: &str) -> Option<(String, Option<&'static str>)> {
    let operations = spec.operations();
    if let Some(known) = operations.iter().find(|known| names::is_name(name, known)) {
        return Some(((*known).to_owned(), None));
    }
    let (alias, operation) = names::command(name, &operations)?;
    Some((operation.to_owned(), Some(alias)))
}

fn no_operation(spec: Lazy, name: &str) -> Failure {
    let known: Vec<String> = spec.operations().into_iter().map(kebab).collect();
    let wait = (!spec.waiters().is_empty()).then_some("wait");
    // It may be missing because something else is wrong.
    let model = match spec.load_all() {
        Ok(model) => model,
        Err(diagnostics) => return broken(diagnostics),
    };
    if known.is_empty() {
        let id = &model.service.id;
        return Failure::new(USAGE, format!("{id} describes data alone and has no operations"));
    }
    unknown("operation", name, known.iter().map(String::as_str).chain(wait))
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
    let known = specs::providers();
    let choice = choice(name, known.iter().map(String::as_str));
    let (choice, known) = (choice.trim_end(), known.join(", "));
    Mistake::new(format!("argument provider: {choice}\n\nThe providers are: {known}")).into()
}

fn no_service(name: &str, known: &[String]) -> Failure {
    let choice = choice(name, known.iter().map(String::as_str));
    let advice = "`typefoundry call <provider> help` lists the services that there are. Others come \
                  from a model by `typefoundry import PATH --install`, or are called with --spec.";
    Mistake::new(format!("argument service: {}\n\n{advice}", choice.trim_end())).into()
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
fn broken(diagnostics: Diagnostics) -> Failure {
    Failure::new(USAGE, diagnostics.to_string())
}

/// Says what importing has to note. A call says it with `--debug` alone.
pub(super) fn note(notes: &str) {
    if !notes.is_empty() {
        complain(notes);
    }
}

fn open(file: &str) -> Result<Lazy, Failure> {
    specs::open_lazy(file, Path::new(file))
        .map_err(|message| Failure::new(USAGE, format!("error: {message}")))
}

/// The spec in a folder that a word names.
fn find_within(all: &[Named], word: &str) -> Result<PathBuf, Failure> {
    // The CLI's names of AWS's services are known, too.
    let found = specs::choose(all, word);
    let found = found.or_else(|| specs::choose(all, names::service_of_cli(word)));
    found
        .map(|it| it.path.clone())
        .ok_or_else(|| unknown("service", word, all.iter().map(|it| it.name.as_str())))
}

fn find_service(provider: &str, service: &str) -> Result<Lazy, Failure> {
    // A service of AWS is known by the CLI's name; botocore's does as well where it is another.
    let name = if provider == "aws" { names::service_of_cli(service) } else { service };
    let found = specs::find_lazy(provider, name)
        .map_err(|message| Failure::new(USAGE, format!("error: {message}")))?;
    found.ok_or_else(|| {
        if !specs::providers().iter().any(|known| known == provider) {
            return no_provider(provider);
        }
        let known = specs::services(provider);
        let known: Vec<String> = known.iter().map(|it| names::service(it).to_owned()).collect();
        no_service(service, &known)
    })
}
