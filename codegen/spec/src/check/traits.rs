//! Traits that few members and operations have: host labels, streams, checksums, XML.

use crate::diagnostics::{Code, Diagnostic, Diagnostics, codes};
use crate::location::Span;
use crate::model::{Binding, Kind, Member, Model, Operation};
use crate::words::suggest;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for operation in &model.operations {
        host_labels(model, operation, diagnostics);
        checksum(operation, diagnostics);
        for members in [&operation.input[..], operation.output_members()] {
            wire_traits(model, members, diagnostics);
            streams(model, members, diagnostics);
        }
    }
    for (_, shape) in model.defined_shapes() {
        wire_traits(model, shape.members(), diagnostics);
        for member in shape.members() {
            nested_stream(model, member, diagnostics);
        }
    }
}

/// A host name has no holes, and a member that fills none goes nowhere.
fn host_labels(model: &Model, operation: &Operation, diagnostics: &mut Diagnostics) {
    let prefix = operation.host_prefix.as_deref().unwrap_or_default();
    let labels: Vec<&str> = labels(prefix);
    let line = diagnostics.entry(operation.at, "hostPrefix");
    for label in &labels {
        let member = operation.input_member(label);
        if !member.is_some_and(|member| member.host_label) {
            let message = format!("no input member fills the label `{{{label}}}` of the host");
            let help = format!(
                "mark the member `{label}` with `\"hostLabel\": true` and `\"required\": true`"
            );
            push(diagnostics, &codes::HOST_LABEL, Span::value(line), message, &help);
        }
    }
    for member in operation.input.iter().filter(|member| member.host_label) {
        let (message, help) = if !labels.contains(&member.name.as_str()) {
            (
                format!("the host prefix has no label `{{{}}}`", member.name),
                "put the label into `hostPrefix`, or remove `hostLabel`",
            )
        } else if !member.required {
            (
                format!("`{}` is part of the host, but not required", member.name),
                "add `\"required\": true`",
            )
        } else if !matches!(model.shape(member.target).kind, Kind::String | Kind::Enum(_)) {
            let kind = model.shape(member.target).kind.phrase();
            (format!("`{}` is {kind}, and a host is text", member.name), "make it a string")
        } else {
            continue;
        };
        let key = diagnostics.entry(member.at, "hostLabel");
        push(diagnostics, &codes::HOST_LABEL, Span::key(key), message, help);
    }
}

/// The names between braces.
fn labels(prefix: &str) -> Vec<&str> {
    prefix.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

fn checksum(operation: &Operation, diagnostics: &mut Diagnostics) {
    let Some(checksum) = &operation.checksum else { return };
    let names: Vec<_> = operation.input.iter().map(|member| member.name.as_str()).collect();
    for (key, name) in [("algorithm", &checksum.algorithm), ("mode", &checksum.mode)] {
        let Some(name) = name else { continue };
        if !names.contains(&name.as_str()) {
            let within = diagnostics.entry(operation.at, "checksum");
            let at = diagnostics.entry(within, key);
            let message = format!("`{key}` names `{name}`, which is no member of the input");
            let help = suggest(name, &names, "member");
            push(diagnostics, &codes::CHECKSUM_MEMBER, Span::value(at), message, &help);
        }
    }
}

fn wire_traits(model: &Model, members: &[Member], diagnostics: &mut Diagnostics) {
    for member in members {
        let kind = &model.shape(member.target).kind;
        let traits: [(&str, bool, bool, &str); 4] = [
            (
                "flattened",
                member.flattened,
                matches!(kind, Kind::List(_) | Kind::Map(_)),
                "lists and maps",
            ),
            ("attribute", member.attribute, kind.is_scalar(), "single values"),
            (
                "jsonText",
                member.json_text,
                matches!(kind, Kind::Document | Kind::String),
                "documents and strings",
            ),
            (
                "endpointDiscoveryId",
                member.endpoint_discovery_id,
                matches!(kind, Kind::String | Kind::Enum(_)),
                "strings",
            ),
        ];
        for (key, given, fits, home) in traits {
            if given && !fits {
                let at = diagnostics.entry(member.at, key);
                let message = format!("`{key}` is for {home}, and this is {}", kind.phrase());
                push(diagnostics, &codes::XML_TRAIT, Span::key(at), message, "remove it");
            }
        }
    }
}

/// Only one thing can be the body.
fn streams(model: &Model, members: &[Member], diagnostics: &mut Diagnostics) {
    let mut first = None;
    for member in members {
        let shape = model.shape(member.target);
        if shape.streaming.is_some() && member.binding != Binding::Payload {
            let message =
                format!("`{}` is a stream, which can only be the whole body", member.name);
            let help = "add `\"payload\": true`";
            push(diagnostics, &codes::STREAM_PLACE, Span::key(member.at), message, help);
        }
        if !shape.event_stream {
            continue;
        }
        if let Some(first) = first.replace(member) {
            let first: &Member = first;
            diagnostics.push(
                Diagnostic::new(
                    &codes::STREAM_PLACE,
                    Span::key(member.at),
                    "a message holds one stream of events",
                )
                .related(Span::key(first.at), "the first one")
                .help("remove one of them"),
            );
        }
    }
}

fn nested_stream(model: &Model, member: &Member, diagnostics: &mut Diagnostics) {
    let shape = model.shape(member.target);
    if shape.event_stream || shape.streaming.is_some() {
        let message = format!("`{}` is a stream inside of a body", member.name);
        let help = "only members of an operation's input or output are streams";
        push(diagnostics, &codes::STREAM_PLACE, Span::key(member.at), message, help);
    }
}

fn push(
    diagnostics: &mut Diagnostics,
    code: &'static Code,
    span: Span,
    message: String,
    help: &str,
) {
    diagnostics.push(Diagnostic::new(code, span, message).help(help));
}
