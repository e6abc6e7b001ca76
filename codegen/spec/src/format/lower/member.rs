//! Members of structures, unions, inputs and outputs; elements of lists and maps.

use super::{Cx, service, shape};
use crate::diagnostics::{Diagnostic, codes};
use crate::format::keys;
use crate::format::object::{Field, Fields, short};
use crate::location::Span;
use crate::model::{Binding, EventPart, Member, Namespace};

/// What a member is part of, which decides what can be said about it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// An operation's input
    Input,
    /// A structure or an output
    Structure,
    /// A union
    Union,
    /// A list
    List,
    /// A map
    Map,
}

const BINDINGS: &[&str] =
    &["label", "query", "header", "headerPrefix", "payload", "statusCode", "endpointOnly"];

/// The members under a key of `fields`; nothing if the key is absent.
pub(super) fn members(
    cx: &mut Cx<'_>,
    fields: &Fields<'_>,
    key: &str,
    part: Part,
) -> Option<Vec<Member>> {
    let entries = fields.entries(key, cx.diagnostics)?;
    let mut members = Vec::with_capacity(entries.len());
    for (name, field) in &entries {
        cx.check_name("member", name, field.at);
        members.push(lower(cx, name, field, part));
    }
    Some(members)
}

pub(super) fn lower(cx: &mut Cx<'_>, name: &str, field: &Field<'_>, part: Part) -> Member {
    let mut member = Member::new(name, super::DOCUMENT, field.at);
    let fields = match short(field, &keys::MEMBER) {
        Some(Ok(target)) => {
            member.target = cx.target(target, field.at);
            return member;
        }
        Some(Err(fields)) => fields,
        None => return member,
    };
    if let Some(target) = fields.get("type", cx.diagnostics)
        && let Some(text) = target.value.as_str()
    {
        member.target = cx.target(text, target.at);
    }
    member.required = fields.flag("required");
    member.nullable = fields.flag("nullable");
    member.idempotency_token = fields.flag("idempotencyToken");
    member.sensitive = fields.flag("sensitive");
    member.docs = fields.text("docs");
    member.deprecated = fields.text("deprecated");
    member.binding = binding(cx, &fields);
    member.wire = wire_name(cx, &fields, "wire");
    member.format = fields.text("format").as_deref().and_then(shape::timestamp_format);
    member.default = fields.get("default", cx.diagnostics).map(|field| field.value.clone());
    member.flattened = fields.flag("flattened");
    member.attribute = fields.flag("attribute");
    member.namespace = fields.get("namespace", cx.diagnostics).and_then(|field| namespace(&field));
    member.query_name = wire_name(cx, &fields, "queryName");
    member.host_label = fields.flag("hostLabel");
    member.endpoint_param = fields.text("endpointParam");
    member.endpoint_discovery_id = fields.flag("endpointDiscoveryId");
    member.json_text = fields.flag("jsonText");
    let (header, payload) = (fields.flag("eventHeader"), fields.flag("eventPayload"));
    if header
        && payload
        && let Some(second) = fields.get("eventPayload", cx.diagnostics)
    {
        let message = format!("`{name}` is a header and the whole payload");
        cx.diagnostics.push(
            Diagnostic::new(&codes::EVENT_FORM, Span::key(second.at), message)
                .help("keep one of the two"),
        );
    }
    member.event = match (header, payload) {
        (true, _) => EventPart::Header,
        (false, true) => EventPart::Payload,
        (false, false) => EventPart::Member,
    };
    misplaced(cx, &fields, part, &member);
    member
}

fn wire_name(cx: &mut Cx<'_>, fields: &Fields<'_>, key: &str) -> Option<String> {
    let field = fields.get(key, cx.diagnostics)?;
    let name = field.value.as_str()?;
    cx.check_wire_name(name, field.at);
    Some(name.to_owned())
}

fn namespace(field: &Field<'_>) -> Option<Namespace> {
    Some(match short(field, &keys::NAMESPACE)? {
        Ok(uri) => Namespace { uri: uri.to_owned(), prefix: String::new() },
        Err(fields) => Namespace {
            uri: fields.text("uri").unwrap_or_default(),
            prefix: fields.text("prefix").unwrap_or_default(),
        },
    })
}

fn binding(cx: &mut Cx<'_>, fields: &Fields<'_>) -> Binding {
    let mut bindings = Vec::new();
    for (key, field) in fields.present(BINDINGS, cx.diagnostics) {
        let binding = match (key, field.value.as_str()) {
            ("query", Some(name)) => {
                cx.check_wire_name(name, field.at);
                Binding::Query(name.to_owned())
            }
            ("header", Some(name)) => {
                service::check_header_name(cx, name, Span::value(field.at));
                Binding::Header(name.to_owned())
            }
            ("headerPrefix", Some(name)) => {
                // The empty prefix is that of every header.
                if !name.is_empty() {
                    service::check_header_name(cx, name, Span::value(field.at));
                }
                Binding::HeaderPrefix(name.to_owned())
            }
            _ if !fields.flag(key) => continue,
            ("label", _) => Binding::Label,
            ("payload", _) => Binding::Payload,
            ("endpointOnly", _) => Binding::Endpoint,
            _ => Binding::StatusCode,
        };
        bindings.push((key, binding, field.at));
    }
    if let [first, second, ..] = &bindings[..] {
        cx.diagnostics.push(
            Diagnostic::new(
                &codes::BOUND_TWICE,
                Span::key(second.2),
                format!("the member is bound to `{}` and to `{}`", first.0, second.0),
            )
            .label("the second binding")
            .related(Span::key(first.2), "the first binding")
            .help("a member stands in one place of a message: keep one of them"),
        );
    }
    bindings.into_iter().next().map_or(Binding::Body, |(_, binding, _)| binding)
}

/// A key that does nothing where it stands would be believed to do something.
fn misplaced(cx: &mut Cx<'_>, fields: &Fields<'_>, part: Part, member: &Member) {
    let (what, refused): (&str, &[&str]) = match part {
        Part::Input if member.idempotency_token => ("an idempotency token", &["required"]),
        Part::Input => ("", &[]),
        Part::Structure => {
            ("a structure or an output", &["idempotencyToken", "hostLabel", "endpointParam"])
        }
        Part::Union => ("an alternative of a union", ALTERNATIVE),
        Part::List => ("the element of a list", ELEMENT),
        Part::Map => ("the value of a map", ELEMENT),
    };
    let bound: &[&str] = match member.binding {
        Binding::Body => &[],
        // The payload's name is that of the root element.
        Binding::Payload => &["nullable"],
        _ => &["wire", "nullable"],
    };
    for key in refused {
        if let Some(field) = fields.get(key, cx.diagnostics) {
            let help = match *key {
                "required" if part == Part::Union => {
                    "remove it: exactly one of the members is always there"
                }
                "required" if part == Part::Input => "remove it: the client fills the token in",
                "idempotencyToken" => "remove it: tokens are members of an operation's input",
                "hostLabel" | "endpointParam" => {
                    "remove it: an operation's input decides where it goes"
                }
                "nullable" | "required" => "remove it; with `sparse`, null is an element",
                _ => "remove it",
            };
            let message = format!("`{key}` does not belong to {what}");
            cx.diagnostics.push(
                Diagnostic::new(&codes::MISPLACED_KEY, Span::key(field.at), message).help(help),
            );
        }
    }
    for key in bound.iter().filter(|key| !refused.contains(key)) {
        if let Some(field) = fields.get(key, cx.diagnostics) {
            let message =
                format!("`{key}` is for members of the body, and this one is bound elsewhere");
            cx.diagnostics.push(
                Diagnostic::new(&codes::MISPLACED_KEY, Span::key(field.at), message)
                    .help("remove it, or remove the binding"),
            );
        }
    }
}

/// What cannot be said about an alternative.
const ALTERNATIVE: &[&str] = &[
    "required",
    "default",
    "idempotencyToken",
    "hostLabel",
    "endpointParam",
    "endpointDiscoveryId",
    "attribute",
    "eventHeader",
    "eventPayload",
];

/// What cannot be said about an element: it stands where its list or map stands.
const ELEMENT: &[&str] = &[
    "required",
    "nullable",
    "idempotencyToken",
    "default",
    "hostLabel",
    "endpointParam",
    "endpointDiscoveryId",
    "attribute",
    "queryName",
    "eventHeader",
    "eventPayload",
    "label",
    "query",
    "header",
    "headerPrefix",
    "payload",
    "statusCode",
    "endpointOnly",
];
