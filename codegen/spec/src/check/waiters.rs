//! Waiters: what they call, and what they compare.

use super::expressions::{self, Found};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::json::Json;
use crate::location::Span;
use crate::model::{Acceptor, AcceptorState, Kind, Matcher, Model, Operation, Waiter};
use crate::words::suggest;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for waiter in &model.waiters {
        let operation = model.find_operation(&waiter.operation);
        if operation.is_none() {
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
        ends(waiter, diagnostics);
        for acceptor in &waiter.acceptors {
            let is_whole = self::acceptor(acceptor, diagnostics);
            if let Some(operation) = operation.filter(|_| is_whole) {
                path(model, operation, acceptor, diagnostics);
                error(model, operation, acceptor, diagnostics);
            }
        }
    }
}

/// A waiter without a pause would press the service; one without a call knows nothing.
fn counts(waiter: &Waiter, diagnostics: &mut Diagnostics) {
    let counts = [
        ("delay", Some(waiter.delay)),
        ("maxDelay", waiter.max_delay),
        ("attempts", waiter.attempts),
    ];
    for (key, count) in counts {
        let (message, help) = match count {
            Some(0) => (format!("`{key}` is zero"), "write at least 1"),
            Some(count) if count > u32::MAX.into() => {
                (format!("`{key}` is {count}"), "write at most 4294967295")
            }
            _ => continue,
        };
        let at = diagnostics.entry(waiter.at, key);
        diagnostics.push(Diagnostic::new(&codes::WAITER, Span::value(at), message).help(help));
    }
    if waiter.max_delay.is_some_and(|longest| (1..waiter.delay).contains(&longest)) {
        let at = diagnostics.entry(waiter.at, "maxDelay");
        let message = "the longest pause is shorter than `delay`, the shortest one";
        diagnostics.push(
            Diagnostic::new(&codes::WAITER, Span::value(at), message)
                .help("write at least as much as `delay`, or leave it out"),
        );
    }
}

/// What never succeeds is waited for in vain.
fn ends(waiter: &Waiter, diagnostics: &mut Diagnostics) {
    let succeeds = |acceptor: &Acceptor| acceptor.state == AcceptorState::Success;
    if !waiter.acceptors.iter().any(succeeds) {
        let at = diagnostics.entry(waiter.at, "acceptors");
        let message = format!("nothing lets the waiter `{}` succeed", waiter.name);
        diagnostics.push(
            Diagnostic::new(&codes::WAITER, Span::value(at), message)
                .help("add an acceptor with the state `success`"),
        );
    }
}

/// Whether it has what its matcher needs.
fn acceptor(acceptor: &Acceptor, diagnostics: &mut Diagnostics) -> bool {
    let fits = match acceptor.matcher {
        Matcher::Status => {
            matches!(&acceptor.expected, Json::Number(number)
                if number.as_u64().is_some_and(|status| (100..600).contains(&status)))
        }
        Matcher::Error | Matcher::Path | Matcher::PathAll | Matcher::PathAny => {
            matches!(acceptor.expected, Json::String(_) | Json::Bool(_))
        }
    };
    if !fits {
        let at = diagnostics.entry(acceptor.at, "expected");
        let message = match acceptor.matcher {
            Matcher::Status => "an HTTP status is a number from 100 to 599",
            Matcher::Error => "an error is known by its code, or by whether there is one",
            _ => "what a path finds is compared with a text, true or false",
        };
        let help = if acceptor.matcher.needs_path() {
            "write one of these; anything else is compared in the path: \"Count == `2`\""
        } else {
            "write what the matcher compares"
        };
        diagnostics.push(Diagnostic::new(&codes::WAITER, Span::value(at), message).help(help));
    }
    let is_whole = acceptor.matcher.needs_path() == acceptor.path.is_some();
    if !is_whole {
        let at = diagnostics.entry(acceptor.at, "matcher");
        let (message, help) = match acceptor.path {
            None => ("this matcher needs a `path`", "add the `path` to look at"),
            Some(_) => ("this matcher looks at no `path`", "remove the `path`"),
        };
        diagnostics.push(Diagnostic::new(&codes::WAITER, Span::value(at), message).help(help));
    }
    fits && is_whole
}

/// A path that leads nowhere would be waited by until the end.
fn path(model: &Model, operation: &Operation, acceptor: &Acceptor, diagnostics: &mut Diagnostics) {
    let Some(path) = &acceptor.path else { return };
    let at = diagnostics.entry(acceptor.at, "path");
    let mut report = |message: String, help: &str| {
        diagnostics.push(Diagnostic::new(&codes::WAITER_PATH, Span::value(at), message).help(help));
    };
    let expr = match typefoundry_jmespath::parse(path) {
        Ok(expr) => expr,
        Err(error) => {
            let help = "write an expression as https://jmespath.org describes it";
            return report(format!("the path cannot be read: {error}"), help);
        }
    };
    let output = operation.output_members();
    let from = if acceptor.both {
        Found::Both(&operation.input, output)
    } else {
        Found::Members("the output", output)
    };
    let found = match expressions::find(model, &expr, &from) {
        Ok(found) => found,
        Err(lost) => return report(format!("the path {}", lost.what), &lost.help),
    };
    let compared = match acceptor.matcher {
        Matcher::Path if expressions::is_list(model, &found) => {
            let message = "the path finds a list, which is no text, true or false";
            return report(message.to_owned(), "use the matcher `pathAll` or `pathAny`");
        }
        Matcher::Path => found,
        _ => {
            let Ok(element) = expressions::elements(model, &found) else {
                let message = "the path finds no list, and this matcher looks at its elements";
                return report(message.to_owned(), "use the matcher `path`");
            };
            element
        }
    };
    let is_text = matches!(acceptor.expected, Json::String(_));
    if !expressions::may_be(model, &compared, is_text) {
        let what = if is_text { "a text" } else { "true or false" };
        let message = format!("what the path finds is never {what}, as `expected` is");
        return report(message, "compare in the path, or expect something else");
    }
    value(model, &compared, acceptor, diagnostics);
}

/// What an enum does not list hardly ever comes.
fn value(model: &Model, found: &Found<'_>, acceptor: &Acceptor, diagnostics: &mut Diagnostics) {
    let (Found::Shape(id), Json::String(value)) = (found, &acceptor.expected) else { return };
    let Kind::Enum(values) = &model.shape(*id).kind else { return };
    let known: Vec<_> = values.iter().map(|it| it.value.as_str()).collect();
    if known.contains(&value.as_str()) {
        return;
    }
    let at = diagnostics.entry(acceptor.at, "expected");
    let message = format!("`{value}` is not a value of `{}`", model.shape(*id).name);
    diagnostics.push(
        Diagnostic::new(&codes::WAITER_VALUE, Span::value(at), message)
            .help(suggest(value, &known, "value")),
    );
}

/// An error that never comes is waited for in vain. Operations that list no errors at all say
/// nothing about them.
fn error(model: &Model, operation: &Operation, acceptor: &Acceptor, diagnostics: &mut Diagnostics) {
    let (Matcher::Error, Json::String(code)) = (acceptor.matcher, &acceptor.expected) else {
        return;
    };
    let mut known = Vec::new();
    for id in &operation.errors {
        let shape = model.shape(*id);
        known.push(&*shape.name);
        known.extend(shape.error().into_iter().flat_map(|it| &it.codes).map(String::as_str));
    }
    // A status stands for errors without a code of their own.
    let is_status = code.bytes().all(|byte| byte.is_ascii_digit());
    if known.is_empty() || known.contains(&&**code) || is_status {
        return;
    }
    let at = diagnostics.entry(acceptor.at, "expected");
    let message = format!("`{}` lists no error `{code}`", operation.name);
    diagnostics.push(
        Diagnostic::new(&codes::WAITER_ERROR, Span::value(at), message)
            .help(suggest(code, &known, "error")),
    );
}
