//! Streams of events.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod events;
mod frames;
mod written;
#[cfg(feature = "xml")]
mod xml;

use super::*;
use crate::codec::Reading;
use crate::value::Empty;
use crate::{Blob, Model, Timestamp, UnknownMember};
use bytes::Bytes;

/// The events of a stream, with a member for each way that an event's members travel.
#[derive(Model)]
enum Events {
    #[model(name = "headers")]
    Headers(Headers),
    #[model(name = "blob")]
    Blob(BlobEvent),
    #[model(name = "text")]
    Text(TextEvent),
    #[model(name = "structure")]
    Structure(StructureEvent),
    #[model(name = "body")]
    Body(BodyEvent),
    #[model(name = "secret", sensitive)]
    Secret(BodyEvent),
    #[model(name = "throttled")]
    Throttled(Throttled),
    #[model(unknown)]
    Unknown(UnknownMember),
}

#[derive(Model)]
struct Headers {
    #[model(event_header)]
    boolean: Option<bool>,
    #[model(event_header)]
    integer: Option<i32>,
    #[model(event_header)]
    long: Option<i64>,
    #[model(event_header)]
    string: Option<String>,
    #[model(event_header)]
    blob: Option<Blob>,
    #[model(event_header)]
    time: Option<Timestamp>,
}

#[derive(Model)]
struct BlobEvent {
    #[model(event_header)]
    id: i32,
    #[model(event_payload)]
    bytes: Option<Blob>,
}

#[derive(Model)]
struct TextEvent {
    #[model(event_payload)]
    text: Option<String>,
}

#[derive(Model)]
struct StructureEvent {
    #[model(event_payload)]
    inner: Option<Inner>,
}

#[derive(Model)]
struct Inner {
    x: i32,
}

#[derive(Model)]
struct BodyEvent {
    #[model(event_header, wire = "x-id")]
    id: Option<String>,
    x: Option<i32>,
    inner: Option<Inner>,
}

#[derive(Model)]
struct Throttled {
    message: Option<String>,
}

const LOOSE: Reading = Reading { strict: false, keep_unplaced: false, lenient: false };
const STRICT: Reading = Reading { strict: true, ..LOOSE };
const JSON: JsonEvents = JsonEvents { protocol: crate::schema::Protocol::RestJson };

fn empty() -> Events {
    Events::empty()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digit = |byte: u8| u8::try_from(char::from(byte).to_digit(16).unwrap()).unwrap();
    let digits: Vec<u8> = hex.bytes().filter(|byte| *byte != b' ').map(digit).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}
