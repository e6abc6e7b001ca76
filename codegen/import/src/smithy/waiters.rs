//! Waiters: the trait `smithy.waiters#waitable` of operations.

use super::Cx;
use super::ast::{Shape, local};
use crate::build::{Look, Object, text};
use typefoundry_spec::Json;

/// Seconds of the shortest and the longest pause where the model says nothing:
/// <https://smithy.io/2.0/additional-specs/waiters.html#waiter-structure>.
const DELAYS: [(&str, &str, u64); 2] = [("minDelay", "delay", 2), ("maxDelay", "maxDelay", 120)];

pub(super) fn waiters(cx: &mut Cx<'_>, operations: &[(String, &Shape)]) -> Vec<(String, Json)> {
    let mut made: Vec<(String, Json)> = Vec::new();
    for (operation, shape) in operations {
        let waitable = shape.traits.get("smithy.waiters#waitable");
        for (name, waiter) in waitable.and_then(Json::as_object).unwrap_or_default() {
            if made.iter().any(|(known, _)| known == name) {
                cx.note(name, "left out: two operations have a waiter of this name");
                continue;
            }
            match self::waiter(cx, operation, waiter) {
                Ok(waiter) => made.push((name.clone(), waiter)),
                Err(what) => cx.note(name, format!("left out: {what}")),
            }
        }
    }
    made
}

fn waiter(cx: &Cx<'_>, operation: &str, waiter: &Json) -> Result<Json, String> {
    let mut made = Object::default();
    made.set("operation", text(operation));
    if let (Some(docs), crate::Docs::Markdown(convert)) = (waiter.text_at("documentation"), cx.docs)
    {
        made.text("docs", Some(convert(docs)).filter(|docs| !docs.is_empty()).as_deref());
    }
    for (theirs, ours, default) in DELAYS {
        let seconds = waiter.get(theirs).cloned();
        made.set(ours, seconds.unwrap_or(Json::Number(default.into())));
    }
    let acceptors = match waiter.get("acceptors") {
        Some(Json::Array(acceptors)) => acceptors.iter().map(acceptor).collect(),
        _ => Ok(Vec::new()),
    };
    made.set("acceptors", Json::Array(acceptors?));
    Ok(made.json())
}

fn acceptor(acceptor: &Json) -> Result<Json, String> {
    let mut made = Object::default();
    made.text("state", acceptor.text_at("state"));
    let matcher = acceptor.get("matcher").and_then(Json::as_object).unwrap_or_default();
    let Some((kind, value)) = matcher.first() else {
        return Err("it has an acceptor without a matcher".to_owned());
    };
    match (kind.as_str(), value) {
        ("success", Json::Bool(success)) => {
            made.set("matcher", text("error"));
            made.set("expected", Json::Bool(!success));
        }
        ("errorType", Json::String(error)) => {
            made.set("matcher", text("error"));
            made.set("expected", text(local(error)));
        }
        (kind @ ("output" | "inputOutput"), output) => {
            let expected = output.text_at("expected").unwrap_or_default();
            let (matcher, expected) = match output.text_at("comparator") {
                Some("stringEquals") => ("path", text(expected)),
                Some("booleanEquals") => ("path", Json::Bool(expected == "true")),
                Some("allStringEquals") => ("pathAll", text(expected)),
                Some("anyStringEquals") => ("pathAny", text(expected)),
                other => {
                    let other = other.unwrap_or_default();
                    return Err(format!("it compares by `{other}`, which is not known"));
                }
            };
            made.set("matcher", text(matcher));
            made.text("path", output.text_at("path"));
            if kind == "inputOutput" {
                made.set("inputOutput", Json::Bool(true));
            }
            made.set("expected", expected);
        }
        (kind, _) => return Err(format!("a spec cannot say its matcher `{kind}`")),
    }
    Ok(made.json())
}
