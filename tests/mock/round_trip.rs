//! What the client writes the mock reads as an equal value, and the other way round: for every
//! operation of every spec here, in every protocol.

use super::SPECS;
use serde_json::Value as Json;
use typefoundry::Wire;
use typefoundry::binding::{read_request, read_response, write_request, write_response};
use typefoundry::codec::Reading;
use typefoundry::dynamic::{Api, ApiOperation, Dynamic};
use typefoundry::schema::{Protocol, ServiceSchema};
use typefoundry::value::Structure;
use typefoundry_spec::{Binding, Member, Model};
use typefoundry_tests::{api, model};

/// Protocols in which everything leaves a trace, so that any spec may be tried in them.
const RPC: &[Protocol] = &[Protocol::Json10, Protocol::Json11, Protocol::RpcV2Cbor];
/// Two members of these have one name on the wire.
const ALIKE: &[&str] = &["GetBucketNotification", "PutBucketNotification"];

/// The service in its own protocol and, as far as its facts say, in those like it.
fn spoken(service: &ServiceSchema) -> Vec<ServiceSchema> {
    let own = service.protocol;
    let others = if own == Protocol::RestXml { &[] } else { RPC };
    let all = others.iter().filter(|other| **other != own).chain([&own]);
    all.map(|protocol| ServiceSchema { protocol: *protocol, ..service.clone() }).collect()
}

fn is_told(operation: &ApiOperation) -> bool {
    !ALIKE.contains(&&*operation.schema.name)
}

fn form(value: &Dynamic<'_>, left_out: &[&str], service: &ServiceSchema) -> Json {
    let mut form = serde_json::to_value(Wire::new(value)).unwrap();
    form.as_object_mut().unwrap().retain(|name, _| !left_out.contains(&name.as_str()));
    if service.protocol == Protocol::RestXml {
        drop_empty(&mut form);
    }
    form
}

/// Flattened lists leave no trace in XML where they are empty.
fn drop_empty(form: &mut Json) {
    match form {
        Json::Object(members) => {
            members.retain(|_, value| value.as_array().is_none_or(|list| !list.is_empty()));
            members.values_mut().for_each(drop_empty);
        }
        Json::Array(items) => items.iter_mut().for_each(drop_empty),
        _ => {}
    }
}

/// Members that have no place in a message: the endpoint's rules place them, or they are what the
/// status says.
fn placeless(members: &[Member]) -> Vec<&str> {
    let is_placeless = |it: &&Member| matches!(it.binding, Binding::Endpoint | Binding::StatusCode);
    members.iter().filter(is_placeless).map(|member| &*member.name).collect()
}

/// Protocols that know no places read the members that others have elsewhere, so bindings say
/// nothing for them.
fn unbound(model: &Model) -> Model {
    let mut model = model.clone();
    let unbind = |members: &mut Vec<Member>| {
        for member in members.iter_mut().filter(|it| it.binding != Binding::Endpoint) {
            member.binding = Binding::Body;
        }
    };
    for operation in &mut model.operations {
        unbind(&mut operation.input);
        operation.output.iter_mut().for_each(unbind);
    }
    model
}

#[test]
fn requests_are_read_as_they_were_written() {
    let mut count = 0;
    for id in SPECS {
        let bound = model(id);
        for service in spoken(api(id).service()) {
            let model = if service.protocol.is_rest() { bound.clone() } else { unbound(&bound) };
            let api = Api::new(model);
            for operation in api.operations().iter().filter(|it| is_told(it)) {
                let name = format!("{id} {} {}", service.protocol.name(), operation.schema.name);
                let input = api.sample_input(operation);
                let request = write_request(
                    &service,
                    &operation.schema,
                    &input,
                    "https://mock.example",
                    "here",
                );
                let request = request.unwrap_or_else(|error| panic!("{name}: {error}"));
                let mut again = api.input(operation);
                let read = read_request(&service, &operation.schema, &request, &mut again);
                let report = read.unwrap_or_else(|error| panic!("{name}: {error} {request:?}"));
                assert_eq!(report.unplaced, [], "{name}");
                let operation = api.model().find_operation(&operation.schema.name).unwrap();
                let placeless = placeless(&operation.input);
                assert_eq!(
                    form(&again, &placeless, &service),
                    form(&input, &placeless, &service),
                    "{name} {request:?}"
                );
                count += 1;
            }
        }
    }
    assert!(count > 1000, "{count}");
}

#[test]
fn answers_are_read_as_they_were_written() {
    for id in SPECS {
        let bound = model(id);
        for service in spoken(api(id).service()) {
            let model = if service.protocol.is_rest() { bound.clone() } else { unbound(&bound) };
            let api = Api::new(model);
            for operation in api.operations().iter().filter(|it| is_told(it)) {
                answer(&api, &service, operation, id);
            }
        }
    }
}

fn answer(api: &Api, service: &ServiceSchema, operation: &ApiOperation, id: &str) {
    let name = format!("{id} {} {}", service.protocol.name(), operation.schema.name);
    let output = api.sample_output(operation);
    let response = write_response(service, &operation.schema, &output);
    let mut again = api.output(operation);
    let reading = Reading { strict: true, keep_unplaced: true, lenient: false };
    let read = read_response(service, &operation.schema, &response, &mut again, reading);
    let report = read.unwrap_or_else(|error| panic!("{name}: {error} {response:?}"));
    let unplaced: Vec<_> = report.unplaced.iter().map(|(path, _)| &**path).collect();
    // What stands beside the members of XML answers.
    let beside = ["ResponseMetadata", "requestId"];
    assert!(unplaced.iter().all(|path| beside.contains(path)), "{name}: {unplaced:?}");
    let operation = api.model().find_operation(&operation.schema.name).unwrap();
    let placeless = placeless(operation.output_members());
    let is_map_of_headers = |(name, value): (&String, &Json)| {
        let member = operation.output_member(name);
        member.is_some_and(|it| matches!(it.binding, Binding::HeaderPrefix(_)))
            && value.as_object().is_some_and(serde_json::Map::is_empty)
    };
    let mut read = form(&again, &placeless, service);
    // A map of headers is there in every answer.
    let empty: Vec<_> = read
        .as_object()
        .unwrap()
        .iter()
        .filter(|entry| is_map_of_headers(*entry))
        .map(|(name, _)| name.clone())
        .collect();
    let written = form(&output, &placeless, service);
    for name in empty.into_iter().filter(|name| written.get(name).is_none()) {
        read.as_object_mut().unwrap().remove(&name);
    }
    assert_eq!(read, written, "{name} {response:?}");
    assert!(output.split().0.members.len() >= placeless.len(), "{name}");
}
