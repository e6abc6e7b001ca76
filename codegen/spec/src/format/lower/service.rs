//! The `service` object.

use super::Cx;
use crate::diagnostics::{Diagnostic, codes};
use crate::format::keys;
use crate::format::object::{Field, Fields};
use crate::location::{At, Span};
use crate::model::{Endpoint, ErrorFormat, Protocol, Scheme, Service, is_header_name};

pub(super) fn empty() -> Service {
    Service {
        id: String::new(),
        title: String::new(),
        version: None,
        docs: None,
        protocol: None,
        protocols: Vec::new(),
        target: None,
        http2: None,
        traits: Vec::new(),
        auth: Vec::new(),
        endpoint: None,
        headers: Vec::new(),
        errors: ErrorFormat::default(),
        at: At::ROOT,
    }
}

pub(super) fn lower(cx: &mut Cx<'_>, field: &Field<'_>) -> Service {
    let mut service = empty();
    service.at = field.at;
    let Some(fields) = Fields::new(field.value, &keys::SERVICE, field.at) else { return service };
    if let Some(id) = fields.get("id", cx.diagnostics)
        && let Some(text) = id.value.as_str()
    {
        check_id(cx, text, id.at);
        text.clone_into(&mut service.id);
    }
    service.title = fields.text("title").unwrap_or_default();
    service.version = fields.text("version");
    service.docs = fields.text("docs");
    let protocol =
        |word: &String| Protocol::ALL.iter().find(|(name, _)| name == word).map(|(_, it)| *it);
    service.protocol = fields.text("protocol").as_ref().and_then(protocol);
    service.protocols = fields.texts("protocols").iter().filter_map(protocol).collect();
    service.target = fields.text("target");
    service.http2 = fields.text("http2");
    service.traits = fields.texts("traits");
    for (name, field) in fields.entries("auth", cx.diagnostics).unwrap_or_default() {
        let settings = field.value.as_object().unwrap_or_default().to_vec();
        service.auth.push(Scheme { name: name.to_owned(), settings, at: field.at });
    }
    if let Some(field) = fields.get("endpoint", cx.diagnostics)
        && let Some(endpoint) = Fields::new(field.value, &keys::ENDPOINT, field.at)
    {
        service.endpoint = Some(Endpoint {
            url: endpoint.text("url").unwrap_or_default(),
            region: endpoint.text("region"),
            rules: endpoint.get("rules", cx.diagnostics).map(|field| field.value.clone()),
            at: field.at,
        });
    }
    for (name, field) in fields.entries("headers", cx.diagnostics).unwrap_or_default() {
        if let Some(value) = field.value.as_str() {
            if check_header_name(cx, name, Span::key(field.at)) {
                check_header_value(cx, name, value, field.at);
            }
            service.headers.push((name.to_owned(), value.to_owned()));
        }
    }
    if let Some(field) = fields.get("errors", cx.diagnostics)
        && let Some(errors) = Fields::new(field.value, &keys::ERROR_FORMAT, field.at)
    {
        service.errors = ErrorFormat {
            envelope: errors.text("envelope").unwrap_or_default(),
            code: errors.texts("code"),
            message: errors.texts("message"),
        };
    }
    service
}

/// The id names folders and modules, so nothing but plain words may pass.
fn check_id(cx: &mut Cx<'_>, id: &str, at: At) {
    let word = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !part.ends_with('-')
            && !part.contains("--")
    };
    let good = id.split_once('/').is_some_and(|(provider, name)| word(provider) && word(name));
    if !good {
        cx.diagnostics.push(
            Diagnostic::new(
                &codes::MALFORMED_ID,
                Span::value(at),
                format!("`{id}` is not a service id"),
            )
            .help("write `provider/service` in lower-case letters, digits and single hyphens"),
        );
    }
}

/// RFC 9110, §5.1
pub(super) fn check_header_name(cx: &mut Cx<'_>, name: &str, span: Span) -> bool {
    let good = is_header_name(name);
    if !good {
        let message = match name {
            "" => "a header name is empty".to_owned(),
            name => format!("`{name}` is not a header name"),
        };
        cx.diagnostics.push(
            Diagnostic::new(&codes::BAD_HEADER, span, message)
                .help("write it in letters, digits and hyphens"),
        );
    }
    good
}

/// RFC 9110, §5.5, without the bytes beyond ASCII that it calls obsolete.
fn check_header_value(cx: &mut Cx<'_>, name: &str, value: &str, at: At) {
    let unfit = |c: char| c != '\t' && c != ' ' && !c.is_ascii_graphic();
    let reason = if let Some(unfit) = value.chars().find(|c| unfit(*c)) {
        format!("the value of `{name}` holds `{unfit}`")
    } else if value.trim() != value {
        format!("the value of `{name}` starts or ends with white space")
    } else {
        return;
    };
    cx.diagnostics.push(
        Diagnostic::new(&codes::BAD_HEADER, Span::value(at), reason)
            .help("header values are printable ASCII characters, with spaces only between them"),
    );
}
