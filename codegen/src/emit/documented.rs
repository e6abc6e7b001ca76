//! Documentation: the spec's where it has some, facts where it has none.
//!
//! Writing to a string cannot fail, so what `write!` returns is let go.

use crate::docs::{code, harmless, inline, summary};
use crate::names;
use proc_macro2::TokenStream;
use quote::quote;
use std::fmt::Write;
use typefoundry_spec::{Constraints, EnumValue, Kind, Member, Model, Operation, Shape, Waiter};

/// Text as an outer documentation attribute per line, which reads as `///`.
pub(super) fn outer(text: &str) -> TokenStream {
    let lines = text.lines().map(line);
    quote!(#(#[doc = #lines])*)
}

fn line(text: &str) -> String {
    // A space between the slashes and the text, as people write it.
    if text.is_empty() { String::new() } else { format!(" {text}") }
}

/// The documentation of a module.
pub(super) fn module(model: &Model) -> TokenStream {
    let service = &model.service;
    let mut text = inline(&service.title);
    if let Some(version) = &service.version {
        let _ = write!(text, ", API version {}", inline(version));
    }
    text.push_str(".\n");
    if let Some(docs) = &service.docs {
        let _ = write!(text, "\n{}\n", harmless(docs));
    }
    let lines = text.lines().map(line);
    quote!(#(#![doc = #lines])*)
}

/// What the spec says, if anything is left of it.
fn given(docs: Option<&str>) -> Option<String> {
    docs.map(harmless).filter(|docs| !docs.is_empty())
}

/// The documentation of a value of an enum.
pub(super) fn value(value: &EnumValue) -> TokenStream {
    let docs = given(value.docs.as_deref());
    outer(&docs.unwrap_or_else(|| format!("The value {}.", code(&value.value))))
}

/// The documentation of a type.
pub(super) fn shape(shape: &Shape) -> TokenStream {
    let docs = given(shape.docs.as_deref())
        .unwrap_or_else(|| format!("The {} {}.", shape.kind.word(), code(&shape.name)));
    let deprecated = deprecated(shape.deprecated.as_deref());
    let docs = outer(&docs);
    quote!(#docs #deprecated)
}

/// The documentation of a member: what the spec says, and the limits of its values.
pub(super) fn member(model: &Model, member: &Member) -> TokenStream {
    let target = model.shape(member.target);
    let of_target = target.docs.as_deref().filter(|_| !target.is_named_type());
    let mut text = given(member.docs.as_deref())
        .or_else(|| given(of_target))
        .unwrap_or_else(|| format!("The member {}.", code(&member.name)));
    let facts = facts(&target.kind, &target.constraints, member);
    if !facts.is_empty() {
        text.push_str("\n\n");
        text.push_str(&facts.join(" "));
    }
    let docs = outer(&text);
    let deprecated = deprecated(member.deprecated.as_deref());
    quote!(#docs #deprecated)
}

fn facts(kind: &Kind, constraints: &Constraints, member: &Member) -> Vec<String> {
    let mut facts = Vec::new();
    let unit = match kind {
        Kind::Blob => "bytes",
        Kind::List(_) => "elements",
        Kind::Map(_) => "entries",
        _ => "characters",
    };
    match constraints.length {
        (Some(min), Some(max)) if min == max => facts.push(format!("Exactly {min} {unit}.")),
        (Some(min @ 1..), Some(max)) => facts.push(format!("{min} to {max} {unit}.")),
        (Some(min), None) => facts.push(format!("At least {min} {unit}.")),
        (_, Some(max)) => facts.push(format!("At most {max} {unit}.")),
        (None, None) => {}
    }
    match constraints.range {
        (Some(min), Some(max)) => facts.push(format!("From {min} to {max}.")),
        (Some(min), None) => facts.push(format!("At least {min}.")),
        (None, Some(max)) => facts.push(format!("At most {max}.")),
        (None, None) => {}
    }
    if let Some(pattern) = &constraints.pattern
        && !pattern.contains('`')
        && !pattern.is_empty()
    {
        facts.push(format!("Matches {}.", code(pattern)));
    }
    if member.idempotency_token {
        facts.push("Made up by the client where it is absent.".to_owned());
    }
    if let Some(default) = &member.default {
        facts.push(format!("Default: {}.", code(&default.to_string())));
    }
    facts
}

/// The documentation of an operation.
pub(super) fn operation(model: &Model, operation: &Operation) -> TokenStream {
    let mut text = given(operation.docs.as_deref())
        .unwrap_or_else(|| format!("Calls {}.", code(&operation.name)));
    if let Some(note) = &operation.deprecated {
        let _ = write!(text, "\n\n{}", note_of(note));
    }
    if !operation.errors.is_empty() {
        text.push_str("\n\n# Errors\n");
        for id in &operation.errors {
            let shape = model.shape(*id);
            let first = shape.docs.as_deref().map(summary).unwrap_or_default();
            let colon = if first.is_empty() { "" } else { ": " };
            let _ = write!(text, "\n- {}{colon}{first}", code(&shape.name));
        }
    }
    outer(&text)
}

/// The documentation of a waiter's method: what the spec says, and how it waits.
pub(super) fn waiter(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let mut text = given(waiter.docs.as_deref())
        .unwrap_or_else(|| format!("Waits until {}.", code(&waiter.name)));
    let name = names::operation(operation);
    let _ = write!(text, "\n\nIt calls [`{name}`] ");
    let _ = match waiter.max_delay.filter(|longest| *longest > waiter.delay) {
        Some(longest) => write!(text, "with pauses of {} to {longest} seconds", waiter.delay),
        None if waiter.delay == 1 => write!(text, "every second"),
        None => write!(text, "every {} seconds", waiter.delay),
    };
    let _ = match waiter.attempts {
        Some(attempts) => write!(text, ", {attempts} times at most."),
        None => write!(text, ", for as long as `max_wait` says."),
    };
    outer(&text)
}

/// The API's own name, where search would not find the Rust one by it.
pub(super) fn alias(name: &str, ident: &proc_macro2::Ident) -> Option<TokenStream> {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let plain = !name.chars().any(|c| c.is_whitespace() || c.is_control() || "\"'".contains(c));
    (plain
        && !name.is_empty()
        && letters(name) != letters(ident.to_string().trim_start_matches("r#")))
    .then(|| quote!(#[doc(alias = #name)]))
}

/// `#[deprecated]` would be a warning in the generated code that refers to the item itself, so the
/// note stands in the documentation.
fn deprecated(note: Option<&str>) -> Option<TokenStream> {
    Some(outer(&format!("\n{}", note_of(note?))))
}

fn note_of(note: &str) -> String {
    format!("**Deprecated.** {}", inline(note)).trim_end().to_owned()
}
