//! Documentation: the spec's where it has some, facts where it has none.

use crate::docs::harmless;
use proc_macro2::TokenStream;
use quote::quote;
use typefoundry_spec::{Constraints, Kind, Member, Model, Operation, Shape};

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
    let mut text = harmless(&service.title);
    if let Some(version) = &service.version {
        text.push_str(&format!(", API version {}", harmless(version)));
    }
    text.push_str(".\n");
    if let Some(docs) = &service.docs {
        text.push_str(&format!("\n{}\n", harmless(docs)));
    }
    let lines = text.lines().map(line);
    quote!(#(#![doc = #lines])*)
}

/// The documentation of a type.
pub(super) fn shape(shape: &Shape) -> TokenStream {
    let fallback = format!("The {} `{}`.", shape.kind.word(), shape.name);
    let docs = shape.docs.as_deref().map_or(fallback, harmless);
    let deprecated = deprecated(shape.deprecated.as_deref());
    let docs = outer(&docs);
    quote!(#docs #deprecated)
}

/// The documentation of a member: what the spec says, and the limits of its values.
pub(super) fn member(model: &Model, member: &Member) -> TokenStream {
    let target = model.shape(member.target);
    let mut text = match (&member.docs, &target.docs) {
        (Some(docs), _) => harmless(docs),
        (None, Some(docs)) if !target.is_named_type() => harmless(docs),
        _ => format!("The member `{}`.", member.name),
    };
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
        facts.push(format!("Matches `{}`.", pattern.replace(['\n', '\r'], " ")));
    }
    if let Some(default) = &member.default {
        facts.push(format!("Default: `{}`.", default.to_string().replace('`', "'")));
    }
    facts
}

/// The documentation of an operation.
pub(super) fn operation(model: &Model, operation: &Operation) -> TokenStream {
    let fallback = format!("Calls `{}`.", operation.name);
    let mut text = operation.docs.as_deref().map_or(fallback, harmless);
    if !operation.errors.is_empty() {
        text.push_str("\n\n# Errors\n");
        for id in &operation.errors {
            let shape = model.shape(*id);
            let first = shape.docs.as_deref().map(harmless);
            let first = first.as_deref().and_then(|docs| docs.lines().next()).unwrap_or_default();
            let colon = if first.is_empty() { "" } else { ": " };
            text.push_str(&format!("\n- `{}`{colon}{first}", shape.name));
        }
    }
    let docs = outer(&text);
    let deprecated = deprecated(operation.deprecated.as_deref());
    quote!(#docs #deprecated)
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
    let note = note?;
    let note = harmless(note);
    let text = format!("\n**Deprecated.** {note}");
    Some(outer(&text))
}
