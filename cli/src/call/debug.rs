//! `--debug`: what goes over the wire, without secrets.

use crate::output::{complain, printable};
use bytes::Bytes;
use std::error::Error as _;
use std::sync::Arc;
use typefoundry::auth::BoxError;
use typefoundry::auth::secrets::{has_signed_url, is_credential, is_secret_header};
use typefoundry::binding::{read_error, read_response};
use typefoundry::client::Interceptor;
use typefoundry::client::dialect::Cx;
use typefoundry::codec::Reading;
use typefoundry::dynamic::{Api, ApiOperation, Mock};
use typefoundry::schema::{Flags, OperationSchema};
use typefoundry::transport::TransportError;
use typefoundry::value::{Structure, Value};
use typefoundry::{Document, Wire};

const REDACTED: &str = "<redacted>";

/// Prints requests and answers to the error stream.
#[derive(Debug)]
pub(super) struct Print {
    api: Arc<Api>,
    /// Understands requests.
    mock: Mock,
}

impl Print {
    pub(super) fn new(api: Arc<Api>) -> Self {
        Self { mock: Mock::new(Arc::clone(&api)), api }
    }

    fn operation(&self, schema: &OperationSchema) -> Option<&ApiOperation> {
        self.api.operation(&schema.name)
    }

    /// A request's URI; its template where something secret is part of it.
    fn uri(&self, schema: &OperationSchema, request: &http::Request<Bytes>) -> String {
        match self.operation(schema) {
            Some(operation) => shown_uri(&self.api, Some(operation), request.uri()),
            None => schema.uri.to_string(),
        }
    }

    /// A request's body by its members, with secrets left out.
    fn request_body(&self, schema: &OperationSchema, request: &http::Request<Bytes>) -> String {
        let streams = schema.traits.as_deref().is_some_and(|it| it.streams_input.is_some());
        match self.mock.read(request) {
            // A stream is beside the request.
            _ if request.body().is_empty() && streams => "(a stream)".to_owned(),
            _ if request.body().is_empty() => "(empty)".to_owned(),
            Some((operation, input)) if operation.schema.name == schema.name => {
                shown(&input, request.headers(), request.body())
            }
            _ => withheld(request.body()),
        }
    }

    fn response_body(&self, schema: &OperationSchema, response: &http::Response<Bytes>) -> String {
        let service = self.api.service();
        let body = response.body();
        if body.is_empty() {
            return "(empty)".to_owned();
        }
        if !response.status().is_success() {
            let facts = read_error(service, response);
            let told = format!(
                "code {}, message {}",
                facts.code.as_deref().unwrap_or("(none)"),
                facts.message.as_deref().unwrap_or("(none)")
            );
            // An error's body has no type that would say what in it is secret.
            return if schema.secret { format!("{told}; {}", withheld(body)) } else { raw(body) };
        }
        let Some(operation) = self.operation(schema) else { return withheld(body) };
        let mut output = self.api.output(operation);
        let reading = Reading { keep_unplaced: true, ..Reading::default() };
        match read_response(service, schema, response, &mut output, reading) {
            Ok(report) => {
                let paths: Vec<_> = report.unplaced.iter().map(|(path, _)| path.as_str()).collect();
                if !paths.is_empty() {
                    let shown = redacted(&output).0;
                    format!("{shown} and, without a place: {}", paths.join(", "))
                } else if schema.secret {
                    // What a server says twice is read once.
                    in_spec_form(&redacted(&output).0)
                } else {
                    shown(&output, response.headers(), body)
                }
            }
            Err(error) if schema.secret => format!("{error}; {}", withheld(body)),
            Err(error) => format!("{error}; {}", raw(body)),
        }
    }

    /// The headers that members of a structure travel in and that are secret; of a prefix, all.
    fn secret_headers(structure: &dyn Structure) -> Vec<String> {
        let travels = Flags::HEADER.with(Flags::HEADER_PREFIX);
        let members = structure.split().0.members.iter();
        let secret = members.filter(|member| {
            member.flags.contains(Flags::SENSITIVE) && member.flags.intersects(travels)
        });
        secret.map(|member| member.wire_name().to_ascii_lowercase()).collect()
    }
}

impl Interceptor for Print {
    fn before_sending(&self, cx: Cx<'_>, request: &http::Request<Bytes>) -> Result<(), BoxError> {
        let schema = cx.operation;
        complain(&format!("> {} {}", request.method(), self.uri(schema, request)));
        let operation = self.operation(schema);
        let secret = operation.map(|operation| Self::secret_headers(&self.api.input(operation)));
        headers('>', request.headers(), &secret.unwrap_or_default());
        complain(&printable(&format!("> {}", self.request_body(schema, request))));
        Ok(())
    }

    fn after_answer(
        &self,
        cx: Cx<'_>,
        answer: Result<&http::Response<Bytes>, &TransportError>,
    ) -> Result<(), BoxError> {
        let schema = cx.operation;
        match answer {
            Ok(response) => {
                complain(&format!("< HTTP {}", response.status()));
                let operation = self.operation(schema);
                let secret =
                    operation.map(|operation| Self::secret_headers(&self.api.output(operation)));
                headers('<', response.headers(), &secret.unwrap_or_default());
                complain(&printable(&format!("< {}", self.response_body(schema, response))));
            }
            Err(error) => {
                let mut told = format!("< {error}");
                let mut source = error.source();
                while let Some(cause) = source {
                    told.extend([": ", &cause.to_string()]);
                    source = cause.source();
                }
                complain(&printable(&told));
            }
        }
        Ok(())
    }
}

/// The URI of a request: its template where something secret is part of it, and without its query where
/// the operation is none of the service.
pub(super) fn shown_uri(api: &Api, operation: Option<&ApiOperation>, uri: &http::Uri) -> String {
    let mut shown = uri.to_string();
    let Some(operation) = operation else {
        shown.truncate(shown.find('?').unwrap_or(shown.len()));
        return shown;
    };
    let input = api.input(operation);
    let structure: &dyn Structure = &input;
    let in_uri = Flags::LABEL.with(Flags::QUERY);
    let secret =
        structure.split().0.members.iter().any(|member| {
            member.flags.contains(Flags::SENSITIVE) && member.flags.intersects(in_uri)
        });
    if secret {
        let host = uri.host().unwrap_or_default();
        return format!("{host}{} (secrets not shown)", operation.schema.uri);
    }
    shown
}

fn headers(sign: char, headers: &http::HeaderMap, secret: &[String]) {
    for (name, value) in headers {
        let hidden = value.is_sensitive()
            || is_secret_header(name.as_str())
            || secret.iter().any(|prefix| name.as_str().starts_with(prefix));
        let shown = if hidden {
            REDACTED.to_owned()
        } else {
            printable(&String::from_utf8_lossy(value.as_bytes()))
        };
        complain(&format!("{sign} {name}: {shown}"));
    }
}

/// A body as it is where it is JSON that holds no secret; else its members in the spec's form, in which
/// times and names may be others than on the wire.
fn shown(structure: &dyn Structure, headers: &http::HeaderMap, body: &Bytes) -> String {
    let (members, is_secret) = redacted(structure);
    let media = headers.get(http::header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
    let is_json = media.is_some_and(|media| media.contains("json"));
    match std::str::from_utf8(body) {
        Ok(text) if is_json && !is_secret && !has_signed_url(text) => text.to_owned(),
        _ if is_json => in_spec_form(&members),
        _ => members,
    }
}

fn in_spec_form(members: &str) -> String {
    format!("{members} (in the spec's form, since it may hold secrets)")
}

/// As JSON, without what the spec calls a secret, and what is one whatever the spec says; and whether
/// there was any.
fn redacted(structure: &dyn Structure) -> (String, bool) {
    let value: &dyn Value = structure;
    let read = |wire: Wire<'_>| {
        let json = serde_json::to_vec(&wire).unwrap_or_default();
        Document::from_json(&json).ok()
    };
    let plain = read(Wire::new(value));
    let Some(mut document) = read(Wire::new(value).redacted()) else {
        return (String::new(), true);
    };
    hide(&mut document);
    let is_secret = plain.as_ref() != Some(&document);
    (document.to_json(), is_secret)
}

fn hide(document: &mut Document) {
    match document {
        Document::Object(entries) => {
            for (name, value) in entries {
                match value {
                    Document::String(text) if is_credential(name) => REDACTED.clone_into(text),
                    value => hide(value),
                }
            }
        }
        Document::Array(items) => items.iter_mut().for_each(hide),
        Document::String(text) if has_signed_url(text) => REDACTED.clone_into(text),
        _ => {}
    }
}

fn withheld(body: &Bytes) -> String {
    format!("{} bytes, not shown since they may hold secrets", body.len())
}

fn raw(body: &Bytes) -> String {
    let text = String::from_utf8_lossy(body);
    if has_signed_url(&text) { withheld(body) } else { text.into_owned() }
}
