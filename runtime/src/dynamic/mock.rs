//! A service that answers in the same process: with the spec's examples, or with values made from
//! its shapes.

use super::sample::{is_like, read_model};
use super::{Api, ApiOperation};
use crate::BoxFuture;
use crate::binding::{is_call_of, read_request, write_error, write_response};
use crate::transport::{Transport, TransportError};
use bytes::Bytes;
use std::sync::Arc;
use typefoundry_spec as spec;

/// Answers the operations of an [`Api`].
///
/// A request that is like an example's input gets that example's outcome, an error included. Any
/// other gets the first example's output, or a value made from the shapes.
#[derive(Clone, Debug)]
pub struct Mock {
    api: Arc<Api>,
}

impl Mock {
    /// A mock of a service.
    pub fn new(api: Arc<Api>) -> Self {
        Self { api }
    }

    /// Answers a request.
    pub fn answer(&self, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        if let Some(operation) = self.route(request) {
            return self.outcome(operation, request);
        }
        let line = format!("{} {}", request.method(), request.uri().path());
        plain(404, &format!("no operation of {} is `{line}`", self.api.service().id))
    }

    fn route(&self, request: &http::Request<Bytes>) -> Option<&ApiOperation> {
        let service = self.api.service();
        let hits = |operation: &&ApiOperation| is_call_of(service, &operation.schema, request);
        // A path without labels is meant before one with them.
        let labels = |operation: &&ApiOperation| operation.schema.uri.matches('{').count();
        self.api.operations().iter().filter(hits).min_by_key(labels)
    }

    fn outcome(
        &self,
        operation: &ApiOperation,
        request: &http::Request<Bytes>,
    ) -> http::Response<Bytes> {
        let service = self.api.service();
        let mut input = self.api.input(operation);
        if let Err(error) = read_request(service, &operation.schema, request, &mut input) {
            return plain(400, &error.to_string());
        }
        let examples = self.api.model().find_operation(&operation.schema.name);
        let examples = examples.map_or(&[][..], |operation| &operation.examples);
        let like = examples
            .iter()
            .find(|example| is_like(&example.input, &input, self.api.input(operation)));
        match like.map(|example| &example.outcome) {
            Some(spec::Outcome::Error { shape, value }) => self.error(*shape, value),
            Some(spec::Outcome::Output(output)) => {
                let mut value = self.api.output(operation);
                read_model(output, &mut value);
                write_response(service, &operation.schema, &value)
            }
            Some(spec::Outcome::Unsaid) | None => {
                write_response(service, &operation.schema, &self.api.sample_output(operation))
            }
        }
    }

    fn error(&self, shape: spec::ShapeId, json: &spec::Json) -> http::Response<Bytes> {
        let name = &self.api.model().shape(shape).name;
        let service = self.api.service();
        let schema = service.errors.iter().find(|error| error.shape == *name);
        match (schema, self.api.value(name)) {
            (Some(schema), Some(mut value)) => {
                read_model(json, &mut value);
                write_error(service, schema, &value)
            }
            _ => plain(500, &format!("`{name}` is no error")),
        }
    }
}

fn plain(status: u16, text: &str) -> http::Response<Bytes> {
    let body = serde_json::json!({ "message": text }).to_string();
    let mut response = http::Response::new(Bytes::from(body));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    let json = http::HeaderValue::from_static("application/json");
    response.headers_mut().insert(http::header::CONTENT_TYPE, json);
    response
}

impl Transport for Mock {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(std::future::ready(Ok(self.answer(&request))))
    }
}
