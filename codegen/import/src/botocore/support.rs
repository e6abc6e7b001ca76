//! What botocore's language knows, so that what nobody has heard of is told apart from what is carried
//! over, or known to change neither bytes nor types.
//!
//! In each table the keys that are carried over come first, and behind them, with the reason, those that
//! are not.

use super::{Cx, Parts};
use crate::Note;
use crate::build::Look;
use crate::form::Form::{Any, Each, Flag, Items, Keys, Mark, Number, Text, Texts, Word, Words};
use crate::form::{self, Form, Place, hold_keys};
use typefoundry_spec::Json;

const TOP: form::Keys = &[
    ("documentation", Text),
    ("metadata", Keys(METADATA)),
    ("operations", Any),
    ("shapes", Any),
    // The version of the language: there is one.
    ("version", Any),
    // Settings of a client, which the endpoint's rules name as their parameters.
    ("clientContextParams", Each(&Keys(&[("documentation", Any), ("type", Text)]))),
    // Examples stand in a file of their own, and botocore looks nowhere else.
    ("examples", Any),
    // A whole service that is deprecated is no part of a call.
    ("deprecated", Any),
    ("deprecatedMessage", Any),
];

const METADATA: form::Keys = &[
    ("apiVersion", Text),
    ("auth", Texts),
    ("awsQueryCompatible", Mark),
    ("endpointPrefix", Text),
    ("jsonVersion", Word(&["1.0", "1.1"])),
    ("protocol", Text),
    ("protocolSettings", Keys(&[("h2", Word(&["optional", "eventstream"]))])),
    ("protocols", Texts),
    ("serviceFullName", Text),
    ("serviceId", Text),
    ("signatureVersion", Word(&["v2", "v4", "s3", "s3v4", "bearer"])),
    ("signingName", Text),
    ("targetPrefix", Text),
    // Of Glacier's checksums, which are a custom, and S3's, which operations speak of.
    ("checksumFormat", Word(&["md5", "sha256"])),
    // Endpoints are what the rules say.
    ("globalEndpoint", Any),
    // Names for people, and of files.
    ("ripServiceName", Any),
    ("serviceAbbreviation", Any),
    ("uid", Any),
    // botocore looks at those of shapes and members alone.
    ("timestampFormat", Any),
    // botocore's requests have the namespaces of operations and members alone.
    ("xmlNamespace", Any),
];

const OPERATION: form::Keys = &[
    ("auth", Texts),
    ("authtype", Word(&["none", "v4", "v4-unsigned-body"])),
    ("deprecated", Flag),
    ("deprecatedMessage", Text),
    ("documentation", Text),
    ("endpoint", Keys(&[("hostPrefix", Text)])),
    ("endpointdiscovery", Keys(&[("required", Flag)])),
    ("endpointoperation", Flag),
    ("errors", Items(&Keys(ERROR_REFERENCE))),
    ("http", Keys(HTTP)),
    ("httpChecksum", Keys(CHECKSUM)),
    ("httpChecksumRequired", Flag),
    ("idempotent", Flag),
    ("input", Keys(SIDE)),
    ("name", Text),
    ("operationContextParams", Each(&Keys(&[("path", Text)]))),
    ("output", Keys(SIDE)),
    ("readonly", Flag),
    ("requestcompression", Keys(&[("encodings", Words(&["gzip"]))])),
    ("staticContextParams", Each(&Keys(&[("value", Any)]))),
    ("unsignedPayload", Flag),
    // Another name for Python's method.
    ("alias", Any),
    // For people.
    ("deprecatedSince", Any),
    ("documentationUrl", Any),
];

const HTTP: form::Keys = &[("method", Text), ("requestUri", Text), ("responseCode", Number)];

const CHECKSUM: form::Keys = &[
    ("requestAlgorithmMember", Text),
    ("requestChecksumRequired", Flag),
    ("requestValidationModeMember", Text),
    ("responseAlgorithms", Texts),
];

const SIDE: form::Keys = &[
    ("locationName", Text),
    ("resultWrapper", Text),
    ("shape", Text),
    ("xmlNamespace", NAMESPACE),
    // What the shape says of itself counts.
    ("documentation", Any),
    // Answers of queries are unwrapped by `resultWrapper`.
    ("wrapper", Any),
];

const ERROR_REFERENCE: form::Keys = &[
    ("shape", Text),
    // The shape itself says this, too, and botocore asks it.
    ("documentation", Any),
    ("error", Any),
    ("exception", Any),
    ("fault", Any),
];

/// Bare, or an object: each is known to the importer.
const NAMESPACE: Form = Any;

const FORMAT: Form = Word(&["iso8601", "rfc822", "unixTimestamp"]);

const LOCATION: Form = Word(&["header", "headers", "querystring", "statusCode", "uri"]);

const SHAPE: form::Keys = &[
    ("deprecated", Flag),
    ("deprecatedMessage", Text),
    ("document", Flag),
    ("documentation", Text),
    ("enum", Texts),
    ("error", Keys(ERROR)),
    ("eventstream", Flag),
    ("exception", Flag),
    ("fault", Flag),
    ("flattened", Flag),
    ("jsonvalue", Flag),
    ("key", Keys(ELEMENT)),
    ("location", LOCATION),
    ("locationName", Text),
    ("max", Number),
    ("member", Keys(ELEMENT)),
    ("members", Any),
    ("min", Number),
    ("pattern", Text),
    ("payload", Text),
    ("queryName", Text),
    ("required", Texts),
    ("requiresLength", Flag),
    ("retryable", Keys(&[("throttling", Flag)])),
    ("sensitive", Flag),
    ("sparse", Flag),
    ("streaming", Flag),
    ("timestampFormat", FORMAT),
    ("type", Any),
    ("union", Flag),
    ("value", Keys(ELEMENT)),
    ("xmlAttribute", Flag),
    ("xmlNamespace", NAMESPACE),
    // Whether a number may be absent: members say it by `required`.
    ("box", Any),
    // For people.
    ("deprecatedSince", Any),
    // What an event stream refers to is an event.
    ("event", Any),
    // Whoever made the model made the shape, too.
    ("synthetic", Any),
    // Answers of queries are unwrapped by `resultWrapper`.
    ("wrapper", Any),
    // The order of elements, which is that of the members.
    ("xmlOrder", Any),
];

const ERROR: form::Keys =
    &[("code", Text), ("fault", Flag), ("httpStatusCode", Number), ("senderFault", Flag)];

const ELEMENT: form::Keys = &[
    ("flattened", Flag),
    ("locationName", Text),
    ("shape", Text),
    ("timestampFormat", FORMAT),
    ("xmlNamespace", NAMESPACE),
    // A spec documents shapes and members.
    ("documentation", Any),
    ("box", Any),
    // It is about headers, and no element of a list has one to itself.
    ("jsonvalue", Any),
];

const MEMBER: form::Keys = &[
    ("contextParam", Keys(&[("name", Text)])),
    ("deprecated", Flag),
    ("deprecatedMessage", Text),
    ("documentation", Text),
    ("endpointdiscoveryid", Flag),
    ("enum", Texts),
    ("eventheader", Flag),
    ("eventpayload", Flag),
    ("flattened", Flag),
    ("hostLabel", Flag),
    ("idempotencyToken", Flag),
    ("jsonvalue", Flag),
    ("location", LOCATION),
    ("locationName", Text),
    ("queryName", Text),
    ("shape", Text),
    ("streaming", Flag),
    ("timestampFormat", FORMAT),
    ("xmlAttribute", Flag),
    ("xmlNamespace", NAMESPACE),
    // As of shapes.
    ("box", Any),
    ("deprecatedSince", Any),
];

const PAGINATORS: form::Keys = &[
    ("pagination", Each(&Keys(PAGINATOR))),
    // The version of the language: there is one.
    ("version", Any),
];

const PAGINATOR: form::Keys = &[
    ("input_token", Any),
    ("limit_key", Text),
    ("more_results", Text),
    ("non_aggregate_keys", Any),
    ("output_token", Any),
    ("result_key", Any),
];

const WAITERS: form::Keys = &[
    ("waiters", Each(&Keys(WAITER))),
    // The version of the language, of which this is the only one that is read.
    ("version", Any),
];

const WAITER: form::Keys = &[
    ("acceptors", Items(&Keys(ACCEPTOR))),
    ("delay", Number),
    ("description", Text),
    ("maxAttempts", Number),
    ("operation", Text),
];

const ACCEPTOR: form::Keys = &[
    ("argument", Text),
    ("expected", Any),
    ("matcher", Word(&["error", "path", "pathAll", "pathAny", "status"])),
    ("state", Word(&["failure", "retry", "success"])),
];

const EXAMPLES: form::Keys = &[
    ("examples", Each(&Items(&Keys(EXAMPLE)))),
    // The version of the language: there is one.
    ("version", Any),
];

const EXAMPLE: form::Keys = &[
    ("description", Text),
    ("id", Text),
    ("input", Any),
    ("output", Any),
    ("title", Text),
    // Remarks on single values, which an example of a spec has no room for.
    ("comments", Any),
];

/// What a file of extras holds.
pub(super) const EXTRAS: form::Keys = &[
    ("merge", Any),
    // The version of the language: there is one.
    ("version", Any),
];

/// Types whose values need not fit into what a spec has for them.
const NARROWED: &[(&str, &str)] = &[("bigdecimal", "double"), ("biginteger", "long")];

const TYPES: &[&str] = &[
    "blob",
    "boolean",
    "byte",
    "character",
    "double",
    "float",
    "integer",
    "list",
    "long",
    "map",
    "short",
    "string",
    "structure",
    "timestamp",
];

/// Notes everything that is not known, and what is said of operations that are not there.
pub(super) fn report(cx: &mut Cx<'_>, parts: &Parts) {
    let model = cx.model;
    let notes = &mut cx.notes;
    hold_keys(TOP, model, Place::Root("the model"), notes);
    for (name, operation) in model.entries_at("operations") {
        hold_keys(OPERATION, operation, Place::Root(name), notes);
    }
    for (name, shape) in model.entries_at("shapes") {
        self::shape(name, shape, notes);
    }
    if let Some(paginators) = &parts.paginators {
        hold_keys(PAGINATORS, paginators, Place::Root("paginators"), notes);
        absent(model, paginators.entries_at("pagination"), "a paginator", notes);
    }
    if let Some(waiters) = &parts.waiters {
        hold_keys(WAITERS, waiters, Place::Root("waiters"), notes);
    }
    // They are part of the documentation.
    if let Some(examples) = parts.examples.as_ref().filter(|_| cx.docs.is_wanted()) {
        hold_keys(EXAMPLES, examples, Place::Root("examples"), notes);
        absent(model, examples.entries_at("examples"), "an example", notes);
    }
}

fn shape(name: &str, shape: &Json, notes: &mut Vec<Note>) {
    let place = Place::Root(name);
    hold_keys(SHAPE, shape, place, notes);
    for (name, member) in shape.entries_at("members") {
        Keys(MEMBER).hold(member, place.key(name), notes);
    }
    let kind = shape.text_at("type").unwrap_or_default();
    let narrowed = NARROWED.iter().find(|(wide, _)| *wide == kind);
    let what = match narrowed {
        Some((_, narrow)) => {
            format!(
                "`{kind}` becomes `{narrow}`: what does not fit into one loses digits, or is refused"
            )
        }
        None if TYPES.contains(&kind) => return,
        None => format!("there is no type `{kind}`"),
    };
    notes.push(Note { place: name.to_owned(), what });
}

/// Notes what is said of operations that the model has not.
fn absent(model: &Json, named: &[(String, Json)], what: &str, notes: &mut Vec<Note>) {
    let operations = model.get("operations");
    let is_there = |name: &str| operations.is_some_and(|it| it.get(name).is_some());
    for (name, _) in named.iter().filter(|(name, _)| !is_there(name)) {
        let what = format!("{what} is left out: the model has no operation of this name");
        notes.push(Note { place: name.clone(), what });
    }
}
