//! An operation's input from its options.

use super::options::{MemberOption, Options};
use crate::exit::{Failure, USAGE};
use crate::specs;
use clap::ArgMatches;
use clap::parser::ValueSource;
use typefoundry::Document;
use typefoundry::codec::{DecodeError, Form, Reading, json};
use typefoundry::dynamic::{Api, ApiOperation, Dynamic};
use typefoundry::value::{Structure, Value};
use typefoundry_spec::{Kind, Operation, ShapeId};

/// Members that have no place are told; those that are missing are found by the validation.
const READING: Reading = Reading { strict: false, keep_unplaced: true, lenient: false };

pub(super) fn read<'s>(
    api: &'s Api,
    operation: &ApiOperation,
    options: &Options<'_>,
    arguments: &ArgMatches,
) -> Result<Dynamic<'s>, Failure> {
    let mut input = api.input(operation);
    if let Some(text) = arguments.get_one::<String>("cli-input-json") {
        whole(&mut input, options.operation(), text)?;
    }
    for option in options.members() {
        if let Some(document) = given(api, option, arguments)? {
            fill(&mut input, option, &document)?;
        }
    }
    Ok(input)
}

/// `--cli-input-json`
fn whole(input: &mut Dynamic<'_>, model: &Operation, text: &str) -> Result<(), Failure> {
    let option = "--cli-input-json";
    let text = match text.strip_prefix("file://") {
        Some(path) => specs::read(path).map_err(|message| {
            unparsed(option, &format!("Unable to load paramfile {text}: {message}"))
        })?,
        None => text.to_owned(),
    };
    let document = parse(option, &text)?;
    if !matches!(document, Document::Object(_)) {
        return Err(unparsed(option, "Invalid type: expected a JSON object"));
    }
    let report = json::read(document.to_json().as_bytes(), input, Form::Model, READING)
        .map_err(|error| unfit(option, "", &error))?;
    no_strangers(model, report.unplaced.iter().map(|(path, _)| path.clone()))
}

/// What the options say about a member; nothing if they do not mention it.
fn given(
    api: &Api,
    option: &MemberOption<'_>,
    arguments: &ArgMatches,
) -> Result<Option<Document>, Failure> {
    let id = option.id();
    let is_given = |id: &str| arguments.value_source(id) == Some(ValueSource::CommandLine);
    let kind = &api.model().shape(option.member.target).kind;
    if let Kind::Boolean = kind {
        let is_set = |id: &str| is_given(id) && arguments.get_flag(id);
        let said = [(is_set(&id), true), (is_set(&format!("no-{id}")), false)];
        let said = said.iter().find(|(is_said, _)| *is_said);
        return Ok(said.map(|(_, value)| Document::Bool(*value)));
    }
    if !is_given(&id) {
        return Ok(None);
    }
    let words: Vec<_> = arguments.get_many::<String>(&id).unwrap_or_default().collect();
    let dashed = option.dashed();
    if let Kind::List(list) = kind {
        return Ok(Some(match &words[..] {
            [one] if one.trim_start().starts_with('[') => parse(&dashed, one)?,
            words => {
                let item = |word: &&String| scalar(api, list.item.target, &dashed, word);
                Document::Array(words.iter().map(item).collect::<Result<_, _>>()?)
            }
        }));
    }
    let word = words.first().map_or("", |word| word.as_str());
    scalar(api, option.member.target, &dashed, word).map(Some)
}

/// A word as a value of a type: text stays text, numbers become numbers, the rest is JSON.
fn scalar(api: &Api, target: ShapeId, option: &str, word: &str) -> Result<Document, Failure> {
    let number = || {
        let number = Document::from_json(word.trim().as_bytes()).ok();
        number.filter(|number| matches!(number, Document::Number(_)))
    };
    match &api.model().shape(target).kind {
        Kind::String | Kind::Enum(_) | Kind::Blob => Ok(Document::from(word)),
        Kind::Timestamp(_) => Ok(number().unwrap_or_else(|| Document::from(word))),
        Kind::Integer | Kind::Long | Kind::Float | Kind::Double => {
            number().ok_or_else(|| unparsed(option, &format!("`{word}` is not a number")))
        }
        _ => parse(option, word),
    }
}

fn parse(option: &str, text: &str) -> Result<Document, Failure> {
    Document::from_json(text.as_bytes())
        .map_err(|error| unparsed(option, &format!("Invalid JSON: {error}\nJSON received: {text}")))
}

/// What an option says takes the place of what the JSON said.
fn fill(
    input: &mut Dynamic<'_>,
    option: &MemberOption<'_>,
    document: &Document,
) -> Result<(), Failure> {
    let name = &option.member.name;
    let structure: &mut dyn Structure = input;
    let Some(value) = structure.get_mut(name) else { return Ok(()) };
    value.clear();
    let report =
        read_member(value, document).map_err(|error| unfit(&option.dashed(), name, &error))?;
    let mut strangers = report.iter().map(|path| joined(name, path)).peekable();
    if strangers.peek().is_none() {
        return Ok(());
    }
    Err(invalid(strangers.map(|path| format!("Unknown parameter in input: \"{path}\""))))
}

/// The paths of what has no place.
fn read_member(value: &mut dyn Value, document: &Document) -> Result<Vec<String>, DecodeError> {
    let report = json::read(document.to_json().as_bytes(), value, Form::Model, READING)?;
    Ok(report.unplaced.into_iter().map(|(path, _)| path).collect())
}

/// Complains about members that the input does not have.
fn no_strangers(model: &Operation, paths: impl Iterator<Item = String>) -> Result<(), Failure> {
    let names: Vec<_> = model.input.iter().map(|member| member.name.as_str()).collect();
    let complaint = |path: String| {
        if path.contains(['.', '[']) {
            format!("Unknown parameter in input: \"{path}\"")
        } else {
            format!("Unknown parameter in input: \"{path}\", must be one of: {}", names.join(", "))
        }
    };
    let complaints: Vec<_> = paths.map(complaint).collect();
    if complaints.is_empty() { Ok(()) } else { Err(invalid(complaints.into_iter())) }
}

fn joined(name: &str, path: &str) -> String {
    if path.is_empty() || path.starts_with('[') {
        format!("{name}{path}")
    } else {
        format!("{name}.{path}")
    }
}

fn invalid(complaints: impl Iterator<Item = String>) -> Failure {
    let complaints: Vec<_> = complaints.collect();
    Failure::new(USAGE, format!("Parameter validation failed:\n{}", complaints.join("\n")))
}

fn unparsed(option: &str, reason: &str) -> Failure {
    Failure::new(USAGE, format!("Error parsing parameter '{option}': {reason}"))
}

/// A value of another type than the member's.
fn unfit(option: &str, member: &str, error: &DecodeError) -> Failure {
    match error {
        DecodeError::Mismatch { path, expected, found, .. } => {
            let path = if member.is_empty() { path.clone() } else { joined(member, path) };
            unparsed(option, &format!("{path}: expected {expected}, found {found}"))
        }
        error => unparsed(option, &error.to_string()),
    }
}
