//! Where the parts of a spec stand in its text.
//!
//! The build script has this file, too: of what is built in, it finds the parts beforehand.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// The parts of a spec.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    pub(crate) service: Place,
    pub(crate) operations: Cow<'static, [Part]>,
    pub(crate) shapes: Cow<'static, [Part]>,
    pub(crate) waiters: Cow<'static, [Part]>,
}

/// An entry of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// Its key, without the quotes
    pub(crate) name: Place,
    pub(crate) value: Place,
}

/// The bytes from one to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place(pub(crate) usize, pub(crate) usize);

impl Place {
    /// What stands there.
    pub(crate) fn of(self, text: &str) -> &str {
        text.get(self.0..self.1).unwrap_or_default()
    }

    /// Nothing, if it is no part of the text.
    fn find(part: &str, text: &str) -> Option<Self> {
        let start = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
        Some(Self(start, start + part.len()))
    }
}

impl Parts {
    /// Nothing, if a part is missing, stands twice or is of the wrong form; whoever reads the whole says
    /// what is wrong.
    pub(crate) fn find(text: &str) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct Root<'t> {
            #[serde(borrow)]
            typefoundry: Cow<'t, str>,
            #[serde(borrow)]
            service: &'t RawValue,
            #[serde(borrow, default)]
            operations: Entries<'t>,
            #[serde(borrow, default)]
            shapes: Entries<'t>,
            #[serde(borrow, default)]
            waiters: Entries<'t>,
        }
        let root: Root<'_> = serde_json::from_str(text).ok()?;
        let parts = |entries: Entries<'_>| -> Option<Cow<'static, [Part]>> {
            let part = |(name, value): (Cow<'_, str>, &RawValue)| {
                // A name that is written with a `\` stands nowhere as it is.
                let Cow::Borrowed(name) = name else { return None };
                Some(Part {
                    name: Place::find(name, text)?,
                    value: Place::find(value.get(), text)?,
                })
            };
            entries.0.into_iter().map(part).collect()
        };
        let parts = Self {
            service: Place::find(root.service.get(), text)?,
            operations: parts(root.operations)?,
            shapes: parts(root.shapes)?,
            waiters: parts(root.waiters)?,
        };
        let names =
            |parts: &[Part]| parts.iter().map(|it| it.name.of(text)).collect::<BTreeSet<_>>();
        let is_plain = |parts: &[Part]| names(parts).len() == parts.len();
        let is_plain = is_plain(&parts.operations) && is_plain(&parts.shapes);
        (root.typefoundry == "1" && is_plain && !parts.operations.is_empty()).then_some(parts)
    }
}

/// The entries of an object, in order.
#[derive(Default)]
struct Entries<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'de: 't, 't> Deserialize<'de> for Entries<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some((Name(name), value)) = map.next_entry()? {
                    entries.push((name, value));
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}

#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Name<'t>(#[serde(borrow)] Cow<'t, str>);
