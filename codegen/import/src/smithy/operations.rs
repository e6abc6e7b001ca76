//! Operations, with their inputs and outputs written out in place.

use super::ast::{self, Shape, UNIT, targets};
use super::shapes::{self, Place};
use super::{Cx, auth, examples, pages};
use crate::build::{Look, Object, text};
use crate::customs::{self, Customs};
use std::collections::HashSet;
use typefoundry_spec::Json;

/// The operations of a service and its resources, once each, in the order of the model.
pub(super) fn of_service<'a>(cx: &mut Cx<'a>) -> Vec<(String, &'a Shape)> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut open = vec![cx.service];
    while let Some(of) = open.pop() {
        if !seen.insert(of.id.as_str()) {
            continue;
        }
        collect(cx, of, &mut seen, &mut found);
        let mut resources = Vec::new();
        for id in targets(of.raw.get("resources")) {
            match cx.ast.get(&id) {
                Some(resource) => resources.push(resource),
                None => cx.note(of.local(), format!("the model has no resource `{id}`")),
            }
        }
        // The first is looked at next, with all that is below it.
        open.extend(resources.into_iter().rev());
    }
    found
}

/// The operations of the service or of a resource itself.
fn collect<'a>(
    cx: &mut Cx<'a>,
    of: &Shape,
    seen: &mut HashSet<&'a str>,
    found: &mut Vec<(String, &'a Shape)>,
) {
    const LIFECYCLE: &[&str] = &["create", "put", "read", "update", "delete", "list"];
    let single = LIFECYCLE.iter().filter_map(|key| of.raw.get(key)?.text_at("target"));
    let mut ids: Vec<String> = single.map(str::to_owned).collect();
    for key in ["operations", "collectionOperations"] {
        ids.extend(targets(of.raw.get(key)));
    }
    for id in ids {
        let Some(shape) = cx.ast.get(&id) else {
            cx.note(of.local(), format!("the model has no operation `{id}`"));
            continue;
        };
        if !seen.insert(&shape.id) {
            continue;
        }
        if let Some(missing) = dangling(cx, shape) {
            let what = format!("left out: the model has no shape `{missing}`");
            cx.note(shape.local(), what);
            continue;
        }
        let renamed = cx.service.raw.get("rename").and_then(|it| it.text_at(&id));
        found.push((renamed.unwrap_or(shape.local()).to_owned(), shape));
    }
}

/// A shape that an operation refers to and that is not there.
fn dangling(cx: &Cx<'_>, operation: &Shape) -> Option<String> {
    let sides = ["input", "output"].into_iter().filter_map(|side| target(operation, side));
    let mut open: Vec<String> = sides.map(str::to_owned).chain(errors(cx, operation)).collect();
    let mut seen = HashSet::new();
    while let Some(id) = open.pop() {
        if ast::base_type(&id).is_some() || id == UNIT || !seen.insert(id.clone()) {
            continue;
        }
        match cx.ast.get(&id) {
            Some(shape) => open.extend(shape.members.iter().map(|member| member.target.clone())),
            None => return Some(id),
        }
    }
    None
}

fn target<'a>(operation: &'a Shape, side: &str) -> Option<&'a str> {
    operation.raw.get(side)?.text_at("target")
}

/// The structure of an input or output; nothing where it has none.
pub(super) fn side<'a>(cx: &Cx<'a>, operation: &'a Shape, side: &str) -> Option<&'a Shape> {
    cx.ast.get(target(operation, side).filter(|id| *id != UNIT)?)
}

/// The ids of the errors of an operation: the service's own come behind its own.
pub(super) fn errors(cx: &Cx<'_>, operation: &Shape) -> Vec<String> {
    let mut ids = targets(operation.raw.get("errors"));
    for id in targets(cx.service.raw.get("errors")) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// What is said of an operation before its members are looked at.
#[derive(Default)]
pub(super) struct Facts {
    /// Method, path and query
    http: String,
    /// What stands before the host; empty if nothing does.
    pub(super) host_prefix: String,
    customs: Customs,
}

impl Facts {
    fn new(cx: &Cx<'_>, name: &str, shape: &Shape) -> Self {
        let traits = &shape.traits;
        let endpoint = traits.get("endpoint").unwrap_or(&Json::Null);
        let host_prefix = endpoint.text_at("hostPrefix").unwrap_or_default();
        let params = endpoint_params(shape);
        let requires = ("RequiresAccountId".to_owned(), Json::Bool(true));
        let host_prefix = customs::host_prefix(cx.folder, host_prefix, params.contains(&requires));
        Self {
            http: http(cx, shape),
            host_prefix: host_prefix.unwrap_or_default().to_owned(),
            customs: self::customs(cx, name, shape),
        }
    }

    /// Whether a member of that name stands in the path.
    pub(super) fn has_label(&self, name: &str) -> bool {
        [format!("{{{name}}}"), format!("{{{name}+}}")]
            .iter()
            .any(|label| self.http.contains(label))
    }

    /// Whether a member need not be there, whatever the model says.
    pub(super) fn may_leave_out(&self, name: &str) -> bool {
        self.customs.optional.contains(&name)
    }
}

/// `POST /path?query`
fn http(cx: &Cx<'_>, shape: &Shape) -> String {
    let http = shape.traits.get("http").unwrap_or(&Json::Null);
    let method = http.text_at("method").unwrap_or("POST");
    let uri = http.text_at("uri").unwrap_or("/");
    if cx.is_rest() {
        format!("{method} {}", customs::uri(cx.folder, uri))
    } else {
        "POST /".to_owned()
    }
}

/// What no model says of an operation.
fn customs(cx: &Cx<'_>, name: &str, shape: &Shape) -> Customs {
    let input = side(cx, shape, "input");
    let members: Vec<_> = input
        .map_or(&[][..], |input| &input.members[..])
        .iter()
        .map(|member| (member.name.as_str(), ast::local(&member.target)))
        .collect();
    let output = side(cx, shape, "output");
    let payload = |output: &Shape| {
        let payload = output.members.iter().find(|member| member.traits.has("httpPayload"))?;
        cx.ast.get(&payload.target)
    };
    let is_structure = |output: &Shape| {
        let has_payload = output.members.iter().any(|member| member.traits.has("httpPayload"));
        !has_payload || payload(output).is_some_and(|target| target.kind == "structure")
    };
    let service = cx.service.traits.get("aws.api#clientEndpointDiscovery");
    let asks = service.and_then(|it| it.text_at("operation"));
    let mut customs = customs::of_operation(
        cx.folder,
        &customs::Operation {
            name,
            input: &members,
            answers_structure: output.is_some_and(is_structure),
            discovers_endpoints: asks == Some(shape.id.as_str()),
        },
    );
    // A request of this protocol says whether there is an input at all.
    if input.is_none() && cx.speaks("rpc-v2-cbor") {
        customs.traits.push("no-input".to_owned());
    }
    customs
}

pub(super) fn operation(cx: &mut Cx<'_>, name: &str, shape: &Shape) -> Json {
    let traits = &shape.traits;
    let http = traits.get("http").unwrap_or(&Json::Null);
    let mut made = Object::default();
    cx.operation = Facts::new(cx, name, shape);
    made.set("http", text(&cx.operation.http));
    if cx.is_rest() {
        // Smithy assumes 200 where nothing is said, and S3 answers a part of an object with 206 where
        // its model says 200: what is no more than usual is not held against an answer.
        let code = http.get("code").filter(|code| **code != Json::Number(200.into()));
        made.some("status", code.cloned());
    }
    made.text("docs", cx.docs(traits).as_deref());
    made.flag("readonly", traits.has("readonly"));
    made.flag("idempotent", traits.has("idempotent"));
    made.some("deprecated", shapes::deprecated(traits));
    let ast = cx.ast;
    let at = |side: &str| target(shape, side).filter(|id| *id != UNIT).and_then(|id| ast.get(id));
    if let Some(input) = at("input").filter(|input| !input.members.is_empty()) {
        made.set("input", shapes::members(cx, input, Place::Input));
    }
    if let Some(output) = at("output") {
        let mut members = shapes::members(cx, output, Place::Output);
        if let Json::Object(members) = &mut members {
            members.extend(cx.operation.customs.headers.iter().map(|(name, header)| {
                let member = [("type", text("string")), ("header", text(header))];
                let member = member.map(|(key, value)| (key.to_owned(), value));
                ((*name).to_owned(), Json::Object(member.into()))
            }));
        }
        made.set("output", members);
    }
    let errors: Vec<_> = errors(cx, shape);
    if !errors.is_empty() {
        let names = errors.iter().filter_map(|id| Some(text(&cx.name(&ast.get(id)?.id))));
        made.set("errors", Json::Array(names.collect()));
    }
    made.some("pages", pages::pages(cx, name, shape));
    rare(cx, name, shape, &mut made);
    made.some("examples", examples::of(cx, name, shape));
    made.json()
}

/// The traits that few operations have.
fn rare(cx: &mut Cx<'_>, name: &str, shape: &Shape, made: &mut Object) {
    let traits = &shape.traits;
    made.text("wire", (name != shape.local()).then_some(shape.local()));
    made.some("root", root(cx, shape));
    if cx.protocols.contains(&"query") && side(cx, shape, "output").is_some() {
        made.set("result", text(&format!("{}Result", shape.local())));
    }
    let host_prefix = Some(cx.operation.host_prefix.as_str()).filter(|it| !it.is_empty());
    made.text("hostPrefix", host_prefix);
    let mut params = endpoint_params(shape);
    let own = cx.operation.customs.endpoint_params.iter();
    params.extend(own.map(|(name, value)| ((*name).to_owned(), Json::Bool(*value))));
    if !params.is_empty() {
        made.set("endpointParams", Json::Object(params));
    }
    made.some("auth", auth::of_operation(cx, name, traits));
    made.flag("unsignedBody", traits.has("aws.auth#unsignedPayload"));
    made.some("checksum", checksum(shape));
    compression(cx, name, shape, made);
    discovery(cx, shape, made);
    let named = &cx.operation.customs.traits;
    let unwraps = named.iter().any(|name| name == "location-constraint");
    if !named.is_empty() {
        made.set("traits", Json::Array(named.iter().map(|name| text(name)).collect()));
    }
    if traits.has("aws.customizations#s3UnwrappedXmlOutput") && !unwraps {
        let what = "its output stands in the body without a root element of its own, which is not carried out yet";
        cx.note(name, what);
    }
}

fn compression(cx: &mut Cx<'_>, name: &str, shape: &Shape, made: &mut Object) {
    let Some(compression) = shape.traits.get("requestCompression") else { return };
    let gzip = compression.texts_at("encodings").contains(&"gzip");
    made.flag("compressed", gzip);
    if !gzip {
        cx.note(name, "its body is compressed in none of the ways that are known");
    }
}

fn discovery(cx: &Cx<'_>, shape: &Shape, made: &mut Object) {
    let service = cx.service.traits.get("aws.api#clientEndpointDiscovery");
    let asks = service.and_then(|it| it.text_at("operation"));
    if asks == Some(shape.id.as_str()) {
        made.set("endpointDiscovery", text("operation"));
    } else if let Some(discovery) = shape.traits.get("aws.api#clientDiscoveredEndpoint") {
        let required = discovery.flag_at("required");
        made.set("endpointDiscovery", text(if required { "required" } else { "optional" }));
    }
}

/// The root element of a request in XML that no payload is the whole of.
fn root(cx: &Cx<'_>, shape: &Shape) -> Option<Json> {
    if !cx.speaks("rest-xml") {
        return None;
    }
    let input = side(cx, shape, "input")?;
    let binds = |name: &str| input.members.iter().any(|member| member.traits.has(name));
    if binds("httpPayload") || !input.members.iter().any(shapes::is_in_body) {
        return None;
    }
    let mut root = Object::default();
    root.set("name", text(input.traits.text("xmlName").unwrap_or(input.local())));
    let namespace = input.traits.get("xmlNamespace").or(cx.service.traits.get("xmlNamespace"));
    root.text("namespace", namespace.and_then(|it| it.text_at("uri")));
    Some(root.json())
}

fn endpoint_params(shape: &Shape) -> Vec<(String, Json)> {
    let mut params = Vec::new();
    let entries = |id: &str| shape.traits.get(id).and_then(Json::as_object).unwrap_or_default();
    for (name, param) in entries("smithy.rules#staticContextParams") {
        params.extend(param.get("value").map(|value| (name.clone(), value.clone())));
    }
    for (name, param) in entries("smithy.rules#operationContextParams") {
        let path = param.text_at("path").map(text);
        params
            .extend(path.map(|path| (name.clone(), Json::Object(vec![("path".to_owned(), path)]))));
    }
    params
}

fn checksum(shape: &Shape) -> Option<Json> {
    let mut made = Object::default();
    let facts = shape.traits.get("aws.protocols#httpChecksum").unwrap_or(&Json::Null);
    made.text("algorithm", facts.text_at("requestAlgorithmMember"));
    let required =
        facts.flag_at("requestChecksumRequired") || shape.traits.has("httpChecksumRequired");
    made.flag("required", required);
    made.text("mode", facts.text_at("requestValidationModeMember"));
    let response = facts.texts_at("responseAlgorithms");
    if !response.is_empty() {
        made.set("response", Json::Array(response.into_iter().map(text).collect()));
    }
    (!made.is_empty()).then(|| made.json())
}
