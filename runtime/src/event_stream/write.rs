//! Events to messages.

use super::{EventCodec, EventError, HeaderValue, Message};
use crate::schema::{Flags, MemberSchema};
use crate::value::{Active, Structure, Union, Value, View};
use bytes::Bytes;

/// The message that holds the event of a union.
pub fn write_event(events: &dyn Union, codec: &dyn EventCodec) -> Result<Message, EventError> {
    let (schema, active) = events.active();
    match active {
        Some(Active::Member(index, value)) => {
            let member = schema.members.get(index).ok_or(EventError::Nothing)?;
            let message = event(member.wire_name());
            match value.view() {
                View::Structure(structure) => write_members(message, structure, codec),
                _ => Ok(payload(message, codec.write(value), codec.media_type())),
            }
        }
        Some(Active::Unknown(member)) => {
            let raw = member.raw().to_vec();
            Ok(payload(event(member.name()), raw, codec.media_type()))
        }
        None => Err(EventError::Nothing),
    }
}

/// The first message of a request, which holds what stands beside the events.
pub fn write_initial_request(input: &dyn Structure, codec: &dyn EventCodec) -> Message {
    payload(event("initial-request"), codec.write(as_value(input)), codec.media_type())
}

/// The first message of a response, which holds what stands beside the events.
pub fn write_initial_response(output: &dyn Structure, codec: &dyn EventCodec) -> Message {
    payload(event("initial-response"), codec.write(as_value(output)), codec.media_type())
}

fn as_value(structure: &dyn Structure) -> &dyn Value {
    structure
}

fn event(name: &str) -> Message {
    Message::default().header(":message-type", "event").header(":event-type", name)
}

fn payload(message: Message, bytes: impl Into<Bytes>, media_type: &str) -> Message {
    Message { payload: bytes.into(), ..message.header(":content-type", media_type) }
}

/// An event whose members are all headers has no payload.
fn write_members(
    mut message: Message,
    event: &dyn Structure,
    codec: &dyn EventCodec,
) -> Result<Message, EventError> {
    let (schema, members) = event.split();
    let mut has_body = false;
    let mut whole = None;
    for (index, member) in schema.members.iter().enumerate() {
        if member.flags.contains(Flags::EVENT_PAYLOAD) {
            whole = members.member(index);
        } else if !member.flags.contains(Flags::EVENT_HEADER) {
            has_body = true;
        } else if let Some(value) = members.member(index)
            && let Some(header) = header(member, value)?
        {
            message = message.header(member.wire_name(), header);
        }
    }
    Ok(match whole.map(|value| (value, value.view())) {
        Some((_, View::Absent)) => message,
        Some((_, View::Blob(bytes))) => {
            payload(message, bytes.to_vec(), "application/octet-stream")
        }
        Some((_, View::String(text))) => payload(message, text.as_bytes().to_vec(), "text/plain"),
        Some((value, _)) => payload(message, codec.write(value), codec.media_type()),
        None if has_body => payload(message, codec.write(as_value(event)), codec.media_type()),
        None => message,
    })
}

fn header(member: &MemberSchema, value: &dyn Value) -> Result<Option<HeaderValue>, EventError> {
    Ok(Some(match value.view() {
        View::Absent | View::Null => return Ok(None),
        View::Bool(value) => HeaderValue::Bool(value),
        View::Integer(value) => HeaderValue::Integer(value),
        View::Long(value) => HeaderValue::Long(value),
        View::String(text) => HeaderValue::String(text.to_owned()),
        View::Blob(bytes) => HeaderValue::Bytes(Bytes::copy_from_slice(bytes)),
        View::Timestamp(time) => HeaderValue::Timestamp(time),
        _ => return Err(EventError::Header { member: member.name.clone().into_owned() }),
    }))
}
