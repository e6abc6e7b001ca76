//! From a request to its answer, step by step.

use super::fault::Kind;
use super::finish::finish;
use super::handler::{MockAnswer, MockRequest};
use super::refuse::{Refusal, modelled};
use super::route::{Route, meant, route, spoken};
use super::{Mock, body, check};
use crate::binding::{read_request, write_response};
use crate::codec::{Form, Reading, json};
use crate::dynamic::sample::{Sampler, is_like, read_model};
use crate::dynamic::{ApiOperation, Dynamic};
use crate::schema::{Protocol, ServiceSchema};
use crate::value::{Slot, Structure, Value};
use crate::{Document, Wire};
use bytes::Bytes;
use http::{Request, Response};
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use typefoundry_spec as spec;

/// The header in which a request asks for an error.
const ERROR: &str = "x-typefoundry-error";

/// What becomes of a request.
pub(super) struct Reply {
    /// How long to wait before it.
    pub(super) pause: Duration,
    /// The answer; nothing if the connection is to end.
    pub(super) response: Option<Response<Bytes>>,
    /// What was called, to be told.
    pub(super) called: Option<String>,
}

impl Mock {
    /// What becomes of a request; `breaks` if a connection can end without an answer.
    pub(super) fn reply(&self, request: &Request<Bytes>, breaks: bool) -> Reply {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let mut reply = Reply { pause: Duration::ZERO, response: None, called: None };
        let id = self.items.map(|_| number);
        let plain = with_body(request, body::unpacked(request, true));
        let plain = plain.as_ref().unwrap_or(request);
        let Some(route) = route(&self.served, plain) else {
            reply.response = Some(finish(self.unknown(request), None, request, id));
            return reply;
        };
        reply.called = Some(format!("{} {}", route.service.id, route.operation.schema.name));
        let mut response = None;
        for (place, fault) in (0..).zip(&self.faults) {
            if !fault.hits(self.seed, number, place) {
                continue;
            }
            match &fault.kind {
                Kind::Slow(pause) => reply.pause += *pause,
                _ if response.is_some() => {}
                Kind::Reset if breaks => return reply,
                Kind::Reset => {}
                Kind::Throttle => {
                    let refusal = Refusal::throttled(route.service);
                    response = Some(refusal.response(route.served, route.service));
                }
                Kind::Error(code) => response = Some(error(&route, code)),
                Kind::Status(status) => response = Some(bare(*status)),
            }
        }
        let response = response
            .or_else(|| self.turned_down(&route, request))
            .unwrap_or_else(|| self.outcome(&route, request, plain));
        reply.response = Some(finish(response, Some(&route), request, id));
        reply
    }

    /// What a request calls, and its input.
    pub(super) fn understood(
        &self,
        request: &Request<Bytes>,
    ) -> Option<(&ApiOperation, Dynamic<'_>)> {
        let plain = with_body(request, body::unpacked(request, true));
        let plain = plain.as_ref().unwrap_or(request);
        let route = route(&self.served, plain)?;
        let model = route.served.api.model().find_operation(&route.operation.schema.name)?;
        let input = self.input(&route, model, request, plain).ok()?;
        Some((route.operation, input))
    }

    /// The answer to what calls nothing that is served.
    fn unknown(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let line = format!("{} {}", request.method(), request.uri().path());
        let Some((served, service)) = meant(&self.served, request) else {
            return bare(404);
        };
        let target = request.headers().get("x-amz-target");
        let target = target.map(|target| String::from_utf8_lossy(target.as_bytes()).into_owned());
        let called = target.or_else(|| super::route::query_text(request, "Action"));
        // In a protocol that the service does not speak, if the request has one.
        let protocol = spoken(request, service.protocol);
        let service = &ServiceSchema { protocol, ..service.clone() };
        let message = format!("no operation of {} is `{}`", service.id, called.unwrap_or(line));
        let (code, status) = match service.protocol {
            Protocol::Query | Protocol::Ec2Query => ("InvalidAction", 400),
            Protocol::RestXml => ("MethodNotAllowed", 405),
            Protocol::Json10 | Protocol::Json11 => ("UnknownOperationException", 400),
            _ => ("UnknownOperationException", 404),
        };
        Refusal::new(code, status, message).response(served, service)
    }

    /// An error that the request asks for, or one because of its signature.
    #[cfg_attr(
        not(any(feature = "aws", feature = "ncp")),
        expect(clippy::unused_self, reason = "it has the keys")
    )]
    fn turned_down(&self, route: &Route<'_>, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        #[cfg(any(feature = "aws", feature = "ncp"))]
        if let Err(refusal) = self.verify_signature(route, request) {
            return Some(refusal.response(route.served, route.service));
        }
        let code = request.headers().get(ERROR)?.to_str().ok()?;
        Some(error(route, code))
    }

    fn outcome(
        &self,
        route: &Route<'_>,
        request: &Request<Bytes>,
        plain: &Request<Bytes>,
    ) -> Response<Bytes> {
        let Route { served, service, operation, .. } = route;
        let refused = |refusal: Refusal| refusal.response(served, service);
        let Some(model) = served.api.model().find_operation(&operation.schema.name) else {
            return bare(500);
        };
        let input = match self.input(route, model, request, plain) {
            Ok(input) => input,
            Err(refusal) => return refused(refusal),
        };
        // The input as a document is a copy of it, so it is made only for somebody.
        let answer = if self.kept == 0 && !self.handlers.have(&operation.schema.name) {
            MockAnswer::Usual
        } else {
            let received = Arc::new(MockRequest {
                service: service.id.clone().into_owned(),
                operation: operation.schema.name.clone().into_owned(),
                input: document(&input),
                http: request.clone(),
            });
            self.lock().keep(&received, self.kept);
            self.handlers.answer(&received)
        };
        match answer {
            MockAnswer::Usual => self.usual(route, model, &input),
            MockAnswer::Http(response) => response,
            MockAnswer::Output(output) => {
                let mut value = served.api.output(operation);
                let reading = Reading { keep_unplaced: true, ..Reading::default() };
                let json = output.to_json();
                match json::read(json.as_bytes(), &mut value, Form::Model, reading) {
                    Ok(report) if report.unplaced.is_empty() => self.written(route, model, &value),
                    Ok(report) => {
                        let names: Vec<_> =
                            report.unplaced.iter().map(|(path, _)| &**path).collect();
                        refused(unfit(&format!("it has no {}", names.join(", "))))
                    }
                    Err(error) => refused(unfit(&error.to_string())),
                }
            }
            MockAnswer::Error { code, members } => {
                let members = members.map(|members| model_json(&members));
                modelled(served, service, &code, None, members.as_ref())
                    .unwrap_or_else(|| error(route, &code))
            }
        }
    }

    /// The input of a request, or why it is none.
    fn input<'r>(
        &self,
        route: &Route<'r>,
        model: &spec::Operation,
        request: &Request<Bytes>,
        plain: &Request<Bytes>,
    ) -> Result<Dynamic<'r>, Refusal> {
        let Route { served, service, operation, .. } = route;
        let compressed = model.compressed || !service.protocol.is_rest();
        let body = body::unpacked(if compressed { plain } else { request }, compressed)?;
        let mut plain = plain.clone();
        *plain.body_mut() = body;
        #[cfg(feature = "event-stream")]
        if super::events::is_stream(&plain) {
            let beside = if service.protocol.is_rest() {
                Bytes::new()
            } else {
                super::events::initial(plain.body())
            };
            *plain.body_mut() = beside;
        }
        if plain.uri().path() != route.path {
            set_path(&mut plain, &route.path);
        }
        let mut input = served.api.input(operation);
        let report = read_request(service, &operation.schema, &plain, &mut input)
            .map_err(|error| Refusal::unreadable(service.protocol, &error))?;
        if let Some((name, value)) = &route.placed
            && let Some(Slot::String(place)) = member(&mut input, name).map(Value::slot)
        {
            value.clone_into(place);
        }
        if self.checks {
            let mut complaints: Vec<_> = report
                .unplaced
                .iter()
                .map(|(path, _)| format!("{path}: the spec has no such member"))
                .collect();
            let api = &served.api;
            complaints.extend(check::complaints(api.model(), model, &served.patterns, &input));
            if !complaints.is_empty() {
                return Err(Refusal::invalid(service.protocol, complaints.join("; ")));
            }
        }
        Ok(input)
    }

    /// The outcome of an example, or an output made from the shapes.
    fn usual(
        &self,
        route: &Route<'_>,
        model: &spec::Operation,
        input: &Dynamic<'_>,
    ) -> Response<Bytes> {
        let Route { served, service, operation, .. } = route;
        let api = &served.api;
        let mut examples = model.examples.iter();
        let like = examples.find(|example| is_like(&example.input, input, api.input(operation)));
        let mut value = api.output(operation);
        match like.map(|example| &example.outcome) {
            Some(spec::Outcome::Error { shape, value }) => {
                let name = &api.model().shape(*shape).name;
                return modelled(served, service, name, None, Some(value))
                    .unwrap_or_else(|| bare(500));
            }
            Some(spec::Outcome::Output(output)) => {
                let output = self.paged(served, model, input, output.clone(), true);
                read_model(&output, &mut value);
            }
            Some(spec::Outcome::Unsaid) | None => match self.items {
                Some(_) => read_model(&self.made(served, model, input), &mut value),
                None if self.seed == 0 => value = api.sample_output(operation),
                None => {
                    let sampler = Sampler::varied(api.model(), self.seed, 0);
                    read_model(&sampler.members(model.output_members()), &mut value);
                }
            },
        }
        self.written(route, model, &value)
    }

    #[cfg_attr(
        not(feature = "event-stream"),
        expect(clippy::unused_self, reason = "events are made by its seed")
    )]
    fn written(
        &self,
        route: &Route<'_>,
        #[cfg_attr(not(feature = "event-stream"), expect(unused_variables))]
        model: &spec::Operation,
        output: &Dynamic<'_>,
    ) -> Response<Bytes> {
        #[cfg_attr(not(feature = "event-stream"), expect(unused_mut))]
        let mut response = write_response(route.service, &route.operation.schema, output);
        #[cfg(feature = "event-stream")]
        super::events::put(route, model, self.seed, output, &mut response);
        response
    }
}

/// An error of the spec with members made from its shape, or any other code.
fn error(route: &Route<'_>, code: &str) -> Response<Bytes> {
    let Route { served, service, .. } = route;
    modelled(served, service, code, None, None).unwrap_or_else(|| {
        let refusal = Refusal::new(code, 400, "the mock was told to answer with this error");
        refusal.response(served, service)
    })
}

fn unfit(what: &str) -> Refusal {
    let message = format!("the output that the mock was given does not fit the operation: {what}");
    Refusal::new("InternalFailure", 500, message)
}

/// A status and nothing else, as a server in between sends it.
fn bare(status: u16) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() =
        http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    response
}

fn with_body(request: &Request<Bytes>, body: Result<Bytes, Refusal>) -> Option<Request<Bytes>> {
    let mut plain = request.clone();
    *plain.body_mut() = body.ok()?;
    Some(plain)
}

fn set_path(request: &mut Request<Bytes>, path: &str) {
    let target = match request.uri().query() {
        Some(query) => Cow::Owned(format!("{path}?{query}")),
        None => Cow::Borrowed(path),
    };
    // A part of a path that was one is one.
    if let Ok(uri) = target.parse() {
        *request.uri_mut() = uri;
    }
}

fn member<'v>(structure: &'v mut dyn Structure, name: &str) -> Option<&'v mut dyn Value> {
    structure.get_mut(name)
}

/// A value in the spec's form.
fn document(value: &Dynamic<'_>) -> Document {
    let json = serde_json::to_vec(&Wire::new(value)).unwrap_or_default();
    Document::from_json(&json).unwrap_or_default()
}

fn model_json(document: &Document) -> spec::Json {
    serde_json::from_str(&document.to_json()).unwrap_or(spec::Json::Null)
}
