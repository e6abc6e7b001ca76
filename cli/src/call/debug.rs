//! `--debug`: what goes over the wire, without secrets.

use bytes::Bytes;
use std::sync::Arc;
use typefoundry::Wire;
use typefoundry::binding::{read_error, read_request, read_response};
use typefoundry::client::Observer;
use typefoundry::codec::Reading;
use typefoundry::dynamic::{Api, ApiOperation};
use typefoundry::schema::OperationSchema;
use typefoundry::transport::TransportError;

/// Prints requests and answers to the error stream.
#[derive(Debug)]
pub(super) struct Print {
    api: Arc<Api>,
}

impl Print {
    pub(super) fn new(api: Arc<Api>) -> Self {
        Self { api }
    }

    fn operation(&self, schema: &OperationSchema) -> Option<&ApiOperation> {
        self.api.operation(&schema.name)
    }

    /// A request's body by its members, with secrets left out.
    fn request_body(&self, schema: &OperationSchema, request: &http::Request<Bytes>) -> String {
        let service = self.api.service();
        let Some(operation) = self.operation(schema) else { return withheld(request.body()) };
        let mut input = self.api.input(operation);
        match read_request(service, schema, request, &mut input) {
            Ok(_) => serde_json::to_string(&Wire::new(&input).redacted()).unwrap_or_default(),
            Err(_) => withheld(request.body()),
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
        match read_response(service, response, &mut output, reading) {
            Ok(report) => {
                let shown =
                    serde_json::to_string(&Wire::new(&output).redacted()).unwrap_or_default();
                let paths: Vec<_> = report.unplaced.iter().map(|(path, _)| path.as_str()).collect();
                if paths.is_empty() {
                    shown
                } else {
                    format!("{shown} and, without a place: {}", paths.join(", "))
                }
            }
            Err(error) if schema.secret => format!("{error}; {}", withheld(body)),
            Err(error) => format!("{error}; {}", raw(body)),
        }
    }
}

impl Observer for Print {
    fn request(&self, operation: &OperationSchema, request: &http::Request<Bytes>) {
        eprintln!("> {} {}", request.method(), request.uri());
        headers('>', request.headers());
        eprintln!("> {}", self.request_body(operation, request));
    }

    fn response(
        &self,
        operation: &OperationSchema,
        response: Result<&http::Response<Bytes>, &TransportError>,
    ) {
        match response {
            Ok(response) => {
                eprintln!("< HTTP {}", response.status());
                headers('<', response.headers());
                eprintln!("< {}", self.response_body(operation, response));
            }
            Err(error) => eprintln!("< {error}"),
        }
    }
}

fn headers(sign: char, headers: &http::HeaderMap) {
    const SECRET: &[&str] =
        &["authorization", "x-amz-security-token", "cookie", "set-cookie", "x-api-key"];
    for (name, value) in headers {
        if value.is_sensitive() || SECRET.contains(&name.as_str()) {
            eprintln!("{sign} {name}: <redacted>");
        } else {
            eprintln!("{sign} {name}: {}", printable(value.as_bytes()));
        }
    }
}

fn withheld(body: &Bytes) -> String {
    format!("{} bytes, not shown since they may hold secrets", body.len())
}

fn raw(body: &Bytes) -> String {
    printable(body)
}

/// Text from elsewhere must not move the terminal's cursor.
fn printable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}
