//! Documents as services send them, through the generated types and back: nothing is lost.
//!
//! What comes back is compared as JSON values, numbers by value (`48` is `48.0`). A moment that
//! is text may be spelt in several ways, so the members in `MOMENTS` are compared as instants:
//! `2026-06-20T19:00:06+00:00` comes back as `2026-06-20T19:00:06Z`. All other text is compared
//! as it stands.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use bytes::Bytes;
use serde_json::{Value as Json, json};
use typefoundry::binding::{read_response, write_response};
use typefoundry::codec::{Form, Reading, json};
use typefoundry::value::{Empty, Value};
use typefoundry::{Operation, Service, Timestamp, TimestampFormat};
use typefoundry_clients::aws::cloudtrail_record::{LogFile, Record};
use typefoundry_clients::aws::customer_profiles::{EventStreamState, GetEventStream};
use typefoundry_clients::aws::ivs_realtime::{
    EventErrorCode, EventName, ListParticipantEvents, ParticipantTokenCapability,
};
use typefoundry_clients::ncp::livestation::{EventCode, ListChannelEvents, LogLevel};
use typefoundry_tests::fixture;

/// Members that hold a moment as text.
const MOMENTS: &[&str] = &["eventTime", "expirationTime"];

const EVERYTHING: Reading = Reading { strict: true, keep_unplaced: true, lenient: false };

fn at(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// Reads an answer of an operation. Every member has its place, and none that is required is
/// missing.
fn answer<O: Operation>(document: &Json) -> O::Output {
    let response = http::Response::new(Bytes::from(document.to_string()));
    let mut output = O::Output::empty();
    let report =
        read_response(O::Service::schema(), O::schema(), &response, &mut output, EVERYTHING);
    let report = report.unwrap_or_else(|e| panic!("{e}"));
    assert!(report.unplaced.is_empty(), "{:?}", report.unplaced);
    output
}

/// An output as the service would send it.
fn sent<O: Operation>(output: &O::Output) -> Json {
    let response = write_response(O::Service::schema(), O::schema(), output);
    serde_json::from_slice(response.body()).expect("a body of JSON")
}

fn assert_round_trip<O: Operation>(document: &Json) {
    assert_same(document, &sent::<O>(&answer::<O>(document)), "");
}

fn assert_same(one: &Json, other: &Json, path: &str) {
    match (one, other) {
        (Json::Object(one), Json::Object(other)) => {
            let names = |object: &serde_json::Map<String, Json>| {
                object.keys().cloned().collect::<std::collections::BTreeSet<_>>()
            };
            assert_eq!(names(one), names(other), "{path}");
            for (name, value) in one {
                assert_same(value, &other[name], &format!("{path}/{name}"));
            }
        }
        (Json::Array(one), Json::Array(other)) => {
            assert_eq!(one.len(), other.len(), "{path}");
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                assert_same(one, other, &format!("{path}/{index}"));
            }
        }
        (Json::Number(one), Json::Number(other)) => {
            assert_eq!(one.as_f64(), other.as_f64(), "{path}");
        }
        (Json::String(one), Json::String(other))
            if MOMENTS.iter().any(|name| path.ends_with(&format!("/{name}"))) =>
        {
            assert_eq!(at(one), at(other), "{path}");
        }
        _ => assert_eq!(one, other, "{path}"),
    }
}

#[test]
fn participant_events() {
    let document = fixture("ivs-realtime/list-participant-events.json");
    assert_round_trip::<ListParticipantEvents>(&document);

    let output = answer::<ListParticipantEvents>(&document);
    assert_eq!(output.next_token.as_deref(), Some("bm9jaC1tZWhy"));
    let names: Vec<_> = output.events.iter().flat_map(|event| &event.name).collect();
    assert_eq!(names.len(), 7);
    assert_eq!(names[0], &EventName::Joined);
    let times: Vec<_> = output.events.iter().filter_map(|event| event.event_time).collect();
    // The same moment as text with a fraction, with `Z` and with `+00:00`.
    assert_eq!(times[0], at("2026-06-20T19:00:02Z"));
    assert_eq!(times[1], at("2026-06-20T19:00:05.417Z"));
    assert_eq!(times[2], at("2026-06-20T19:00:06Z"));
    assert_eq!(output.events[3].error_code, Some(EventErrorCode::BitrateExceeded));
    let token = output.events[5].previous_token.as_ref().expect("a token");
    let capabilities = [ParticipantTokenCapability::Publish, ParticipantTokenCapability::Subscribe];
    assert_eq!(token.capabilities.as_deref(), Some(&capabilities[..]));
    let attributes = token.attributes.as_ref().expect("attributes");
    let attributes: Vec<_> = attributes.iter().map(|(name, text)| (&**name, &**text)).collect();
    assert_eq!(attributes, [("displayName", "Łucja"), ("seat", "A4")], "in the order they came");
}

#[test]
fn livestation_events() {
    let document = fixture("livestation/list-channel-events.json");
    assert_round_trip::<ListChannelEvents>(&document);

    let output = answer::<ListChannelEvents>(&document);
    assert_eq!(output.total, Some(25));
    let events = output.content.expect("events");
    assert_eq!(events[0].timestamp, Timestamp::from_millis(1_788_588_127_315));
    assert_eq!(events[0].timestamp, Some(at("2026-09-05T06:02:07.315Z")));
    assert_eq!(events[0].event_code, Some(EventCode::PublishEnd));
    assert_eq!(events[2].log_level, Some(LogLevel::Error));
    assert_eq!(
        events[5].description.as_deref(),
        Some("“가을_운동회” 채널을 만들었습니다."),
        "Korean text and its quotation marks come through"
    );
}

#[test]
fn an_event_stream() {
    let document = fixture("customer-profiles/get-event-stream.json");
    assert_round_trip::<GetEventStream>(&document);

    let output = answer::<GetEventStream>(&document);
    assert_eq!(output.created_at, at("2026-02-09T08:00:00.482Z"), "seconds with a fraction");
    assert_eq!(output.stopped_since, Timestamp::from_seconds(1_778_932_860), "whole seconds");
    assert_eq!(output.state, EventStreamState::Stopped);
    let tags = output.tags.as_ref().expect("tags");
    assert_eq!(tags.get("owner").map(String::as_str), Some("ticketing"));
    assert_eq!(sent::<GetEventStream>(&output)["StoppedSince"], json!(1_778_932_860));
}

/// Reads what no operation answers: a record, or a log file as it lies in S3.
fn recorded<T: Value + Empty>(document: &Json) -> T {
    let mut value = T::empty();
    let form = Form::Wire(TimestampFormat::DateTime);
    let report = json::read(document.to_string().as_bytes(), &mut value, form, EVERYTHING);
    let report = report.unwrap_or_else(|e| panic!("{e}"));
    assert!(report.unplaced.is_empty(), "{:?}", report.unplaced);
    value
}

fn written(value: &dyn Value) -> Json {
    let bytes = json::write(value, Form::Wire(TimestampFormat::DateTime));
    serde_json::from_slice(&bytes).expect("JSON")
}

#[test]
fn a_cloudtrail_record() {
    let document = fixture("cloudtrail/create-channel.json");
    let record: Record = recorded(&document);
    assert_same(&document, &written(&record), "");
    assert_eq!(record.event_time, Some(at("2026-02-11T07:52:30Z")));
    assert_eq!(record.event_name.as_deref(), Some("CreateChannel"));
    let parameters = record.request_parameters.as_option().expect("parameters");
    assert_eq!(parameters.get("name").and_then(|name| name.as_str()), Some("lighthouse"));
}

#[test]
fn a_cloudtrail_log_file() {
    let document = fixture("cloudtrail/log-file.json");
    let file: LogFile = recorded(&document);
    assert_same(&document, &written(&file), "");
    let records = file.records.expect("records");
    assert!(records[0].request_parameters.is_null(), "null is not the same as not mentioned");
    assert!(records[1].request_parameters.as_option().is_none());
    assert!(!records[1].request_parameters.is_null());
}

/// A value that the spec does not list comes through unchanged, in every enum of every document.
#[test]
fn unknown_enum_values_come_through() {
    let mut document = fixture("ivs-realtime/list-participant-events.json");
    document["events"][0]["name"] = json!("MOONWALKED");
    document["events"][3]["errorCode"] = json!("TOO_GROOVY");
    document["events"][5]["newToken"]["capabilities"] = json!(["SUBSCRIBE", "CONDUCT"]);
    assert_round_trip::<ListParticipantEvents>(&document);
    let output = answer::<ListParticipantEvents>(&document);
    let name = output.events[0].name.as_ref().expect("a name");
    assert!(matches!(name, EventName::Unknown(_)));
    assert_eq!(name.as_str(), "MOONWALKED");

    let mut document = fixture("livestation/list-channel-events.json");
    document["content"][0]["eventCode"] = json!("방송_중단");
    document["content"][0]["logLevel"] = json!("");
    assert_round_trip::<ListChannelEvents>(&document);
    let events = answer::<ListChannelEvents>(&document).content.expect("events");
    let code = events[0].event_code.as_ref().expect("a code");
    assert_eq!(code.as_str(), "방송_중단");

    let mut document = fixture("customer-profiles/get-event-stream.json");
    document["State"] = json!("PAUSED");
    document["DestinationDetails"]["Status"] = json!("unhealthy");
    assert_round_trip::<GetEventStream>(&document);
    assert_eq!(answer::<GetEventStream>(&document).state.as_str(), "PAUSED");

    let mut document = fixture("cloudtrail/create-channel.json");
    document["eventType"] = json!("AwsRobotCall");
    document["userIdentity"]["type"] = json!("Robot");
    let record: Record = recorded(&document);
    assert_same(&document, &written(&record), "");
}

#[test]
fn a_moment_may_be_spelt_in_any_way() {
    let mut document = fixture("ivs-realtime/list-participant-events.json");
    let spellings = [
        json!("2026-06-20T19:00:02Z"),
        json!("2026-06-20T19:00:02.000Z"),
        json!("2026-06-21T04:00:02+09:00"),
        json!(1_781_982_002),
        json!(1_781_982_002.0),
    ];
    for spelling in spellings {
        document["events"][0]["eventTime"] = spelling.clone();
        let output = answer::<ListParticipantEvents>(&document);
        assert_eq!(output.events[0].event_time, Some(at("2026-06-20T19:00:02Z")), "{spelling}");
        let again = sent::<ListParticipantEvents>(&output);
        assert_eq!(again["events"][0]["eventTime"], "2026-06-20T19:00:02Z", "{spelling}");
    }

    let mut document = fixture("customer-profiles/get-event-stream.json");
    for (spelling, moment) in [
        (json!(1_770_624_000), "2026-02-09T08:00:00Z"),
        (json!(1_770_624_000.25), "2026-02-09T08:00:00.25Z"),
        (json!(1.770_624_000_25e9), "2026-02-09T08:00:00.25Z"),
        (json!("2026-02-09T08:00:00.250+00:00"), "2026-02-09T08:00:00.25Z"),
        (json!(-0.5), "1969-12-31T23:59:59.5Z"),
    ] {
        document["CreatedAt"] = spelling.clone();
        let output = answer::<GetEventStream>(&document);
        assert_eq!(output.created_at, at(moment), "{spelling}");
    }
}

#[test]
fn a_mistake_is_named_by_its_place() {
    let read = |document: &Json| {
        let response = http::Response::new(Bytes::from(document.to_string()));
        let service = <ListParticipantEvents as Operation>::Service::schema();
        let operation = ListParticipantEvents::schema();
        let mut output = <ListParticipantEvents as Operation>::Output::empty();
        let error = read_response(service, operation, &response, &mut output, EVERYTHING);
        error.expect_err("it is wrong").to_string()
    };
    let mut document = fixture("ivs-realtime/list-participant-events.json");
    document["events"][3]["eventTime"] = json!("soon");
    let message = "events[3].eventTime: expected an RFC 3339 date-time, found \"soon\", in \
        `\"errorCode\":\"BITRATE_EXCEEDED\",\"eventTime\":\"soon\",\"name\":\"PUBLISH_ERROR\",\"participantId\":…`";
    assert_eq!(read(&document), message);

    let mut document = fixture("ivs-realtime/list-participant-events.json");
    document["events"][5]["newToken"]["attributes"]["seat"] = json!(["A", 4]);
    let message = "events[5].newToken.attributes[\"seat\"]: expected a string, found an array, in \
        `\"displayName\":\"Łucja\",\"seat\":[…]`";
    assert_eq!(read(&document), message);

    let mut document = fixture("ivs-realtime/list-participant-events.json");
    document.as_object_mut().expect("an object").remove("events");
    assert_eq!(read(&document), "events: it is required and not there");
}

/// The spec that the README shows is one that checks.
#[test]
fn the_readmes_spec_is_good() {
    let readme = typefoundry_tests::text("README.md");
    let spec = readme.split("```json\n").nth(1).and_then(|rest| rest.split("```").next());
    let loaded = typefoundry_spec::load("pets.json", spec.expect("a spec in the README"));
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics);
    // What the README says about a mistake in it is what is said.
    let broken = spec.expect("a spec").replace("\"mood\": \"Mood\"", "\"mood\": \"Mod\"");
    let said = typefoundry_spec::load("pets.json", &broken).diagnostics;
    let said = said.render(typefoundry_spec::Style::Plain);
    let first = said.split("\n\n").next().unwrap_or_default();
    assert!(readme.contains(first), "the README should show\n{first}");
}
