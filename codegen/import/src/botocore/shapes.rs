//! Shapes and members.

use super::{Cx, effective, operations};
use crate::build::{Look, Object, text};
use std::collections::BTreeSet;
use typefoundry_spec::Json;

/// The shapes that are reached, in the order of the model, and those that had to be made.
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
    let model = cx.model;
    let codes = Codes::new(cx, &reached);
    let mut made = Vec::new();
    for (name, shape) in model.entries_at("shapes") {
        if reached.contains(name) {
            made.push((name.clone(), self::shape(cx, name, shape, &codes)));
        }
    }
    made.append(&mut cx.made);
    made
}

/// Which error a code stands for. Where two claim one, botocore takes the last
/// (`ServiceModel.shape_for_error_code`).
struct Codes<'a>(std::collections::HashMap<&'a str, &'a str>);

impl<'a> Codes<'a> {
    fn new(cx: &Cx<'a>, reached: &BTreeSet<String>) -> Self {
        let errors = cx.model.entries_at("shapes").iter();
        let errors = errors.filter(|(name, shape)| reached.contains(name) && is_error(shape));
        Self(errors.map(|(name, shape)| (code(name, shape), name.as_str())).collect())
    }

    fn is_of(&self, name: &str, shape: &Json) -> bool {
        self.0.get(code(name, shape)).is_none_or(|owner| *owner == name)
    }
}

fn code<'a>(name: &'a str, shape: &'a Json) -> &'a str {
    shape.get("error").and_then(|error| error.text_at("code")).unwrap_or(name)
}

fn shape(cx: &mut Cx<'_>, name: &str, model: &Json, codes: &Codes<'_>) -> Json {
    let mut made = Object::default();
    let kind = model.text_at("type").unwrap_or_default();
    match kind {
        "structure" if model.flag_at("document") => made.set("type", text("document")),
        "structure" if model.flag_at("union") || model.flag_at("eventstream") => {
            made.set("union", members(cx, name, model, Place::Alternatives));
            made.flag("eventStream", model.flag_at("eventstream"));
        }
        "structure" => {
            let error = is_error(model);
            let place = if error { Place::Error } else { Place::Body };
            made.set("structure", members(cx, name, model, place));
            if error {
                made.set("error", self::error(cx, name, model, codes));
            }
        }
        "list" => {
            made.some("list", element(cx, model, "member"));
            made.flag("sparse", model.flag_at("sparse"));
        }
        "map" => {
            made.some("map", element(cx, model, "value"));
            made.some("key", element(cx, model, "key"));
            made.flag("sparse", model.flag_at("sparse"));
        }
        "string" if model.get("enum").is_some() => made.set("enum", values(model)),
        base => {
            made.set("type", text(base_type(base)));
            made.text("format", model.text_at("timestampFormat").and_then(format));
            let streams = model.flag_at("streaming") && base == "blob";
            made.flag("streaming", streams);
            made.flag("sized", streams && model.flag_at("requiresLength"));
        }
    }
    limits(model, kind, &mut made);
    made.flag("sensitive", model.flag_at("sensitive"));
    made.some("deprecated", deprecated(model));
    made.text("docs", cx.docs(model).as_deref());
    made.json()
}

/// The format's word for a base type: older models know two more.
fn base_type(word: &str) -> &str {
    match word {
        "character" => "string",
        "bigdecimal" => "double",
        "byte" | "short" => "integer",
        "biginteger" => "long",
        other => other,
    }
}

fn values(model: &Json) -> Json {
    let mut values: Vec<(String, Json)> = Vec::new();
    for value in model.texts_at("enum") {
        if !values.iter().any(|(known, _)| known == value) {
            values.push((value.to_owned(), text("")));
        }
    }
    Json::Object(values)
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
    for side in ["min", "max"] {
        limits.some(side, model.get(side).and_then(|limit| limit_of(limit, key == "length")));
    }
    if !limits.is_empty() {
        made.set(key, limits.json());
    }
    if kind == "string" {
        made.text("pattern", model.text_at("pattern"));
    }
}

/// A length is counted; some models write it as a fraction or below zero.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to fit")]
fn limit_of(limit: &Json, is_length: bool) -> Option<Json> {
    let Json::Number(number) = limit else { return None };
    if !is_length || number.is_u64() {
        return Some(limit.clone());
    }
    let number = number.as_f64().filter(|number| (0.0..9e15).contains(number))?;
    Some(Json::Number((number as u64).into()))
}

/// The element of a list, or the key or the value of a map. Its name matters in XML and in queries
/// alone, and there only where it is not the protocol's own.
fn element(cx: &Cx<'_>, model: &Json, key: &str) -> Option<Json> {
    let member = model.get(key)?;
    let target = text(member.text_at("shape")?);
    let mut made = Object::default();
    made.text("format", member.text_at("timestampFormat").and_then(format));
    if !cx.is_xml {
        return Some(with_type(target, made));
    }
    made.text("wire", effective::text_at(cx, member, "locationName").filter(|wire| *wire != key));
    if key != "key" {
        made.flag("flattened", is_flattened(cx, member));
        made.some("namespace", effective::get(cx, member, "xmlNamespace").and_then(namespace));
    }
    Some(with_type(target, made))
}

fn is_flattened<'a>(cx: &Cx<'a>, member: &'a Json) -> bool {
    effective::flag_at(cx, member, "flattened")
        && matches!(effective::kind(cx, member), "list" | "map")
}

fn namespace(namespace: &Json) -> Option<Json> {
    let uri = text(operations::namespace_uri(namespace)?);
    Some(match namespace.text_at("prefix") {
        Some(prefix) => {
            Json::Object(vec![("uri".to_owned(), uri), ("prefix".to_owned(), text(prefix))])
        }
        None => uri,
    })
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

fn error(cx: &mut Cx<'_>, name: &str, model: &Json, codes: &Codes<'_>) -> Json {
    let mut made = Object::default();
    let facts = model.get("error").unwrap_or(&Json::Null);
    made.some("status", facts.get("httpStatusCode").cloned());
    if facts.flag_at("senderFault") {
        made.set("fault", text("client"));
    } else if model.flag_at("fault") || facts.flag_at("fault") {
        made.set("fault", text("server"));
    }
    if codes.is_of(name, model) {
        made.text("code", facts.text_at("code").filter(|code| *code != name));
    } else {
        let code = code(name, model);
        cx.note(
            name,
            format!("another error is known by its code `{code}`, as in botocore: it is found by its own name"),
        );
    }
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
    /// It is an operation's output.
    Output,
    /// It is an error.
    Error,
    /// It is part of a body.
    Body,
    /// It is a union, or the events of a stream.
    Alternatives,
}

impl Place {
    /// Whether members stand outside of the body. Inside of one botocore passes locations over.
    fn binds(self) -> bool {
        matches!(self, Self::Input | Self::Output | Self::Error)
    }

    /// Whether what binds has that location. An answer has no path and no query: there botocore looks for
    /// such members in the body.
    fn has(self, location: &str) -> bool {
        self == Self::Input || !matches!(location, "uri" | "querystring")
    }
}

/// The members of a structure.
pub(super) fn members(cx: &mut Cx<'_>, owner: &str, model: &Json, place: Place) -> Json {
    let required = model.texts_at("required");
    // Messages of the other protocols are bodies and nothing else.
    let binds = cx.is_rest && place.binds();
    let payload = model.text_at("payload").filter(|_| binds);
    let mut members = Vec::new();
    for (name, member) in model.entries_at("members") {
        let location = effective::text_at(cx, member, "location");
        let location = location.filter(|location| binds && place.has(location));
        if payload.is_some_and(|payload| payload != name) && location.is_none() {
            cx.note(
                format!("{owner}.{name}"),
                "left out: it would stand in a body that another member is the whole of",
            );
            continue;
        }
        let required = required.contains(&name.as_str());
        let facts = Facts { name, model: member, required, place, payload, location };
        members.push((name.clone(), facts.member(cx, owner)));
    }
    Json::Object(members)
}

/// A member and where it stands.
struct Facts<'m> {
    name: &'m str,
    model: &'m Json,
    required: bool,
    place: Place,
    payload: Option<&'m str>,
    location: Option<&'m str>,
}

impl Facts<'_> {
    fn member(&self, cx: &mut Cx<'_>, owner: &str) -> Json {
        let Self { name, model, place, .. } = *self;
        let mut made = Object::default();
        let wire = effective::text_at(cx, model, "locationName");
        let token = model.flag_at("idempotencyToken") && place == Place::Input;
        let is_label = self.location == Some("uri");
        let host_label = model.flag_at("hostLabel")
            && place == Place::Input
            && cx.operation.host_prefix.contains(&format!("{{{name}}}"));
        // A token is filled in, so nobody has to give one; but a path or a host has no holes.
        let optional = place == Place::Input && cx.operation.optional.contains(&name);
        let required = self.required && !token && !optional || is_label || host_label;
        made.flag("required", required && place != Place::Alternatives);
        match self.location {
            Some("uri") if cx.operation.has_label(name) => made.flag("label", true),
            Some("uri") => made.flag("endpointOnly", true),
            Some("querystring") => made.set("query", text(wire.unwrap_or(name))),
            Some("header") => made.set("header", text(wire.unwrap_or(name))),
            Some("headers") => made.set("headerPrefix", text(wire.unwrap_or_default())),
            Some("statusCode") => made.flag("statusCode", true),
            _ if self.payload == Some(name) => {
                made.flag("payload", true);
                made.text("wire", wire.filter(|_| cx.is_xml));
            }
            _ => made.text("wire", wire.filter(|wire| *wire != name)),
        }
        made.text("format", model.text_at("timestampFormat").and_then(format));
        made.flag("idempotencyToken", token && !is_label);
        made.flag("hostLabel", host_label);
        let is_id = model.flag_at("endpointdiscoveryid") && place != Place::Alternatives;
        made.flag("endpointDiscoveryId", is_id);
        let param = model.get("contextParam").filter(|_| place == Place::Input);
        made.text("endpointParam", param.and_then(|param| param.text_at("name")));
        // In a body such a value is text, as it is to botocore (`is_json_value_header`).
        let json_text =
            effective::flag_at(cx, model, "jsonvalue") && matches!(self.location, Some("header"));
        made.flag("jsonText", json_text);
        if place == Place::Body {
            made.flag("eventHeader", model.flag_at("eventheader"));
            made.flag("eventPayload", model.flag_at("eventpayload"));
        }
        if cx.is_xml {
            self.xml(cx, &mut made);
        }
        made.some("deprecated", deprecated(model));
        made.text("docs", cx.docs(model).as_deref());
        let target = match model.text_at("shape") {
            _ if json_text => "document".to_owned(),
            Some(_) if model.get("enum").is_some() => self.inline_enum(cx, owner),
            Some(target) if self.streams(cx, target) => streaming_blob(cx, target),
            Some(target) => target.to_owned(),
            None => "document".to_owned(),
        };
        with_type(text(&target), made)
    }

    fn xml(&self, cx: &Cx<'_>, made: &mut Object) {
        let model = self.model;
        let is_in_body = self.location.is_none();
        made.flag("flattened", is_flattened(cx, model) && is_in_body);
        made.flag("attribute", effective::flag_at(cx, model, "xmlAttribute"));
        if is_in_body {
            made.some("namespace", effective::get(cx, model, "xmlNamespace").and_then(namespace));
            made.text("queryName", effective::text_at(cx, model, "queryName"));
        }
    }

    /// Whether the member alone is said to stream, as S3's bodies are: what it targets is the part
    /// of an event elsewhere.
    fn streams(&self, cx: &Cx<'_>, target: &str) -> bool {
        let is_plain_blob =
            |shape: &Json| shape.text_at("type") == Some("blob") && !shape.flag_at("streaming");
        self.payload == Some(self.name)
            && self.model.flag_at("streaming")
            && cx.shape(target).is_some_and(is_plain_blob)
    }

    /// Values that are listed at the member become a shape, named for both.
    fn inline_enum(&self, cx: &mut Cx<'_>, owner: &str) -> String {
        let mut name = format!("{owner}{}", self.name);
        while cx.shape(&name).is_some() {
            name.push_str("Value");
        }
        let shape = Json::Object(vec![("enum".to_owned(), values(self.model))]);
        cx.made.push((name.clone(), shape));
        name
    }
}

/// The shape for members that stream a blob which does not by itself.
fn streaming_blob(cx: &mut Cx<'_>, target: &str) -> String {
    let mut name = format!("Streaming{target}");
    while cx.shape(&name).is_some() {
        name.push_str("Value");
    }
    if cx.made.iter().all(|(made, _)| *made != name) {
        let shape = [("type".to_owned(), text("blob")), ("streaming".to_owned(), Json::Bool(true))];
        cx.made.push((name.clone(), Json::Object(shape.into())));
    }
    name
}

/// A target alone, or an object that says more.
fn with_type(target: Json, more: Object) -> Json {
    if more.is_empty() {
        return target;
    }
    let mut whole = vec![("type".to_owned(), target)];
    if let Json::Object(more) = more.json() {
        whole.extend(more);
    }
    Json::Object(whole)
}

/// The reason, or that there is one.
pub(super) fn deprecated(model: &Json) -> Option<Json> {
    model.flag_at("deprecated").then(|| {
        let message = model.text_at("deprecatedMessage").filter(|message| !message.is_empty());
        text(message.unwrap_or("Deprecated."))
    })
}
