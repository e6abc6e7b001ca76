//! The examples of a spec as commands.

use super::page::Page;
use crate::call::arguments::table::Table;
use std::borrow::Cow;
use typefoundry_spec::{Json, Kind, Outcome};

pub(super) fn describe(page: &mut Page, table: &Table<'_>, command: &str) {
    for example in &table.operation.examples {
        page.term(1, &example.title);
        page.docs(2, example.docs.as_deref());
        page.gap();
        page.verbatim(2, &call(table, command, &example.input));
        page.gap();
        match &example.outcome {
            Outcome::Unsaid => {}
            Outcome::Output(value) => answer(page, "Output:", value),
            Outcome::Error { shape, value } => {
                let name = &table.model.shape(*shape).name;
                answer(page, &format!("Fails with {name}:"), value);
            }
        }
        page.gap();
    }
}

fn answer(page: &mut Page, title: &str, value: &Json) {
    page.text(2, title);
    page.gap();
    // What is JSON can be written.
    let text = crate::output::pretty(value).unwrap_or_default();
    page.verbatim(2, &text);
}

/// The command that gives this input, an option to each line.
fn call(table: &Table<'_>, command: &str, input: &Json) -> String {
    let mut words = vec![command.to_owned()];
    for (name, value) in input.as_object().unwrap_or_default() {
        let members = &table.operation.input;
        let Some(index) = members.iter().position(|member| member.name == *name) else { continue };
        let Some(option) = table.option_of(index) else { continue };
        let is_list = |value: &Json| match value {
            Json::Array(items) => items.iter().all(|it| it.as_object().is_none()),
            _ => false,
        };
        let target = &table.model.shape(members[index].target).kind;
        words.push(match value {
            Json::Bool(true) if matches!(target, Kind::Boolean) => option,
            Json::Bool(false) if matches!(target, Kind::Boolean) => {
                option.replacen("--", "--no-", 1)
            }
            Json::Array(items) if is_list(value) && !items.is_empty() => {
                let items: Vec<_> = items.iter().map(word).collect();
                format!("{option} {}", items.join(" "))
            }
            value => format!("{option} {}", word(value)),
        });
    }
    if table.outfile {
        words.push("outfile".to_owned());
    }
    words.join(" \\\n    ")
}

fn word(value: &Json) -> String {
    let text = match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    shlex::try_quote(&text).map_or_else(|_| text.clone(), Cow::into_owned)
}
