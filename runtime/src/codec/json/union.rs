//! JSON objects to unions.

use super::members::Name;
use super::read::{Cx, Got, Node};
use crate::codec::{DecodeError, Form, Path};
use crate::schema::Flags;
use crate::value::{Union, UnknownMember};
use serde_core::Deserialize;
use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// Of a union exactly one member is there. Others may be null, and `__type` may stand beside it.
pub(super) fn read_union<'de, A: MapAccess<'de>>(
    union: &mut dyn Union,
    mut entries: A,
    cx: &mut Cx,
    path: &Path<'_>,
    secret: bool,
) -> Result<Got, A::Error> {
    let mut filled = false;
    while let Some(name) = entries.next_key_seed(Name)? {
        let schema = union.schema();
        let index = match cx.form {
            Form::Wire(_) => schema.index_on_wire(&name, 0),
            Form::Model => schema.index_of(&name),
            Form::Audit => schema.index_of_audited(&name),
        };
        let there = if let Some(index) = index {
            let union = &mut *union;
            let value = Alternative { union, index, cx: &mut *cx, path, secret, filled };
            entries.next_value_seed(value).inspect_err(|_| cx.beside.hide())?
        } else {
            let raw: &RawValue = entries.next_value()?;
            let there = name != "__type" && raw.get() != "null";
            if there && !filled {
                union.set_unknown(UnknownMember::new(&name, "json", raw.get().as_bytes()));
            }
            there
        };
        if there && filled {
            cx.failure.get_or_insert_with(|| DecodeError::Mismatch {
                path: path.to_string(),
                expected: "an object with exactly one member".to_owned(),
                found: "an object with several members".to_owned(),
                near: None,
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
        let name = member.name.clone();
        let place = Path::Member(self.path, &name);
        let Some(value) = self.union.activate(self.index) else { return Ok(false) };
        let node = Node { value, cx: self.cx, path: &place, format, secret };
        // A value that was put aside leaves the union as if the member had not come.
        node.deserialize(deserializer).map(|got| !matches!(got, Got::Unplaced))
    }
}
