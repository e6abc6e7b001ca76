//! Shapes and members.

use super::ast::{self, Member, Shape, Traits, UNIT, base_type};
use super::{Cx, operations, values};
use crate::build::{Look, Object, text};
use std::collections::BTreeSet;
use typefoundry_spec::Json;

/// The ids of all shapes that the operations lead to, their inputs and outputs among them.
pub(super) fn closure<'a>(cx: &Cx<'a>, operations: &[(String, &'a Shape)]) -> BTreeSet<&'a str> {
    let mut open = Vec::new();
    for (_, operation) in operations {
        let sides = ["input", "output"].into_iter();
        open.extend(sides.filter_map(|side| operations::side(cx, operation, side)));
        let errors = operations::errors(cx, operation);
        open.extend(errors.iter().filter_map(|id| cx.ast.get(id)));
    }
    below(cx, open).collect()
}

fn below<'a>(cx: &Cx<'a>, mut open: Vec<&'a Shape>) -> impl Iterator<Item = &'a str> + use<'a> {
    let mut reached = BTreeSet::new();
    while let Some(shape) = open.pop() {
        if reached.insert(shape.id.as_str()) {
            let targets = shape.members.iter().map(|member| member.target.as_str());
            open.extend(targets.filter_map(|id| cx.ast.get(id)));
        }
    }
    reached.into_iter()
}

/// The ids of the shapes that stand in a spec by name because of an operation.
pub(super) fn start<'a>(cx: &Cx<'a>, operation: &'a Shape, reached: &mut BTreeSet<&'a str>) {
    let mut open = Vec::new();
    for side in ["input", "output"] {
        for member in operations::side(cx, operation, side).map_or(&[][..], |it| &it.members) {
            let is_text = json_text(cx, member);
            open.extend(cx.ast.get(&member.target).filter(|_| !is_text));
        }
    }
    open.extend(operations::errors(cx, operation).iter().filter_map(|id| cx.ast.get(id)));
    reached.extend(below(cx, open));
}

/// The shapes that are reached, in the order of the model.
pub(super) fn shapes<'a>(cx: &mut Cx<'a>, reached: &BTreeSet<&'a str>) -> Vec<(String, Json)> {
    let ast = cx.ast;
    let mut made = Vec::new();
    for shape in ast.shapes.iter().filter(|shape| reached.contains(shape.id.as_str())) {
        made.push((cx.name(&shape.id), self::shape(cx, shape)));
    }
    let of_unit = |shape: &Shape| {
        shape.kind == "union" && shape.members.iter().any(|member| member.target == UNIT)
    };
    if reached.iter().filter_map(|id| ast.get(id)).any(of_unit) {
        let empty = Json::Object(vec![("structure".to_owned(), Json::Object(Vec::new()))]);
        made.push(("Unit".to_owned(), empty));
    }
    made
}

fn shape(cx: &mut Cx<'_>, shape: &Shape) -> Json {
    let traits = &shape.traits;
    let mut made = Object::default();
    match shape.kind.as_str() {
        "structure" => {
            let error = traits.has("error");
            let place = if error { Place::Error } else { Place::Body };
            made.set("structure", members(cx, shape, place));
            if error {
                made.set("error", self::error(cx, shape));
            }
        }
        "union" => {
            made.set("union", members(cx, shape, Place::Alternatives));
            made.flag("eventStream", traits.has("streaming"));
        }
        "list" => {
            made.some("list", element(cx, shape, "member"));
            made.flag("sparse", traits.has("sparse"));
        }
        "map" => {
            made.some("map", element(cx, shape, "value"));
            made.some(
                "key",
                element(cx, shape, "key").filter(|key| key.as_str() != Some("string")),
            );
            made.flag("sparse", traits.has("sparse"));
        }
        "enum" => made.set("enum", enum_values(cx, shape)),
        "string" if traits.has("enum") => made.set("enum", old_values(cx, traits)),
        kind => {
            made.set("type", text(ast::simple(kind).unwrap_or("document")));
            made.text("format", format(traits));
            let streams = traits.has("streaming") && kind == "blob";
            made.flag("streaming", streams);
            made.flag("sized", streams && traits.has("requiresLength"));
            if kind == "intEnum" {
                let names: Vec<_> = shape.members.iter().map(|it| it.name.as_str()).collect();
                let what =
                    format!("its values have names that a spec cannot say: {}", names.join(", "));
                cx.note(shape.local(), what);
            }
        }
    }
    limits(shape, &mut made);
    made.flag("sensitive", traits.has("sensitive"));
    made.some("deprecated", deprecated(traits));
    made.text("docs", cx.docs(traits).as_deref());
    made.json()
}

fn enum_values(cx: &Cx<'_>, shape: &Shape) -> Json {
    let value = |member: &Member| {
        let value = member.traits.text("enumValue").unwrap_or(&member.name).to_owned();
        (value, text(&cx.docs(&member.traits).unwrap_or_default()))
    };
    Json::Object(shape.members.iter().map(value).collect())
}

/// The values of Smithy 1: a trait on a string.
fn old_values(cx: &Cx<'_>, traits: &Traits) -> Json {
    let Some(Json::Array(values)) = traits.get("enum") else { return Json::Object(Vec::new()) };
    let value = |value: &Json| {
        let docs = Traits::one("smithy.api#documentation", value.get("documentation"));
        let docs = cx.docs(&docs).unwrap_or_default();
        Some((value.text_at("value")?.to_owned(), text(&docs)))
    };
    Json::Object(values.iter().filter_map(value).collect())
}

fn limits(shape: &Shape, made: &mut Object) {
    let traits = &shape.traits;
    let kind = ast::simple(&shape.kind).unwrap_or(&shape.kind);
    let is_enum = shape.kind == "enum" || traits.has("enum");
    let is_sized = matches!(kind, "string" | "blob" | "list" | "map") && !is_enum;
    let is_number = matches!(kind, "integer" | "long" | "float" | "double");
    for (key, fits) in [("length", is_sized), ("range", is_number)] {
        let Some(limits) = traits.get(key).filter(|_| fits) else { continue };
        let mut known = Object::default();
        for side in ["min", "max"] {
            known.some(side, limits.get(side).cloned());
        }
        if !known.is_empty() {
            made.set(key, known.json());
        }
    }
    if kind == "string" && !is_enum {
        made.text("pattern", traits.text("pattern"));
    }
}

/// The element of a list, or the key or the value of a map. Its name matters in XML and in queries
/// alone, and there only where it is not the protocol's own.
fn element(cx: &Cx<'_>, shape: &Shape, name: &str) -> Option<Json> {
    let member = shape.member(name)?;
    let mut made = Object::default();
    if cx.is_xml() {
        made.text("wire", xml_name(member).filter(|wire| *wire != name));
        if name != "key" {
            made.flag("flattened", is_flattened(cx, member));
            made.some("namespace", namespace(&member.traits));
        }
    }
    if name != "key" {
        made.text("format", format(&member.traits));
    }
    Some(with_type(&target(cx, member), made))
}

fn target(cx: &Cx<'_>, member: &Member) -> String {
    match base_type(&member.target) {
        Some(base) => base.to_owned(),
        None if member.target == UNIT => "Unit".to_owned(),
        None => cx.ast.get(&member.target).map_or("document".to_owned(), |it| cx.name(&it.id)),
    }
}

fn xml_name(member: &Member) -> Option<&str> {
    member.traits.text("xmlName")
}

fn is_flattened(cx: &Cx<'_>, member: &Member) -> bool {
    let holds = |shape: &Shape| matches!(shape.kind.as_str(), "list" | "map");
    member.traits.has("xmlFlattened") && cx.ast.get(&member.target).is_some_and(holds)
}

fn namespace(traits: &Traits) -> Option<Json> {
    let namespace = traits.get("xmlNamespace")?;
    let uri = text(namespace.text_at("uri")?);
    Some(match namespace.text_at("prefix") {
        Some(prefix) => {
            Json::Object(vec![("uri".to_owned(), uri), ("prefix".to_owned(), text(prefix))])
        }
        None => uri,
    })
}

fn format(traits: &Traits) -> Option<&str> {
    let known = ["date-time", "epoch-seconds", "http-date"];
    traits.text("timestampFormat").filter(|format| known.contains(format))
}

fn error(cx: &mut Cx<'_>, shape: &Shape) -> Json {
    let traits = &shape.traits;
    let mut made = Object::default();
    let query = traits.get("aws.protocols#awsQueryError");
    // RPC over JSON names errors by their shapes, unless it stands in for a query.
    let speaks_query = cx.speaks("query")
        || cx.speaks("ec2-query")
        || cx.service.traits.has("aws.protocols#awsQueryCompatible");
    let query = query.filter(|_| speaks_query);
    let status = query.and_then(|it| it.get("httpResponseCode")).or(traits.get("httpError"));
    made.some("status", status.cloned());
    made.text("fault", traits.text("error").filter(|it| matches!(*it, "client" | "server")));
    let name = cx.name(&shape.id);
    let code = query.and_then(|it| it.text_at("code"));
    // A shape that the service renames keeps its name on the wire.
    let code = code.unwrap_or(shape.local());
    if code != name {
        // A service that stands in for one of queries says the code in a header, and the shape's
        // name in the body.
        let both = Json::Array(vec![text(code), text(shape.local())]);
        match query.filter(|_| cx.service.traits.has("aws.protocols#awsQueryCompatible")) {
            Some(_) => made.set("codes", both),
            None => made.set("code", text(code)),
        }
    }
    if let Some(retryable) = traits.get("retryable") {
        made.set("retryable", Json::Bool(true));
        made.flag("throttling", retryable.flag_at("throttling"));
    }
    let has = |name: &str| shape.member(name).is_some();
    if !["message", "Message", "exceptionMessage"].into_iter().any(has) {
        let other = ["detailedMessage", "errorMessage"].into_iter().find(|name| has(name));
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

/// The members of a structure or a union.
pub(super) fn members(cx: &Cx<'_>, shape: &Shape, place: Place) -> Json {
    let mut made = Vec::new();
    for member in &shape.members {
        made.push((member.name.clone(), self::member(cx, member, place)));
    }
    Json::Object(made)
}

/// Whether a member of an input or output stands in the body.
pub(super) fn is_in_body(member: &Member) -> bool {
    const ELSEWHERE: &[&str] = &[
        "httpLabel",
        "httpQuery",
        "httpQueryParams",
        "httpHeader",
        "httpPrefixHeaders",
        "httpResponseCode",
        "httpPayload",
    ];
    !ELSEWHERE.iter().any(|name| member.traits.has(name))
}

fn member(cx: &Cx<'_>, member: &Member, place: Place) -> Json {
    let traits = &member.traits;
    let mut made = Object::default();
    let binds = cx.is_rest() && matches!(place, Place::Input | Place::Output | Place::Error);
    let bound = |name: &str| if binds { traits.get(name) } else { None };
    let is_label = bound("httpLabel").is_some();
    let token = traits.has("idempotencyToken") && place == Place::Input;
    let host_label = traits.has("hostLabel")
        && place == Place::Input
        && cx.operation.host_prefix.contains(&format!("{{{}}}", member.name));
    // A client may not rely on what is optional to it. Inputs are told what the service needs.
    let optional = traits.has("clientOptional") && place != Place::Input;
    let left_out = place == Place::Input && cx.operation.may_leave_out(&member.name);
    let required =
        traits.has("required") && !token && !optional && !left_out || is_label || host_label;
    made.flag("required", required && place != Place::Alternatives);
    let in_body = !binds || is_in_body(member);
    if is_label && cx.operation.has_label(&member.name) {
        made.flag("label", true);
    } else if is_label {
        made.flag("endpointOnly", true);
    } else if bound("httpQueryParams").is_some() {
        made.set("query", text(&member.name));
    } else if bound("httpResponseCode").is_some() {
        made.flag("statusCode", true);
    } else if bound("httpPayload").is_some() {
        made.flag("payload", true);
        if cx.is_xml() {
            payload(cx, member, &mut made);
        }
    } else if in_body {
        made.text("wire", wire(cx, member).filter(|wire| *wire != member.name));
    }
    for (name, key) in
        [("httpQuery", "query"), ("httpHeader", "header"), ("httpPrefixHeaders", "headerPrefix")]
    {
        made.some(key, bound(name).cloned());
    }
    made.flag("idempotencyToken", token && !is_label);
    made.flag("hostLabel", host_label);
    let is_id = traits.has("aws.api#clientEndpointDiscoveryId") && place != Place::Alternatives;
    made.flag("endpointDiscoveryId", is_id);
    let param = traits.get("smithy.rules#contextParam").filter(|_| place == Place::Input);
    made.text("endpointParam", param.and_then(|param| param.text_at("name")));
    let json_text = binds && json_text(cx, member);
    made.flag("jsonText", json_text);
    if place == Place::Body {
        made.flag("eventHeader", traits.has("eventHeader"));
        made.flag("eventPayload", traits.has("eventPayload"));
    }
    if cx.is_xml() && in_body {
        made.flag("flattened", is_flattened(cx, member));
        made.flag("attribute", traits.has("xmlAttribute"));
        made.some("namespace", namespace(traits));
        made.text("queryName", traits.text("aws.protocols#ec2QueryName"));
    }
    made.text("format", format(traits));
    made.flag("sensitive", traits.has("sensitive"));
    if !required && !token && place != Place::Alternatives {
        made.some("default", values::default(cx, member));
    }
    made.some("deprecated", deprecated(traits));
    made.text("docs", cx.docs(traits).as_deref());
    let target = if json_text { "document".to_owned() } else { target(cx, member) };
    with_type(&target, made)
}

/// The name of a member in the body, where its protocol has another than its own.
fn wire<'m>(cx: &Cx<'_>, member: &'m Member) -> Option<&'m str> {
    if cx.is_xml() {
        xml_name(member)
    } else if cx.speaks("rest-json") {
        // The other protocols over JSON have no use for it.
        member.traits.text("jsonName")
    } else {
        None
    }
}

/// The root element of a payload in XML, and its namespace, which the service may give.
fn payload(cx: &Cx<'_>, member: &Member, made: &mut Object) {
    let Some(target) = cx.ast.get(&member.target) else { return };
    if !matches!(target.kind.as_str(), "structure" | "union") {
        return;
    }
    let name = xml_name(member).or(target.traits.text("xmlName")).unwrap_or(target.local());
    made.set("wire", text(name));
    let namespace = namespace(&member.traits)
        .or_else(|| namespace(&target.traits))
        .or_else(|| namespace(&cx.service.traits));
    made.some("namespace", namespace);
}

/// A string of JSON travels in a header as a document's text.
fn json_text(cx: &Cx<'_>, member: &Member) -> bool {
    let media = |traits: &Traits| traits.text("mediaType") == Some("application/json");
    let is_string = |shape: &Shape| shape.kind == "string" && media(&shape.traits);
    member.traits.has("httpHeader") && cx.ast.get(&member.target).is_some_and(is_string)
}

/// A target alone, or an object that says more.
fn with_type(target: &str, more: Object) -> Json {
    if more.is_empty() {
        return text(target);
    }
    let mut whole = vec![("type".to_owned(), text(target))];
    if let Json::Object(more) = more.json() {
        whole.extend(more);
    }
    Json::Object(whole)
}

/// The reason, or that there is one.
pub(super) fn deprecated(traits: &Traits) -> Option<Json> {
    let deprecated = traits.get("deprecated")?;
    let message = deprecated.text_at("message").filter(|message| !message.is_empty());
    Some(text(message.unwrap_or("Deprecated.")))
}
