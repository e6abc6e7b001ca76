//! The page of an operation.

use super::page::Page;
use super::{examples, first_sentence, how_often, options, tree};
use crate::call::arguments::table::Table;
use crate::call::events::go_to_file;
use crate::call::names::{self, kebab};
use typefoundry_spec::{Model, Shape};

/// The page of an operation, or of a waiter that calls it. `command` is what stands in front of the
/// options.
pub(in crate::call) fn operation(table: &Table<'_>, command: &str, waiter: Option<&str>) -> Page {
    let (model, operation) = (table.model, table.operation);
    let waiter = model.waiters.iter().find(|known| Some(&*known.name) == waiter);
    let mut page = Page::default();
    page.heading("NAME");
    let name = waiter.map(|waiter| kebab(&waiter.name));
    page.text(1, name.as_deref().unwrap_or(&table.command));
    page.heading("DESCRIPTION");
    if let Some(waiter) = waiter {
        page.docs(1, waiter.docs.as_deref());
        page.text(1, &how_often(waiter));
        page.gap();
    }
    page.docs(1, operation.docs.as_deref());
    if let Some(why) = &operation.deprecated {
        page.gap();
        page.text(1, format!("Deprecated: {}", why.trim()).trim_end_matches([':', ' ']));
    }
    if let Some(instead) = names::left_out(names::service(model.service.name()), &operation.name)
        && model.service.provider() == "aws"
        && table.command == kebab(&operation.name)
    {
        page.gap();
        page.text(1, "The AWS CLI does not have this operation.");
        if !instead.is_empty() {
            page.text(1, &format!("It has {instead}."));
        }
    }
    page.heading("SYNOPSIS");
    options::synopsis(&mut page, table, command);
    page.heading("OPTIONS");
    options::describe(&mut page, table);
    options::globals(&mut page);
    if waiter.is_some() {
        return page;
    }
    if !operation.examples.is_empty() {
        page.heading("EXAMPLES");
        examples::describe(&mut page, table, command);
    }
    page.heading("OUTPUT");
    let members = operation.output_members();
    if go_to_file(model, operation) {
        page.text(1, "None: the selected records go to the outfile.");
    } else if members.is_empty() {
        page.text(1, "None");
    } else {
        for member in members {
            tree::members(&mut page, model, std::slice::from_ref(member), 1);
            if let Some(note) = note(model, &member.name) {
                page.text(2, note);
                page.gap();
            }
        }
    }
    if !operation.errors.is_empty() {
        page.heading("ERRORS");
        for error in &operation.errors {
            error_of(&mut page, model.shape(*error));
        }
    }
    page
}

/// What no spec says of a member of an output (v2's `customizations/s3events.py`).
fn note(model: &Model, member: &str) -> Option<&'static str> {
    let service = &model.service;
    match (service.provider(), service.name(), member) {
        ("aws", "s3", "Expires") => Some("Deprecated: use ExpiresString."),
        ("aws", "s3", "ExpiresString") => Some("What the header Expires says, as it came."),
        _ => None,
    }
}

fn error_of(page: &mut Page, shape: &Shape) {
    let status = shape.error().and_then(|error| error.status);
    let codes = shape.error().map_or(&[][..], |error| &error.codes);
    let mut term = shape.name.clone();
    if let Some(code) = codes.first().filter(|code| **code != shape.name) {
        term.extend([", code ", code]);
    }
    if let Some(status) = status {
        term.extend([" (", &status.to_string(), ")"]);
    }
    page.term(1, &term);
    if let Some(sentence) = first_sentence(shape.docs.as_deref()) {
        page.text(2, &sentence);
    }
}
