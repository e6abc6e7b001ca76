//! What the options of the AWS CLI's own say, put where it belongs.

#[cfg(test)]
mod tests;

mod distribution;
mod pipeline;
mod zip;

use super::files::Files;
use super::param::Param;
use super::words::Source;
use crate::call::arguments::numbers;
use crate::call::arguments::table::Table;
use crate::call::arguments::{Arguments, Said};
use crate::call::customs::{self, As, Change, Custom, Location, Part};
use crate::call::names;
use crate::exit::{Failure, GENERAL, USAGE};
use typefoundry::Map;

type Params = Map<String, Param>;

const MAIL: &str = "Message";
const STATES: &str = "ClusterStates";
const INDEX_FIELD: &str = "IndexField";
const INDEX_TYPE: &str = "IndexFieldType";

/// Puts what the options say beside what those of members do.
pub(super) fn put(
    table: &Table<'_>,
    arguments: &Arguments,
    files: &Files,
    params: &mut Params,
) -> Result<(), Failure> {
    for change in table.changes() {
        match change {
            Change::Refuse { member, part, message } => {
                if let Some(Param::Map(entries)) = params.get(*member)
                    && entries.contains_key(*part)
                {
                    return Err(wrong(message));
                }
            }
            Change::Zip(member) => {
                if let Some(value) = params.get(*member) {
                    zip::check(value)?;
                }
            }
            _ => {}
        }
    }
    let cx = Cx { table, files };
    for (custom, values) in &arguments.customs {
        cx.one(custom, values, params)?;
    }
    Ok(())
}

/// The root object that a distribution gets, once it is known what else it has.
pub(in crate::call) fn new_root(arguments: &Arguments) -> Option<&str> {
    let said = arguments.customs.iter().find(|(custom, _)| custom.part == Part::NewRootObject);
    said.map(|(_, values)| values.first().map_or("", String::as_str))
}

/// Puts what a distribution has, with a root object and what says which version of it is meant.
pub(super) fn put_root(params: &mut Params, root: &str, config: Param, version: Option<Param>) {
    distribution::renew(params, root, config, version);
}

struct Cx<'c> {
    table: &'c Table<'c>,
    files: &'c Files,
}

impl Cx<'_> {
    fn one(&self, custom: &Custom, values: &[String], params: &mut Params) -> Result<(), Failure> {
        let word = values.first().map_or("", String::as_str);
        match &custom.part {
            Part::States(states) => {
                if matches!(params.get(STATES), Some(Param::List(items)) if !items.is_empty()) {
                    let message = "aws: error: You can specify only one of the cluster state \
                                   filters: --cluster-states, --active, --terminated, --failed.";
                    return Err(wrong(message));
                }
                let states = states.iter().map(|state| Param::Text((*state).to_owned())).collect();
                params.insert(STATES.to_owned(), Param::List(states));
            }
            Part::Put(path, As::Member) => {
                let value = self.member(custom, path, word)?;
                put_at(params, path, value);
            }
            Part::Location(location) => {
                let revision = self.location(custom, location, word)?;
                params.insert("revision".to_owned(), revision);
            }
            // They say something about the answer, or about another call.
            Part::Save(_) | Part::SeedFile | Part::Seed => {}
            part => {
                let text = match self.loaded(custom, values)? {
                    Some(Param::Bytes(bytes))
                        if !matches!(part, Part::Put(_, As::Blob | As::Zip)) =>
                    {
                        Some(Param::Text(String::from_utf8_lossy(&bytes).into_owned()))
                    }
                    loaded => loaded,
                };
                let loaded = match &text {
                    Some(Param::Text(text)) => Some(vec![text.clone()]),
                    _ => None,
                };
                let values = loaded.as_deref().unwrap_or(values);
                match part {
                    Part::Put(path, read) => {
                        let value = read_as(custom, *read, values, text)?;
                        put_at(params, path, value);
                    }
                    part => Self::whole(part, values, params)?,
                }
            }
        }
        Ok(())
    }

    fn whole(part: &Part, values: &[String], params: &mut Params) -> Result<(), Failure> {
        let word = values.first().map_or("", String::as_str);
        match part {
            Part::Mail(path) if !word.is_empty() => {
                if !params.contains_key(MAIL) {
                    let parts = ["Subject", "Body"];
                    let empty = parts.map(|name| (name.to_owned(), Param::Map(Map::new())));
                    params.insert(MAIL.to_owned(), Param::Map(Map::from_iter(empty)));
                }
                put_at(params, path, Param::Text(word.to_owned()));
            }
            Part::IndexOption(name) => index_option(params, name, word)?,
            Part::Paths => distribution::paths(params, values),
            Part::Origin => distribution::origin(params, word),
            Part::RootObject => distribution::root(params, word),
            Part::Pipeline => pipeline::definition(params, word)?,
            Part::Parameters => pipeline::parameters(params, word)?,
            Part::Values => pipeline::values(params, word)?,
            Part::InlineValues => pipeline::inline(params, values)?,
            _ => {}
        }
        Ok(())
    }

    /// What the file holds that the only value names.
    fn loaded(&self, custom: &Custom, values: &[String]) -> Result<Option<Param>, Failure> {
        let [value] = values else { return Ok(None) };
        self.files.load_of(&format!("--{}", custom.name), value)
    }

    /// A value as the option of a member would have it.
    fn member(&self, custom: &Custom, path: &str, word: &str) -> Result<Param, Failure> {
        let (model, operation) = (self.table.model, self.table.operation);
        let Some(member) = customs::member(model, operation, path) else {
            let message = format!("{} has no member {path}", names::kebab(&operation.name));
            return Err(wrong(&message));
        };
        let name = format!("--{}", custom.name);
        let source = Source { model, operation, member, name: &name, files: self.files };
        source.read(&Said::Word(word.to_owned()))
    }

    fn location(&self, custom: &Custom, location: &Location, word: &str) -> Result<Param, Failure> {
        let said = self.member(custom, &format!("revision.{}", location.member), word)?;
        let Param::Map(mut said) = said else { return Err(wrong(location.missing)) };
        let is_there = |name: &&str| match said.get(*name) {
            None | Some(Param::Null) => false,
            Some(Param::Text(text)) => !text.is_empty(),
            Some(_) => true,
        };
        if !location.required.iter().all(is_there) {
            return Err(wrong(location.missing));
        }
        let names = location.required.iter().chain(location.optional);
        let kept = names.filter_map(|name| said.shift_remove_entry(*name)).collect();
        Ok(Param::Map(Map::from_iter([
            ("revisionType".to_owned(), Param::Text(location.kind.to_owned())),
            (location.member.to_owned(), Param::Map(kept)),
        ])))
    }
}

fn read_as(
    custom: &Custom,
    read: As,
    values: &[String],
    loaded: Option<Param>,
) -> Result<Param, Failure> {
    let word = values.first().map_or("", String::as_str);
    let name = custom.name;
    Ok(match read {
        As::Text | As::Member => Param::Text(word.to_owned()),
        As::Words => Param::List(values.iter().cloned().map(Param::Text).collect()),
        As::Integer => Param::Integer(integer(word)?),
        As::Number => number(name, word)?,
        As::Numbers => {
            let pairs = pairs(name, word)?.into_iter();
            let read = pairs.map(|(key, value)| Ok((key, number(name, &value)?)));
            Param::Map(read.collect::<Result<_, Failure>>()?)
        }
        As::Dimensions => named(pairs(name, word)?, "Name"),
        As::Tags => {
            let pair = |tag: &String| {
                let (key, value) = tag.split_once('=').unwrap_or((tag, ""));
                (key.to_owned(), value.to_owned())
            };
            named(values.iter().map(pair).collect(), "Key")
        }
        As::Blob => loaded.unwrap_or_else(|| Param::Text(word.to_owned())),
        As::Zip => {
            let value = loaded.unwrap_or_else(|| Param::Text(word.to_owned()));
            zip::check(&value)?;
            value
        }
    })
}

fn integer(word: &str) -> Result<i128, Failure> {
    numbers::integer(word).ok_or_else(|| Failure::new(GENERAL, numbers::no_integer(word)))
}

fn number(name: &str, word: &str) -> Result<Param, Failure> {
    let whole = word.trim().parse().ok().map(Param::Integer);
    let number = whole.or_else(|| numbers::float(word).map(Param::Float));
    number.ok_or_else(|| wrong(&format!("--{name}: {word:?} is no number")))
}

/// `NAME=VALUE,NAME=VALUE`. A value with a comma is in quotes, or has a backslash before it.
fn pairs(name: &str, text: &str) -> Result<Vec<(String, String)>, Failure> {
    let mut found = Vec::new();
    for pair in split(text) {
        let parts = pair.split_once('=').filter(|(_, value)| !value.contains('='));
        let Some((key, value)) = parts else {
            let message = format!("--{name}: {pair:?} should be of the form NAME=VALUE");
            return Err(wrong(&message));
        };
        found.push((key.to_owned(), value.to_owned()));
    }
    Ok(found)
}

fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let Some(part) = parts.last_mut() else { break };
        match (c, quote) {
            ('\\', _) => part.extend(chars.next()),
            (',', None) => parts.push(String::new()),
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => quote = Some(c),
            (c, _) => part.push(c),
        }
    }
    parts
}

/// Pairs as a list of structures.
fn named(pairs: Vec<(String, String)>, key: &str) -> Param {
    let structure = |(name, value)| {
        Param::Map(Map::from_iter([
            (key.to_owned(), Param::Text(name)),
            ("Value".to_owned(), Param::Text(value)),
        ]))
    };
    Param::List(pairs.into_iter().map(structure).collect())
}

/// `cloudsearch.py`'s `index_hydrate`: the options of a field are in a member that is named for its type.
fn index_option(params: &mut Params, name: &str, word: &str) -> Result<(), Failure> {
    let field = params.entry(INDEX_FIELD.to_owned()).or_insert_with(|| Param::Map(Map::new()));
    let Param::Map(field) = field else { return Ok(()) };
    let Some(Param::Text(kind)) = field.get(INDEX_TYPE) else {
        return Err(wrong("You must pass the --type option."));
    };
    let kind: String = kind.split('-').map(capitalized).collect();
    let kind = if kind == "Latlon" { "LatLon" } else { &kind };
    let value = match (name, kind) {
        ("DefaultValue", "Int" | "IntArray") => Param::Integer(integer(word)?),
        ("DefaultValue", "Double" | "DoubleArray") => number("default-value", word)?,
        (name, _) if name.ends_with("Enabled") => Param::Bool(!word.eq_ignore_ascii_case("false")),
        _ => Param::Text(word.to_owned()),
    };
    put_at(field, &format!("{kind}Options.{name}"), value);
    Ok(())
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + &chars.as_str().to_lowercase()
}

/// Puts a value where a path leads; what is not there on the way is made.
fn put_at(params: &mut Params, path: &str, value: Param) {
    let Some((step, rest)) = path.split_once('.') else {
        params.insert(path.to_owned(), value);
        return;
    };
    let name = step.trim_end_matches("[]");
    let place = params.entry(name.to_owned()).or_insert(Param::Null);
    let place = if name == step {
        place
    } else {
        if !matches!(place, Param::List(items) if !items.is_empty()) {
            *place = Param::List(vec![Param::Null]);
        }
        let Param::List(items) = place else { return };
        let Some(first) = items.first_mut() else { return };
        first
    };
    if !matches!(place, Param::Map(_)) {
        *place = Param::Map(Map::new());
    }
    if let Param::Map(inner) = place {
        put_at(inner, rest, value);
    }
}

fn wrong(message: &str) -> Failure {
    Failure::new(USAGE, message)
}
