//! Traits: looked for one by one, so that a trait nobody has heard of is told apart from one that
//! is carried over, or known to change neither bytes nor types.

use super::Cx;
use super::ast::{Shape, Traits};
use crate::Note;
use crate::build::Look;
use crate::form::Form::{Any, Each, Flag, Items, Mark, Number, Text, Texts, Word};
use crate::form::{Form, Keys, Place, hold_keys};
use std::collections::BTreeSet;
use typefoundry_spec::Json;

/// What the importer reads of a trait.
const CARRIED: Keys = &[
    ("auth", Texts),
    ("clientOptional", Mark),
    ("default", Any),
    // Since when is for people.
    ("deprecated", Form::Keys(&[("message", Text), ("since", Any)])),
    ("documentation", Text),
    ("endpoint", Form::Keys(&[("hostPrefix", Text)])),
    ("enum", Items(&Form::Keys(ENUM_VALUE))),
    ("enumValue", Any),
    ("error", Word(&["client", "server"])),
    ("eventHeader", Mark),
    ("eventPayload", Mark),
    ("examples", Items(&Form::Keys(EXAMPLE))),
    ("hostLabel", Mark),
    ("http", Form::Keys(&[("code", Number), ("method", Text), ("uri", Text)])),
    ("httpApiKeyAuth", Form::Keys(&[("in", Word(&["header", "query"])), ("name", Text)])),
    ("httpBasicAuth", Mark),
    ("httpBearerAuth", Mark),
    ("httpChecksumRequired", Mark),
    ("httpDigestAuth", Mark),
    ("httpError", Number),
    ("httpHeader", Text),
    ("httpLabel", Mark),
    ("httpPayload", Mark),
    ("httpPrefixHeaders", Text),
    ("httpQuery", Text),
    ("httpQueryParams", Mark),
    ("httpResponseCode", Mark),
    ("idempotencyToken", Mark),
    ("idempotent", Mark),
    ("jsonName", Text),
    ("length", LIMITS),
    ("mediaType", Text),
    ("mixin", Form::Keys(&[("localTraits", Texts)])),
    ("optionalAuth", Mark),
    ("paginated", Form::Keys(PAGINATED)),
    ("pattern", Text),
    ("range", LIMITS),
    ("readonly", Mark),
    ("requestCompression", Form::Keys(&[("encodings", Texts)])),
    ("required", Mark),
    ("requiresLength", Mark),
    ("retryable", Form::Keys(&[("throttling", Flag)])),
    ("sensitive", Mark),
    ("sparse", Mark),
    ("streaming", Mark),
    ("timestampFormat", Word(&["date-time", "epoch-seconds", "http-date"])),
    ("title", Text),
    ("xmlAttribute", Mark),
    ("xmlFlattened", Mark),
    ("xmlName", Text),
    ("xmlNamespace", Form::Keys(&[("prefix", Text), ("uri", Text)])),
    ("aws.api#clientDiscoveredEndpoint", Form::Keys(&[("required", Flag)])),
    // Any error of an endpoint that is not known has it asked for again.
    ("aws.api#clientEndpointDiscovery", Form::Keys(&[("error", Any), ("operation", Text)])),
    ("aws.api#clientEndpointDiscoveryId", Mark),
    ("aws.api#service", Form::Keys(SERVICE_FACTS)),
    ("aws.auth#sigv4", Form::Keys(&[("name", Text)])),
    ("aws.auth#sigv4a", Form::Keys(&[("name", Text)])),
    ("aws.auth#unsignedPayload", Mark),
    ("aws.customizations#s3UnwrappedXmlOutput", Mark),
    ("aws.protocols#awsJson1_0", PROTOCOL),
    ("aws.protocols#awsJson1_1", PROTOCOL),
    ("aws.protocols#awsQuery", Mark),
    ("aws.protocols#awsQueryCompatible", Mark),
    ("aws.protocols#awsQueryError", Form::Keys(&[("code", Text), ("httpResponseCode", Number)])),
    ("aws.protocols#ec2Query", Mark),
    ("aws.protocols#ec2QueryName", Text),
    ("aws.protocols#httpChecksum", Form::Keys(CHECKSUM)),
    ("aws.protocols#restJson1", PROTOCOL),
    ("aws.protocols#restXml", PROTOCOL),
    ("smithy.protocols#rpcv2Cbor", PROTOCOL),
    ("smithy.rules#contextParam", Form::Keys(&[("name", Text)])),
    ("smithy.rules#endpointBdd", Any),
    ("smithy.rules#endpointRuleSet", Any),
    ("smithy.rules#operationContextParams", Each(&Form::Keys(&[("path", Text)]))),
    ("smithy.rules#staticContextParams", Each(&Form::Keys(&[("value", Any)]))),
    ("smithy.waiters#waitable", Each(&Form::Keys(WAITER))),
];

const ENUM_VALUE: Keys = &[
    ("documentation", Text),
    ("value", Text),
    // A value is its own name, and the rest is for people.
    ("deprecated", Any),
    ("name", Any),
    ("tags", Any),
];

const EXAMPLE: Keys = &[
    ("documentation", Text),
    ("error", Form::Keys(&[("content", Any), ("shapeId", Text)])),
    ("input", Any),
    ("output", Any),
    ("title", Text),
    // Inputs are not held against limits.
    ("allowConstraintErrors", Any),
];

const LIMITS: Form = Form::Keys(&[("max", Number), ("min", Number)]);

const PAGINATED: Keys =
    &[("inputToken", Text), ("items", Text), ("outputToken", Text), ("pageSize", Text)];

const SERVICE_FACTS: Keys = &[
    ("arnNamespace", Text),
    ("endpointPrefix", Text),
    ("sdkId", Text),
    // Names in other tools.
    ("cloudFormationName", Any),
    ("cloudTrailEventSource", Any),
    ("docId", Any),
];

const PROTOCOL: Form = Form::Keys(&[
    ("eventStreamHttp", Texts),
    ("http", Texts),
    // Errors in XML are read with a wrapper and without.
    ("noErrorWrapping", Any),
]);

const CHECKSUM: Keys = &[
    ("requestAlgorithmMember", Text),
    ("requestChecksumRequired", Flag),
    ("requestValidationModeMember", Text),
    ("responseAlgorithms", Texts),
];

const WAITER: Keys = &[
    ("acceptors", Items(&Form::Keys(ACCEPTOR))),
    ("documentation", Text),
    ("maxDelay", Number),
    ("minDelay", Number),
    // For people.
    ("deprecated", Any),
    ("tags", Any),
];

const ACCEPTOR: Keys =
    &[("matcher", Form::Keys(MATCHER)), ("state", Word(&["failure", "retry", "success"]))];

const MATCHER: Keys = &[
    ("errorType", Text),
    ("inputOutput", Form::Keys(COMPARISON)),
    ("output", Form::Keys(COMPARISON)),
    ("success", Flag),
];

const COMPARISON: Keys = &[("comparator", Text), ("expected", Text), ("path", Text)];

/// What changes neither bytes nor types: words for other tools, facts about resources, and tests.
const HARMLESS: &[&str] = &[
    "addedDefault",
    "box",
    "cors",
    "externalDocumentation",
    "input",
    "internal",
    "noReplace",
    "nestedProperties",
    "notProperty",
    "output",
    "private",
    "property",
    "recommended",
    "references",
    "resourceIdentifier",
    "since",
    "suppress",
    "tags",
    "trait",
    "unitTest",
    "uniqueItems",
    "unstable",
    "aws.api#arn",
    "aws.api#arnReference",
    "aws.api#controlPlane",
    "aws.api#data",
    "aws.api#dataPlane",
    "aws.api#tagEnabled",
    "aws.api#taggable",
    // botocore and the rule sets themselves say which parameters a client has.
    "smithy.rules#clientContextParams",
];

/// Namespaces all of whose traits are harmless.
const HARMLESS_NAMESPACES: &[&str] = &[
    "aws.cloudformation#",
    "aws.iam#",
    "aws.tagging#",
    "smithy.contracts#",
    "smithy.jmespath#",
    "smithy.openapi#",
    "smithy.test#",
    "smithy.rules#endpointTests",
];

/// Traits that a spec says of a shape alone, and not of a member.
const OF_SHAPES: &[&str] = &["length", "pattern", "range"];

/// The keys of a model.
const TOP: Keys = &[
    ("shapes", Any),
    ("smithy", Any),
    // Words for Smithy's own tools: what to validate, and what of it to keep quiet.
    ("metadata", Any),
];

const REFERENCE: Form = Form::Keys(&[("target", Text)]);

const REFERENCES: Form = Items(&REFERENCE);

const MEMBER: Form = Form::Keys(&[("target", Text), ("traits", Each(&Any))]);

/// The keys that a shape of any type has.
const SHAPE: Keys = &[("mixins", REFERENCES), ("traits", Each(&Any)), ("type", Text)];

/// The other keys of each type.
const TYPES: &[(&[&str], Keys)] = &[
    (&["structure", "union", "enum", "intEnum"], &[("members", Each(&MEMBER))]),
    (&["list", "set"], &[("member", MEMBER)]),
    (&["map"], &[("key", MEMBER), ("value", MEMBER)]),
    (&["operation"], &[("errors", REFERENCES), ("input", REFERENCE), ("output", REFERENCE)]),
    (
        &["service"],
        &[
            ("errors", REFERENCES),
            ("operations", REFERENCES),
            ("rename", Each(&Text)),
            ("resources", REFERENCES),
            ("version", Text),
        ],
    ),
    (
        &["resource"],
        &[
            ("collectionOperations", REFERENCES),
            ("create", REFERENCE),
            ("delete", REFERENCE),
            ("list", REFERENCE),
            ("operations", REFERENCES),
            ("put", REFERENCE),
            ("read", REFERENCE),
            ("resources", REFERENCES),
            ("update", REFERENCE),
            // Which members name one, and which are its state: calls have all of them.
            ("identifiers", Any),
            ("properties", Any),
        ],
    ),
    (
        &[
            "apply",
            "bigDecimal",
            "bigInteger",
            "blob",
            "boolean",
            "byte",
            "document",
            "double",
            "float",
            "integer",
            "long",
            "short",
            "string",
            "timestamp",
        ],
        &[],
    ),
];

/// Types whose values need not fit into what a spec has for them, in small letters.
const NARROWED: &[(&str, &str)] = &[("bigdecimal", "double"), ("biginteger", "long")];

/// Notes every key of the model and of its shapes that is not known, and every type.
pub(super) fn keys(model: &Json, notes: &mut Vec<Note>) {
    hold_keys(TOP, model, Place::Root("the model"), notes);
    for (id, shape) in model.entries_at("shapes") {
        let kind = shape.text_at("type").unwrap_or_default();
        let Some((_, more)) = TYPES.iter().find(|(kinds, _)| kinds.contains(&kind)) else {
            let what = format!("there is no type `{kind}`: it is taken for a document");
            notes.push(Note { place: id.clone(), what });
            continue;
        };
        for (key, value) in shape.as_object().unwrap_or_default() {
            let known = SHAPE.iter().chain(*more).find(|(known, _)| known == key);
            if let Some((_, form)) = known {
                form.hold(value, Place::Root(id).key(key), notes);
            } else {
                let what = format!("`{key}` is not known, and left out");
                notes.push(Note { place: id.clone(), what });
            }
        }
    }
}

/// Notes every trait that is not known, and what of those that are.
pub(super) fn report(cx: &mut Cx<'_>, operations: &[(String, &Shape)], closure: &BTreeSet<&str>) {
    let service = cx.service;
    of(cx, Place::Root(service.local()), &service.traits);
    for (name, operation) in operations {
        of(cx, Place::Root(name), &operation.traits);
    }
    let ast = cx.ast;
    for resource in ast.shapes.iter().filter(|shape| shape.kind == "resource") {
        of(cx, Place::Root(resource.local()), &resource.traits);
    }
    for shape in closure.iter().filter_map(|id| ast.get(id)) {
        let place = Place::Root(shape.local());
        of(cx, place, &shape.traits);
        narrowed(cx, place, &shape.kind);
        for member in &shape.members {
            let place = place.key(&member.name);
            of(cx, place, &member.traits);
            narrowed(cx, place, member.target.strip_prefix("smithy.api#").unwrap_or_default());
            for name in OF_SHAPES.iter().filter(|name| member.traits.has(name)) {
                let what = format!("its own `{name}` is left out: a spec says it of shapes");
                cx.note(place.to_string(), what);
            }
        }
    }
}

/// Notes a type whose values are more than what a spec has for them.
fn narrowed(cx: &mut Cx<'_>, place: Place<'_>, kind: &str) {
    let is_it = |(wide, _): &&(&str, &str)| kind.eq_ignore_ascii_case(wide);
    if let Some((_, narrow)) = NARROWED.iter().find(is_it) {
        let what = format!(
            "`{kind}` becomes `{narrow}`: what does not fit into one loses digits, or is refused"
        );
        cx.note(place.to_string(), what);
    }
}

fn of(cx: &mut Cx<'_>, place: Place<'_>, traits: &Traits) {
    for (id, value) in traits.all() {
        let name = id.strip_prefix("smithy.api#").unwrap_or(id);
        match CARRIED.iter().find(|(known, _)| *known == name) {
            Some((_, form)) => form.hold(value, place.key(name), &mut cx.notes),
            None if is_harmless(id, name) => {}
            None => {
                let what = format!("the trait `{id}` is not known, and left out");
                cx.note(place.to_string(), what);
            }
        }
    }
}

fn is_harmless(id: &str, name: &str) -> bool {
    HARMLESS.contains(&name) || HARMLESS_NAMESPACES.iter().any(|start| id.starts_with(start))
}
