//! JSON to values.
//!
//! One visitor fills whatever slot a value offers. It carries the path on the stack, so a mistake
//! is named by its place at no cost to bodies that have none.

use super::members::{Name, check_empty, read_structure};
use super::near::{self, Beside};
use super::union::read_union;
use super::write::REDACTED;
use crate::codec::report::shown;
use crate::codec::{DecodeError, Form, Path, Reading, Report, text};
use crate::document::{DocumentVisitor, Number};
use crate::value::{List, Slot, Value, View};
use crate::{Blob, Document, Timestamp, TimestampFormat};
use serde_core::Deserialize;
use serde_core::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::str::Utf8Error;

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
    // At once, which is quicker than text by text.
    let json = std::str::from_utf8(json).map_err(|error| not_text(json, error))?;
    let mut cx = Cx::new(form, reading);
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let node =
        Node { value: &mut *value, cx: &mut cx, path: &Path::Root, format: None, secret: false };
    let read = node.deserialize(&mut deserializer).and_then(|got| {
        deserializer.end()?;
        match (got, value.view()) {
            // A body that is null is a body with nothing in it.
            (Got::Null, View::Structure(structure)) => check_empty(structure, &mut cx),
            _ => Ok(()),
        }
    });
    match (read, cx.failure) {
        (Ok(()), _) => Ok(cx.report),
        (Err(error), Some(mut failure)) => {
            if let DecodeError::Mismatch { near, .. } = &mut failure {
                *near = near::near(json, error.line(), error.column(), &cx.beside);
            }
            Err(failure)
        }
        (Err(error), None) => Err(syntax(json, &error)),
    }
}

/// Fills a value from whatever a deserializer reads.
#[cfg(feature = "serde")]
pub(crate) fn read_from<'de, D: Deserializer<'de>>(
    deserializer: D,
    value: &mut dyn Value,
    form: Form,
    reading: Reading,
) -> Result<(), D::Error> {
    let mut cx = Cx::new(form, reading);
    let node =
        Node { value: &mut *value, cx: &mut cx, path: &Path::Root, format: None, secret: false };
    let read = node.deserialize(deserializer);
    read.map(|_| ()).map_err(|error| match cx.failure {
        Some(failure) => D::Error::custom(failure),
        None => error,
    })
}

fn not_text(json: &[u8], error: Utf8Error) -> DecodeError {
    let reason = match error.error_len() {
        None => ends(json.len()),
        Some(_) => format!("it is not UTF-8 after {} bytes", error.valid_up_to()),
    };
    DecodeError::Syntax { format: "JSON", reason }
}

fn ends(length: usize) -> String {
    format!("it ends in the middle of a value, after {length} bytes")
}

/// Only the place is told: the text around it may be secret.
fn syntax(json: &str, error: &serde_json::Error) -> DecodeError {
    let reason = if json.bytes().all(|byte| byte.is_ascii_whitespace()) {
        "the body is empty".to_owned()
    } else if error.is_eof() {
        ends(json.len())
    } else {
        let full = error.to_string();
        let what = if full.starts_with("recursion limit") {
            "it nests too deeply"
        } else if full.starts_with("number out of range") {
            "a number is out of range"
        } else {
            "unexpected text"
        };
        format!("{what} at line {} column {}", error.line(), error.column())
    };
    DecodeError::Syntax { format: "JSON", reason }
}

pub(in crate::codec) struct Cx {
    pub(in crate::codec) form: Form,
    pub(in crate::codec) reading: Reading,
    pub(in crate::codec) report: Report,
    pub(in crate::codec) failure: Option<DecodeError>,
    /// What may be told besides the failure
    pub(in crate::codec) beside: Beside,
}

impl Cx {
    pub(in crate::codec) fn new(form: Form, reading: Reading) -> Self {
        let (report, failure, beside) = (Report::default(), None, Beside::Hidden);
        Self { form, reading, report, failure, beside }
    }
}

/// What became of a value.
pub(in crate::codec) enum Got {
    Value,
    Null,
    /// It did not fit and was put aside.
    Unplaced,
}

pub(super) struct Node<'a> {
    pub(super) value: &'a mut dyn Value,
    pub(super) cx: &'a mut Cx,
    pub(super) path: &'a Path<'a>,
    pub(super) format: Option<TimestampFormat>,
    /// Nothing of what is found may be told.
    pub(super) secret: bool,
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

    /// What other formats than JSON call a null.
    fn visit_none<E: Error>(self) -> Result<Got, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Got, D::Error> {
        deserializer.deserialize_any(self)
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
                    *place = Document::Number(Number::Positive(found));
                    Ok(Got::Value)
                }
                #[expect(clippy::cast_precision_loss, reason = "a float holds what it can")]
                Slot::Float(_) | Slot::Double(_) => self.visit_f64(found as f64),
                slot => {
                    let expects = slot.expects();
                    self.mismatch(expects, Document::Number(Number::Positive(found)))
                }
            },
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a float holds what it can")]
    fn visit_i64<E: Error>(self, found: i64) -> Result<Got, E> {
        let number = || Document::from(found);
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
                let format = self.cx.form.timestamp(self.format);
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
        match self.value.slot() {
            Slot::Double(place) => *place = found,
            Slot::Float(place) if (found as f32).is_finite() => *place = found as f32,
            Slot::Float(_) => return self.mismatch("a number of 32 bits", Document::from(found)),
            Slot::Document(place) => *place = Document::from(found),
            Slot::Integer(_) | Slot::Long(_) if whole => return self.visit_i64(found as i64),
            Slot::Timestamp(place) => {
                let format = self.cx.form.timestamp(self.format);
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
        match self.value.slot() {
            // Mostly nothing is there yet, and a text of its own has just the size.
            Slot::String(place) => *place = String::from(found),
            Slot::Enum(place) => place.set(found),
            Slot::Document(place) => *place = Document::from(found),
            Slot::Timestamp(place) => {
                let form = self.cx.form;
                let format = form.timestamp(self.format);
                match timestamp(found, format, form) {
                    Some(timestamp) => *place = timestamp,
                    None => return self.mismatch(format.expects(), Document::from(found)),
                }
            }
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
                    let path = &Path::Index(path, index);
                    let item = Item { list: &mut *list, cx: &mut *cx, path, format, secret };
                    if items.next_element_seed(item)?.is_none() {
                        return Ok(Got::Value);
                    }
                    index += 1;
                }
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
            Slot::Union(union) => {
                let got = read_union(union, entries, cx, path, secret)?;
                if let Got::Null = got {
                    // Asking for the slot has made an empty union of what was absent.
                    value.clear();
                }
                Ok(got)
            }
            Slot::Map(map) => {
                while let Some(key) = entries.next_key_seed(Name)? {
                    let place = Path::Key(path, if secret { REDACTED } else { &key });
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

/// An element, which the list has from when it comes.
struct Item<'a> {
    list: &'a mut dyn List,
    cx: &'a mut Cx,
    path: &'a Path<'a>,
    format: Option<TimestampFormat>,
    secret: bool,
}

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Self { list, cx, path, format, secret } = self;
        let stays = match (Node { value: list.push(), cx, path, format, secret })
            .deserialize(deserializer)?
        {
            Got::Value => true,
            // A sparse list's element is an `Option`, for which null is no value.
            Got::Null => list.is_sparse(),
            Got::Unplaced => false,
        };
        if !stays {
            list.pop();
        }
        Ok(())
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
        // What stands in place of a container may be the secret that was due somewhere in it.
        let hidden = self.secret || self.value.slot().is_container();
        if !hidden && matches!(self.cx.form, Form::Wire(_)) {
            self.cx.beside = match self.path {
                Path::Root => Beside::Hidden,
                Path::Member(..) => Beside::Undecided,
                Path::Index(..) | Path::Key(..) => Beside::All,
            };
        }
        self.cx.failure.get_or_insert_with(|| DecodeError::Mismatch {
            path: self.path.to_string(),
            expected: expected.to_owned(),
            found: if hidden { found.kind().to_owned() } else { shown(&found) },
            near: None,
        });
        Err(E::custom("a value does not fit its type"))
    }
}

/// The format that is due, and then what else servers are known to send.
fn timestamp(text: &str, format: TimestampFormat, form: Form) -> Option<Timestamp> {
    const OTHERS: [TimestampFormat; 3] =
        [TimestampFormat::DateTime, TimestampFormat::HttpDate, TimestampFormat::EpochSeconds];
    // A number in quotes is a time only where any format may come.
    let others = &OTHERS[..if form == Form::Audit { 3 } else { 2 }];
    let mut formats = std::iter::once(&format).chain(others);
    formats.find_map(|format| Timestamp::parse(text, *format).ok())
}
