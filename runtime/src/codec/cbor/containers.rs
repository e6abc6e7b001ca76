//! Arrays and maps to structures, unions, lists and maps.

use super::NAME;
use super::near::Container;
use super::read::Source;
use super::token::{Left, Token, bad};
use crate::codec::json::near::Beside;
use crate::codec::json::read::Got;
use crate::codec::json::write::REDACTED;
use crate::codec::members::Seen;
use crate::codec::{DecodeError, Form, Path};
use crate::schema::{Flags, Schema};
use crate::value::{List, Map, Structure, Union, UnknownMember};
use std::borrow::Cow;

impl<'a> Source<'a> {
    pub(super) fn list(
        &mut self,
        list: &mut dyn List,
        mut left: Left,
        path: &Path<'_>,
        secret: bool,
    ) -> Result<Got, DecodeError> {
        self.reader.enter()?;
        let container = Container { start: self.reader.place(), left, keys: false };
        let mut index = 0;
        while self.reader.more(&mut left)? {
            let got = self.value(list.push(), &Path::Index(path, index), secret);
            match got.map_err(|mut error| {
                self.tell(&mut error, container, &Beside::All);
                error
            })? {
                Got::Value => {}
                // A sparse list's element is an `Option`, for which null is no value.
                Got::Null if list.is_sparse() => {}
                Got::Null | Got::Unplaced => list.pop(),
            }
            index += 1;
        }
        self.reader.leave();
        Ok(Got::Value)
    }

    pub(super) fn map(
        &mut self,
        map: &mut dyn Map,
        mut left: Left,
        path: &Path<'_>,
        secret: bool,
    ) -> Result<Got, DecodeError> {
        self.reader.enter()?;
        let container = Container { start: self.reader.place(), left, keys: true };
        while self.reader.more(&mut left)? {
            let key = self.key()?;
            let place = Path::Key(path, if secret { REDACTED } else { &key });
            let got = self.value(map.insert(&key), &place, secret);
            match got.map_err(|mut error| {
                self.tell(&mut error, container, &Beside::All);
                error
            })? {
                Got::Value => {}
                Got::Null if map.is_sparse() => {}
                Got::Null | Got::Unplaced => map.remove(&key),
            }
        }
        self.reader.leave();
        Ok(Got::Value)
    }

    pub(super) fn structure(
        &mut self,
        structure: &mut dyn Structure,
        mut left: Left,
        path: &Path<'_>,
        secret: bool,
    ) -> Result<Got, DecodeError> {
        let (schema, members) = structure.split_mut();
        let mut seen = Seen::default();
        let mut hint = 0;
        self.reader.enter()?;
        let container = Container { start: self.reader.place(), left, keys: true };
        while self.reader.more(&mut left)? {
            let key = self.key()?;
            let Some(index) = self.index(schema, &key, hint) else {
                self.unplaced(&Path::Member(path, &key))?;
                continue;
            };
            hint = index + 1;
            let member = &schema.members[index];
            let Some(value) = members.member_mut(index) else {
                self.reader.skip()?;
                continue;
            };
            if seen.contains(index) {
                // Of a member that comes twice the last one counts, as in other readers.
                value.clear();
            }
            let secret = secret || member.flags.contains(Flags::SENSITIVE);
            let got = self.value(value, &Path::Member(path, &member.name), secret);
            let got = got.map_err(|mut error| {
                let mut beside = Beside::Undecided;
                beside.decide(schema);
                self.tell(&mut error, container, &beside);
                error
            })?;
            seen.set(index, matches!(got, Got::Value));
        }
        self.reader.leave();
        self.missing(schema, &seen, path)?;
        Ok(Got::Value)
    }

    /// Of a union exactly one member is there. Others may be null, and `__type` may stand beside
    /// it.
    pub(super) fn union(
        &mut self,
        union: &mut dyn Union,
        mut left: Left,
        path: &Path<'_>,
        secret: bool,
    ) -> Result<Got, DecodeError> {
        self.reader.enter()?;
        let mut filled = false;
        while self.reader.more(&mut left)? {
            let key = self.key()?;
            let there = match self.index(union.schema(), &key, 0) {
                Some(index) => self.alternative(union, index, path, secret, filled)?,
                None => self.unknown(union, &key, filled)?,
            };
            if there && filled {
                return Err(DecodeError::Mismatch {
                    path: path.to_string(),
                    expected: "an object with exactly one member".to_owned(),
                    found: "an object with several members".to_owned(),
                    near: None,
                });
            }
            filled |= there;
        }
        self.reader.leave();
        Ok(if filled { Got::Value } else { Got::Null })
    }

    /// A member of a union, which becomes the one that is there unless it is null or another one is
    /// `filled`. Gives whether it was there.
    fn alternative(
        &mut self,
        union: &mut dyn Union,
        index: usize,
        path: &Path<'_>,
        secret: bool,
        filled: bool,
    ) -> Result<bool, DecodeError> {
        let start = self.reader.place();
        if let (_, Token::Null) = self.reader.untagged()? {
            return Ok(false);
        }
        self.reader.back_to(start);
        let Some(member) = union.schema().members.get(index).filter(|_| !filled) else {
            self.reader.skip()?;
            return Ok(true);
        };
        let secret = secret || member.flags.contains(Flags::SENSITIVE);
        let name = member.name.clone();
        let Some(value) = union.activate(index) else {
            self.reader.skip()?;
            return Ok(false);
        };
        // A value that was put aside leaves the union as if the member had not come.
        let got = self.value(value, &Path::Member(path, &name), secret);
        // Of what stands beside a union's member nobody knows a thing.
        let got = got.inspect_err(|_| self.failed = None)?;
        Ok(!matches!(got, Got::Unplaced))
    }

    /// A member that the schema does not know, kept as it came. Gives whether it was there.
    fn unknown(
        &mut self,
        union: &mut dyn Union,
        key: &str,
        filled: bool,
    ) -> Result<bool, DecodeError> {
        let start = self.reader.place();
        let is_null = matches!(self.reader.untagged()?, (_, Token::Null));
        self.reader.back_to(start);
        self.reader.skip()?;
        let there = key != "__type" && !is_null;
        if there && !filled {
            union.set_unknown(UnknownMember::new(key, NAME, self.reader.since(start)));
        }
        Ok(there)
    }

    /// A member without a place: passed over, or kept if that is asked for.
    fn unplaced(&mut self, path: &Path<'_>) -> Result<(), DecodeError> {
        if self.cx.reading.keep_unplaced {
            let value = super::document::read(&mut self.reader)?;
            self.cx.report.unplaced.push((path.to_string(), value));
            return Ok(());
        }
        self.reader.skip()
    }

    fn index(&self, schema: &Schema, key: &str, hint: usize) -> Option<usize> {
        match self.cx.form {
            Form::Wire(_) => schema.index_on_wire(key, hint),
            Form::Model => schema.index_of(key),
            Form::Audit => schema.index_of_audited(key),
        }
    }

    fn key(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        let start = self.reader.place();
        match self.reader.untagged()? {
            (_, Token::Text(key)) => Ok(key),
            _ => Err(bad(start, "a key that is no text")),
        }
    }
}
