//! The service: protocol, auth, endpoint.

use super::{Cx, Parts, endpoint_rules};
use crate::ImportError;
use crate::build::{Look, Object, text};
use crate::customs;
use typefoundry_spec::Json;

/// botocore's order of preference where a service speaks several protocols
/// (`PRIORITY_ORDERED_SUPPORTED_PROTOCOLS` of `botocore/utils.py`).
const PREFERENCE: &[&str] =
    &["json", "rest-json", "rest-xml", "smithy-rpc-v2-cbor", "query", "ec2"];

/// The protocols that a model names, by botocore's words, the preferred one first.
fn protocols(metadata: &Json) -> Vec<&str> {
    let mut named = metadata.texts_at("protocols");
    if named.is_empty() {
        named.extend(metadata.text_at("protocol"));
    }
    let rank = |word: &&str| PREFERENCE.iter().position(|known| known == word);
    named.sort_by_key(|word| rank(word).unwrap_or(PREFERENCE.len()));
    named
}

/// Whether a message of the service may be XML or the parameters of a query.
pub(super) fn is_xml(model: &Json) -> bool {
    let metadata = model.get("metadata").unwrap_or(&Json::Null);
    protocols(metadata).iter().any(|word| matches!(*word, "rest-xml" | "query" | "ec2"))
}

/// Whether a model names a protocol, by botocore's word.
pub(super) fn speaks(metadata: &Json, word: &str) -> bool {
    protocols(metadata).contains(&word)
}

/// Whether members of a message may stand outside of its body.
pub(super) fn is_rest(model: &Json) -> bool {
    let metadata = model.get("metadata").unwrap_or(&Json::Null);
    protocols(metadata).iter().any(|word| matches!(*word, "rest-xml" | "rest-json"))
}

/// The format's word for a protocol.
fn protocol(word: &str, metadata: &Json) -> Option<&'static str> {
    Some(match word {
        "rest-json" => "rest-json",
        "rest-xml" => "rest-xml",
        "query" => "query",
        "ec2" => "ec2-query",
        "smithy-rpc-v2-cbor" => "rpc-v2-cbor",
        // Models from before `jsonVersion` speak the older one.
        "json" if metadata.text_at("jsonVersion") == Some("1.1") => "json-1.1",
        "json" => "json-1.0",
        _ => return None,
    })
}

pub(super) fn service(cx: &mut Cx<'_>, file: &str, parts: &Parts) -> Result<Json, ImportError> {
    let metadata = cx.model.get("metadata").unwrap_or(&Json::Null);
    let need = |key: &str| {
        metadata.text_at(key).ok_or_else(|| ImportError::Broken {
            file: file.to_owned(),
            place: "metadata".to_owned(),
            reason: format!("it has no `{key}`"),
        })
    };
    let mut spoken = Vec::new();
    for word in protocols(metadata) {
        match protocol(word, metadata) {
            Some(protocol) => spoken.push(protocol),
            None => cx.note("metadata", format!("the protocol `{word}` is not known")),
        }
    }
    let Some(first) = spoken.first() else {
        return Err(ImportError::Unknown {
            file: file.to_owned(),
            reason: "it names no protocol that is known".to_owned(),
        });
    };
    let prefix = need("endpointPrefix")?;
    let id = parts.folder.as_deref().unwrap_or(prefix);
    let mut service = Object::default();
    service.set("id", text(&format!("aws/{}", kebab(id))));
    let title = metadata.text_at("serviceFullName").or(metadata.text_at("serviceId"));
    service.set("title", text(title.unwrap_or(id)));
    service.text("version", metadata.text_at("apiVersion"));
    service.text("docs", cx.docs(cx.model).as_deref());
    service.set("protocol", text(first));
    if spoken.len() > 1 {
        service.set("protocols", Json::Array(spoken.iter().map(|word| text(word)).collect()));
    }
    service.text("target", metadata.text_at("targetPrefix"));
    service.text(
        "http2",
        match metadata.get("protocolSettings").and_then(|it| it.text_at("h2")) {
            Some("eventstream") => Some("event-streams"),
            Some(_) => Some("optional"),
            None => None,
        },
    );
    service.set("auth", auth(cx, metadata, prefix));
    let mut endpoint = Object::default();
    endpoint.set("url", text(&format!("https://{prefix}.{{region}}.amazonaws.com")));
    if let Some(rules) = &parts.rules {
        endpoint.set("rules", endpoint_rules("endpoint-rule-set-1.json", rules)?);
    }
    service.set("endpoint", endpoint.json());
    let mut traits = customs::of_service(parts.folder.as_deref().unwrap_or_default()).to_vec();
    if metadata.get("awsQueryCompatible").is_some() {
        traits.push("query-compatible");
    }
    if !traits.is_empty() {
        service.set("traits", Json::Array(traits.into_iter().map(text).collect()));
    }
    Ok(service.json())
}

/// A folder's name as a service id has it: `runtime.lex.v2` becomes `runtime-lex-v2`.
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

/// The format's word for an auth type of Smithy.
pub(super) fn scheme(name: &str) -> Option<&'static str> {
    Some(match name {
        "aws.auth#sigv4" => "sigv4",
        "aws.auth#sigv4a" => "sigv4a",
        "smithy.api#httpBearerAuth" => "bearer",
        "smithy.api#noAuth" => "none",
        _ => return None,
    })
}

fn auth(cx: &mut Cx<'_>, metadata: &Json, prefix: &str) -> Json {
    let signing = metadata.text_at("signingName").unwrap_or(prefix);
    let mut schemes = Vec::new();
    for name in metadata.texts_at("auth") {
        match scheme(name) {
            Some(scheme) => schemes.push(scheme),
            None => cx.note("metadata", format!("the auth type `{name}` is not known")),
        }
    }
    if schemes.is_empty() {
        schemes.push(match metadata.text_at("signatureVersion") {
            Some("v2") => "sigv2",
            Some("bearer") => "bearer",
            // `s3` and `s3v4` are version 4 with S3's own rules for paths.
            _ => "sigv4",
        });
    }
    let settings = |scheme: &str| match scheme {
        "sigv4" | "sigv4a" => vec![("name".to_owned(), text(signing))],
        _ => Vec::new(),
    };
    let schemes = schemes.into_iter().map(|it| (it.to_owned(), Json::Object(settings(it))));
    Json::Object(schemes.collect())
}
