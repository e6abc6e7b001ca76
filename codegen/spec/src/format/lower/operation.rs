//! Operations, their pages and examples.

use super::Cx;
use super::member::{Part, members};
use crate::diagnostics::{Diagnostic, codes};
use crate::format::keys;
use crate::format::object::{Field, Fields};
use crate::json::Json;
use crate::location::{At, Span};
use crate::model::{
    Checksum, EndpointDiscovery, EndpointParam, Example, Http, Operation, Outcome, PageSource,
    Pages, Paging, ParamValue, Root, UriTemplate,
};
use crate::words::suggest;

const METHODS: &[&str] = &["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"];

pub(super) fn lower(cx: &mut Cx<'_>, name: &str, field: &Field<'_>) -> Option<Operation> {
    cx.check_name("operation", name, field.at);
    let fields = Fields::new(field.value, &keys::OPERATION, field.at)?;
    let http = fields.get("http", cx.diagnostics).and_then(|field| http(cx, &field));
    let status = fields.status("status");
    let http = http.unwrap_or_else(|| {
        let uri = UriTemplate { text: "/".to_owned(), segments: Vec::new(), query: None };
        Http { method: "POST".to_owned(), uri, status: None }
    });
    let mut errors = Vec::new();
    if let Some(field) = fields.get("errors", cx.diagnostics) {
        for field in field.elements(cx.diagnostics) {
            if let Some(name) = field.value.as_str() {
                errors.push(cx.error(name, field.at));
            }
        }
    }
    Some(Operation {
        name: name.to_owned(),
        http: Http { status, ..http },
        docs: fields.text("docs"),
        readonly: fields.flag("readonly"),
        idempotent: fields.flag("idempotent"),
        deprecated: fields.text("deprecated"),
        input: members(cx, &fields, "input", Part::Input).unwrap_or_default(),
        output: members(cx, &fields, "output", Part::Structure),
        errors,
        pages: fields.get("pages", cx.diagnostics).and_then(|field| pages(cx, &field)),
        examples: examples(cx, &fields),
        wire: fields.text("wire"),
        root: fields.get("root", cx.diagnostics).and_then(|field| root(&field)),
        result: fields.text("result"),
        host_prefix: fields.text("hostPrefix"),
        endpoint_params: endpoint_params(cx, &fields),
        auth: fields.get("auth", cx.diagnostics).map(|_| fields.texts("auth")),
        unsigned_body: fields.flag("unsignedBody"),
        checksum: fields.get("checksum", cx.diagnostics).and_then(|field| checksum(&field)),
        compressed: fields.flag("compressed"),
        endpoint_discovery: match fields.text("endpointDiscovery").as_deref() {
            Some("optional") => Some(EndpointDiscovery::Optional),
            Some("required") => Some(EndpointDiscovery::Required),
            Some("operation") => Some(EndpointDiscovery::Operation),
            _ => None,
        },
        traits: fields.texts("traits"),
        at: field.at,
    })
}

fn root(field: &Field<'_>) -> Option<Root> {
    let fields = Fields::new(field.value, &keys::ROOT, field.at)?;
    let name = fields.text("name");
    let namespace = fields.text("namespace");
    Some(Root { name: name?, namespace })
}

fn checksum(field: &Field<'_>) -> Option<Checksum> {
    let fields = Fields::new(field.value, &keys::CHECKSUM, field.at)?;
    Some(Checksum {
        algorithm: fields.text("algorithm"),
        required: fields.flag("required"),
        mode: fields.text("mode"),
        response: fields.texts("response"),
    })
}

fn endpoint_params(cx: &mut Cx<'_>, fields: &Fields<'_>) -> Vec<EndpointParam> {
    let mut params = Vec::new();
    for (name, field) in fields.entries("endpointParams", cx.diagnostics).unwrap_or_default() {
        let value = match field.value {
            Json::Bool(value) => Some(ParamValue::Bool(*value)),
            Json::String(text) => Some(ParamValue::String(text.clone())),
            value => Fields::new(value, &keys::PARAM, field.at)
                .and_then(|fields| fields.text("path"))
                .map(ParamValue::Path),
        };
        let param = |value| EndpointParam { name: name.to_owned(), value, at: field.at };
        params.extend(value.map(param));
    }
    params
}

fn http(cx: &mut Cx<'_>, field: &Field<'_>) -> Option<Http> {
    let line = field.value.as_str()?;
    let way = || "write it like `POST /ListChannels` or `GET /domains/{DomainName}`".to_owned();
    let (reason, help) = match line.split_once(' ') {
        Some((method, uri)) if METHODS.contains(&method) => match UriTemplate::parse(uri) {
            Ok(uri) => return Some(Http { method: method.to_owned(), uri, status: None }),
            Err(reason) => (reason, way()),
        },
        Some((method, _)) => {
            (format!("`{method}` is not a method"), suggest(method, METHODS, "method"))
        }
        None => ("it needs a method, one space and a path".to_owned(), way()),
    };
    let message = format!("the `http` line cannot be read: {reason}");
    cx.diagnostics
        .push(Diagnostic::new(&codes::MALFORMED_HTTP, Span::value(field.at), message).help(help));
    None
}

fn pages(cx: &mut Cx<'_>, field: &Field<'_>) -> Option<Pages> {
    let fields = Fields::new(field.value, &keys::PAGES, field.at)?;
    let paging = paging(cx, &fields);
    let source = fields
        .text("source")
        .and_then(|word| PageSource::ALL.iter().find(|(name, _)| *name == word))
        .map_or(PageSource::Written, |(_, source)| *source);
    Some(Pages {
        size: fields.text("size"),
        items: fields.text("items").unwrap_or_default(),
        others: fields.texts("others"),
        first: fields.texts("first"),
        source,
        at: field.at,
        paging: paging?,
    })
}

fn paging(cx: &mut Cx<'_>, fields: &Fields<'_>) -> Option<Paging> {
    let token = fields.get("token", cx.diagnostics);
    let number = fields.get("number", cx.diagnostics);
    let total = fields.get("total", cx.diagnostics);
    let more = fields.get("more", cx.diagnostics);
    let text = |field: &Field<'_>| field.value.as_str().map(str::to_owned);
    let (span, message) = match (token, number, total) {
        (Some(token), Some(number), _) => {
            let message = "pages follow a token or a number, not both";
            let diagnostic = Diagnostic::new(&codes::PAGE_FORM, Span::key(number.at), message)
                .related(Span::key(token.at), "the token")
                .help("keep the one that the service goes by");
            cx.diagnostics.push(diagnostic);
            return None;
        }
        (Some(_), None, Some(total)) => {
            (Span::key(total.at), "`total` is for pages that follow a number".to_owned())
        }
        (None, Some(_), _) if let Some(more) = &more => {
            (Span::key(more.at), "`more` is for pages that follow a token".to_owned())
        }
        (Some(token), None, None) => match tokens(&token)? {
            Ok(tokens) => {
                return Some(Paging::Token { tokens, more: more.as_ref().and_then(text) });
            }
            Err(message) => (Span::value(token.at), message),
        },
        (None, Some(number), total) => {
            let total = total.as_ref().and_then(text);
            return Some(Paging::Number { input: text(&number)?, total });
        }
        (None, None, _) if fields.misspells(&["token", "number"]) => return None,
        (None, None, _) => {
            (Span::key(fields.at), "the pages follow neither a token nor a number".to_owned())
        }
    };
    cx.diagnostics.push(Diagnostic::new(&codes::PAGE_FORM, span, message).help(
        "write `\"token\": [\"nextToken\", \"nextToken\"]`, the input's member and the output's, \
         or `\"number\": \"pageNo\"`",
    ));
    None
}

/// A pair of names, or several pairs; nothing if it is no array, which has been reported.
fn tokens(field: &Field<'_>) -> Option<Result<Vec<(String, String)>, String>> {
    fn pair(items: &[Json]) -> Option<(String, String)> {
        match items {
            [Json::String(input), Json::String(output)] => Some((input.clone(), output.clone())),
            _ => None,
        }
    }
    let Json::Array(items) = field.value else { return None };
    if let Some(one) = pair(items) {
        return Some(Ok(vec![one]));
    }
    let pairs = items.iter().map(|item| match item {
        Json::Array(items) => pair(items),
        _ => None,
    });
    let pairs: Option<Vec<_>> = pairs.collect();
    Some(match pairs {
        Some(pairs) if !pairs.is_empty() => Ok(pairs),
        _ if items.iter().all(|item| matches!(item, Json::String(_))) => {
            Err(format!("`token` takes two names, not {}", items.len()))
        }
        _ => Err("`token` takes two names, or pairs of two names".to_owned()),
    })
}

fn examples(cx: &mut Cx<'_>, fields: &Fields<'_>) -> Vec<Example> {
    let Some(field) = fields.get("examples", cx.diagnostics) else { return Vec::new() };
    let elements = field.elements(cx.diagnostics);
    elements.iter().filter_map(|field| example(cx, field)).collect()
}

fn example(cx: &mut Cx<'_>, field: &Field<'_>) -> Option<Example> {
    let fields = Fields::new(field.value, &keys::EXAMPLE, field.at)?;
    let input = fields.get("input", cx.diagnostics);
    let output = fields.get("output", cx.diagnostics);
    let error = fields.get("error", cx.diagnostics);
    if let (Some(output), Some(error)) = (&output, &error) {
        cx.diagnostics.push(
            Diagnostic::new(
                &codes::EXAMPLE_OUTCOME,
                Span::key(error.at),
                "the example has an output and an error",
            )
            .related(Span::key(output.at), "the output")
            .help("a call ends in one of them: write two examples"),
        );
    }
    let empty = || (Json::Object(Vec::new()), field.at);
    let (outcome, outcome_at) = match (output, error) {
        (Some(output), _) => (Outcome::Output(output.value.clone()), output.at),
        (None, Some(error)) => example_error(cx, &error).unwrap_or((Outcome::Unsaid, error.at)),
        (None, None) => (Outcome::Unsaid, field.at),
    };
    let (input, input_at) = input.map_or_else(empty, |input| (input.value.clone(), input.at));
    Some(Example {
        title: fields.text("title").unwrap_or_default(),
        docs: fields.text("docs"),
        input,
        outcome,
        at: field.at,
        input_at,
        outcome_at,
    })
}

fn example_error(cx: &mut Cx<'_>, field: &Field<'_>) -> Option<(Outcome, At)> {
    let fields = Fields::new(field.value, &keys::EXAMPLE_ERROR, field.at)?;
    let shape = fields.get("shape", cx.diagnostics);
    let value = fields.get("value", cx.diagnostics);
    let shape = shape?;
    let at = value.as_ref().map_or(field.at, |value| value.at);
    let outcome = Outcome::Error {
        shape: cx.error(shape.value.as_str()?, shape.at),
        value: value.map_or(Json::Object(Vec::new()), |field| field.value.clone()),
    };
    Some((outcome, at))
}
