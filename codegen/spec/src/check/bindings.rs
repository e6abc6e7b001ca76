//! Which part of a message holds which member.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::location::Span;
use crate::model::{Binding, Kind, Member, Model, Operation};
use crate::words::{a, listed, nearest};
use std::borrow::Cow;
use std::collections::HashMap;

/// Which side of a call bound members stand on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Request,
    Response,
}

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for operation in &model.operations {
        labels(operation, diagnostics);
        tokens(model, operation, diagnostics);
        bound(model, &operation.input, Side::Request, diagnostics);
        // A member that only lacks its `label` is no part of the body.
        let is_label = |member: &Member| operation.http.uri.labels().any(|it| it == member.name);
        let body = |member: &&Member| !is_label(member);
        payload(operation.input.iter().filter(body), diagnostics);
        body_on_get(operation, operation.input.iter().filter(body), diagnostics);
        bound(model, operation.output_members(), Side::Response, diagnostics);
        payload(operation.output_members(), diagnostics);
    }
    for (_, shape) in model.defined_shapes() {
        if shape.error().is_some() {
            bound(model, shape.members(), Side::Response, diagnostics);
            payload(shape.members(), diagnostics);
        } else {
            nested(shape.members(), diagnostics);
        }
    }
}

/// The client makes tokens up, and text is all that it makes up.
fn tokens(model: &Model, operation: &Operation, diagnostics: &mut Diagnostics) {
    for member in operation.input.iter().filter(|member| member.idempotency_token) {
        let word = model.shape(member.target).kind.word();
        if word != "string" {
            let span = Span::key(diagnostics.entry(member.at, "idempotencyToken"));
            let message = format!("`{}` is {}, and tokens are text", member.name, a(word));
            diagnostics.push(
                Diagnostic::new(&codes::TOKEN_TYPE, span, message)
                    .help("make the member a string, or remove `idempotencyToken`"),
            );
        }
    }
}

/// Path and members must agree in both directions, and a path has no holes.
fn labels(operation: &Operation, diagnostics: &mut Diagnostics) {
    let uri = &operation.http.uri;
    let line = diagnostics.entry(operation.at, "http");
    let mut loose: Vec<&Member> = operation
        .input
        .iter()
        .filter(|member| member.binding == Binding::Label)
        .filter(|member| !uri.labels().any(|label| label == member.name))
        .collect();
    for label in uri.labels() {
        let diagnostic = match operation.input_member(label) {
            Some(member) if member.binding == Binding::Label => continue,
            Some(member) => {
                let message = format!("`{label}` is a label of the path, but not marked as one");
                let span = Span::key(diagnostics.entry(member.at, member.binding.key()));
                Diagnostic::new(&codes::LABEL_WITHOUT_MEMBER, span, message)
                    .related(Span::value(line), "the path")
                    .help(match member.binding {
                        Binding::Body => "add `\"label\": true` and `\"required\": true`",
                        _ => "replace this binding by `\"label\": true`",
                    })
            }
            None => {
                let message = format!("no input member fills the label `{{{label}}}`");
                let diagnostic =
                    Diagnostic::new(&codes::LABEL_WITHOUT_MEMBER, Span::value(line), message);
                // A label and a member that differ by a letter are one mistake.
                let names: Vec<_> = loose.iter().map(|member| member.name.as_str()).collect();
                let meant = nearest(label, &names);
                match meant.and_then(|meant| loose.iter().position(|it| it.name == meant)) {
                    Some(index) => {
                        let member = loose.remove(index);
                        diagnostic
                            .related(Span::key(member.at), "this member fills a label")
                            .help(format!("did you mean `{{{}}}`?", member.name))
                    }
                    None => diagnostic.help(format!(
                        "add `{label}` to the input, with `\"label\": true` and `\"required\": true`"
                    )),
                }
            }
        };
        diagnostics.push(diagnostic);
    }
    for member in &loose {
        let key = diagnostics.entry(member.at, "label");
        diagnostics.push(
            Diagnostic::new(
                &codes::MEMBER_WITHOUT_LABEL,
                Span::key(key),
                format!("the path has no label `{{{}}}`", member.name),
            )
            .related(Span::value(line), "the path")
            .help("put the label into the path, or bind the member elsewhere"),
        );
    }
    let labels = operation.input.iter().filter(|member| member.binding == Binding::Label);
    for member in labels.filter(|member| !member.required) {
        let key = diagnostics.entry(member.at, "label");
        diagnostics.push(
            Diagnostic::new(
                &codes::OPTIONAL_LABEL,
                Span::key(key),
                format!("`{}` is a label, but not required", member.name),
            )
            .help("add `\"required\": true`"),
        );
    }
}

fn bound(model: &Model, members: &[Member], side: Side, diagnostics: &mut Diagnostics) {
    for member in members {
        if goes(member, side, diagnostics) {
            carries(model, member, diagnostics);
        }
    }
    wire_names(members, diagnostics);
}

/// Whether a message of that side has the part that the member is bound to.
fn goes(member: &Member, side: Side, diagnostics: &mut Diagnostics) -> bool {
    let (code, reason, help) = match (&member.binding, side) {
        (Binding::Label | Binding::Query(_) | Binding::Endpoint, Side::Response) => (
            &codes::WRONG_DIRECTION,
            format!("a response has no `{}`", member.binding.key()),
            "bind it to a header, or leave it in the body",
        ),
        (Binding::StatusCode, Side::Request) => (
            &codes::WRONG_DIRECTION,
            "a request has no `statusCode`".to_owned(),
            "bind it elsewhere, or move it to the output",
        ),
        // The length of a stream is its sender's to say.
        (Binding::Header(name), Side::Request)
            if super::service::is_reserved(name)
                && !name.eq_ignore_ascii_case("content-length") =>
        {
            (
                &codes::BAD_HEADER,
                format!("the header `{name}` is set by the transport or the signer"),
                "remove the member",
            )
        }
        _ => return true,
    };
    let key = diagnostics.entry(member.at, member.binding.key());
    diagnostics.push(Diagnostic::new(code, Span::key(key), reason).help(help));
    false
}

/// Text has no room for structures.
fn carries(model: &Model, member: &Member, diagnostics: &mut Diagnostics) {
    let shape = model.shape(member.target);
    let is_text = |kind: &Kind| matches!(kind, Kind::String | Kind::Enum(_));
    let scalars = |kind: &Kind| match kind {
        Kind::List(list) => model.shape(list.item.target).kind.is_scalar(),
        kind => kind.is_scalar(),
    };
    let (fits, rule) = match (&member.binding, &shape.kind) {
        (Binding::Body | Binding::Endpoint, _) => return,
        (Binding::Label, kind) => {
            (kind.is_scalar() && !matches!(kind, Kind::Blob), "a label carries a single value")
        }
        (Binding::Header(_), Kind::Document) if member.json_text => return,
        (Binding::Header(_), kind) => {
            (scalars(kind), "a header carries a single value or a list of them")
        }
        (Binding::Query(_), kind) => (
            match kind {
                Kind::Map(map) => scalars(&model.shape(map.value.target).kind),
                kind => scalars(kind),
            },
            "a query carries a single value, a list of them or a map of either",
        ),
        (Binding::HeaderPrefix(_), kind) => (
            matches!(kind, Kind::Map(map) if is_text(&model.shape(map.value.target).kind)),
            "a header prefix carries a map of strings",
        ),
        (Binding::Payload, kind) => (
            is_text(kind)
                || matches!(
                    kind,
                    Kind::Structure { .. } | Kind::Union { .. } | Kind::Document | Kind::Blob
                ),
            "a payload carries a structure, a union, a document, a string or a blob",
        ),
        (Binding::StatusCode, kind) => (kind.is_whole(), "a status code is a whole number"),
    };
    if fits {
        return;
    }
    let key = diagnostics.entry(member.at, member.binding.key());
    let what = match &shape.kind {
        Kind::List(list) => format!("a list of {}s", model.shape(list.item.target).kind.word()),
        Kind::Map(map) => format!("a map of {}s", model.shape(map.value.target).kind.word()),
        kind => kind.phrase(),
    };
    let message = format!("`{}` is {what}, and {rule}", member.name);
    let diagnostic = Diagnostic::new(&codes::BAD_BINDING_TARGET, Span::key(key), message)
        .help("bind the member elsewhere, or give it another type");
    diagnostics.push(if shape.is_base {
        diagnostic
    } else {
        diagnostic.related(Span::key(shape.at), "its type")
    });
}

/// The payload is the whole body, so nothing else can be in it.
fn payload<'a>(members: impl IntoIterator<Item = &'a Member>, diagnostics: &mut Diagnostics) {
    let is_payload = |member: &&Member| member.binding == Binding::Payload;
    let members = members.into_iter().filter(|it| it.is_in_body() || is_payload(it));
    let mut members: Vec<&Member> = members.collect();
    let Some(index) = members.iter().position(is_payload) else { return };
    let payload = members.remove(index);
    let whole = diagnostics.entry(payload.at, "payload");
    for member in members {
        diagnostics.push(
            Diagnostic::new(
                &codes::PAYLOAD_NOT_ALONE,
                Span::key(member.at),
                format!("`{}` has no place beside the payload `{}`", member.name, payload.name),
            )
            .related(Span::key(whole), "the whole body")
            .help("bind it elsewhere, or make it a member of the payload"),
        );
    }
}

/// One member would swallow the other.
fn wire_names(members: &[Member], diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<(&str, Cow<'_, str>), &Member> = HashMap::new();
    for member in members {
        let (part, name) = match &member.binding {
            Binding::Body => ("body", Cow::Borrowed(member.wire_name())),
            Binding::Query(name) => ("query", Cow::Borrowed(&**name)),
            Binding::Header(name) => ("header", Cow::Owned(name.to_ascii_lowercase())),
            _ => continue,
        };
        let first = *seen.entry((part, name.clone())).or_insert(member);
        // Elements of XML may come one by one and all together, as in S3's notifications.
        let flattened = first.flattened || member.flattened;
        if !std::ptr::eq(first, member) && !flattened {
            let key = |member: &Member| if part == "body" { "wire" } else { member.binding.key() };
            let here = diagnostics.entry(member.at, key(member));
            let there = diagnostics.entry(first.at, key(first));
            let message = format!("the {part} would hold `{name}` twice");
            diagnostics.push(
                Diagnostic::new(&codes::SAME_WIRE_NAME, Span::key(here), message)
                    .related(Span::key(there), "the first one")
                    .help("give one of them another name there"),
            );
        }
    }
}

fn nested(members: &[Member], diagnostics: &mut Diagnostics) {
    let bound = members.iter().filter(|member| !member.is_in_body());
    for member in bound.clone() {
        let key = diagnostics.entry(member.at, member.binding.key());
        diagnostics.push(
            Diagnostic::new(
                &codes::NESTED_BINDING,
                Span::key(key),
                format!("`{}` is part of a body and cannot be bound elsewhere", member.name),
            )
            .help("only the members of inputs, outputs and errors are bound: remove it"),
        );
    }
    if bound.count() == 0 {
        wire_names(members, diagnostics);
    }
}

/// Servers and proxies may drop it.
fn body_on_get<'a>(
    operation: &Operation,
    members: impl Iterator<Item = &'a Member>,
    diagnostics: &mut Diagnostics,
) {
    if !matches!(operation.http.method.as_str(), "GET" | "HEAD") {
        return;
    }
    let in_body = |member: &&Member| matches!(member.binding, Binding::Body | Binding::Payload);
    let members: Vec<_> = members.filter(in_body).collect();
    let Some(first) = members.first() else { return };
    let names: Vec<_> = members.iter().map(|member| member.name.as_str()).collect();
    let message = format!("the {} would have a body: {}", operation.http.method, listed(&names));
    let help = match first.binding {
        Binding::Body => format!("bind it, such as with `\"query\": \"{}\"`", first.name),
        _ => "use another method: many servers and proxies drop such a body".to_owned(),
    };
    diagnostics.push(Diagnostic::new(&codes::BODY_ON_GET, Span::key(first.at), message).help(help));
}
