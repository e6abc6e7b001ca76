//! JSON objects to structures.

use super::read::{Cx, Got, Node};
use crate::codec::{DecodeError, Form, Path};
use crate::schema::{Flags, Schema};
use crate::value::Structure;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::fmt;

pub(super) fn read_structure<'de, A: MapAccess<'de>>(
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
                if seen.contains(index) {
                    // Of a member that comes twice the last one counts, as in other readers.
                    value.clear();
                }
                let node = Node { value, cx: &mut *cx, path: &place, format, secret };
                let got = entries.next_value_seed(node)?;
                seen.set(index, matches!(got, Got::Value));
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

/// What is to be said about a structure of which nothing came.
pub(super) fn check_empty<E: Error>(structure: &dyn Structure, cx: &mut Cx) -> Result<(), E> {
    missing(structure.split().0, &Seen::default(), cx, &Path::Root).map_err(E::custom)
}

pub(in crate::codec) fn missing(
    schema: &Schema,
    seen: &Seen,
    cx: &mut Cx,
    path: &Path<'_>,
) -> Result<(), &'static str> {
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

/// Which members of a structure have come.
#[derive(Default)]
pub(in crate::codec) struct Seen {
    first: u128,
    others: Vec<usize>,
}

impl Seen {
    pub(in crate::codec) fn set(&mut self, index: usize, seen: bool) {
        if index < 128 {
            self.first = self.first & !(1 << index) | u128::from(seen) << index;
        } else {
            self.others.retain(|other| *other != index);
            self.others.extend(seen.then_some(index));
        }
    }

    pub(in crate::codec) fn contains(&self, index: usize) -> bool {
        match index {
            0..128 => self.first & 1 << index != 0,
            _ => self.others.contains(&index),
        }
    }
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
