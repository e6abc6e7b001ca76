//! An object that conforms, read key by key.

use super::keys::{Form, Object};
use crate::diagnostics::Diagnostics;
use crate::json::{self, Json};
use crate::location::At;
use std::cell::Cell;

/// A JSON object and the keys that it may have.
///
/// In debug builds it checks that exactly the keys of the table are asked for, so that no key can
/// be accepted and then ignored.
pub(super) struct Fields<'a> {
    entries: &'a [(String, Json)],
    object: &'static Object,
    pub(super) at: At,
    asked: Cell<u64>,
}

/// A value with its place.
pub(super) struct Field<'a> {
    pub(super) value: &'a Json,
    pub(super) at: At,
}

impl Field<'_> {
    /// The elements of an array, each with its place.
    pub(super) fn elements(&self, diagnostics: &mut Diagnostics) -> Vec<Self> {
        let Json::Array(items) = self.value else { return Vec::new() };
        let place = |(index, value)| Field { value, at: diagnostics.child(self.at, index) };
        items.iter().enumerate().map(place).collect()
    }
}

impl<'a> Fields<'a> {
    /// Nothing, if the value is no object; that has been reported.
    pub(super) fn new(value: &'a Json, object: &'static Object, at: At) -> Option<Self> {
        let entries = value.as_object()?;
        Some(Self { entries, object, at, asked: Cell::new(0) })
    }

    /// The value of a key, whatever it is.
    pub(super) fn get(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<Field<'a>> {
        self.ask(name);
        let (index, (_, value)) =
            self.entries.iter().enumerate().find(|(_, (key, _))| key == name)?;
        Some(Field { value, at: diagnostics.child(self.at, index) })
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.ask(name);
        self.find(name)?.as_str().map(str::to_owned)
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.ask(name);
        self.find(name) == Some(&Json::Bool(true))
    }

    pub(super) fn count(&self, name: &str) -> Option<u64> {
        self.ask(name);
        match self.find(name)? {
            Json::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    pub(super) fn status(&self, name: &str) -> Option<u16> {
        self.count(name).and_then(|status| u16::try_from(status).ok())
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.ask(name);
        match self.find(name)? {
            Json::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        self.ask(name);
        match self.find(name) {
            Some(Json::Array(items)) => {
                items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The entries of an object, each with its place; of two equal keys the first.
    pub(super) fn entries(
        &self,
        name: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<(&'a str, Field<'a>)>> {
        let field = self.get(name, diagnostics)?;
        let entries = field.value.as_object()?;
        let mut list = Vec::with_capacity(entries.len());
        let firsts = json::firsts(entries);
        for ((index, (key, value)), first) in entries.iter().enumerate().zip(firsts) {
            if first == index {
                list.push((key.as_str(), Field { value, at: diagnostics.child(field.at, index) }));
            }
        }
        Some(list)
    }

    /// Those of the keys that are there, in the order of the file.
    pub(super) fn present(
        &self,
        keys: &[&'static str],
        diagnostics: &mut Diagnostics,
    ) -> Vec<(&'static str, Field<'a>)> {
        let mut present: Vec<(&'static str, Field<'a>)> = Vec::new();
        for (index, (name, value)) in self.entries.iter().enumerate() {
            if let Some(key) = keys.iter().find(|key| *key == name)
                && !present.iter().any(|(known, _)| known == key)
            {
                present.push((*key, Field { value, at: diagnostics.child(self.at, index) }));
            }
        }
        for key in keys {
            self.ask(key);
        }
        present
    }

    /// Whether one of the keys seems to be there, but misspelt; that has been reported.
    pub(super) fn misspells(&self, keys: &[&str]) -> bool {
        let meant = |(name, _): &(String, Json)| self.object.meant(name);
        self.entries.iter().filter_map(meant).any(|meant| keys.contains(&meant))
    }

    fn find(&self, name: &str) -> Option<&'a Json> {
        self.entries.iter().find_map(|(key, value)| (key == name).then_some(value))
    }

    fn ask(&self, name: &str) {
        if cfg!(debug_assertions) {
            let index = self.object.keys.iter().position(|key| key.name == name);
            debug_assert!(index.is_some(), "`{name}` is not in the table of {}", self.object.name);
            self.asked.set(self.asked.get() | 1 << index.unwrap_or(0));
        }
    }
}

impl Drop for Fields<'_> {
    fn drop(&mut self) {
        if cfg!(debug_assertions) && !std::thread::panicking() {
            for (index, key) in self.object.keys.iter().enumerate() {
                debug_assert!(
                    self.asked.get() & (1 << index) != 0,
                    "nothing reads `{}` of {}",
                    key.name,
                    self.object.name
                );
            }
        }
    }
}

/// The object behind a value that may be written short, as a string.
pub(super) fn short<'a>(
    field: &Field<'a>,
    form: &'static Object,
) -> Option<Result<&'a str, Fields<'a>>> {
    debug_assert!(matches!(form.keys[0].form, Form::Text));
    match field.value {
        Json::String(text) => Some(Ok(text)),
        value => Fields::new(value, form, field.at).map(Err),
    }
}
