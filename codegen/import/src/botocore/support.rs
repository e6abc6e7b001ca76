//! What the spec format cannot say yet: looked for key by key, so that a key nobody has heard of
//! is told apart from one that is known and harmless.

use typefoundry_spec::Json;

/// Keys of an operation that are carried over, or that change neither bytes nor types.
const OPERATION: &[&str] = &[
    "name",
    "http",
    "input",
    "output",
    "errors",
    "documentation",
    "documentationUrl",
    "idempotent",
    "readonly",
    "deprecated",
    "deprecatedMessage",
    "deprecatedSince",
];
const SHAPE: &[&str] = &[
    "type",
    "members",
    "member",
    "key",
    "value",
    "documentation",
    "required",
    "min",
    "max",
    "pattern",
    "enum",
    "exception",
    "error",
    "fault",
    "box",
    "sensitive",
    "deprecated",
    "deprecatedMessage",
    "deprecatedSince",
    "union",
    "document",
    "payload",
    "timestampFormat",
    "sparse",
    "retryable",
    "synthetic",
    "locationName",
];
const MEMBER: &[&str] = &[
    "shape",
    "documentation",
    "location",
    "locationName",
    "box",
    "deprecated",
    "deprecatedMessage",
    "deprecatedSince",
    "idempotencyToken",
    "contextParam",
];

/// The first key of an operation that a spec cannot say.
pub(super) fn operation(operation: &Json) -> Option<&str> {
    beyond(operation, OPERATION)
}

/// The first key of a shape or one of its members that a spec cannot say.
pub(super) fn shape(shape: &Json) -> Option<String> {
    if let Some(key) = beyond(shape, SHAPE) {
        return Some(format!("`{key}`"));
    }
    let members = shape.get("members").and_then(Json::as_object).unwrap_or_default();
    let bad = members.iter().find_map(|(name, member)| Some((name, beyond(member, MEMBER)?)));
    bad.map(|(name, key)| format!("`{key}` of the member `{name}`"))
}

fn beyond<'a>(object: &'a Json, known: &[&str]) -> Option<&'a str> {
    let keys = object.as_object()?.iter().map(|(key, _)| key.as_str());
    keys.into_iter().find(|key| !known.contains(key))
}
