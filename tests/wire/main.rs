//! What goes over the wire: for each operation, each of its examples and one input made from its
//! shapes, the signed request, the answer and what is read from it.
//!
//! The same calls are then made with the generated types, which must send and read the same bytes.
//! Clock and credentials are fixed, so that signatures are part of what is compared.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use bytes::Bytes;
use std::fmt::Write;
use std::sync::{Arc, Mutex};
use typefoundry::binding::{read_error, write_error, write_response};
use typefoundry::client::{Config, Core, Observer};
use typefoundry::codec::{Form, Reading, json};
use typefoundry::dynamic::{Api, ApiOperation, Mock};
use typefoundry::schema::{OperationSchema, Protocol, ServiceSchema};
use typefoundry::transport::TransportError;
use typefoundry::value::{Empty, Structure, Value};
use typefoundry::{Error, Operation, Service, Timestamp, Wire};
use typefoundry_clients::{aws, ncp};
use typefoundry_tests::{api, model, now};

const CALLED: &[&str] =
    &["aws/customer-profiles", "aws/ivs", "aws/ivs-realtime", "ncp/livestation"];

/// What was sent and what came back.
#[derive(Clone, Debug, Default)]
struct Recorder(Arc<Mutex<Recorded>>);

#[derive(Debug, Default)]
struct Recorded {
    request: Option<http::Request<Bytes>>,
    response: Option<http::Response<Bytes>>,
}

impl Observer for Recorder {
    fn request(&self, _: &OperationSchema, request: &http::Request<Bytes>) {
        self.0.lock().expect("one thread").request = Some(request.clone());
    }

    fn response(
        &self,
        _: &OperationSchema,
        response: Result<&http::Response<Bytes>, &TransportError>,
    ) {
        let response = response.expect("a mock always answers").clone();
        self.0.lock().expect("one thread").response = Some(response);
    }
}

/// One call over the wire.
struct Exchange {
    request: http::Request<Bytes>,
    response: http::Response<Bytes>,
    outcome: Result<(), Error>,
}

/// Calls a mock of `api` as a client would that knows `service`.
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
        .observer(recorder.clone())
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
    api: Arc<Api>,
    operation: String,
    /// In the model's form
    input: String,
}

/// Each example of each operation, and then each operation with what its shapes alone give.
fn cases(id: &str) -> Vec<Case> {
    let model = model(id);
    let mut cases = Vec::new();
    for (index, operation) in model.operations.iter().enumerate() {
        let name = &operation.name;
        for example in &operation.examples {
            let mut model = model.clone();
            model.operations[index].examples = vec![example.clone()];
            cases.push(Case {
                title: format!("{name}: {}", example.title),
                api: Arc::new(Api::new(model)),
                operation: name.clone(),
                input: example.input.to_string(),
            });
        }
        let mut model = model.clone();
        model.operations[index].examples.clear();
        let api = Arc::new(Api::new(model));
        let sample = api.operation(name).map(|operation| api.sample_input(operation));
        cases.push(Case {
            title: format!("{name}: made from the shapes"),
            input: serde_json::to_string(&Wire::new(&sample.expect("it is there"))).expect("JSON"),
            operation: name.clone(),
            api,
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
    for Case { title, api, operation, input: example } in cases(id) {
        let operation = api.operation(&operation).expect("it is there");
        let mut input = api.input(operation);
        read_model(&example, &mut input);
        let mut output = api.output(operation);
        let service = api.service().clone();
        let exchange = call(&api, service, &operation.schema, &mut input, &mut output);
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
        lines.push(format!("\n{}\n", std::str::from_utf8(body).expect("bodies of text")));
    }
    lines.concat()
}

#[test]
fn the_wire_is_as_reviewed() {
    for id in CALLED {
        let mut settings = insta::Settings::clone_current();
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(id.replace('/', "__"), transcript(id)));
    }
}

/// The types of an operation send and read what its description does, byte for byte.
fn types_and_description_agree<O: Operation>(id: &str) {
    let name = &O::schema().name;
    let service = <O::Service as Service>::schema();
    for Case { title, api, input, .. } in
        cases(id).into_iter().filter(|case| case.operation == *name)
    {
        let operation = api.operation(name).expect("it is there");
        assert_same_tables(&api, operation, (service, O::schema()));
        assert_eq!(members(&api.input(operation)), members(&O::empty()), "{id} {name}");
        assert_eq!(members(&api.output(operation)), members(&O::Output::empty()), "{id} {name}");

        let (mut described_input, mut typed_input) = (api.input(operation), O::empty());
        read_model(&input, &mut described_input);
        read_model(&input, &mut typed_input);
        let (mut described_output, mut typed_output) = (api.output(operation), O::Output::empty());
        let (own, schema) = (api.service().clone(), &operation.schema);
        let described = call(&api, own, schema, &mut described_input, &mut described_output);
        let typed = call(&api, service.clone(), O::schema(), &mut typed_input, &mut typed_output);

        assert_same_request(&title, &described.request, &typed.request);
        match (described.outcome, typed.outcome) {
            (Ok(()), Ok(())) => {
                assert_eq!(pretty(&described_output), pretty(&typed_output), "{title}");
                let again = write_response(service, O::schema(), &typed_output);
                assert_same_response(&title, &described.response, &again);
            }
            (Err(described), Err(typed)) => {
                assert_eq!(described.to_string(), typed.to_string(), "{title}");
                assert_eq!(described.shape(), typed.shape(), "{title}");
                let shape = typed.shape().expect("examples have errors of the spec").to_owned();
                let told = <O::Service as Service>::Error::from(typed);
                assert_eq!(told.to_string(), described.to_string(), "{title}");
                assert_eq!(variant(&told), shape, "{title}");
            }
            (described, typed) => panic!("{title}: {described:?} and {typed:?}"),
        }
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
fn members(structure: &dyn Structure) -> Vec<String> {
    let member = |member: &typefoundry::schema::MemberSchema| {
        let (name, wire) = (&member.name, member.wire_name());
        format!("{name} {wire} {:?} {:?}", member.flags, member.timestamp_format())
    };
    structure.split().0.members.iter().map(member).collect()
}

/// The name of an enum's variant.
fn variant(error: &impl std::fmt::Debug) -> String {
    let text = format!("{error:?}");
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
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

/// The operations of every spec, each with its type.
macro_rules! operations {
    ($($test:ident: $id:literal, $operation:ty;)*) => {
        $(
            #[test]
            fn $test() {
                types_and_description_agree::<$operation>($id);
            }
        )*

        /// What has a test above, to find what has none.
        fn tested() -> Vec<(&'static str, String)> {
            vec![$(($id, <$operation>::schema().name.to_string())),*]
        }
    };
}

operations! {
    get_event_stream: "aws/customer-profiles", aws::customer_profiles::GetEventStream;
    create_channel: "aws/ivs", aws::ivs::CreateChannel;
    list_channels: "aws/ivs", aws::ivs::ListChannels;
    delete_channel: "aws/ivs", aws::ivs::DeleteChannel;
    list_participant_events: "aws/ivs-realtime", aws::ivs_realtime::ListParticipantEvents;
    list_livestation_channels: "ncp/livestation", ncp::livestation::ListChannels;
    list_channel_events: "ncp/livestation", ncp::livestation::ListChannelEvents;
}

#[test]
fn every_operation_of_every_spec_is_tested() {
    let mut described: Vec<_> = CALLED
        .iter()
        .flat_map(|id| {
            let operations = model(id).operations.into_iter();
            operations.map(move |operation| (*id, operation.name))
        })
        .collect();
    let mut tested = tested();
    described.sort();
    tested.sort();
    assert_eq!(described, tested);
}

/// AWS names an error in a header, so each can be told apart whatever its body says.
#[test]
fn every_error_of_aws_is_known_by_its_code() {
    for id in CALLED {
        let api = api(id);
        let service = api.service();
        for error in service.errors.iter().filter(|_| service.protocol == Protocol::RestJson) {
            let mut value = api.value(&error.shape).expect("an error is a structure");
            let message = format!("“{}” happened", error.shape);
            let text = format!("{{{:?}:{message:?}}}", error.message);
            read_model(&text, &mut value);
            let response = write_error(service, error, &value);
            assert_eq!(response.status().as_u16(), error.status, "{id} {}", error.shape);
            let facts = read_error(service, &response);
            assert_eq!(facts.code.as_deref(), Some(&*error.shape), "{id}");
            assert_eq!(facts.shape.as_deref(), Some(&*error.shape), "{id}");
            assert_eq!(facts.message, Some(message), "{id}");
        }
    }
}
