//! Operations, with their inputs and outputs written out in place.

use super::shapes::Place;
use super::{Cx, pages, shapes, support};
use crate::build::{Look, Object, text};
use std::collections::BTreeSet;
use typefoundry_spec::Json;

/// The operations that a spec can say; the others are noted.
pub(super) fn operations(cx: &mut Cx<'_>) -> Vec<(String, Json)> {
    let mut operations = Vec::new();
    let model = cx.model;
    for (name, operation) in model.entries_at("operations") {
        if let Some(reason) = unsupported(cx, operation) {
            cx.note(name, format!("left out: {reason}"));
        } else {
            let made = self::operation(cx, name, operation);
            operations.push((name.clone(), made));
        }
    }
    operations
}

/// What of an operation, or of what it reaches, a spec cannot say.
fn unsupported(cx: &Cx<'_>, operation: &Json) -> Option<String> {
    if let Some(key) = support::operation(operation) {
        return Some(format!("a spec cannot say `{key}` of an operation yet"));
    }
    let top = |key: &str| operation.get(key)?.text_at("shape");
    let errors = match operation.get("errors") {
        Some(Json::Array(errors)) => {
            errors.iter().filter_map(|error| error.text_at("shape")).collect()
        }
        _ => Vec::new(),
    };
    let mut open: Vec<&str> =
        [top("input"), top("output")].into_iter().flatten().chain(errors).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if !seen.insert(name) {
            continue;
        }
        let Some(shape) = cx.shape(name) else {
            return Some(format!("the model has no shape `{name}`"));
        };
        if let Some(what) = support::shape(shape) {
            return Some(format!("a spec cannot say {what} of the shape `{name}` yet"));
        }
        open.extend(targets(shape));
    }
    None
}

/// The shapes that a shape refers to.
pub(super) fn targets(shape: &Json) -> impl Iterator<Item = &str> {
    let members = shape.entries_at("members").iter().map(|(_, member)| member);
    let parts = ["member", "key", "value"].into_iter().filter_map(|key| shape.get(key));
    members.chain(parts).filter_map(|member| member.text_at("shape"))
}

fn operation(cx: &mut Cx<'_>, name: &str, operation: &Json) -> Json {
    let mut made = Object::default();
    let http = operation.get("http").unwrap_or(&Json::Null);
    let input = operation.get("input").and_then(|input| input.text_at("shape"));
    let input = input.and_then(|name| cx.shape(name)).cloned();
    let method = http.text_at("method").unwrap_or("POST");
    let uri = uri(http.text_at("requestUri").unwrap_or("/"), input.as_ref());
    made.set("http", text(&format!("{method} {uri}")));
    made.some("status", http.get("responseCode").cloned());
    made.flag("readonly", operation.flag_at("readonly"));
    made.flag("idempotent", operation.flag_at("idempotent"));
    made.some("deprecated", shapes::deprecated(operation));
    if let Some(input) = &input
        && !input.entries_at("members").is_empty()
    {
        made.set("input", shapes::members(input, Place::Input));
    }
    let output = operation.get("output").and_then(|output| output.text_at("shape"));
    if let Some(output) = output.and_then(|name| cx.shape(name)) {
        made.set("output", shapes::members(output, Place::Answer));
    }
    if let Some(Json::Array(errors)) = operation.get("errors") {
        let names = errors.iter().filter_map(|error| error.text_at("shape"));
        made.set("errors", Json::Array(names.map(text).collect()));
    }
    let pages = pages::pages(cx, name, operation);
    made.some("pages", pages);
    made.json()
}

/// A label is called like the member that fills it; botocore calls it by the member's name on the
/// wire.
fn uri(uri: &str, input: Option<&Json>) -> String {
    let mut uri = uri.to_owned();
    for (name, member) in input.map_or(&[][..], |input| input.entries_at("members")) {
        if member.text_at("location") == Some("uri")
            && let Some(label) = member.text_at("locationName")
        {
            uri = uri.replace(&format!("{{{label}}}"), &format!("{{{name}}}"));
            uri = uri.replace(&format!("{{{label}+}}"), &format!("{{{name}+}}"));
        }
    }
    uri
}

/// The names of the shapes that an operation of a spec refers to.
pub(super) fn references(operation: &Json, found: &mut BTreeSet<String>) {
    for key in ["input", "output"] {
        for (_, member) in operation.entries_at(key) {
            let target = member.as_str().or_else(|| member.text_at("type"));
            found.extend(target.map(str::to_owned));
        }
    }
    found.extend(operation.texts_at("errors").into_iter().map(str::to_owned));
}
