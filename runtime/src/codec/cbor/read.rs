//! CBOR to values.

use super::document;
use super::near::{self, Container};
use super::token::{Reader, Token};
use crate::codec::json::members::missing;
use crate::codec::json::near::Beside;
use crate::codec::json::read::{Cx, Got};
use crate::codec::members::Seen;
use crate::codec::report::shown;
use crate::codec::{DecodeError, Form, Path, Reading, Report};
use crate::value::{Slot, Value, View};
use crate::{Blob, Timestamp, TimestampFormat};

/// Fills a value from CBOR bytes.
///
/// A required member that is not there keeps its empty value and is listed in the report, unless
/// reading is strict. Undefined is read as null, and tags other than those of times as what they
/// stand before.
pub fn read(
    cbor: &[u8],
    value: &mut dyn Value,
    form: Form,
    reading: Reading,
) -> Result<Report, DecodeError> {
    let cx = Cx::new(form, reading);
    let mut source = Source { reader: Reader::new(cbor), cx, failed: None };
    let got = source.value(value, &Path::Root, false)?;
    source.reader.end()?;
    // A body that is null is a body with nothing in it.
    if let (Got::Null, View::Structure(structure)) = (got, value.view()) {
        source.missing(structure.split().0, &Seen::default(), &Path::Root)?;
    }
    Ok(source.cx.report)
}

/// The bytes, and what is to be said about them.
pub(super) struct Source<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) cx: Cx,
    /// Where the item begins that does not fit, until what stands around it is told
    pub(super) failed: Option<usize>,
}

impl Source<'_> {
    /// Fills a value from the next item. Nothing of a `secret` may be told.
    pub(super) fn value(
        &mut self,
        value: &mut dyn Value,
        path: &Path<'_>,
        secret: bool,
    ) -> Result<Got, DecodeError> {
        let start = self.reader.place();
        let (tag, token) = self.reader.untagged()?;
        if let Token::Null = token {
            return Ok(if value.set_null() { Got::Value } else { Got::Null });
        }
        match (value.slot(), token) {
            (Slot::Document(place), _) => {
                self.reader.back_to(start);
                *place = document::read(&mut self.reader)?;
                Ok(Got::Value)
            }
            (Slot::List(list), Token::Array(left)) => self.list(list, left, path, secret),
            (Slot::Map(map), Token::Map(left)) => self.map(map, left, path, secret),
            (Slot::Structure(structure), Token::Map(left)) => {
                self.structure(structure, left, path, secret)
            }
            (Slot::Union(union), Token::Map(left)) => {
                let got = self.union(union, left, path, secret)?;
                if let Got::Null = got {
                    // Asking for the slot has made an empty union of what was absent.
                    value.clear();
                }
                Ok(got)
            }
            (slot, token) => match scalar(slot, tag, &token) {
                Ok(()) => Ok(Got::Value),
                Err(expected) => {
                    let is_bytes = matches!(token, Token::Bytes(_));
                    self.reader.back_to(start);
                    self.mismatch(value, expected, is_bytes, path, secret)
                }
            },
        }
    }

    /// Adds to an error of an item in a container what stands around that, once.
    pub(super) fn tell(&mut self, error: &mut DecodeError, container: Container, beside: &Beside) {
        if let (Some(at), DecodeError::Mismatch { near, .. }) = (self.failed.take(), error) {
            *near = near::near(&self.reader, container, at, beside);
        }
    }

    /// What is to be said about the members that did not come.
    pub(super) fn missing(
        &mut self,
        schema: &crate::schema::Schema,
        seen: &Seen,
        path: &Path<'_>,
    ) -> Result<(), DecodeError> {
        missing(schema, seen, &mut self.cx, path).map_err(|reason| {
            let unnamed = || DecodeError::Missing { path: reason.to_owned() };
            self.cx.failure.take().unwrap_or_else(unnamed)
        })
    }

    /// An item that does not fit: an error, or put aside where reading is lenient.
    fn mismatch(
        &mut self,
        value: &mut dyn Value,
        expected: &str,
        is_bytes: bool,
        path: &Path<'_>,
        secret: bool,
    ) -> Result<Got, DecodeError> {
        let start = self.reader.place();
        let found = document::read(&mut self.reader)?;
        if self.cx.reading.lenient {
            value.clear();
            if self.cx.reading.keep_unplaced {
                self.cx.report.unplaced.push((path.to_string(), found));
            }
            return Ok(Got::Unplaced);
        }
        // What stands in place of a container may be the secret that was due somewhere in it.
        let hidden = secret || value.slot().is_container();
        if !hidden && matches!(self.cx.form, Form::Wire(_)) {
            self.failed = Some(start);
        }
        Err(DecodeError::Mismatch {
            path: path.to_string(),
            expected: expected.to_owned(),
            near: None,
            found: match (is_bytes, hidden) {
                (true, _) => "bytes".to_owned(),
                (false, true) => found.kind().to_owned(),
                (false, false) => shown(&found),
            },
        })
    }
}

/// Fills a scalar; says what was expected if the token does not fit.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "checked before, or a float holds what it can"
)]
fn scalar(slot: Slot<'_>, tag: Option<u64>, token: &Token<'_>) -> Result<(), &'static str> {
    let expects = match &slot {
        Slot::Blob(_) => "bytes",
        slot => slot.expects(),
    };
    match (slot, token) {
        (Slot::Bool(place), Token::Bool(found)) => *place = *found,
        (Slot::Integer(place), _) => {
            *place = whole(token).and_then(|found| found.try_into().ok()).ok_or(expects)?;
        }
        (Slot::Long(place), _) => {
            *place = whole(token).and_then(|found| found.try_into().ok()).ok_or(expects)?;
        }
        (Slot::Double(place), Token::Float(found)) => *place = *found,
        (Slot::Double(place), Token::Integer(found)) => *place = *found as f64,
        (Slot::Float(place), Token::Integer(found)) => *place = *found as f32,
        (Slot::Float(place), Token::Float(found)) => {
            let narrow = *found as f32;
            if narrow.is_infinite() && found.is_finite() {
                return Err("a number of 32 bits");
            }
            *place = narrow;
        }
        (Slot::String(place), Token::Text(found)) => found.as_ref().clone_into(place),
        (Slot::Enum(place), Token::Text(found)) => place.set(found),
        (Slot::Blob(place), Token::Bytes(found)) => *place = Blob::from(found.to_vec()),
        (Slot::Timestamp(place), _) => *place = timestamp(tag, token).ok_or(expects)?,
        _ => return Err(expects),
    }
    Ok(())
}

/// A whole number, also one that is written as a float.
#[expect(clippy::cast_possible_truncation, reason = "checked before")]
fn whole(token: &Token<'_>) -> Option<i128> {
    match token {
        Token::Integer(found) => Some(*found),
        Token::Float(found) if found.fract() == 0.0 && found.abs() < 9e15 => Some(*found as i128),
        _ => None,
    }
}

/// Tag 0 is RFC 3339, tag 1 seconds since the epoch. A time without a tag is read for what it is.
fn timestamp(tag: Option<u64>, token: &Token<'_>) -> Option<Timestamp> {
    match (tag, token) {
        (Some(1) | None, Token::Integer(found)) => {
            i64::try_from(*found).ok().and_then(Timestamp::from_seconds)
        }
        (Some(1) | None, Token::Float(found)) => Timestamp::from_epoch_number(*found),
        (Some(0) | None, Token::Text(found)) => {
            Timestamp::parse(found, TimestampFormat::DateTime).ok()
        }
        _ => None,
    }
}
