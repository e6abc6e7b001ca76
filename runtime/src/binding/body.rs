//! Bodies: payload members, and the members that are in no other place.

use crate::Blob;
use crate::codec::{DecodeError, Reading, Report, json};
use crate::schema::Protocol;
use crate::value::{Slot, Structure, Value, View};
use bytes::Bytes;

/// A payload member is the body: bytes and text as they are, anything else in the codec's form.
pub(super) fn write_payload(
    value: &dyn Value,
    protocol: Protocol,
) -> (Bytes, Option<&'static str>) {
    match value.view() {
        View::Absent => (Bytes::new(), None),
        View::Blob(bytes) => (Bytes::copy_from_slice(bytes), Some("application/octet-stream")),
        View::String(text) => (Bytes::copy_from_slice(text.as_bytes()), Some("text/plain")),
        View::Structure(structure) => (
            json::write_structure(structure, protocol.body_form()).into(),
            Some("application/json"),
        ),
        _ => (json::write(value, protocol.body_form()).into(), Some("application/json")),
    }
}

pub(super) fn read_payload(
    body: &Bytes,
    value: &mut dyn Value,
    protocol: Protocol,
    reading: Reading,
) -> Result<Report, DecodeError> {
    match value.slot() {
        Slot::Blob(place) => *place = Blob::from(body.to_vec()),
        Slot::String(place) => String::from_utf8_lossy(body).as_ref().clone_into(place),
        Slot::Enum(place) => place.set(&String::from_utf8_lossy(body)),
        _ => {
            // Asking for the slot has made something of what may be absent.
            value.clear();
            return json::read(body, value, protocol.body_form(), reading);
        }
    }
    Ok(Report::default())
}

/// An empty body is an empty structure: nothing is there, and what is required is missing.
pub(super) fn read_body(
    body: &Bytes,
    structure: &mut dyn Structure,
    protocol: Protocol,
    reading: Reading,
) -> Result<Report, DecodeError> {
    let body = if body.is_empty() { &b"{}"[..] } else { body };
    json::read(body, as_value(structure), protocol.body_form(), reading)
}

fn as_value(structure: &mut dyn Structure) -> &mut dyn Value {
    structure
}
