//! Messages to events.

use super::{EventCodec, HeaderValue, Message};
use crate::Blob;
use crate::codec::{DecodeError, Path, Reading, Report};
use crate::schema::Flags;
use crate::value::{Slot, Structure, Union, UnknownMember, Value};

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// An event of that name
    Event(&'a str),
    /// What stands in the input beside the events, where the protocol has no other place for it.
    InitialRequest,
    /// What stands in the output beside the events, where the protocol has no other place for it.
    InitialResponse,
    /// An error of that name, which has a structure. It ends the stream.
    Exception(&'a str),
    /// An error that no structure describes. It ends the stream.
    Error {
        /// What it is called
        code: &'a str,
        /// What happened; empty if that is not told.
        message: &'a str,
    },
}

/// Why a message is no event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EventError {
    /// A message does not say what it is.
    #[error("a message of the event stream has no header `{header}`, which says what it is")]
    Unnamed {
        /// The header that is not there
        header: &'static str,
    },
    /// A message is of a type that the protocol does not know.
    #[error("a message of the event stream is of the unknown type `{}`", found.escape_debug())]
    Type {
        /// The type
        found: String,
    },
    /// There is no event to be sent.
    #[error("the event is none of the events of its stream")]
    Nothing,
    /// A value cannot be a header of a message.
    #[error("{member}: it is sent in a header of the event, which cannot hold what it is")]
    Header {
        /// The member
        member: String,
    },
}

impl Message {
    /// What the message is, by its own headers.
    pub fn kind(&self) -> Result<Kind<'_>, EventError> {
        let named = |header| self.text(header).ok_or(EventError::Unnamed { header });
        Ok(match self.text(":message-type") {
            // botocore takes a message without a type for an event as well.
            Some("event") | None => match named(":event-type")? {
                "initial-request" => Kind::InitialRequest,
                "initial-response" => Kind::InitialResponse,
                name => Kind::Event(name),
            },
            Some("exception") => Kind::Exception(named(":exception-type")?),
            Some("error") => Kind::Error {
                code: self.text(":error-code").unwrap_or_default(),
                message: self.text(":error-message").unwrap_or_default(),
            },
            Some(found) => return Err(EventError::Type { found: found.to_owned() }),
        })
    }
}

/// Fills a union of events with the event, or the exception, of that name that a message holds.
///
/// An event that the union does not have is kept as an unknown member with its payload.
pub fn read_event(
    message: &Message,
    name: &str,
    events: &mut dyn Union,
    codec: &dyn EventCodec,
    reading: Reading,
) -> Result<Report, DecodeError> {
    let schema = events.schema();
    let index = schema.members.iter().position(|member| member.wire_name() == name);
    let member = index.and_then(|index| Some((index, schema.members.get(index)?)));
    let Some((index, member)) = member else {
        events.set_unknown(UnknownMember::new(name, codec.name(), &message.payload));
        return Ok(Report::default());
    };
    let (name, secret) = (member.name.clone(), member.flags.contains(Flags::SENSITIVE));
    let Some(event) = events.activate(index) else { return Ok(Report::default()) };
    let read = match event.slot() {
        Slot::Structure(structure) => read_members(message, structure, codec, reading),
        _ => codec.read(&message.payload, event, reading),
    };
    nested(&name, secret, read)
}

/// Fills an input or output with what an initial message holds.
pub fn read_initial(
    message: &Message,
    structure: &mut dyn Structure,
    codec: &dyn EventCodec,
    reading: Reading,
) -> Result<Report, DecodeError> {
    codec.read(&message.payload, as_value(structure), reading)
}

/// What came of reading a part, with the paths of the whole. Of what is secret nothing is told.
fn nested(
    name: &str,
    secret: bool,
    read: Result<Report, DecodeError>,
) -> Result<Report, DecodeError> {
    let within = |path: String| match path.as_str() {
        "" => name.to_owned(),
        path if path.starts_with('[') => format!("{name}{path}"),
        path => format!("{name}.{path}"),
    };
    match read {
        Ok(Report { missing, unplaced }) => Ok(Report {
            missing: missing.into_iter().map(within).collect(),
            unplaced: unplaced.into_iter().map(|(path, value)| (within(path), value)).collect(),
        }),
        Err(DecodeError::Mismatch { path, expected, found, near }) => {
            let found = if secret { "something else".to_owned() } else { found };
            Err(DecodeError::Mismatch { path: within(path), expected, found, near })
        }
        Err(DecodeError::Missing { path }) => Err(DecodeError::Missing { path: within(path) }),
        Err(whole @ (DecodeError::Syntax { .. } | DecodeError::Feature { .. })) => Err(whole),
    }
}

fn as_value(structure: &mut dyn Structure) -> &mut dyn Value {
    structure
}

fn read_members(
    message: &Message,
    event: &mut dyn Structure,
    codec: &dyn EventCodec,
    reading: Reading,
) -> Result<Report, DecodeError> {
    let mut report = Report::default();
    let mut payload = None;
    let mut has_body = false;
    let (schema, members) = event.split_mut();
    for (index, member) in schema.members.iter().enumerate() {
        let path = || Path::Member(&Path::Root, &member.name).to_string();
        let secret = member.flags.contains(Flags::SENSITIVE);
        let Some(value) = members.member_mut(index) else { continue };
        if member.flags.contains(Flags::EVENT_PAYLOAD) {
            payload = Some(read_payload(message, value, codec, reading, (&path, secret))?);
        } else if !member.flags.contains(Flags::EVENT_HEADER) {
            has_body = true;
        } else if let Some(header) = message.get(member.wire_name()) {
            if let Err(expected) = fill(value.slot(), header) {
                let found = if secret { "something else".to_owned() } else { shown(header) };
                return Err(DecodeError::Mismatch {
                    path: path(),
                    expected: expected.to_owned(),
                    found,
                    near: None,
                });
            }
        } else if member.flags.contains(Flags::REQUIRED) {
            if reading.strict {
                return Err(DecodeError::Missing { path: path() });
            }
            report.missing.push(path());
        }
    }
    let rest = match payload {
        Some(rest) => rest,
        None if has_body => codec.read(&message.payload, as_value(event), reading)?,
        None => Report::default(),
    };
    report.missing.extend(rest.missing);
    report.unplaced.extend(rest.unplaced);
    Ok(report)
}

/// A payload member is the payload: bytes and text as they are, anything else in the codec's form.
fn read_payload(
    message: &Message,
    value: &mut dyn Value,
    codec: &dyn EventCodec,
    reading: Reading,
    (path, secret): (&dyn Fn() -> String, bool),
) -> Result<Report, DecodeError> {
    let text = || {
        std::str::from_utf8(&message.payload).map_err(|_| DecodeError::Mismatch {
            path: path(),
            expected: "a text".to_owned(),
            found: "bytes that are not UTF-8".to_owned(),
            near: None,
        })
    };
    match value.slot() {
        Slot::Blob(place) => *place = Blob::from(message.payload.to_vec()),
        Slot::String(place) => text()?.clone_into(place),
        Slot::Enum(place) => place.set(text()?),
        _ => {
            // Asking for the slot has made something of what may be absent.
            value.clear();
            return nested(&path(), secret, codec.read(&message.payload, value, reading));
        }
    }
    Ok(Report::default())
}

/// Fills a member from a header; says what was expected if it does not fit.
fn fill(slot: Slot<'_>, header: &HeaderValue) -> Result<(), &'static str> {
    let expects = match &slot {
        Slot::Blob(_) => "bytes",
        slot => slot.expects(),
    };
    match (slot, header) {
        (Slot::Bool(place), HeaderValue::Bool(found)) => *place = *found,
        (Slot::Integer(place), _) => {
            *place = whole(header).and_then(|found| found.try_into().ok()).ok_or(expects)?;
        }
        (Slot::Long(place), _) => *place = whole(header).ok_or(expects)?,
        (Slot::String(place), HeaderValue::String(found)) => found.clone_into(place),
        (Slot::String(place), HeaderValue::Uuid(found)) => {
            *place = uuid::Uuid::from_bytes(*found).to_string();
        }
        (Slot::Enum(place), HeaderValue::String(found)) => place.set(found),
        (Slot::Blob(place), HeaderValue::Bytes(found)) => *place = Blob::from(found.to_vec()),
        (Slot::Timestamp(place), HeaderValue::Timestamp(found)) => *place = *found,
        _ => return Err(expects),
    }
    Ok(())
}

fn whole(header: &HeaderValue) -> Option<i64> {
    Some(match header {
        HeaderValue::Byte(found) => (*found).into(),
        HeaderValue::Short(found) => (*found).into(),
        HeaderValue::Integer(found) => (*found).into(),
        HeaderValue::Long(found) => *found,
        _ => return None,
    })
}

fn shown(header: &HeaderValue) -> String {
    match header {
        HeaderValue::Bool(value) => value.to_string(),
        HeaderValue::Bytes(bytes) => format!("{} bytes", bytes.len()),
        HeaderValue::String(_) => "a string".to_owned(),
        HeaderValue::Timestamp(time) => time.to_string(),
        HeaderValue::Uuid(_) => "a UUID".to_owned(),
        number => whole(number).unwrap_or_default().to_string(),
    }
}
