//! JSON objects to structures.

use super::read::{Cx, Got, Node};
use crate::codec::members::{Seen, check_missing};
use crate::codec::{Form, Path};
use crate::schema::{Flags, Schema};
use crate::value::Structure;
use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
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
                let got =
                    entries.next_value_seed(node).inspect_err(|_| cx.beside.decide(schema))?;
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
    let everywhere = !matches!(cx.form, Form::Wire(_));
    check_missing(schema, seen, everywhere, cx.reading, &mut cx.report, path).map_err(|error| {
        cx.failure.get_or_insert(error);
        "a required member is missing"
    })
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
        deserializer.deserialize_identifier(self)
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

/// The name of a union's member or the key of a map, which is mostly text of the body as it stands.
pub(super) struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}
