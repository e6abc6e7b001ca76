//! Help about services and operations.

use super::arguments::GLOBALS;
use super::arguments::parser::{Arity, Form, Spec};
use super::arguments::table::{Purpose, Table};
use super::names::kebab;
use crate::specs;
use std::fmt::Write;
use typefoundry::dynamic::Api;
use typefoundry_spec::{Kind, Shape};

/// How calls are made.
pub(super) fn usage() -> String {
    format!(
        "Usage: typefoundry call PROVIDER SERVICE OPERATION [OPTIONS]\n       \
         typefoundry call PROVIDER SERVICE wait WAITER [OPTIONS]\n       \
         typefoundry call --spec FILE OPERATION [OPTIONS]\n\n\
         `help` in the place of an operation lists those of the service, behind one its options.\n\n\
         Region and credentials come from where the provider's own tools have them: for aws the\n\
         environment, the profiles in ~/.aws/config and ~/.aws/credentials, containers and\n\
         instances; for ncp NCLOUD_REGION, NCLOUD_ACCESS_KEY and NCLOUD_SECRET_KEY, or\n\
         ~/.ncloud/configure.\n\n\
         Built in:\n  {}\n",
        specs::callable().join("\n  ")
    )
}

/// The operations of a service.
pub(super) fn operations(api: &Api, command: &str) -> String {
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
    let waits = if api.model().waiters.is_empty() { "" } else { "  wait\n" };
    format!("{head}Operations:\n{}{waits}", entries.collect::<String>())
}

/// What can be waited for.
pub(super) fn waiters(api: &Api, command: &str) -> String {
    let mut text = format!("Usage: {command} wait WAITER [OPTIONS]\n\nWaiters:\n");
    for waiter in &api.model().waiters {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {}", kebab(&waiter.name));
    }
    text
}

/// The options of an operation. `command` is what stands in front of them.
pub(super) fn operation(table: &Table<'_>, command: &str) -> String {
    let mut text = table.operation.docs.clone().unwrap_or_default().trim_end().to_owned();
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    let outfile = if table.outfile { " OUTFILE" } else { "" };
    let _ = write!(text, "Usage: {command} [OPTIONS]{outfile}\n\nOptions:\n");
    for (spec, entry) in table.specs.iter().zip(&table.entries).filter(|(_, it)| !it.hidden) {
        let about = match entry.purpose {
            Purpose::Member(index) | Purpose::Pulled(index, true) | Purpose::Bool(index, true) => {
                about(table, index, entry.required)
            }
            Purpose::Bool(..) | Purpose::Pulled(..) => "The opposite".to_owned(),
            Purpose::StartingToken => "Where to go on: the NextToken of an answer".to_owned(),
            Purpose::PageSize => "How many items a page has".to_owned(),
            Purpose::MaxItems => "How many items to put out at most".to_owned(),
            Purpose::InputJson => {
                "The input as JSON, or file://PATH; an option replaces what it says".to_owned()
            }
            Purpose::InputYaml => "The same as YAML".to_owned(),
            Purpose::Skeleton => {
                "Show an input or output without a call: input, yaml-input, output".to_owned()
            }
        };
        option(&mut text, spec, &about);
    }
    text.push_str("\nGlobal options:\n");
    for global in GLOBALS {
        let spec = Spec::new(global.name, global.arity).of(global.form);
        let about = match global.form {
            Form::OneOf(choices) => format!("{}: {}", global.help, choices.join(", ")),
            _ => global.help.to_owned(),
        };
        option(&mut text, &spec, &about);
    }
    text
}

fn option(text: &mut String, spec: &Spec, about: &str) {
    let value = match spec.arity {
        Arity::None => "",
        Arity::One => " <VALUE>",
        Arity::Maybe => " [<VALUE>]",
        Arity::Many => " [<VALUE>...]",
    };
    let _ = writeln!(text, "      --{}{value}", spec.name);
    for line in about.trim().lines() {
        let _ = writeln!(text, "{}", format!("          {line}").trim_end());
    }
}

fn about(table: &Table<'_>, member: usize, required: bool) -> String {
    let Some(member) = table.member(member) else { return String::new() };
    let shape = table.model.shape(member.target);
    let docs = member.docs.as_deref().or(shape.docs.as_deref()).unwrap_or_default();
    let required = if required { " [required]" } else { "" };
    format!("{docs} ({}){required}", form(shape))
}

/// How a value is written.
fn form(shape: &Shape) -> String {
    match &shape.kind {
        Kind::Enum(values) => {
            let names: Vec<_> = values.iter().map(|value| value.value.as_str()).collect();
            format!("such as {}", names.join(", "))
        }
        Kind::Blob if shape.streaming.is_some() => "blob, as the path of a file".to_owned(),
        Kind::Blob => "blob, as base64 or fileb://PATH".to_owned(),
        Kind::List(_) => "list, as words or JSON".to_owned(),
        Kind::Document => "document, as JSON".to_owned(),
        Kind::Map(_) | Kind::Structure { .. } | Kind::Union { .. } => {
            format!("{}, as shorthand or JSON", shape.kind.word())
        }
        _ => shape.kind.word().to_owned(),
    }
}
