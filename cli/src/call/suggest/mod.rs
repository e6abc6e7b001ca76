//! What may come next on the line of a call, with what is said about it: for shells' completion and for
//! the prompt.

mod words;

#[cfg(test)]
mod tests;

use super::arguments::GLOBALS;
use super::arguments::parser::{Arity, Form, Spec};
use super::arguments::table::{Purpose, Table};
use super::choose;
use super::help::first_sentence;
use super::names::{self, kebab};
use crate::call::arguments::simple::SIMPLE;
use crate::specs::{self, Lazy};
use std::path::Path;
use typefoundry_spec::{Kind, Member, Model};
use words::{Place, Walk};

/// What brings the options of paging where the provider's own data declares no pages.
const ALL_PAGES: &str = "--paginate";

/// A word that may come next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Suggestion {
    pub(crate) text: String,
    pub(crate) about: Option<String>,
    /// Whether a call cannot do without it.
    pub(crate) is_required: bool,
}

impl Suggestion {
    pub(crate) fn new(text: impl Into<String>, about: Option<String>) -> Self {
        Self { text: text.into(), about, is_required: false }
    }
}

/// What may stand in the place of the last of these words, which follow `call`; what does not begin as
/// that word does is left out. Nothing is said about mistakes.
pub(crate) fn suggest(words: &[String]) -> Vec<Suggestion> {
    let Some((last, before)) = words.split_last() else { return Vec::new() };
    // An option may have its value behind a sign.
    let joined = last.split_once('=').filter(|(option, _)| option.starts_with("--"));
    let (before, current) = match joined {
        Some((option, value)) => {
            let before = before.iter().cloned().chain([option.to_owned()]);
            (before.collect(), value)
        }
        None => (before.to_vec(), last.as_str()),
    };
    let mut suggestions = next(&before, current);
    suggestions.retain(|it| it.text.starts_with(current));
    if let Some((option, _)) = joined {
        for suggestion in &mut suggestions {
            suggestion.text = format!("{option}={}", suggestion.text);
        }
    }
    suggestions
}

/// What may follow these words, where the next begins with a dash or not.
fn next(before: &[String], current: &str) -> Vec<Suggestion> {
    let is_option = current.starts_with('-');
    let walk = Walk::new(before);
    match walk.place() {
        Place::Value(global) => values(&Spec::new(global.name, global.arity).of(global.form)),
        _ if is_option && walk.rest().is_none() => globals(&walk.used()),
        Place::Provider => specs::providers().into_iter().map(|it| plain(&it)).collect(),
        Place::Service(provider) => services(provider),
        Place::Within(folder) => {
            let all = specs::within(Path::new(folder)).unwrap_or_default();
            all.iter().map(|it| plain(&it.name)).chain([help()]).collect()
        }
        Place::Operation => spec(&walk).map(|spec| operations(&spec)).unwrap_or_default(),
        Place::Waiter => spec(&walk).map(|spec| waiters(&spec)).unwrap_or_default(),
        Place::Rest => behind(&walk, is_option).unwrap_or_default(),
    }
}

fn plain(text: &str) -> Suggestion {
    Suggestion::new(text, None)
}

fn help() -> Suggestion {
    Suggestion::new("help", Some("Shows what there is".to_owned()))
}

fn services(provider: &str) -> Vec<Suggestion> {
    let service = |name: String| {
        let title = specs::title(provider, &name).map(str::to_owned);
        let name = if provider == "aws" { names::service(&name) } else { &name };
        Suggestion::new(name, title)
    };
    let services = specs::callable_services(provider).into_iter().map(service);
    services.chain([help()]).collect()
}

/// The spec that words speak of; nothing if there is none, or it cannot be read.
fn spec(walk: &Walk<'_>) -> Option<Lazy> {
    if let Some(file) = walk.spec() {
        let Some(name) = walk.within() else {
            return specs::open_lazy(file, Path::new(file)).ok();
        };
        let all = specs::within(Path::new(file))?;
        let found = specs::choose(&all, name)
            .or_else(|| specs::choose(&all, names::service_of_cli(name)))?;
        return specs::open_lazy(&found.path.to_string_lossy(), &found.path).ok();
    }
    let (provider, service) = walk.service()?;
    let service = if provider == "aws" { names::service_of_cli(service) } else { service };
    specs::find_lazy(provider, service).ok().flatten()
}

fn operations(spec: &Lazy) -> Vec<Suggestion> {
    let briefs = spec.briefs().into_iter().filter(|brief| !brief.is_deprecated);
    let operation =
        briefs.map(|it| Suggestion::new(kebab(&it.name), first_sentence(it.docs.as_deref())));
    let about = "Waits until something is as it should be".to_owned();
    let wait = Suggestion::new("wait", Some(about));
    let wait = (!spec.waiters().is_empty()).then_some(wait);
    let known = spec.operations();
    let others = names::commands(&known).map(|(name, operation)| {
        Suggestion::new(name, Some(format!("Calls {}", kebab(operation))))
    });
    operation.chain(others).chain(wait).chain([help()]).collect()
}

fn waiters(spec: &Lazy) -> Vec<Suggestion> {
    let waiter = |(name, operation): &(&str, String)| {
        Suggestion::new(kebab(name), Some(format!("Calls {}", kebab(operation))))
    };
    spec.waiters().iter().map(waiter).chain([help()]).collect()
}

/// What may come behind an operation.
fn behind(walk: &Walk<'_>, is_option: bool) -> Option<Vec<Suggestion>> {
    let (name, rest) = walk.rest()?;
    let spec = spec(walk)?;
    let (operation, alias) = if walk.is_wait() {
        let waiters = spec.waiters();
        waiters
            .into_iter()
            .find(|(waiter, _)| names::is_name(name, waiter))
            .map(|it| (it.1, None))?
    } else {
        choose::find(&spec, name)?
    };
    let model = spec.load(&[&operation], &[]).ok()?;
    let in_front = walk.used();
    let all_pages = in_front.iter().chain(rest).any(|word| word == ALL_PAGES);
    let table = Table::new(&model, model.find_operation(&operation)?, alias, all_pages);
    let mut known: Vec<Known<'_>> = own(&table);
    for global in GLOBALS {
        if known.iter().any(|it| it.spec.name == global.name) {
            continue;
        }
        known.push(Known {
            spec: Spec::new(global.name, global.arity).of(global.form),
            about: Some(global.help.to_owned()),
            member: None,
            is_required: false,
            is_hidden: false,
        });
    }
    let find = |word: &str| known.iter().find(|it| word.strip_prefix("--") == Some(&*it.spec.name));
    // The option that has not all of its values yet
    let mut open: Option<(&Known<'_>, usize)> = None;
    let mut used = in_front;
    for word in rest {
        if word.starts_with("--") {
            let name = word.split('=').next().unwrap_or_default();
            used.push(name.to_owned());
            open = find(name).filter(|_| !word.contains('=')).map(|it| (it, 0));
        } else if let Some((option, count)) = &mut open {
            *count += 1;
            if option.spec.arity != Arity::Many {
                open = None;
            }
        }
    }
    if let Some((option, count)) = open {
        let is_due = option.spec.arity == Arity::One || count == 0;
        let takes = option.spec.arity != Arity::None;
        if takes && !is_option && (is_due || option.spec.arity == Arity::Many) {
            return Some(option.values(&model));
        }
    }
    let options = known.iter().filter(|it| {
        let name = format!("--{}", it.spec.name);
        !it.is_hidden && !used.contains(&name)
    });
    let mut suggestions: Vec<Suggestion> = options
        .map(|it| Suggestion {
            text: format!("--{}", it.spec.name),
            about: it.about.clone(),
            is_required: it.is_required,
        })
        .collect();
    // Required ones come first.
    suggestions.sort_by_key(|it| !it.is_required);
    if rest.is_empty() && !is_option {
        suggestions.push(help());
    }
    Some(suggestions)
}

/// An option that is known behind an operation.
struct Known<'m> {
    spec: Spec,
    about: Option<String>,
    member: Option<&'m Member>,
    is_required: bool,
    is_hidden: bool,
}

impl Known<'_> {
    fn values(&self, model: &Model) -> Vec<Suggestion> {
        match self.member {
            Some(member) => values_of(model, member),
            None => values(&self.spec),
        }
    }
}

fn own<'m>(table: &Table<'m>) -> Vec<Known<'m>> {
    let entries = table.specs.iter().zip(&table.entries);
    let known = entries.map(|(spec, entry)| {
        let member = match entry.purpose {
            Purpose::Member(index) | Purpose::Bool(index, _) | Purpose::Pulled(index, _) => {
                table.member(index)
            }
            _ => None,
        };
        let docs = |member: &Member| {
            let shape = table.model.shape(member.target);
            first_sentence(member.docs.as_deref().or(shape.docs.as_deref()))
        };
        Known {
            spec: spec.clone(),
            about: match entry.purpose {
                Purpose::Simple(place) => {
                    SIMPLE.get(place).and_then(|it| first_sentence(Some(it.docs)))
                }
                Purpose::Custom(custom) => first_sentence(Some(custom.docs)),
                _ => member.and_then(docs),
            },
            member: member.filter(|_| matches!(entry.purpose, Purpose::Member(_))),
            is_required: entry.required,
            is_hidden: entry.hidden,
        }
    });
    known.collect()
}

/// The values of an option that is not one of a member.
fn values(spec: &Spec) -> Vec<Suggestion> {
    match spec.form {
        Form::OneOf(choices) => choices.iter().map(|it| plain(it)).collect(),
        _ => Vec::new(),
    }
}

/// The values of a member, or of the elements of a list.
fn values_of(model: &Model, member: &Member) -> Vec<Suggestion> {
    let shape = match &model.shape(member.target).kind {
        Kind::List(list) => model.shape(list.item.target),
        _ => model.shape(member.target),
    };
    let Kind::Enum(values) = &shape.kind else { return Vec::new() };
    let value = |it: &typefoundry_spec::EnumValue| {
        Suggestion::new(it.value.clone(), first_sentence(it.docs.as_deref()))
    };
    values.iter().map(value).collect()
}

/// The options of every call.
fn globals(used: &[String]) -> Vec<Suggestion> {
    let global = GLOBALS.iter().filter_map(|global| {
        let name = format!("--{}", global.name);
        (!used.contains(&name)).then(|| Suggestion::new(name, Some(global.help.to_owned())))
    });
    global.collect()
}
