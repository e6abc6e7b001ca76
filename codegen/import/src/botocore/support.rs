//! Keys of the language: looked for one by one, so that a key nobody has heard of is told apart
//! from one that is carried over, or known to change neither bytes nor types.

use super::Cx;
use crate::build::Look;
use typefoundry_spec::Json;

const METADATA: &[&str] = &[
    "apiVersion",
    "auth",
    "awsQueryCompatible",
    "checksumFormat",
    "endpointPrefix",
    "globalEndpoint",
    "jsonVersion",
    "protocol",
    "protocolSettings",
    "protocols",
    "ripServiceName",
    "serviceAbbreviation",
    "serviceFullName",
    "serviceId",
    "signatureVersion",
    "signingName",
    "targetPrefix",
    "timestampFormat",
    "uid",
    "xmlNamespace",
];
const OPERATION: &[&str] = &[
    "alias",
    "auth",
    "authtype",
    "deprecated",
    "deprecatedMessage",
    "deprecatedSince",
    "documentation",
    "documentationUrl",
    "endpoint",
    "endpointdiscovery",
    "endpointoperation",
    "errors",
    "http",
    "httpChecksum",
    "httpChecksumRequired",
    "idempotent",
    "input",
    "name",
    "operationContextParams",
    "output",
    "readonly",
    "requestcompression",
    "staticContextParams",
    "unsignedPayload",
];
const SHAPE: &[&str] = &[
    "box",
    "deprecated",
    "deprecatedMessage",
    "deprecatedSince",
    "document",
    "documentation",
    "enum",
    "error",
    "event",
    "eventstream",
    "exception",
    "fault",
    "flattened",
    "jsonvalue",
    "key",
    "locationName",
    "max",
    "member",
    "members",
    "min",
    "pattern",
    "payload",
    "required",
    "requiresLength",
    "retryable",
    "sensitive",
    "sparse",
    "streaming",
    "synthetic",
    "timestampFormat",
    "type",
    "union",
    "value",
    "wrapper",
    "xmlNamespace",
    "xmlOrder",
];
const MEMBER: &[&str] = &[
    "box",
    "contextParam",
    "deprecated",
    "deprecatedMessage",
    "deprecatedSince",
    "documentation",
    "endpointdiscoveryid",
    "enum",
    "eventheader",
    "eventpayload",
    "flattened",
    "hostLabel",
    "idempotencyToken",
    "jsonvalue",
    "location",
    "locationName",
    "queryName",
    "shape",
    "streaming",
    "timestampFormat",
    "xmlAttribute",
    "xmlNamespace",
];

/// Notes every key that is not known.
pub(super) fn report(cx: &mut Cx<'_>) {
    let model = cx.model;
    beyond(cx, "metadata", model.get("metadata"), METADATA);
    for (name, operation) in model.entries_at("operations") {
        beyond(cx, name, Some(operation), OPERATION);
    }
    for (name, shape) in model.entries_at("shapes") {
        beyond(cx, name, Some(shape), SHAPE);
        for (member_name, member) in shape.entries_at("members") {
            // Text is made where there is something to say alone.
            if unknown(member, MEMBER).next().is_some() {
                beyond(cx, &format!("{name}.{member_name}"), Some(member), MEMBER);
            }
        }
    }
}

fn beyond(cx: &mut Cx<'_>, place: &str, object: Option<&Json>, known: &[&str]) {
    for key in object.into_iter().flat_map(|object| unknown(object, known)) {
        cx.note(place, format!("`{key}` is not known, and left out"));
    }
}

fn unknown<'o>(object: &'o Json, known: &[&str]) -> impl Iterator<Item = &'o str> {
    let keys = object.as_object().unwrap_or_default().iter().map(|(key, _)| key.as_str());
    keys.filter(move |key| !known.contains(key))
}
