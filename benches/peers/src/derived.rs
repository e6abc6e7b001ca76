//! The types that somebody writes who has serde: the same members, and the same types for enums and
//! times, read and written through serde's derives.

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use typefoundry::{Map, Timestamp, TimestampFormat};
use typefoundry_clients::aws::ivs_realtime as ours;

#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Output {
    pub(crate) events: Vec<Event>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next_token: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Event {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<EventName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    participant_id: Option<String>,
    #[serde(rename = "eventTime", skip_serializing_if = "Option::is_none")]
    time: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remote_participant_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<ErrorCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_stage_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_session_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replica: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_token: Option<Token>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_token: Option<Token>,
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    #[serde(skip_serializing_if = "Option::is_none")]
    capabilities: Option<Vec<Capability>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<Map<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration_time: Option<Time>,
}

/// The input of a small call.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Input<'a> {
    pub(crate) stage_arn: &'a str,
    pub(crate) session_id: &'a str,
    pub(crate) participant_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_results: Option<i32>,
}

macro_rules! open_enum {
    ($($name:ident of $type:ident),*) => {$(
        #[derive(Debug, PartialEq)]
        struct $name(ours::$type);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read = |text: &str| Some(Self(text.into()));
                deserializer.deserialize_str(Text { expects: "a string", read })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.0.as_str())
            }
        }
    )*};
}

open_enum!(EventName of EventName, ErrorCode of EventErrorCode, Capability of ParticipantTokenCapability);

#[derive(Debug, PartialEq)]
struct Time(Timestamp);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |text: &str| Timestamp::parse(text, TimestampFormat::DateTime).ok().map(Self);
        deserializer.deserialize_str(Text { expects: "a date-time", read })
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.format(TimestampFormat::DateTime))
    }
}

struct Text<F> {
    expects: &'static str,
    read: F,
}

impl<T, F: FnOnce(&str) -> Option<T>> Visitor<'_> for Text<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expects)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        let expects = self.expects;
        (self.read)(text).ok_or_else(|| E::custom(format!("expected {expects}")))
    }
}
