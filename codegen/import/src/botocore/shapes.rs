//! Shapes and members.

use super::{Cx, operations};
use crate::build::{Look, Object, text};
use std::collections::BTreeSet;
use typefoundry_spec::Json;

/// The shapes that are reached, in the order of the model.
pub(super) fn shapes(cx: &mut Cx<'_>, start: BTreeSet<String>) -> Vec<(String, Json)> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<String> = start.into_iter().collect();
    while let Some(name) = open.pop() {
        if let Some(shape) = cx.shape(&name)
            && reached.insert(name)
        {
            open.extend(operations::targets(shape).map(str::to_owned));
        }
    }
    let entries = cx.model.entries_at("shapes").iter();
    let reached = entries.filter(|(name, _)| reached.contains(name));
    reached.map(|(name, model)| (name.clone(), shape(model))).collect()
}

fn shape(model: &Json) -> Json {
    let mut made = Object::default();
    let kind = model.text_at("type").unwrap_or_default();
    match kind {
        "structure" if model.flag_at("document") => made.set("type", text("document")),
        "structure" if model.flag_at("union") => made.set("union", members(model, Place::Body)),
        "structure" => {
            let error = is_error(model);
            let place = if error { Place::Answer } else { Place::Body };
            made.set("structure", members(model, place));
            if error {
                made.set("error", self::error(model));
            }
        }
        "list" => {
            made.some("list", target(model, "member"));
            made.flag("sparse", model.flag_at("sparse"));
        }
        "map" => {
            made.some("map", target(model, "value"));
            made.some("key", target(model, "key"));
            made.flag("sparse", model.flag_at("sparse"));
        }
        "string" if model.get("enum").is_some() => {
            let values = model.texts_at("enum").into_iter();
            made.set(
                "enum",
                Json::Object(values.map(|value| (value.to_owned(), text(""))).collect()),
            );
        }
        base => {
            made.set("type", text(base));
            made.text("format", model.text_at("timestampFormat").and_then(format));
        }
    }
    limits(model, kind, &mut made);
    made.flag("sensitive", model.flag_at("sensitive"));
    made.some("deprecated", deprecated(model));
    made.json()
}

/// Lengths and ranges share two keys in the model; the type tells them apart.
fn limits(model: &Json, kind: &str, made: &mut Object) {
    let is_enum = model.get("enum").is_some();
    let key = match kind {
        "string" | "blob" | "list" | "map" if !is_enum => "length",
        "integer" | "long" | "float" | "double" => "range",
        _ => return,
    };
    let mut limits = Object::default();
    limits.some("min", model.get("min").cloned());
    limits.some("max", model.get("max").cloned());
    if !limits.is_empty() {
        made.set(key, limits.json());
    }
    if kind == "string" {
        made.text("pattern", model.text_at("pattern"));
    }
}

fn target(model: &Json, key: &str) -> Option<Json> {
    model.get(key)?.text_at("shape").map(text)
}

fn format(name: &str) -> Option<&'static str> {
    match name {
        "iso8601" => Some("date-time"),
        "unixTimestamp" => Some("epoch-seconds"),
        "rfc822" => Some("http-date"),
        _ => None,
    }
}

fn is_error(model: &Json) -> bool {
    model.flag_at("exception") || model.get("error").is_some() || model.flag_at("fault")
}

fn error(model: &Json) -> Json {
    let mut made = Object::default();
    let facts = model.get("error").unwrap_or(&Json::Null);
    made.some("status", facts.get("httpStatusCode").cloned());
    if facts.flag_at("senderFault") {
        made.set("fault", text("client"));
    } else if model.flag_at("fault") || facts.flag_at("fault") {
        made.set("fault", text("server"));
    }
    made.text("code", facts.text_at("code"));
    if let Some(retryable) = model.get("retryable") {
        made.set("retryable", Json::Bool(true));
        made.flag("throttling", retryable.flag_at("throttling"));
    }
    let names: Vec<_> = model.entries_at("members").iter().map(|(name, _)| name.as_str()).collect();
    let usual = ["message", "Message", "exceptionMessage"];
    if !names.iter().any(|name| usual.contains(name)) {
        let other =
            ["detailedMessage", "errorMessage"].into_iter().find(|name| names.contains(name));
        made.text("message", other);
    }
    made.json()
}

/// Where a structure stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is an operation's input.
    Input,
    /// It is an operation's output, or an error.
    Answer,
    /// It is part of a body.
    Body,
}

/// The members of a structure. Inside a body nothing is bound: botocore passes locations over
/// there.
pub(super) fn members(model: &Json, place: Place) -> Json {
    let required = model.texts_at("required");
    let payload = model.text_at("payload").filter(|_| place != Place::Body);
    let entries = model.entries_at("members").iter().map(|(name, member)| {
        let made = self::member(name, member, required.contains(&name.as_str()), place, payload);
        (name.clone(), made)
    });
    Json::Object(entries.collect())
}

fn member(name: &str, model: &Json, required: bool, place: Place, payload: Option<&str>) -> Json {
    let mut made = Object::default();
    let target = model.text_at("shape").unwrap_or("document");
    let wire = model.text_at("locationName");
    let token = model.flag_at("idempotencyToken") && place == Place::Input;
    // A token is filled in, so nobody has to give one.
    made.flag("required", required && !token);
    match model.text_at("location").filter(|_| place != Place::Body) {
        Some("uri") => made.flag("label", true),
        Some("querystring") => made.set("query", text(wire.unwrap_or(name))),
        Some("header") => made.set("header", text(wire.unwrap_or(name))),
        Some("headers") => made.set("headerPrefix", text(wire.unwrap_or_default())),
        Some("statusCode") => made.flag("statusCode", true),
        _ if payload == Some(name) => made.flag("payload", true),
        _ => made.text("wire", wire.filter(|wire| *wire != name)),
    }
    made.flag("idempotencyToken", token);
    made.some("deprecated", deprecated(model));
    if made.is_empty() {
        return text(target);
    }
    let mut whole = Object::default();
    whole.set("type", text(target));
    let Json::Object(rest) = made.json() else { return whole.json() };
    for (key, value) in rest {
        whole.set(&key, value);
    }
    whole.json()
}

/// The reason, or that there is one.
pub(super) fn deprecated(model: &Json) -> Option<Json> {
    model.flag_at("deprecated").then(|| {
        let message = model.text_at("deprecatedMessage").filter(|message| !message.is_empty());
        text(message.unwrap_or("Deprecated."))
    })
}
