//! Events: what a message of a stream can carry.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::location::Span;
use crate::model::{EventPart, Kind, Member, Model, ShapeId};
use std::collections::HashSet;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for (_, stream) in model.defined_shapes().filter(|(_, shape)| shape.event_stream) {
        for event in stream.members() {
            if seen.insert(event.target) {
                self::event(model, event.target, event, diagnostics);
            }
        }
    }
}

fn event(model: &Model, id: ShapeId, event: &Member, diagnostics: &mut Diagnostics) {
    let shape = model.shape(id);
    if !matches!(shape.kind, Kind::Structure { .. }) {
        let message = format!("the event `{}` is {}", event.name, shape.kind.phrase());
        let help = "make it a structure, with a member for what it says";
        return report(diagnostics, Span::key(event.at), message, help);
    }
    for member in shape.members() {
        part(model, member, diagnostics);
    }
    let Some(payload) = shape.members().iter().find(|it| it.event == EventPart::Payload) else {
        return;
    };
    let is_beside = |member: &&Member| member.event != EventPart::Header && member.at != payload.at;
    if let Some(other) = shape.members().iter().find(is_beside) {
        let whole = diagnostics.entry(payload.at, "eventPayload");
        diagnostics.push(
            Diagnostic::new(
                &codes::EVENT_FORM,
                Span::key(other.at),
                format!("`{}` has no place beside the payload `{}`", other.name, payload.name),
            )
            .related(Span::key(whole), "the whole payload")
            .help("make it a header with `\"eventHeader\": true`, or a member of the payload"),
        );
    }
}

fn part(model: &Model, member: &Member, diagnostics: &mut Diagnostics) {
    let kind = &model.shape(member.target).kind;
    let (key, carries, what) = match member.event {
        EventPart::Header if !is_header(kind) => (
            "eventHeader",
            "a header of an event",
            "a text, a blob, a whole number, a boolean or a timestamp",
        ),
        EventPart::Payload if !is_payload(kind) => (
            "eventPayload",
            "the payload of an event",
            "a structure, a union, a document, a text or a blob",
        ),
        _ => return,
    };
    let at = diagnostics.entry(member.at, key);
    let message = format!("`{}` is {}, and {carries} is {what}", member.name, kind.phrase());
    report(diagnostics, Span::key(at), message, "remove it, or give the member another type");
}

/// What a header's value can be (the types of `application/vnd.amazon.eventstream`).
fn is_header(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::String
            | Kind::Enum(_)
            | Kind::Blob
            | Kind::Integer
            | Kind::Long
            | Kind::Boolean
            | Kind::Timestamp(_)
    )
}

fn is_payload(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Structure { .. }
            | Kind::Union { .. }
            | Kind::Document
            | Kind::String
            | Kind::Enum(_)
            | Kind::Blob
    )
}

fn report(diagnostics: &mut Diagnostics, span: Span, message: String, help: &str) {
    diagnostics.push(Diagnostic::new(&codes::EVENT_FORM, span, message).help(help));
}
