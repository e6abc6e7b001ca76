//! What goes over the wire: for each operation, each of its examples and one input made from its
//! shapes, the signed request, the answer and what is read from it.
//!
//! The same calls are then made with the generated types, which must send and read the same bytes.
//! Clock and credentials are fixed, so that signatures are part of what is compared.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use bytes::Bytes;
use std::fmt::Write;
use std::sync::{Arc, Mutex};
use typefoundry::auth::BoxError;
use typefoundry::binding::{read_error, write_error, write_response};
use typefoundry::client::dialect::Cx;
use typefoundry::client::{Config, Core, Interceptor};
use typefoundry::codec::{Form, Reading, json};
use typefoundry::dynamic::{Api, ApiOperation, Mock};
use typefoundry::schema::{OperationSchema, Protocol, ServiceSchema};
use typefoundry::transport::TransportError;
use typefoundry::value::{Structure, Value};
use typefoundry::{Error, Timestamp, Wire};
use typefoundry_spec::{Example, Model, Operation};
use typefoundry_tests::{api, model, now};

mod operations;

use operations::Typed;

/// What was sent and what came back.
#[derive(Clone, Debug, Default)]
struct Recorder(Arc<Mutex<Recorded>>);

#[derive(Debug, Default)]
struct Recorded {
    request: Option<http::Request<Bytes>>,
    response: Option<http::Response<Bytes>>,
}

impl Interceptor for Recorder {
    fn before_signing(
        &self,
        _: Cx<'_>,
        request: &mut http::Request<Bytes>,
    ) -> Result<(), BoxError> {
        // They are another for each call, and none of them is of the operation.
        for name in ["amz-sdk-invocation-id", "amz-sdk-request"] {
            request.headers_mut().remove(name);
        }
        Ok(())
    }

    fn before_sending(&self, _: Cx<'_>, request: &http::Request<Bytes>) -> Result<(), BoxError> {
        let mut request = request.clone();
        // It changes with each version.
        request.headers_mut().remove(http::header::USER_AGENT).expect("the client names itself");
        self.0.lock().expect("one thread").request = Some(request);
        Ok(())
    }

    fn after_answer(
        &self,
        _: Cx<'_>,
        answer: Result<&http::Response<Bytes>, &TransportError>,
    ) -> Result<(), BoxError> {
        let response = answer.expect("a mock always answers").clone();
        self.0.lock().expect("one thread").response = Some(response);
        Ok(())
    }
}

/// One call over the wire.
struct Exchange {
    request: http::Request<Bytes>,
    response: http::Response<Bytes>,
    outcome: Result<(), Error>,
}

/// Calls a mock of an API as a client would that knows `service`.
fn call(
    api: &Arc<Api>,
    service: ServiceSchema,
    operation: &OperationSchema,
    input: &mut dyn Structure,
    output: &mut dyn Structure,
) -> Exchange {
    let environment = [
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "EXAMPLE-not-a-secret"),
        ("AWS_REGION", "us-west-2"),
        ("NCLOUD_ACCESS_KEY", "NCPEXAMPLE"),
        ("NCLOUD_SECRET_KEY", "EXAMPLE-not-a-secret"),
    ];
    let clock: Timestamp = "2026-03-14T09:26:53.589Z".parse().expect("a time");
    let recorder = Recorder::default();
    let config = Config::builder()
        .environment(&service, &environment)
        .expect("the auth scheme is built in")
        .transport(Mock::new(Arc::clone(api)))
        .interceptor(recorder.clone())
        .clock(clock)
        .build()
        .expect("a configuration");
    let core = Core::new(service, config).expect("a client");
    let outcome = now(core.call(operation, input, output)).map(|_| ());
    let wire = std::mem::take(&mut *recorder.0.lock().expect("one thread"));
    Exchange {
        request: wire.request.expect("a request was sent"),
        response: wire.response.expect("an answer came"),
        outcome,
    }
}

/// One call to make: an input, and a mock that has nothing but its answer.
struct Case {
    title: String,
    mock: Arc<Api>,
    operation: String,
    /// In the model's form
    input: String,
}

/// Each example of each operation, and then each operation with what its shapes alone give.
fn cases(model: &Model) -> Vec<Case> {
    let mut cases = Vec::new();
    for operation in &model.operations {
        let name = &operation.name;
        let mock = |examples: &[Example]| {
            let operation = Operation { examples: examples.to_vec(), ..operation.clone() };
            Arc::new(Api::new(Model { operations: vec![operation], ..model.clone() }))
        };
        for example in &operation.examples {
            cases.push(Case {
                title: format!("{name}: {}", example.title),
                mock: mock(std::slice::from_ref(example)),
                operation: name.clone(),
                input: example.input.to_string(),
            });
        }
        let mock = mock(&[]);
        let sample = mock.operation(name).map(|operation| mock.sample_input(operation));
        cases.push(Case {
            title: format!("{name}: made from the shapes"),
            input: serde_json::to_string(&Wire::new(&sample.expect("it is there"))).expect("JSON"),
            operation: name.clone(),
            mock,
        });
    }
    cases
}

fn read_model(text: &str, value: &mut dyn Value) {
    let reading = Reading { strict: true, keep_unplaced: true, lenient: false };
    let report = json::read(text.as_bytes(), value, Form::Model, reading);
    let report = report.unwrap_or_else(|e| panic!("{text}: {e}"));
    assert!(report.unplaced.is_empty(), "{text}: {:?}", report.unplaced);
}

fn pretty(value: &dyn Value) -> String {
    serde_json::to_string_pretty(&Wire::new(value)).expect("JSON")
}

/// All that goes over the wire for a service.
fn transcript(id: &str) -> String {
    let mut text = String::new();
    let model = model(id);
    let api = Api::new(model.clone());
    for Case { title, mock, operation, input: example } in cases(&model) {
        let operation = api.operation(&operation).expect("it is there");
        let mut input = api.input(operation);
        read_model(&example, &mut input);
        let mut output = api.output(operation);
        let service = api.service().clone();
        let exchange = call(&mock, service, &operation.schema, &mut input, &mut output);
        let Exchange { request, response, outcome } = exchange;
        let read = match outcome {
            Ok(()) => format!("output\n\n{}", pretty(&output)),
            Err(error) => format!(
                "error\n\n{error}\nstructure: {}\nretryable: {}",
                error.shape().unwrap_or("(none)"),
                error.is_retryable()
            ),
        };
        let sent = message(request.headers(), request.body());
        let came = message(response.headers(), response.body());
        write!(
            text,
            "======== {title}\n\n{} {}\n{sent}\n-------- answer\n\nHTTP {}\n{came}\n-------- {read}\n\n",
            request.method(),
            request.uri(),
            response.status()
        )
        .expect("memory");
    }
    text
}

/// Headers, sorted, and a body.
fn message(headers: &http::HeaderMap, body: &Bytes) -> String {
    let mut lines: Vec<_> = headers
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    lines.sort();
    if !body.is_empty() {
        // Streams of events are no text.
        let text = std::str::from_utf8(body)
            .map_or_else(|_| body.escape_ascii().to_string(), str::to_owned);
        lines.push(format!("\n{text}\n"));
    }
    lines.concat()
}

/// What goes over the wire is as it was reviewed.
fn assert_as_reviewed(id: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(id.replace('/', "__"), transcript(id)));
}

/// A service's operations have a type each, which sends and reads what the operation's description
/// does, byte for byte.
#[allow(clippy::similar_names, reason = "types, and what is typed by them")]
fn assert_types_and_description_agree(id: &str, types: &[Typed]) {
    let model = model(id);
    let mut described: Vec<_> = model.operations.iter().map(|operation| &*operation.name).collect();
    let mut typed: Vec<_> = types.iter().map(|typed| &*typed.operation.name).collect();
    described.sort_unstable();
    typed.sort_unstable();
    assert_eq!(described, typed, "{id}");

    let api = Api::new(model.clone());
    for typed in types {
        let operation = api.operation(&typed.operation.name).expect("it is there");
        assert_same_tables(&api, operation, (typed.service, typed.operation));
        let name = &operation.schema.name;
        let (sends, gets) = streams(&operation.schema);
        let input = without_stream(members(&api.input(operation)), sends);
        assert_eq!(input, members(&*(typed.input)()), "{id} {name}");
        let output = without_stream(members(&api.output(operation)), gets);
        assert_eq!(output, members(&*(typed.output)()), "{id} {name}");
    }
    for case in cases(&model) {
        // A stream is no member of a type, so a call without one is another call.
        let operation = api.operation(&case.operation).expect("it is there");
        if streams(&operation.schema) != (false, false) {
            continue;
        }
        let typed = types.iter().find(|typed| typed.operation.name == case.operation);
        assert_same_call(&api, &case, typed.expect("each has a type"));
    }
}

#[allow(clippy::similar_names, reason = "types, and what is typed by them")]
fn assert_same_call(api: &Api, Case { title, mock, operation, input }: &Case, types: &Typed) {
    let operation = api.operation(operation).expect("it is there");
    let (mut described_input, mut typed_input) = (api.input(operation), (types.input)());
    read_model(input, &mut described_input);
    read_model(input, &mut *typed_input);
    let (mut described_output, mut typed_output) = (api.output(operation), (types.output)());
    let (own, schema) = (api.service().clone(), &operation.schema);
    let described = call(mock, own, schema, &mut described_input, &mut described_output);
    let typed =
        call(mock, types.service.clone(), types.operation, &mut *typed_input, &mut *typed_output);

    assert_same_request(title, &described.request, &typed.request);
    match (described.outcome, typed.outcome) {
        (Ok(()), Ok(())) => {
            assert_eq!(pretty(&described_output), pretty(&*typed_output), "{title}");
            let again = write_response(types.service, types.operation, &*typed_output);
            // Two members have the name `Event`, and each is read from all of its elements; a custom
            // makes something else of the answer; a body of events is none of the output.
            let others = ["GetBucketNotification", "GetBucketLocation", "SelectObjectContent"];
            if !others.iter().any(|name| title.starts_with(&format!("{name}:"))) {
                assert_same_response(title, &described.response, &again);
            }
        }
        (Err(described), Err(typed)) => {
            assert_eq!(described.to_string(), typed.to_string(), "{title}");
            assert_eq!(described.shape(), typed.shape(), "{title}");
            let Some(shape) = typed.shape().map(str::to_owned) else {
                // The mock does not look for a bucket in the path, where this one puts it.
                if title.starts_with("GetBucketLocation") {
                    return;
                }
                panic!("{title}: an example has an error of the spec, not: {typed}");
            };
            let (message, variant) = (types.told)(typed);
            assert_eq!(message, described.to_string(), "{title}");
            assert_eq!(variant, shape, "{title}");
        }
        (described, typed) => panic!("{title}: {described:?} and {typed:?}"),
    }
}

/// What the types know about an operation and its service is what the spec says.
fn assert_same_tables(
    api: &Api,
    operation: &ApiOperation,
    typed: (&ServiceSchema, &OperationSchema),
) {
    assert_eq!(format!("{:#?}", api.service()), format!("{:#?}", typed.0));
    assert_eq!(format!("{:#?}", operation.schema), format!("{:#?}", typed.1));
}

/// A structure's members as the codecs see them.
/// Whether the request's body is a stream, and the answer's.
fn streams(operation: &OperationSchema) -> (bool, bool) {
    let traits = operation.traits.as_deref();
    traits.map_or((false, false), |it| (it.streams_input.is_some(), it.streams_output))
}

/// In a type, a stream stands beside the members.
fn without_stream(mut members: Vec<String>, streams: bool) -> Vec<String> {
    let payload = format!("{:?}", typefoundry::schema::Flags::PAYLOAD);
    let required = typefoundry::schema::Flags::PAYLOAD.with(typefoundry::schema::Flags::REQUIRED);
    let required = format!("{required:?}");
    members.retain(|it| !streams || !it.contains(&payload) && !it.contains(&required));
    members
}

fn members(structure: &dyn Structure) -> Vec<String> {
    let member = |member: &typefoundry::schema::MemberSchema| {
        let (name, wire) = (&member.name, member.wire_name());
        format!("{name} {wire} {:?} {:?}", member.flags, member.timestamp_format())
    };
    structure.split().0.members.iter().map(member).collect()
}

fn assert_same_request(title: &str, one: &http::Request<Bytes>, other: &http::Request<Bytes>) {
    assert_eq!(one.method(), other.method(), "{title}");
    assert_eq!(one.uri(), other.uri(), "{title}");
    assert_eq!(one.headers(), other.headers(), "{title}");
    assert_eq!(one.body(), other.body(), "{title}");
}

fn assert_same_response(title: &str, one: &http::Response<Bytes>, other: &http::Response<Bytes>) {
    assert_eq!(one.status(), other.status(), "{title}");
    assert_eq!(one.headers(), other.headers(), "{title}");
    assert_eq!(one.body(), other.body(), "{title}");
}

/// AWS names an error in a header, so each can be told apart whatever its body says.
#[test]
fn every_error_of_aws_is_known_by_its_code() {
    for id in operations::SERVICES {
        let api = api(id);
        let service = api.service();
        for error in service.errors.iter().filter(|_| service.protocol == Protocol::RestJson) {
            let mut value = api.value(&error.shape).expect("an error is a structure");
            let message = format!("“{}” happened", error.shape);
            let text = format!("{{{:?}:{message:?}}}", error.message);
            // What else the service says about it is not there.
            let reading = Reading { strict: false, keep_unplaced: true, lenient: false };
            json::read(text.as_bytes(), &mut value, Form::Model, reading).expect("a message");
            let response = write_error(service, error, &value);
            assert_eq!(response.status().as_u16(), error.status, "{id} {}", error.shape);
            let facts = read_error(service, &response);
            assert_eq!(facts.code.as_deref(), Some(&*error.shape), "{id}");
            assert_eq!(facts.shape.as_deref(), Some(&*error.shape), "{id}");
            assert_eq!(facts.message, Some(message), "{id}");
        }
    }
}
