//! Auth schemes, endpoint, headers, the form of errors, and routes.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::json::Json;
use crate::location::Span;
use crate::model::{
    Binding, Endpoint, ErrorFormat, Model, Protocol, Scheme, Service, UriSegment, is_header_name,
};
use crate::words::{is_unprintable, nearest, suggest};
use std::collections::HashMap;

/// Schemes and the settings that each cannot do without.
const SCHEMES: &[(&str, &[&str])] = &[
    ("sigv4", &["name"]),
    ("sigv4a", &["name"]),
    ("sigv2", &[]),
    ("ncp-v2", &[]),
    ("bearer", &[]),
    ("api-key", &["header"]),
    ("none", &[]),
];

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for scheme in &model.service.auth {
        auth(scheme, diagnostics);
    }
    operation_auth(model, diagnostics);
    if let Some(endpoint) = &model.service.endpoint {
        self::endpoint(endpoint, diagnostics);
    }
    headers(&model.service, diagnostics);
    error_format(&model.service, diagnostics);
    complete(model, diagnostics);
    routes(model, diagnostics);
}

/// A scheme that no signer knows would only be found at the first call.
fn auth(scheme: &Scheme, diagnostics: &mut Diagnostics) {
    let span = Span::key(scheme.at);
    let Some((_, needed)) = SCHEMES.iter().find(|(name, _)| *name == scheme.name) else {
        let names: Vec<_> = SCHEMES.iter().map(|(name, _)| *name).collect();
        let message = format!("there is no auth scheme `{}`", scheme.name);
        diagnostics.push(Diagnostic::new(&codes::UNKNOWN_AUTH, span, message).help(suggest(
            &scheme.name,
            &names,
            "scheme",
        )));
        return;
    };
    let mut missing: Vec<&str> = needed.to_vec();
    for (index, (setting, value)) in scheme.settings.iter().enumerate() {
        let at = diagnostics.child(scheme.at, index);
        let known = needed.contains(&setting.as_str());
        let meant = if known { Some(setting.as_str()) } else { nearest(setting, needed) };
        missing.retain(|name| Some(*name) != meant);
        let (span, message, help) = match (known, value) {
            (false, _) => (
                Span::key(at),
                format!("`{}` has no setting `{setting}`", scheme.name),
                suggest(setting, needed, "setting"),
            ),
            (true, Json::String(text)) if text.is_empty() => (
                Span::value(at),
                format!("`{setting}` of `{}` is empty", scheme.name),
                "write the name that the service knows".to_owned(),
            ),
            (true, Json::String(text)) if setting == "header" && !is_header_name(text) => (
                Span::value(at),
                format!("`{text}` is not a header name"),
                "write it in letters, digits and hyphens".to_owned(),
            ),
            (true, Json::String(_)) => continue,
            (true, value) => (
                Span::value(at),
                format!("`{setting}` takes a string, not {}", value.kind()),
                "write it in double quotes".to_owned(),
            ),
        };
        diagnostics.push(Diagnostic::new(&codes::UNKNOWN_AUTH, span, message).help(help));
    }
    for setting in missing {
        diagnostics.push(
            Diagnostic::new(
                &codes::UNKNOWN_AUTH,
                span,
                format!("`{}` needs the setting `{setting}`", scheme.name),
            )
            .help(format!("write {{\"{}\": {{\"{setting}\": \"…\"}}}}", scheme.name)),
        );
    }
}

/// An operation chooses among known schemes too.
fn operation_auth(model: &Model, diagnostics: &mut Diagnostics) {
    let names: Vec<_> = SCHEMES.iter().map(|(name, _)| *name).collect();
    for operation in &model.operations {
        for (index, scheme) in operation.auth.iter().flatten().enumerate() {
            if !names.contains(&scheme.as_str()) {
                let list = diagnostics.entry(operation.at, "auth");
                let at = diagnostics.child(list, index);
                let message = format!("there is no auth scheme `{scheme}`");
                diagnostics.push(
                    Diagnostic::new(&codes::UNKNOWN_AUTH, Span::value(at), message)
                        .help(suggest(scheme, &names, "scheme")),
                );
            }
        }
    }
}

/// The URL is a template, so it is checked with a region filled in.
fn endpoint(endpoint: &Endpoint, diagnostics: &mut Diagnostics) {
    let filled = endpoint.url.replace("{region}", "region");
    let host = filled.strip_prefix("https://").or_else(|| filled.strip_prefix("http://"));
    let reason = match host {
        None => "it does not start with https:// or http://",
        Some(host) if host.is_empty() || host.starts_with(['/', ':']) => "it has no host",
        Some(host) if host.contains(['{', '}']) => "its only variable is {region}",
        Some(host) if host.contains(['?', '#', '@', '\\']) => {
            "it is a scheme, a host and a path, and nothing else"
        }
        Some(host) if host.chars().any(|c| c.is_whitespace() || is_unprintable(c)) => {
            "it holds white space or an invisible character"
        }
        Some(_) => return,
    };
    let at = diagnostics.entry(endpoint.at, "url");
    let message = format!("`{}` is not an endpoint: {reason}", endpoint.url);
    diagnostics.push(
        Diagnostic::new(&codes::BAD_ENDPOINT, Span::value(at), message)
            .help("write it like https://ivs.{region}.amazonaws.com"),
    );
}

/// Two headers that differ by letter case are one on the wire, and some are not the spec's to set.
fn headers(service: &Service, diagnostics: &mut Diagnostics) {
    let within = diagnostics.entry(service.at, "headers");
    let mut seen = HashMap::new();
    for (index, (name, value)) in service.headers.iter().enumerate() {
        let at = diagnostics.child(within, index);
        if let Some(variable) = unknown_variable(value) {
            let message =
                format!("the header `{name}` holds `{{{variable}}}`, which is no variable");
            let help = match nearest(variable, &["region"]) {
                Some(_) => "did you mean `{region}`?",
                None => "write the value itself: the only variable is `{region}`",
            };
            let span = Span::value(at);
            diagnostics.push(Diagnostic::new(&codes::BAD_HEADER, span, message).help(help));
        }
        let first = *seen.entry(name.to_ascii_lowercase()).or_insert(at);
        if first != at {
            diagnostics.push(
                Diagnostic::new(
                    &codes::SAME_WIRE_NAME,
                    Span::key(at),
                    format!("the header `{name}` would be sent twice"),
                )
                .related(Span::key(first), "the first one")
                .help("remove one of them: letter case does not count in header names"),
            );
        } else if is_reserved(name) {
            diagnostics.push(
                Diagnostic::new(
                    &codes::BAD_HEADER,
                    Span::key(at),
                    format!("the header `{name}` is set by the transport or the signer"),
                )
                .help("remove it"),
            );
        }
    }
}

/// A name in braces that nothing is put in the place of. Braces around anything else are text, as
/// in JSON.
fn unknown_variable(value: &str) -> Option<&str> {
    let is_name = |name: &&str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    let names = value.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    names.filter(is_name).find(|name| *name != "region")
}

/// The headers that frame and sign a request.
pub(super) fn is_reserved(header: &str) -> bool {
    const RESERVED: &[&str] =
        &["host", "content-length", "transfer-encoding", "connection", "authorization", "expect"];
    RESERVED.iter().any(|reserved| header.eq_ignore_ascii_case(reserved))
}

/// A pointer that points at nothing would hide every error's code and message.
fn error_format(service: &Service, diagnostics: &mut Diagnostics) {
    let within = diagnostics.entry(service.at, "errors");
    if let Some(protocol) = service.protocol.filter(|protocol| *protocol != Protocol::Rest)
        && service.errors != ErrorFormat::default()
    {
        let message = format!(
            "`errors` is for `rest`: `{}` says itself how errors are read",
            protocol.name()
        );
        diagnostics.push(
            Diagnostic::new(&codes::MISPLACED_KEY, Span::key(within), message).help("remove it"),
        );
        return;
    }
    let envelope = &service.errors.envelope;
    let escapes = envelope.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    if escapes && (envelope.is_empty() || envelope.starts_with('/')) {
        return;
    }
    let at = diagnostics.entry(within, "envelope");
    let help = if escapes {
        format!("write \"/{envelope}\" for the member `{envelope}` of the body")
    } else {
        "write ~0 for a tilde and ~1 for a slash".to_owned()
    };
    let message = format!("`{envelope}` is not a JSON pointer");
    diagnostics.push(Diagnostic::new(&codes::BAD_ENVELOPE, Span::value(at), message).help(help));
}

/// Data alone needs no protocol; a call cannot be made without one.
fn complete(model: &Model, diagnostics: &mut Diagnostics) {
    let service = &model.service;
    let protocol = "`\"protocol\": \"rest\"`, or `\"rest-json\"` as AWS speaks it";
    let endpoint = "`\"endpoint\": {\"url\": \"https://…\"}`";
    let (missing, help) = match (service.protocol, &service.endpoint) {
        _ if model.operations.is_empty() => return,
        (None, None) => ("`protocol` and no `endpoint`", format!("add {protocol}, and {endpoint}")),
        (None, Some(_)) => ("`protocol`", format!("add {protocol}")),
        (Some(_), None) => ("`endpoint`", format!("add {endpoint}")),
        (Some(_), Some(_)) => return,
    };
    diagnostics.push(
        Diagnostic::new(
            &codes::NO_PROTOCOL,
            Span::key(service.at),
            format!("the service has operations but no {missing}"),
        )
        .help(help),
    );
}

fn routes(model: &Model, diagnostics: &mut Diagnostics) {
    // Elsewhere the operation's name is in the message.
    if !model.service.protocol.is_some_and(Protocol::is_rest) {
        return;
    }
    let mut seen = HashMap::new();
    for operation in &model.operations {
        let http = &operation.http;
        let path = http.uri.segments.iter().map(|segment| match segment {
            UriSegment::Literal(text) => Some(text),
            UriSegment::Label { .. } => None,
        });
        // What a request must have besides tells operations apart as well.
        let required = operation.input.iter().filter(|member| member.required);
        let mut required: Vec<_> = required
            .filter_map(|member| match &member.binding {
                Binding::Query(name) => Some((true, name)),
                Binding::Header(name) => Some((false, name)),
                _ => None,
            })
            .collect();
        required.sort_unstable();
        let route = (&http.method, path.collect::<Vec<_>>(), &http.uri.query, required);
        let first = *seen.entry(route).or_insert(operation);
        if !std::ptr::eq(first, operation) {
            let here = diagnostics.entry(operation.at, "http");
            let there = diagnostics.entry(first.at, "http");
            let message =
                format!("`{}` has the method and path of `{}`", operation.name, first.name);
            diagnostics.push(
                Diagnostic::new(&codes::SAME_ROUTE, Span::value(here), message)
                    .related(Span::value(there), "the first one")
                    .help("mend one of the paths, or remove one of the operations"),
            );
        }
    }
}
