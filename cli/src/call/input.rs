//! An operation's input from its options.

use super::options;
use crate::exit::{Failure, USAGE};
use clap::ArgMatches;
use clap::parser::ValueSource;
use typefoundry::Document;
use typefoundry::codec::{DecodeError, Form, Reading, json};
use typefoundry::dynamic::{Api, ApiOperation, Dynamic};
use typefoundry::value::Structure;
use typefoundry_spec::{Kind, Member, Operation, ShapeId};

pub(super) fn read<'s>(
    api: &'s Api,
    operation: &ApiOperation,
    model: &Operation,
    arguments: &ArgMatches,
) -> Result<Dynamic<'s>, Failure> {
    let mut input = api.input(operation);
    if let Some(text) = arguments.get_one::<String>("cli-input-json") {
        whole(&mut input, model, text)?;
    }
    for member in &model.input {
        if let Some(document) = member_value(api, member, arguments)? {
            fill(&mut input, member, &document)?;
        }
    }
    Ok(input)
}

/// `--cli-input-json`
fn whole(input: &mut Dynamic<'_>, model: &Operation, text: &str) -> Result<(), Failure> {
    let option = "--cli-input-json";
    let text = match text.strip_prefix("file://") {
        Some(path) => std::fs::read_to_string(path).map_err(|error| {
            let message = format!(
                "Error parsing parameter '{option}': Unable to load paramfile {text}: {error}"
            );
            Failure::new(USAGE, message)
        })?,
        None => text.to_owned(),
    };
    let document = parse(option, &text)?;
    if !matches!(document, Document::Object(_)) {
        let message = format!("Error parsing parameter '{option}': Invalid type: expecting map");
        return Err(Failure::new(USAGE, message));
    }
    let reading = Reading { keep_unplaced: true, ..Reading::default() };
    let report = json::read(document.to_json().as_bytes(), input, Form::Model, reading)
        .map_err(|error| invalid(option, &error))?;
    if report.unplaced.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = model.input.iter().map(|member| member.name.as_str()).collect();
    let mut message = "Parameter validation failed:".to_owned();
    for (path, _) in &report.unplaced {
        if path.contains(['.', '[']) {
            message.push_str(&format!("\nUnknown parameter in input: \"{path}\""));
        } else {
            let names = names.join(", ");
            message.push_str(&format!(
                "\nUnknown parameter in input: \"{path}\", must be one of: {names}"
            ));
        }
    }
    Err(Failure::new(USAGE, message))
}

/// What the options say about a member.
fn member_value(
    api: &Api,
    member: &Member,
    arguments: &ArgMatches,
) -> Result<Option<Document>, Failure> {
    let id = options::id(member);
    let given = |id: &str| arguments.value_source(id) == Some(ValueSource::CommandLine);
    let kind = &api.model().shape(member.target).kind;
    if let Kind::Boolean = kind {
        let no = format!("no-{id}");
        return Ok(if given(&no) && arguments.get_flag(&no) {
            Some(Document::Bool(false))
        } else {
            (given(&id) && arguments.get_flag(&id)).then_some(Document::Bool(true))
        });
    }
    if !given(&id) {
        return Ok(None);
    }
    let words: Vec<_> = arguments.get_many::<String>(&id).unwrap_or_default().collect();
    let option = format!("--{}", options::kebab(&member.name));
    if let Kind::List(list) = kind {
        return Ok(Some(match &words[..] {
            [one] if one.trim_start().starts_with('[') => parse(&option, one)?,
            words => {
                let item = |word: &&String| scalar(api, list.item.target, &option, word);
                Document::Array(words.iter().map(item).collect::<Result<_, _>>()?)
            }
        }));
    }
    let word = words.first().map_or("", |word| word.as_str());
    scalar(api, member.target, &option, word).map(Some)
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
        Kind::Integer | Kind::Long | Kind::Float | Kind::Double => number().ok_or_else(|| {
            let message = format!("Error parsing parameter '{option}': `{word}` is not a number");
            Failure::new(USAGE, message)
        }),
        _ => parse(option, word),
    }
}

fn parse(option: &str, text: &str) -> Result<Document, Failure> {
    Document::from_json(text.as_bytes()).map_err(|error| {
        let message = format!(
            "Error parsing parameter '{option}': Invalid JSON: {error}\nJSON received: {text}"
        );
        Failure::new(USAGE, message)
    })
}

fn fill(input: &mut Dynamic<'_>, member: &Member, document: &Document) -> Result<(), Failure> {
    let option = format!("--{}", options::kebab(&member.name));
    let reading = Reading { strict: true, keep_unplaced: true, lenient: false };
    let structure: &mut dyn Structure = input;
    let Some(value) = structure.get_mut(&member.name) else { return Ok(()) };
    // What an option says takes the place of what the JSON said.
    value.clear();
    let report = json::read(document.to_json().as_bytes(), value, Form::Model, reading)
        .map_err(|error| invalid(&option, &error))?;
    match report.unplaced.first() {
        Some((path, _)) => {
            let message = format!(
                "Parameter validation failed:\nUnknown parameter in {}: \"{path}\"",
                member.name
            );
            Err(Failure::new(USAGE, message))
        }
        None => Ok(()),
    }
}

fn invalid(option: &str, error: &DecodeError) -> Failure {
    Failure::new(USAGE, format!("Error parsing parameter '{option}': {error}"))
}
