//! The values of arguments: those that clap knows, and those that hang on the words before.

use super::next::Given;
use crate::call::Suggestion;
use crate::specs;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::Error;
use clap::{Arg, Command};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;
use typefoundry_spec::Model;

/// What reads an argument's value, with values that can be suggested; others may be right as well.
#[derive(Clone)]
pub(crate) struct Known<P> {
    parser: P,
    values: fn() -> Vec<PossibleValue>,
}

/// Lets completion know of values, which `parser` needs not be content with.
pub(crate) fn known<P>(parser: P, values: fn() -> Vec<PossibleValue>) -> Known<P> {
    Known { parser, values }
}

impl<P: TypedValueParser> TypedValueParser for Known<P> {
    type Value = P::Value;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, Error> {
        self.parser.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.values)().into_iter()))
    }
}

/// What an argument may be, where `current` is what is written of it.
pub(super) fn values(given: &Given<'_>, arg: &Arg, current: &str) -> Vec<Suggestion> {
    match (given.command.get_name(), arg.get_id().as_str()) {
        ("mock", "services") => served(&given.values("services")),
        ("mock", "fault") if current.starts_with("error:") => codes(given),
        ("generate", "operations") => operations(given, current),
        _ => {
            let known = arg.get_possible_values();
            let value = |it: &PossibleValue| {
                Suggestion::new(it.get_name(), it.get_help().map(ToString::to_string))
            };
            known.iter().map(value).collect()
        }
    }
}

/// Providers and their services in turn.
fn served(before: &[&str]) -> Vec<Suggestion> {
    let pairs = before.chunks_exact(2);
    match pairs.remainder() {
        [provider] => {
            let is_new = |name: &String| !pairs.clone().any(|pair| pair == [*provider, name]);
            let services = specs::callable_services(provider).into_iter().filter(is_new);
            let service = |name: String| {
                let title = specs::title(provider, &name).map(str::to_owned);
                Suggestion::new(name, title)
            };
            services.map(service).collect()
        }
        _ => specs::providers().into_iter().map(|it| Suggestion::new(it, None)).collect(),
    }
}

/// Errors of the services that are on the line. All that there are would be too many, and too slow.
fn codes(given: &Given<'_>) -> Vec<Suggestion> {
    let pairs = given.values("services");
    let named = pairs.chunks_exact(2).filter_map(|pair| match pair {
        [provider, service] => specs::find_lazy(provider, service).ok().flatten()?.load_all().ok(),
        _ => None,
    });
    let files = given.values("spec").into_iter().filter_map(load);
    let codes = named.chain(files).flat_map(|model| {
        let errors = model.errors().flat_map(|(_, shape, error)| match error.codes.as_slice() {
            [] => vec![shape.name.clone()],
            codes => codes.to_vec(),
        });
        errors.collect::<Vec<_>>()
    });
    let codes: BTreeSet<String> = codes.collect();
    codes.into_iter().map(|code| Suggestion::new(format!("error:{code}"), None)).collect()
}

/// Operations of the spec on the line, behind those that are in the word already.
fn operations(given: &Given<'_>, current: &str) -> Vec<Suggestion> {
    let Some(model) = given.values("spec").first().and_then(|file| load(file)) else {
        return Vec::new();
    };
    let there = current.rsplit_once(',').map_or("", |(there, _)| there);
    let comma = if there.is_empty() { "" } else { "," };
    let names = model.operations.iter().map(|it| &it.name);
    let new = names.filter(|name| !there.split(',').any(|it| it == *name));
    new.map(|name| Suggestion::new(format!("{there}{comma}{name}"), None)).collect()
}

fn load(file: &str) -> Option<Model> {
    specs::open(file, Path::new(file), false).ok()?.load().into_model().ok()
}
