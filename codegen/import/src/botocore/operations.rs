//! Operations, with their inputs and outputs written out in place.

use super::shapes::Place;
use super::{Cx, effective, pages, service, shapes};
use crate::build::{Look, Object, text};
use crate::customs::{self, Customs};
use std::collections::BTreeSet;
use typefoundry_spec::Json;

/// The operations of the model. What a spec cannot say leaves out the operation that needs it, and
/// is noted.
pub(super) fn operations(
    cx: &mut Cx<'_>,
    paginators: Option<&Json>,
    folder: Option<&str>,
) -> Vec<(String, Json)> {
    let mut operations = Vec::new();
    let model = cx.model;
    for (name, operation) in model.entries_at("operations") {
        if let Some(shape) = dangling(cx, operation) {
            cx.note(name, format!("left out: the model has no shape `{shape}`"));
        } else {
            let made = self::operation(cx, name, operation, paginators, folder);
            operations.push((name.clone(), made));
        }
    }
    operations
}

/// A shape that an operation refers to and that is not there.
fn dangling<'a>(cx: &Cx<'a>, operation: &'a Json) -> Option<&'a str> {
    let sides = ["input", "output"].into_iter().filter_map(|side| operation.get(side));
    let mut open: Vec<&str> =
        sides.chain(errors(operation)).filter_map(|it| it.text_at("shape")).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if !seen.insert(name) {
            continue;
        }
        match cx.shape(name) {
            Some(shape) => open.extend(targets(shape)),
            None => return Some(name),
        }
    }
    None
}

fn errors(operation: &Json) -> impl Iterator<Item = &Json> {
    let errors = match operation.get("errors") {
        Some(Json::Array(errors)) => &errors[..],
        _ => &[],
    };
    errors.iter()
}

/// The shapes that a shape refers to.
pub(super) fn targets(shape: &Json) -> impl Iterator<Item = &str> {
    let members = shape.entries_at("members").iter().map(|(_, member)| member);
    let parts = ["member", "key", "value"].into_iter().filter_map(|key| shape.get(key));
    members.chain(parts).filter_map(|member| member.text_at("shape"))
}

/// What is said of an operation before its members are looked at.
#[derive(Default)]
pub(super) struct Facts {
    /// Method, path and query
    http: String,
    /// What stands before the host; empty if nothing does.
    pub(super) host_prefix: String,
    /// Members of the input that need not be there, whatever the model says.
    pub(super) optional: Vec<&'static str>,
    customs: Customs,
}

impl Facts {
    fn new(cx: &Cx<'_>, name: &str, operation: &Json, folder: Option<&str>) -> Self {
        let service = folder.unwrap_or_default();
        let endpoint = operation.get("endpoint").unwrap_or(&Json::Null);
        let host_prefix = endpoint.text_at("hostPrefix").unwrap_or_default();
        let params = operation.get("staticContextParams").unwrap_or(&Json::Null);
        let requires = params.get("RequiresAccountId").and_then(|param| param.get("value"));
        let requires = requires == Some(&Json::Bool(true));
        let host_prefix = customs::host_prefix(service, host_prefix, requires);
        let mut customs = self::customs(cx, name, operation, service);
        Self {
            http: http(cx, operation, service),
            host_prefix: host_prefix.unwrap_or_default().to_owned(),
            optional: std::mem::take(&mut customs.optional),
            customs,
        }
    }

    /// Whether a member of that name stands in the path.
    pub(super) fn has_label(&self, name: &str) -> bool {
        [format!("{{{name}}}"), format!("{{{name}+}}")]
            .iter()
            .any(|label| self.http.contains(label))
    }
}

fn operation(
    cx: &mut Cx<'_>,
    name: &str,
    operation: &Json,
    paginators: Option<&Json>,
    folder: Option<&str>,
) -> Json {
    let mut made = Object::default();
    let input = operation.get("input");
    let output = operation.get("output");
    cx.operation = Facts::new(cx, name, operation, folder);
    made.set("http", text(&cx.operation.http));
    let status = operation.get("http").and_then(|http| http.get("responseCode"));
    made.some("status", status.cloned());
    made.text("docs", cx.docs(operation).as_deref());
    made.flag("readonly", operation.flag_at("readonly"));
    made.flag("idempotent", operation.flag_at("idempotent"));
    made.some("deprecated", shapes::deprecated(operation));
    if let Some(members) = input.and_then(|input| cx.target(input))
        && !members.entries_at("members").is_empty()
    {
        made.set("input", shapes::members(cx, name, members, Place::Input));
    }
    if let Some(members) = output.and_then(|output| cx.target(output)) {
        let output = format!("{name}Output");
        let mut members = shapes::members(cx, &output, members, Place::Output);
        if let Json::Object(members) = &mut members {
            members.extend(cx.operation.customs.headers.iter().map(|(name, header)| {
                let member = [("type", text("string")), ("header", text(header))];
                let member = member.map(|(key, value)| (key.to_owned(), value));
                ((*name).to_owned(), Json::Object(member.into()))
            }));
        }
        made.set("output", members);
    }
    let names: Vec<_> = errors(operation).filter_map(|error| error.text_at("shape")).collect();
    if !names.is_empty() {
        let mut distinct = Vec::new();
        for name in names {
            if !distinct.contains(&name) {
                distinct.push(name);
            }
        }
        made.set("errors", Json::Array(distinct.into_iter().map(text).collect()));
    }
    let paginator = paginators.and_then(|paginators| paginators.get(name));
    made.some("pages", pages::pages(cx, name, operation, paginator));
    traits(cx, name, operation, &mut made);
    made.json()
}

/// What no model says of an operation.
fn customs(cx: &Cx<'_>, name: &str, operation: &Json, service: &str) -> Customs {
    let input = operation.get("input").and_then(|input| cx.target(input));
    let members: Vec<_> = input
        .map_or(&[][..], |input| input.entries_at("members"))
        .iter()
        .map(|(name, member)| (name.as_str(), member.text_at("shape").unwrap_or_default()))
        .collect();
    let output = operation.get("output").and_then(|output| cx.target(output));
    let mut customs = customs::of_operation(
        service,
        &customs::Operation {
            name,
            input: &members,
            answers_structure: output.is_some_and(|output| answers_structure(cx, output)),
            discovers_endpoints: operation.flag_at("endpointoperation"),
        },
    );
    let metadata = cx.model.get("metadata").unwrap_or(&Json::Null);
    // A request of this protocol says whether there is an input at all.
    if operation.get("input").is_none() && service::speaks(metadata, "smithy-rpc-v2-cbor") {
        customs.traits.push("no-input".to_owned());
    }
    customs
}

/// Whether an answer has a body with a structure in it.
fn answers_structure(cx: &Cx<'_>, output: &Json) -> bool {
    let payload = output.text_at("payload").and_then(|name| output.get("members")?.get(name));
    match payload {
        Some(payload) => {
            let target = cx.target(payload).unwrap_or(&Json::Null);
            target.text_at("type") == Some("structure") && !target.flag_at("eventstream")
        }
        None => true,
    }
}

/// `POST /path?query`. A label is called like the member that fills it; botocore calls it by the
/// member's name on the wire.
fn http(cx: &Cx<'_>, operation: &Json, service: &str) -> String {
    let http = operation.get("http").unwrap_or(&Json::Null);
    let method = http.text_at("method").unwrap_or("POST");
    if !cx.is_rest {
        return format!("{method} /");
    }
    let mut uri = http.text_at("requestUri").unwrap_or("/").to_owned();
    let members = operation.get("input").and_then(|input| cx.target(input));
    for (name, member) in members.map_or(&[][..], |input| input.entries_at("members")) {
        if effective::text_at(cx, member, "location") == Some("uri")
            && let Some(label) = effective::text_at(cx, member, "locationName")
        {
            uri = uri.replace(&format!("{{{label}}}"), &format!("{{{name}}}"));
            uri = uri.replace(&format!("{{{label}+}}"), &format!("{{{name}+}}"));
        }
    }
    format!("{method} {}", customs::uri(service, &uri))
}

/// The traits that few operations have.
fn traits(cx: &mut Cx<'_>, name: &str, operation: &Json, made: &mut Object) {
    made.text("wire", operation.text_at("name").filter(|wire| *wire != name));
    made.some("root", operation.get("input").and_then(|input| root(cx, input)));
    let output = operation.get("output").unwrap_or(&Json::Null);
    made.text("result", effective::text_at(cx, output, "resultWrapper"));
    let host_prefix = Some(cx.operation.host_prefix.as_str()).filter(|it| !it.is_empty());
    made.text("hostPrefix", host_prefix);
    let mut params = endpoint_params(operation);
    let own = cx.operation.customs.endpoint_params.iter();
    params.extend(own.map(|(name, value)| ((*name).to_owned(), Json::Bool(*value))));
    if !params.is_empty() {
        made.set("endpointParams", Json::Object(params));
    }
    made.some("auth", auth(cx, name, operation));
    let unsigned = operation.flag_at("unsignedPayload")
        || operation.text_at("authtype") == Some("v4-unsigned-body");
    made.flag("unsignedBody", unsigned);
    made.some("checksum", checksum(operation));
    let encodings = operation.get("requestcompression").map(|it| it.texts_at("encodings"));
    made.flag("compressed", encodings.is_some_and(|it| it.contains(&"gzip")));
    if operation.flag_at("endpointoperation") {
        made.set("endpointDiscovery", text("operation"));
    } else if let Some(discovery) = operation.get("endpointdiscovery") {
        let word = if discovery.flag_at("required") { "required" } else { "optional" };
        made.set("endpointDiscovery", text(word));
    }
    let traits = &cx.operation.customs.traits;
    if !traits.is_empty() {
        made.set("traits", Json::Array(traits.iter().map(|name| text(name)).collect()));
    }
}

fn root<'a>(cx: &Cx<'a>, input: &'a Json) -> Option<Json> {
    if !cx.is_xml {
        return None;
    }
    let name = effective::text_at(cx, input, "locationName")?;
    let mut root = Object::default();
    root.set("name", text(name));
    root.text("namespace", effective::get(cx, input, "xmlNamespace").and_then(namespace_uri));
    Some(root.json())
}

/// The address of a namespace, which is written bare or as an object.
pub(super) fn namespace_uri(namespace: &Json) -> Option<&str> {
    namespace.as_str().or_else(|| namespace.text_at("uri"))
}

fn endpoint_params(operation: &Json) -> Vec<(String, Json)> {
    let mut params = Vec::new();
    for (name, param) in operation.entries_at("staticContextParams") {
        params.extend(param.get("value").map(|value| (name.clone(), value.clone())));
    }
    for (name, param) in operation.entries_at("operationContextParams") {
        let path = param.text_at("path").map(text);
        params
            .extend(path.map(|path| (name.clone(), Json::Object(vec![("path".to_owned(), path)]))));
    }
    params
}

fn auth(cx: &mut Cx<'_>, name: &str, operation: &Json) -> Option<Json> {
    if operation.text_at("authtype") == Some("none") {
        return Some(Json::Array(vec![text("none")]));
    }
    let mut schemes = Vec::new();
    for named in operation.texts_at("auth") {
        match service::scheme(named) {
            Some(scheme) => schemes.push(text(scheme)),
            None => cx.note(name, format!("the auth type `{named}` is not known")),
        }
    }
    (!schemes.is_empty()).then_some(Json::Array(schemes))
}

fn checksum(operation: &Json) -> Option<Json> {
    let mut made = Object::default();
    let facts = operation.get("httpChecksum").unwrap_or(&Json::Null);
    made.text("algorithm", facts.text_at("requestAlgorithmMember"));
    let required =
        facts.flag_at("requestChecksumRequired") || operation.flag_at("httpChecksumRequired");
    made.flag("required", required);
    made.text("mode", facts.text_at("requestValidationModeMember"));
    let response = facts.texts_at("responseAlgorithms");
    if !response.is_empty() {
        made.set("response", Json::Array(response.into_iter().map(text).collect()));
    }
    (!made.is_empty()).then(|| made.json())
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
