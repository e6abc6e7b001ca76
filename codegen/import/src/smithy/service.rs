//! The service: protocol, auth, endpoint.

use super::ast::{Ast, Shape};
use super::{Cx, auth};
use crate::ImportError;
use crate::build::{Look, Object, text};
use crate::customs;
use typefoundry_spec::Json;

/// Protocol traits with the format's word, in the order of preference that botocore has
/// (`PRIORITY_ORDERED_SUPPORTED_PROTOCOLS` of `botocore/utils.py`).
const PROTOCOLS: &[(&str, &str)] = &[
    ("aws.protocols#awsJson1_0", "json-1.0"),
    ("aws.protocols#awsJson1_1", "json-1.1"),
    ("aws.protocols#restJson1", "rest-json"),
    ("aws.protocols#restXml", "rest-xml"),
    ("smithy.protocols#rpcv2Cbor", "rpc-v2-cbor"),
    ("aws.protocols#awsQuery", "query"),
    ("aws.protocols#ec2Query", "ec2-query"),
];

/// The one service of a model.
pub(super) fn find<'a>(file: &str, ast: &'a Ast) -> Result<&'a Shape, ImportError> {
    let services: Vec<_> = ast.shapes.iter().filter(|shape| shape.kind == "service").collect();
    match &services[..] {
        [one] => Ok(one),
        [] => Err(unknown(file, "it holds no service".to_owned())),
        several => {
            let ids: Vec<_> = several.iter().map(|it| it.id.as_str()).collect();
            Err(unknown(file, format!("it holds several services: {}", ids.join(", "))))
        }
    }
}

pub(super) fn protocols(file: &str, service: &Shape) -> Result<Vec<&'static str>, ImportError> {
    let spoken = PROTOCOLS.iter().filter(|(id, _)| service.traits.has(id));
    let spoken: Vec<_> = spoken.map(|(_, word)| *word).collect();
    if spoken.is_empty() {
        return Err(unknown(file, "its service has no protocol that is known".to_owned()));
    }
    Ok(spoken)
}

fn unknown(file: &str, reason: String) -> ImportError {
    ImportError::Unknown { file: file.to_owned(), reason }
}

pub(super) fn service(cx: &mut Cx<'_>) -> Json {
    let shape = cx.service;
    let facts = shape.traits.get("aws.api#service").unwrap_or(&Json::Null);
    let id = id(shape, facts);
    let mut service = Object::default();
    service.set("id", text(&id));
    let title = shape.traits.text("title").or(facts.text_at("sdkId"));
    service.set("title", text(title.unwrap_or(shape.local())));
    service.text("version", shape.raw.text_at("version"));
    service.text("docs", cx.docs(&shape.traits).as_deref());
    service.text("protocol", cx.protocols.first().copied());
    if cx.protocols.len() > 1 {
        let words = cx.protocols.iter().map(|word| text(word));
        service.set("protocols", Json::Array(words.collect()));
    }
    let is_rpc = |word: &&str| matches!(*word, "json-1.0" | "json-1.1" | "rpc-v2-cbor");
    if cx.protocols.iter().any(is_rpc) {
        service.set("target", text(shape.local()));
    }
    service.text("http2", http2(shape));
    service.set("auth", auth::of_service(cx));
    service.set("endpoint", endpoint(cx, facts, &id));
    let mut traits = customs::of_service(cx.folder).to_vec();
    if shape.traits.has("aws.protocols#awsQueryCompatible") {
        traits.push("query-compatible");
    }
    let xml = shape.traits.get("aws.protocols#restXml");
    if xml.and_then(|it| it.get("noErrorWrapping")) == Some(&Json::Bool(true))
        && !traits.contains(&"no-error-wrapping")
    {
        traits.push("no-error-wrapping");
    }
    if !traits.is_empty() {
        service.set("traits", Json::Array(traits.into_iter().map(text).collect()));
    }
    service.json()
}

/// botocore's name of the service, where it has customs.
pub(super) fn folder(shape: &Shape) -> &'static str {
    let facts = shape.traits.get("aws.api#service").unwrap_or(&Json::Null);
    facts.text_at("sdkId").map_or("", customs::folder)
}

/// `aws/ivs-realtime` of the SDK's name; of another provider, what the namespace says.
fn id(shape: &Shape, facts: &Json) -> String {
    if let Some(name) = facts.text_at("sdkId") {
        return format!("aws/{}", kebab(name));
    }
    let namespace = shape.id.split('#').next().unwrap_or_default();
    let mut parts = namespace.split('.').filter(|part| !matches!(*part, "com" | "org" | "net"));
    let provider = parts.next().map(kebab).filter(|part| !part.is_empty());
    format!("{}/{}", provider.as_deref().unwrap_or("example"), kebab(shape.local()))
}

/// Words in small letters: `IVS RealTime` becomes `ivs-realtime`.
fn kebab(name: &str) -> String {
    let mut id = String::new();
    for c in name.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => id.push(c.to_ascii_lowercase()),
            _ if id.ends_with('-') => {}
            _ => id.push('-'),
        }
    }
    id.trim_matches('-').to_owned()
}

/// Where the protocol prefers HTTP/2.
fn http2(shape: &Shape) -> Option<&'static str> {
    let settings = PROTOCOLS.iter().find_map(|(id, _)| shape.traits.get(id))?;
    let has = |key: &str| settings.texts_at(key).contains(&"h2");
    match (has("http"), has("eventStreamHttp")) {
        (true, _) => Some("optional"),
        (false, true) => Some("event-streams"),
        (false, false) => None,
    }
}

fn endpoint(cx: &mut Cx<'_>, facts: &Json, id: &str) -> Json {
    let shape = cx.service;
    let prefix = facts.text_at("endpointPrefix").or(facts.text_at("arnNamespace"));
    let mut endpoint = Object::default();
    if let Some(prefix) = prefix {
        endpoint.set("url", text(&format!("https://{prefix}.{{region}}.amazonaws.com")));
    } else {
        // No host has this ending (RFC 2606, §2).
        let host = id.replace('/', ".");
        endpoint.set("url", text(&format!("https://{host}.invalid")));
        cx.note(shape.local(), "the model says no endpoint: an overlay can, or the caller");
    }
    if let Some(rules) = shape.traits.get("smithy.rules#endpointRuleSet") {
        endpoint.set("rules", rules.clone());
    } else if shape.traits.has("smithy.rules#endpointBdd") {
        cx.note(shape.local(), "its endpoint rules are a decision diagram, which is left out");
    }
    endpoint.json()
}
