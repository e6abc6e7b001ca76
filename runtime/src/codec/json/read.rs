//! JSON to values.
//!
//! One visitor fills whatever slot a value offers. It carries the path on the stack, so a mistake
//! is named by its place at no cost to bodies that have none.

use crate::codec::{DecodeError, Form, Path, Reading, Report, text};
use crate::document::DocumentVisitor;
use crate::schema::{Flags, Schema};
use crate::value::{Slot, Structure, Union, UnknownMember, Value};
use crate::{Blob, Document, Timestamp, TimestampFormat};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// Fills a value from JSON bytes.
///
/// A required member that is not there keeps its empty value and is listed in the report, unless
/// reading is strict.
pub fn read(
    json: &[u8],
    value: &mut dyn Value,
    form: Form,
    reading: Reading,
) -> Result<Report, DecodeError> {
    let mut cx = Cx { form, reading, report: Report::default(), failure: None };
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let node = Node { value, cx: &mut cx, path: &Path::Root, format: None, secret: false };
    let read = node.deserialize(&mut deserializer).and_then(|_| deserializer.end());
    match (read, cx.failure) {
        (Ok(()), _) => Ok(cx.report),
        (Err(_), Some(failure)) => Err(failure),
        (Err(error), None) => Err(syntax(json, &error)),
    }
}

/// Only the place is told: the text around it may be secret.
fn syntax(json: &[u8], error: &serde_json::Error) -> DecodeError {
    let reason = if json.iter().all(u8::is_ascii_whitespace) {
        "the body is empty".to_owned()
    } else if error.is_eof() {
        format!("it ends in the middle of a value, after {} bytes", json.len())
    } else {
        let place = format!("line {} column {}", error.line(), error.column());
        let full = error.to_string();
        let known = full.contains("recursion limit");
        if known {
            format!("it nests too deeply at {place}")
        } else {
            format!("unexpected text at {place}")
        }
    };
    DecodeError::Syntax { format: "JSON", reason }
}

struct Cx {
    form: Form,
    reading: Reading,
    report: Report,
    failure: Option<DecodeError>,
}

/// What became of a value.
enum Got {
    Value,
    Null,
    /// It did not fit and was put aside.
    Unplaced,
}

struct Node<'a> {
    value: &'a mut dyn Value,
    cx: &'a mut Cx,
    path: &'a Path<'a>,
    format: Option<TimestampFormat>,
    /// Nothing of what is found may be told.
    secret: bool,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Got;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Got, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Got;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Got, E> {
        Ok(if self.value.set_null() { Got::Value } else { Got::Null })
    }

    fn visit_bool<E: Error>(self, found: bool) -> Result<Got, E> {
        match self.value.slot() {
            Slot::Bool(place) => *place = found,
            Slot::Document(place) => *place = Document::Bool(found),
            slot => {
                let expects = slot.expects();
                return self.mismatch(expects, Document::Bool(found));
            }
        }
        Ok(Got::Value)
    }

    fn visit_u64<E: Error>(self, found: u64) -> Result<Got, E> {
        match i64::try_from(found) {
            Ok(found) => self.visit_i64(found),
            Err(_) => match self.value.slot() {
                Slot::Document(place) => {
                    *place = Document::Number(crate::document::Number::Positive(found));
                    Ok(Got::Value)
                }
                #[expect(clippy::cast_precision_loss, reason = "a float holds what it can")]
                _ => self.visit_f64(found as f64),
            },
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a float holds what it can"
    )]
    fn visit_i64<E: Error>(self, found: i64) -> Result<Got, E> {
        let number = || Document::from(found);
        let format = self.cx.form.timestamp(self.format);
        match self.value.slot() {
            Slot::Long(place) => *place = found,
            Slot::Double(place) => *place = found as f64,
            Slot::Float(place) => *place = found as f32,
            Slot::Document(place) => *place = number(),
            Slot::Integer(place) => match i32::try_from(found) {
                Ok(found) => *place = found,
                Err(_) => return self.mismatch("a whole number of 32 bits", number()),
            },
            Slot::Timestamp(place) => {
                // A number where text is due is taken for seconds, as other clients do.
                let read = match format {
                    TimestampFormat::EpochMillis => Timestamp::from_millis(found),
                    _ => Timestamp::from_seconds(found),
                };
                match read {
                    Some(timestamp) => *place = timestamp,
                    None => return self.mismatch(format.expects(), number()),
                }
            }
            slot => {
                let expects = slot.expects();
                return self.mismatch(expects, number());
            }
        }
        Ok(Got::Value)
    }

    #[expect(clippy::cast_possible_truncation, reason = "checked before, or meant")]
    fn visit_f64<E: Error>(self, found: f64) -> Result<Got, E> {
        let whole = found.fract() == 0.0 && found.abs() < 9e15;
        let format = self.cx.form.timestamp(self.format);
        match self.value.slot() {
            Slot::Double(place) => *place = found,
            Slot::Float(place) => *place = found as f32,
            Slot::Document(place) => *place = Document::from(found),
            Slot::Integer(_) | Slot::Long(_) if whole => return self.visit_i64(found as i64),
            Slot::Timestamp(place) => {
                let read = match format {
                    TimestampFormat::EpochMillis => Timestamp::from_epoch_number(found / 1000.0),
                    _ => Timestamp::from_epoch_number(found),
                };
                match read {
                    Some(timestamp) => *place = timestamp,
                    None => return self.mismatch(format.expects(), Document::from(found)),
                }
            }
            slot => {
                let expects = slot.expects();
                return self.mismatch(expects, Document::from(found));
            }
        }
        Ok(Got::Value)
    }

    #[expect(clippy::cast_possible_truncation, reason = "NaN and the infinities stay themselves")]
    fn visit_str<E: Error>(self, found: &str) -> Result<Got, E> {
        let format = self.cx.form.timestamp(self.format);
        match self.value.slot() {
            Slot::String(place) => found.clone_into(place),
            Slot::Enum(place) => place.set(found),
            Slot::Document(place) => *place = Document::from(found),
            Slot::Timestamp(place) => match timestamp(found, format) {
                Some(timestamp) => *place = timestamp,
                None => return self.mismatch(format.expects(), Document::from(found)),
            },
            Slot::Blob(place) => match Blob::from_base64(found) {
                Some(blob) => *place = blob,
                None => return self.mismatch("a base64 string", Document::from(found)),
            },
            Slot::Double(place) if let Some(value) = text::from_special(found) => *place = value,
            Slot::Float(place) if let Some(value) = text::from_special(found) => {
                *place = value as f32;
            }
            slot => {
                let expects = slot.expects();
                return self.mismatch(expects, Document::from(found));
            }
        }
        Ok(Got::Value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Got, A::Error> {
        let Self { value, cx, path, format, secret } = self;
        match value.slot() {
            Slot::List(list) => {
                let mut index = 0;
                loop {
                    let place = Path::Index(path, index);
                    let item =
                        Node { value: list.push(), cx: &mut *cx, path: &place, format, secret };
                    match items.next_element_seed(item)? {
                        Some(Got::Value) => {}
                        // A sparse list's element is an `Option`, for which null is no value.
                        Some(Got::Null) => {
                            if !list.is_sparse() {
                                list.pop();
                            }
                        }
                        Some(Got::Unplaced) => list.pop(),
                        None => {
                            list.pop();
                            break;
                        }
                    }
                    index += 1;
                }
                Ok(Got::Value)
            }
            Slot::Document(place) => {
                *place = DocumentVisitor.visit_seq(items)?;
                Ok(Got::Value)
            }
            slot => {
                let expects = slot.expects();
                let found = Document::deserialize(SeqAccessDeserializer::new(items))?;
                Self { value, cx, path, format, secret }.mismatch(expects, found)
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Got, A::Error> {
        let Self { value, cx, path, format, secret } = self;
        match value.slot() {
            Slot::Structure(structure) => {
                read_structure(structure, entries, cx, path, secret)?;
                Ok(Got::Value)
            }
            Slot::Union(union) => read_union(union, entries, cx, path, secret),
            Slot::Map(map) => {
                while let Some(key) = entries.next_key::<String>()? {
                    let place = Path::Key(path, &key);
                    let value = Node {
                        value: map.insert(&key),
                        cx: &mut *cx,
                        path: &place,
                        format,
                        secret,
                    };
                    match entries.next_value_seed(value)? {
                        Got::Value => {}
                        Got::Null if map.is_sparse() => {}
                        Got::Null | Got::Unplaced => map.remove(&key),
                    }
                }
                Ok(Got::Value)
            }
            Slot::Document(place) => {
                *place = DocumentVisitor.visit_map(entries)?;
                Ok(Got::Value)
            }
            slot => {
                let expects = slot.expects();
                let found = Document::deserialize(MapAccessDeserializer::new(entries))?;
                Self { value, cx, path, format, secret }.mismatch(expects, found)
            }
        }
    }
}

impl Node<'_> {
    /// A value that does not fit: an error, or put aside where reading is lenient.
    fn mismatch<E: Error>(self, expected: &str, found: Document) -> Result<Got, E> {
        if self.cx.reading.lenient {
            self.value.clear();
            if self.cx.reading.keep_unplaced {
                self.cx.report.unplaced.push((self.path.to_string(), found));
            }
            return Ok(Got::Unplaced);
        }
        self.cx.failure.get_or_insert_with(|| DecodeError::Mismatch {
            path: self.path.to_string(),
            expected: expected.to_owned(),
            found: if self.secret { found.kind().to_owned() } else { shown(&found) },
        });
        Err(E::custom("a value does not fit its type"))
    }
}

/// Scalars are told, cut short; of containers only what they are.
fn shown(found: &Document) -> String {
    const LIMIT: usize = 64;
    match found {
        Document::Array(_) | Document::Object(_) | Document::Null => found.kind().to_owned(),
        scalar => {
            let text = scalar.to_json();
            match text.char_indices().nth(LIMIT) {
                Some((end, _)) => format!("{}…", &text[..end]),
                None => text,
            }
        }
    }
}

/// The format that is due, and then whatever else servers are known to send.
fn timestamp(text: &str, format: TimestampFormat) -> Option<Timestamp> {
    Timestamp::parse(text, format).or_else(|_| text.parse()).ok()
}

/// Which members of a structure have come.
#[derive(Default)]
struct Seen {
    first: u128,
    others: Vec<usize>,
}

impl Seen {
    fn insert(&mut self, index: usize) {
        match index {
            0..128 => self.first |= 1 << index,
            _ => self.others.push(index),
        }
    }

    fn contains(&self, index: usize) -> bool {
        match index {
            0..128 => self.first & 1 << index != 0,
            _ => self.others.contains(&index),
        }
    }
}

fn read_structure<'de, A: MapAccess<'de>>(
    structure: &mut dyn Structure,
    mut entries: A,
    cx: &mut Cx,
    path: &Path<'_>,
    secret: bool,
) -> Result<(), A::Error> {
    let (schema, members) = structure.split_mut();
    let mut seen = Seen::default();
    let mut hint = 0;
    loop {
        let key = KeySeed { schema, hint, form: cx.form, keep: cx.reading.keep_unplaced };
        let name = match entries.next_key_seed(key)? {
            None => break,
            Some(Found::Member(index)) => {
                hint = index + 1;
                let member = &schema.members[index];
                let place = Path::Member(path, &member.name);
                let Some(value) = members.member_mut(index) else { continue };
                let secret = secret || member.flags.contains(Flags::SENSITIVE);
                let format = member.timestamp_format();
                let node = Node { value, cx: &mut *cx, path: &place, format, secret };
                if let Got::Value = entries.next_value_seed(node)? {
                    seen.insert(index);
                }
                continue;
            }
            Some(Found::Unknown(name)) => name,
        };
        match name {
            Some(name) => {
                let value = entries.next_value()?;
                let place = Path::Member(path, &name).to_string();
                cx.report.unplaced.push((place, value));
            }
            None => {
                entries.next_value::<IgnoredAny>()?;
            }
        }
    }
    missing(schema, &seen, cx, path).map_err(Error::custom)
}

fn missing(schema: &Schema, seen: &Seen, cx: &mut Cx, path: &Path<'_>) -> Result<(), &'static str> {
    for (index, member) in schema.members.iter().enumerate() {
        let elsewhere = matches!(cx.form, Form::Wire(_)) && member.flags.intersects(Flags::BOUND);
        if member.flags.contains(Flags::REQUIRED) && !elsewhere && !seen.contains(index) {
            let place = Path::Member(path, &member.name).to_string();
            if cx.reading.strict {
                cx.failure.get_or_insert(DecodeError::Missing { path: place });
                return Err("a required member is missing");
            }
            cx.report.missing.push(place);
        }
    }
    Ok(())
}

enum Found {
    Member(usize),
    /// The name, if it is asked for
    Unknown(Option<String>),
}

struct KeySeed<'a> {
    schema: &'a Schema,
    hint: usize,
    form: Form,
    keep: bool,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Found, E> {
        let index = match self.form {
            Form::Wire(_) => self.schema.index_on_wire(name, self.hint),
            Form::Model => self.schema.index_of(name),
            Form::Audit => self.schema.index_of_audited(name),
        };
        Ok(match index {
            Some(index) => Found::Member(index),
            None => Found::Unknown(self.keep.then(|| name.to_owned())),
        })
    }
}

/// Of a union exactly one member is there. Others may be null, and `__type` may stand beside it.
fn read_union<'de, A: MapAccess<'de>>(
    union: &mut dyn Union,
    mut entries: A,
    cx: &mut Cx,
    path: &Path<'_>,
    secret: bool,
) -> Result<Got, A::Error> {
    let mut filled = false;
    while let Some(name) = entries.next_key::<String>()? {
        let schema = union.schema();
        let index = match cx.form {
            Form::Wire(_) => schema.index_on_wire(&name, 0),
            Form::Model => schema.index_of(&name),
            Form::Audit => schema.index_of_audited(&name),
        };
        let there = match index {
            Some(index) => {
                let seed = Alternative {
                    union: &mut *union,
                    index,
                    cx: &mut *cx,
                    path,
                    name: &name,
                    secret,
                    filled,
                };
                entries.next_value_seed(seed)?
            }
            None => {
                let raw: &RawValue = entries.next_value()?;
                let there = name != "__type" && raw.get() != "null";
                if there && !filled {
                    union.set_unknown(UnknownMember::new(&name, "json", raw.get().as_bytes()));
                }
                there
            }
        };
        if there && filled {
            cx.failure.get_or_insert_with(|| DecodeError::Mismatch {
                path: path.to_string(),
                expected: "an object with exactly one member".to_owned(),
                found: "an object with several members".to_owned(),
            });
            return Err(Error::custom("a union with several members"));
        }
        filled |= there;
    }
    Ok(if filled { Got::Value } else { Got::Null })
}

/// A member of a union, which becomes the one that is there unless it is null. Gives whether it
/// was there.
struct Alternative<'a> {
    union: &'a mut dyn Union,
    index: usize,
    cx: &'a mut Cx,
    path: &'a Path<'a>,
    name: &'a str,
    secret: bool,
    /// Another member is there already, which must not be replaced.
    filled: bool,
}

impl<'de> DeserializeSeed<'de> for Alternative<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Alternative<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member of a union")
    }

    fn visit_none<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        if self.filled {
            return IgnoredAny::deserialize(deserializer).map(|_| true);
        }
        let schema = self.union.schema();
        let Some(member) = schema.members.get(self.index) else { return Ok(false) };
        let secret = self.secret || member.flags.contains(Flags::SENSITIVE);
        let format = member.timestamp_format();
        let Some(value) = self.union.activate(self.index) else { return Ok(false) };
        let place = Path::Member(self.path, self.name);
        let node = Node { value, cx: self.cx, path: &place, format, secret };
        node.deserialize(deserializer).map(|_| true)
    }
}
