//! Traits: looked for one by one, so that a trait nobody has heard of is told apart from one that
//! is carried over, or known to change neither bytes nor types.

use super::Cx;
use super::ast::{Shape, Traits};
use std::collections::BTreeSet;

/// What the importer reads.
const CARRIED: &[&str] = &[
    "auth",
    "clientOptional",
    "default",
    "deprecated",
    "documentation",
    "endpoint",
    "enum",
    "enumValue",
    "error",
    "eventHeader",
    "eventPayload",
    "examples",
    "hostLabel",
    "http",
    "httpApiKeyAuth",
    "httpBasicAuth",
    "httpBearerAuth",
    "httpChecksumRequired",
    "httpDigestAuth",
    "httpError",
    "httpHeader",
    "httpLabel",
    "httpPayload",
    "httpPrefixHeaders",
    "httpQuery",
    "httpQueryParams",
    "httpResponseCode",
    "idempotencyToken",
    "idempotent",
    "jsonName",
    "length",
    "mediaType",
    "mixin",
    "optionalAuth",
    "paginated",
    "pattern",
    "range",
    "readonly",
    "requestCompression",
    "required",
    "requiresLength",
    "retryable",
    "sensitive",
    "sparse",
    "streaming",
    "timestampFormat",
    "title",
    "xmlAttribute",
    "xmlFlattened",
    "xmlName",
    "xmlNamespace",
    "aws.api#clientDiscoveredEndpoint",
    "aws.api#clientEndpointDiscovery",
    "aws.api#clientEndpointDiscoveryId",
    "aws.api#service",
    "aws.auth#sigv4",
    "aws.auth#sigv4a",
    "aws.auth#unsignedPayload",
    "aws.customizations#s3UnwrappedXmlOutput",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQuery",
    "aws.protocols#awsQueryCompatible",
    "aws.protocols#awsQueryError",
    "aws.protocols#ec2Query",
    "aws.protocols#ec2QueryName",
    "aws.protocols#httpChecksum",
    "aws.protocols#restJson1",
    "aws.protocols#restXml",
    "smithy.protocols#rpcv2Cbor",
    "smithy.rules#contextParam",
    "smithy.rules#endpointBdd",
    "smithy.rules#endpointRuleSet",
    "smithy.rules#operationContextParams",
    "smithy.rules#staticContextParams",
    "smithy.waiters#waitable",
];

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

/// Notes every trait that is not known.
pub(super) fn report(cx: &mut Cx<'_>, operations: &[(String, &Shape)], closure: &BTreeSet<&str>) {
    let service = cx.service;
    of(cx, service.local(), &service.traits);
    for (name, operation) in operations {
        of(cx, name, &operation.traits);
    }
    let ast = cx.ast;
    for shape in closure.iter().filter_map(|id| ast.get(id)) {
        of(cx, shape.local(), &shape.traits);
        for member in &shape.members {
            let place = || format!("{}.{}", shape.local(), member.name);
            if unknown(&member.traits).next().is_some() {
                of(cx, &place(), &member.traits);
            }
            for name in OF_SHAPES.iter().filter(|name| member.traits.has(name)) {
                let what = format!("its own `{name}` is left out: a spec says it of shapes");
                cx.note(place(), what);
            }
        }
    }
}

fn of(cx: &mut Cx<'_>, place: &str, traits: &Traits) {
    for id in unknown(traits) {
        cx.note(place, format!("the trait `{id}` is not known, and left out"));
    }
}

fn unknown(traits: &Traits) -> impl Iterator<Item = &str> {
    let is_known = |id: &&str| {
        let name = id.strip_prefix("smithy.api#").unwrap_or(id);
        CARRIED.contains(&name)
            || HARMLESS.contains(&name)
            || HARMLESS_NAMESPACES.iter().any(|start| id.starts_with(start))
    };
    traits.ids().filter(move |id| !is_known(id))
}
