//! `CloudTrail` records in the types of the operation that they record. What a record has beyond
//! the API, or in another form, is handed back and never an error.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value as Json, json};
use typefoundry::Document;
use typefoundry::aws::trail::{Record as _, RecordedCall};
use typefoundry::codec::{Form, Reading, json};
use typefoundry::value::Empty;
use typefoundry_clients::aws::cloudtrail_record::{LogFile, Record};
use typefoundry_clients::aws::ivs::{
    ChannelLatencyMode, ChannelType, CreateChannel, CreateChannelOutput, DeleteChannel,
    ListChannels,
};
use typefoundry_clients::aws::ivs_realtime::ListParticipantEvents;
use typefoundry_tests::{api, fixture};

const FIXTURE: &str = "cloudtrail/create-channel.json";

/// Reads a record as `typefoundry trail` does.
fn record(document: &Json) -> Record {
    let mut record = Record::empty();
    let reading = Reading { strict: false, keep_unplaced: true, lenient: true };
    let text = document.to_string();
    let report = json::read(text.as_bytes(), &mut record, Form::Audit, reading);
    let report = report.unwrap_or_else(|e| panic!("{e}"));
    assert!(report.unplaced.is_empty(), "{:?}", report.unplaced);
    record
}

fn create_channel(document: &Json) -> RecordedCall<CreateChannel, CreateChannelOutput> {
    record(document).call::<CreateChannel>().unwrap_or_else(|e| panic!("{e}"))
}

fn unplaced(call: &RecordedCall<CreateChannel, CreateChannelOutput>) -> Vec<(&str, &Document)> {
    call.unplaced.iter().map(|(path, value)| (&**path, value)).collect()
}

#[test]
fn a_record_gives_the_call_in_the_operations_own_types() {
    let call = create_channel(&fixture(FIXTURE));

    assert_eq!(call.input.name.as_deref(), Some("lighthouse"));
    assert_eq!(call.input.latency_mode, Some(ChannelLatencyMode::Normal));
    assert_eq!(call.input.r#type, Some(ChannelType::Standard));
    assert_eq!(call.input.authorized, Some(true));
    assert_eq!(call.input.recording_configuration_arn, None);
    let tags = call.input.tags.as_ref().expect("tags");
    assert_eq!(tags.get("coast").map(String::as_str), Some("west"));

    let output = call.output.as_ref().expect("it was answered");
    let channel = output.channel.as_ref().expect("a channel");
    let arn = "arn:aws:ivs:eu-west-1:111122223333:channel/L1gHtH0uSe01";
    assert_eq!(channel.arn.as_deref(), Some(arn));
    assert_eq!(channel.recording_configuration_arn.as_deref(), Some(""));
    assert_eq!(channel.insecure_ingest, Some(false));
    let key = output.stream_key.as_ref().expect("a stream key");
    assert_eq!(key.channel_arn.as_deref(), Some(arn));
    assert_eq!(key.value, None, "CloudTrail leaves the secret out");
}

#[test]
fn a_member_that_the_api_does_not_have_is_handed_back() {
    let call = create_channel(&fixture(FIXTURE));
    let extra = Document::from("coast-cameras");
    assert_eq!(unplaced(&call), [("responseElements.channel.channelGroup", &extra)]);
    assert_eq!(call.missing, Vec::<String>::new());
}

#[test]
fn a_redacted_map_is_handed_back() {
    let hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";
    let mut document = fixture(FIXTURE);
    document["requestParameters"]["tags"] = json!(hidden);
    document["responseElements"]["streamKey"] = json!(hidden);
    let call = create_channel(&document);
    assert_eq!(call.input.tags, None);
    assert_eq!(call.input.name.as_deref(), Some("lighthouse"), "what stands around it is read");
    let hidden = Document::from(hidden);
    assert_eq!(
        unplaced(&call),
        [
            ("requestParameters.tags", &hidden),
            ("responseElements.channel.channelGroup", &Document::from("coast-cameras")),
            ("responseElements.streamKey", &hidden),
        ]
    );
}

#[test]
fn pascal_case_is_accepted() {
    let mut document = fixture(FIXTURE);
    let pascal = |value: &Json| -> Json {
        let rename = |name: &String| name[..1].to_uppercase() + &name[1..];
        let members = value.as_object().expect("an object").iter();
        members.map(|(name, value)| (rename(name), value.clone())).collect()
    };
    let plain = create_channel(&document);
    document["requestParameters"] = pascal(&document["requestParameters"]);
    document["responseElements"]["channel"] = pascal(&document["responseElements"]["channel"]);
    document["responseElements"] = pascal(&document["responseElements"]);
    assert_eq!(document["requestParameters"]["LatencyMode"], "NORMAL");
    let call = create_channel(&document);
    assert_eq!(call.input, plain.input);
    assert_eq!(call.output, plain.output);
    let paths: Vec<_> = call.unplaced.iter().map(|(path, _)| &**path).collect();
    assert_eq!(paths, ["responseElements.channel.ChannelGroup"]);
}

#[test]
fn missing_required_members_are_listed() {
    let mut document = fixture(FIXTURE);
    document["requestParameters"] = json!({"stageArn": "arn:aws:ivs:eu-west-1:1:stage/a"});
    document["responseElements"] = json!({});
    let call = record(&document).call::<ListParticipantEvents>().expect("it can be read");
    assert_eq!(
        call.missing,
        [
            "requestParameters.sessionId",
            "requestParameters.participantId",
            "responseElements.events"
        ]
    );
    assert_eq!(call.input.stage_arn, "arn:aws:ivs:eu-west-1:1:stage/a");
    assert_eq!(call.input.session_id, "");
}

/// Above 100 KB `CloudTrail` cuts a part and says so in its place.
#[test]
fn a_part_that_was_cut_is_handed_back() {
    let mut document = fixture(FIXTURE);
    document["responseElements"] = json!({"omitted": true, "originalSize": 131_072});
    let call = create_channel(&document);
    assert_eq!(
        unplaced(&call),
        [
            ("responseElements.omitted", &Document::from(true)),
            ("responseElements.originalSize", &Document::from(131_072)),
        ]
    );
    assert_eq!(call.output, Some(CreateChannelOutput::default()));
}

#[test]
fn a_part_that_is_no_object_is_handed_back() {
    let mut document = fixture(FIXTURE);
    document["requestParameters"] = json!("HIDDEN_DUE_TO_SECURITY_REASONS");
    document["responseElements"] = Json::Null;
    let call = create_channel(&document);
    assert_eq!(call.input, CreateChannel::default());
    assert_eq!(call.output, None);
    let hidden = Document::from("HIDDEN_DUE_TO_SECURITY_REASONS");
    assert_eq!(unplaced(&call), [("requestParameters", &hidden)]);
}

#[test]
fn a_call_without_parameters_and_answer_is_an_empty_input() {
    let mut file = LogFile::empty();
    let text = fixture("cloudtrail/log-file.json").to_string();
    json::read(text.as_bytes(), &mut file, Form::Audit, Reading::default()).expect("a log file");
    let records = file.records.expect("records");
    let call = records[0].call::<ListChannels>().expect("it can be read");
    assert_eq!(call.input, ListChannels::default());
    assert!(call.output.is_none() && call.unplaced.is_empty() && call.missing.is_empty());

    // Nothing is made up in silence: a record without parameters lacks what is required.
    let call = records[0].call::<DeleteChannel>().expect("it can be read");
    assert_eq!(call.missing, ["requestParameters.arn"]);
}

/// A record that was read by a spec at run time gives its call as well.
#[test]
fn a_described_record_gives_the_same_call() {
    let api = api("aws/cloudtrail-record");
    let document = fixture(FIXTURE);
    let mut described = api.value("Record").expect("the spec has records");
    let reading = Reading { strict: false, keep_unplaced: true, lenient: true };
    json::read(document.to_string().as_bytes(), &mut described, Form::Audit, reading)
        .expect("a record");
    let one = described.call::<CreateChannel>().expect("it can be read");
    let other = create_channel(&document);
    assert_eq!(one.input, other.input);
    assert_eq!(one.output, other.output);
    assert_eq!(one.unplaced, other.unplaced);
}
