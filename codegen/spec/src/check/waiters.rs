//! Waiters: what they call, and what they compare.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::json::Json;
use crate::location::Span;
use crate::model::{Acceptor, Matcher, Model, Waiter};
use crate::words::suggest;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for waiter in &model.waiters {
        if model.find_operation(&waiter.operation).is_none() {
            let names: Vec<_> = model.operations.iter().map(|it| it.name.as_str()).collect();
            let at = diagnostics.entry(waiter.at, "operation");
            let message = format!("there is no operation `{}` to wait by", waiter.operation);
            diagnostics.push(
                Diagnostic::new(&codes::WAITER, Span::value(at), message).help(suggest(
                    &waiter.operation,
                    &names,
                    "operation",
                )),
            );
        }
        counts(waiter, diagnostics);
        for acceptor in &waiter.acceptors {
            self::acceptor(acceptor, diagnostics);
        }
    }
}

/// A waiter without a pause would press the service; one without a call knows nothing.
fn counts(waiter: &Waiter, diagnostics: &mut Diagnostics) {
    for (key, count) in [("delay", waiter.delay), ("attempts", waiter.attempts)] {
        if count == 0 {
            let at = diagnostics.entry(waiter.at, key);
            let message = format!("`{key}` is zero");
            diagnostics.push(
                Diagnostic::new(&codes::WAITER, Span::value(at), message).help("write at least 1"),
            );
        }
    }
}

fn acceptor(acceptor: &Acceptor, diagnostics: &mut Diagnostics) {
    let fits = match acceptor.matcher {
        Matcher::Status => matches!(acceptor.expected, Json::Number(_)),
        Matcher::Error => matches!(acceptor.expected, Json::String(_) | Json::Bool(_)),
        Matcher::Path | Matcher::PathAll | Matcher::PathAny => true,
    };
    if !fits {
        let at = diagnostics.entry(acceptor.at, "expected");
        let message = match acceptor.matcher {
            Matcher::Status => "a status is a number",
            _ => "an error is known by its code, or by whether there is one",
        };
        diagnostics.push(
            Diagnostic::new(&codes::WAITER, Span::value(at), message)
                .help("write what the matcher compares"),
        );
    }
    if acceptor.matcher.needs_path() != acceptor.path.is_some() {
        let at = diagnostics.entry(acceptor.at, "matcher");
        let (message, help) = match acceptor.path {
            None => ("this matcher needs a `path`", "add the `path` to look at"),
            Some(_) => ("this matcher looks at no `path`", "remove the `path`"),
        };
        diagnostics.push(Diagnostic::new(&codes::WAITER, Span::value(at), message).help(help));
    }
}
