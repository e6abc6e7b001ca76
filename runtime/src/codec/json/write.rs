//! Values to JSON.

use crate::TimestampFormat;
use crate::codec::{Form, text};
use crate::schema::{Flags, MemberSchema, Schema};
use crate::value::{Active, List, Map, Structure, Union, Value, View};
use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;
use serde_core::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

/// What stands for a secret.
pub(crate) const REDACTED: &str = "<redacted>";

/// A value as JSON bytes.
pub fn write(value: &dyn Value, form: Form) -> Vec<u8> {
    let options = Options { form, redact: false };
    // Writing to memory fails for no value that a model can hold.
    serde_json::to_vec(&Node { view: value.view(), format: None, options }).unwrap_or_default()
}

/// A structure's body as JSON bytes; `{}` if nothing is in it.
pub fn write_structure(structure: &dyn Structure, form: Form) -> Vec<u8> {
    let options = Options { form, redact: false };
    serde_json::to_vec(&Body { structure, options }).unwrap_or_default()
}

/// Serializes any value without a feature: in the form of the spec's examples, that is with every
/// member whatever its HTTP binding, the model's names, RFC 3339 times and base64 blobs.
///
/// Secrets are written as they are unless [`redacted`](Wire::redacted).
#[derive(Clone, Copy, Debug)]
pub struct Wire<'a> {
    value: &'a dyn Value,
    options: Options,
}

impl<'a> Wire<'a> {
    /// Serializes a value.
    pub fn new(value: &'a dyn Value) -> Self {
        Self { value, options: Options { form: Form::Model, redact: false } }
    }

    /// Writes `<redacted>` in place of secrets.
    pub fn redacted(mut self) -> Self {
        self.options.redact = true;
        self
    }
}

impl Serialize for Wire<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let node = Node { view: self.value.view(), format: None, options: self.options };
        node.serialize(serializer)
    }
}

#[derive(Clone, Copy, Debug)]
struct Options {
    form: Form,
    redact: bool,
}

struct Node<'a> {
    view: View<'a>,
    format: Option<TimestampFormat>,
    options: Options,
}

impl Node<'_> {
    /// A value below this one.
    fn inner<'a>(&self, value: &'a dyn Value) -> Node<'a> {
        Node { view: value.view(), format: self.format, options: self.options }
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.view {
            View::Absent | View::Null => serializer.serialize_unit(),
            View::Bool(value) => serializer.serialize_bool(value),
            View::Integer(value) => serializer.serialize_i32(value),
            View::Long(value) => serializer.serialize_i64(value),
            View::Float(value) => match text::special(f64::from(value)) {
                Some(name) => serializer.serialize_str(name),
                None => serializer.serialize_f32(value),
            },
            View::Double(value) => match text::special(value) {
                Some(name) => serializer.serialize_str(name),
                None => serializer.serialize_f64(value),
            },
            View::String(text) => serializer.serialize_str(text),
            View::Blob(bytes) => serializer.collect_str(&Base64Display::new(bytes, &STANDARD)),
            View::Timestamp(timestamp) => {
                if self.options.form == Form::Model {
                    return serializer.serialize_str(&timestamp.to_iso_offset());
                }
                match self.options.form.timestamp(self.format) {
                    TimestampFormat::EpochSeconds => {
                        if timestamp.subsec_nanos() == 0 {
                            serializer.serialize_i64(timestamp.seconds())
                        } else {
                            serializer.serialize_f64(timestamp.to_epoch_number())
                        }
                    }
                    TimestampFormat::EpochMillis => serializer.serialize_i64(timestamp.to_millis()),
                    format => serializer.serialize_str(&text::timestamp(timestamp, format)),
                }
            }
            View::Document(document) => document.serialize(serializer),
            View::Structure(structure) => {
                Body { structure, options: self.options }.serialize(serializer)
            }
            View::Union(union) => self.union(union, serializer),
            View::List(list) => self.list(list, serializer),
            View::Map(map) => self.map(map, serializer),
        }
    }
}

impl Node<'_> {
    fn list<S: Serializer>(&self, list: &dyn List, serializer: S) -> Result<S::Ok, S::Error> {
        let mut items = serializer.serialize_seq(Some(list.len()))?;
        for index in 0..list.len() {
            if let Some(item) = list.item(index) {
                items.serialize_element(&self.inner(item))?;
            }
        }
        items.end()
    }

    fn map<S: Serializer>(&self, map: &dyn Map, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = serializer.serialize_map(Some(map.len()))?;
        for index in 0..map.len() {
            if let Some((key, value)) = map.entry(index) {
                entries.serialize_entry(key, &self.inner(value))?;
            }
        }
        entries.end()
    }

    fn union<S: Serializer>(&self, union: &dyn Union, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = serializer.serialize_map(None)?;
        match union.active() {
            (schema, Some(Active::Member(index, value))) => {
                if let Some(member) = schema.members.get(index) {
                    entry(&mut entries, member, value.view(), self.options)?;
                }
            }
            (_, Some(Active::Unknown(member))) => {
                if self.options.redact {
                    entries.serialize_entry(member.name(), REDACTED)?;
                } else if member.codec() != "json" {
                    let unread = || S::Error::custom("what came in another form cannot be read");
                    let value = member.to_document().ok_or_else(unread)?;
                    entries.serialize_entry(member.name(), &value)?;
                } else {
                    let raw: &serde_json::value::RawValue =
                        serde_json::from_slice(member.raw()).map_err(S::Error::custom)?;
                    entries.serialize_entry(member.name(), raw)?;
                }
            }
            (_, None) => {}
        }
        entries.end()
    }
}

struct Body<'a> {
    structure: &'a dyn Structure,
    options: Options,
}

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (schema, members) = self.structure.split();
        let mut entries = serializer.serialize_map(None)?;
        for_each(schema, members, self.options.form, |member, view| {
            entry(&mut entries, member, view, self.options)
        })?;
        entries.end()
    }
}

fn for_each<E>(
    schema: &Schema,
    members: &dyn Structure,
    form: Form,
    mut visit: impl FnMut(&MemberSchema, View<'_>) -> Result<(), E>,
) -> Result<(), E> {
    for (index, member) in schema.members.iter().enumerate() {
        let elsewhere = matches!(form, Form::Wire(_)) && member.flags.intersects(Flags::BOUND);
        if !elsewhere && let Some(value) = members.member(index) {
            match value.view() {
                View::Absent => {}
                view => visit(member, view)?,
            }
        }
    }
    Ok(())
}

fn entry<M: SerializeMap>(
    entries: &mut M,
    member: &MemberSchema,
    view: View<'_>,
    options: Options,
) -> Result<(), M::Error> {
    let name = match options.form {
        Form::Wire(_) => member.wire_name(),
        Form::Model | Form::Audit => &member.name,
    };
    if options.redact && member.flags.contains(Flags::SENSITIVE) {
        return entries.serialize_entry(name, REDACTED);
    }
    let format = member.timestamp_format();
    entries.serialize_entry(name, &Node { view, format, options })
}
