//! Error structures, and the operations that name them.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::location::{At, Span};
use crate::model::{Model, Operation, Shape};
use crate::words::suggest;
use std::collections::HashMap;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for (_, shape) in model.defined_shapes() {
        members(shape, diagnostics);
    }
    distinct(model, diagnostics);
    for operation in &model.operations {
        named(model, operation, diagnostics);
    }
}

fn members(shape: &Shape, diagnostics: &mut Diagnostics) {
    let Some(error) = shape.error() else { return };
    let names: Vec<_> = shape.members().iter().map(|member| member.name.as_str()).collect();
    for (key, name) in [("message", &error.message), ("has", &error.has)] {
        let Some(name) = name else { continue };
        if !names.contains(&name.as_str()) {
            let within = diagnostics.entry(shape.at, "error");
            let at = diagnostics.entry(within, key);
            let message = format!("`{key}` names `{name}`, which is no member of `{}`", shape.name);
            diagnostics.push(
                Diagnostic::new(&codes::UNKNOWN_ERROR_MEMBER, Span::value(at), message)
                    .help(suggest(name, &names, "member")),
            );
        }
    }
}

/// A response names its error by code alone.
fn distinct(model: &Model, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<&str, (&Shape, Span)> = HashMap::new();
    for (_, shape, error) in model.errors() {
        let places = error.code_places.iter().map(|at| Span::value(*at));
        let mut codes: Vec<_> = error.codes.iter().map(String::as_str).zip(places).collect();
        if codes.is_empty() {
            codes.push((&shape.name, Span::key(shape.at)));
        }
        for (code, span) in codes {
            let (first, known) = *seen.entry(code).or_insert((shape, span));
            if first.at != shape.at {
                let message = format!(
                    "the error code `{code}` stands for `{}` and for `{}`",
                    first.name, shape.name
                );
                diagnostics.push(
                    Diagnostic::new(&codes::SAME_ERROR_CODE, span, message)
                        .related(known, "the first one")
                        .help("make one structure of them, or give one of them another `code`"),
                );
            }
        }
    }
}

fn named(model: &Model, operation: &Operation, diagnostics: &mut Diagnostics) {
    let list = diagnostics.entry(operation.at, "errors");
    let mut seen: HashMap<_, At> = HashMap::new();
    for (index, id) in operation.errors.iter().enumerate() {
        let at = diagnostics.child(list, index);
        let shape = model.shape(*id);
        let first = *seen.entry(*id).or_insert(at);
        if first != at {
            diagnostics.push(
                Diagnostic::new(
                    &codes::REPEATED_ERROR,
                    Span::value(at),
                    format!("`{}` is named twice", shape.name),
                )
                .related(Span::value(first), "the first time")
                .help("remove it, or name another error"),
            );
        } else if shape.error().is_none() {
            let message = format!("`{}` is not an error", shape.name);
            let diagnostic = Diagnostic::new(&codes::NOT_AN_ERROR, Span::value(at), message);
            diagnostics.push(if shape.is_base {
                diagnostic.help("name a structure with an `error`")
            } else {
                diagnostic
                    .related(Span::key(shape.at), "it has no `error`")
                    .help("make it a structure with an `error`, such as {\"status\": 400}")
            });
        }
    }
}
