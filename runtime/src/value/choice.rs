//! Enums whose values are known when they are compiled.

use super::{Enum, UnknownValue};
use std::hash::{Hash, Hasher};

/// What `#[derive(Model)]` writes of an enum. All else follows from it, so that the least possible
/// is compiled for each of the many enums of a service.
#[doc(hidden)]
pub trait Choice: Sized + std::fmt::Debug + Send + Sync + 'static {
    /// The values as the service writes them.
    const VALUES: &'static [&'static str];

    /// The place of its value in the list, or one that is not there.
    fn place(&self) -> Result<usize, &UnknownValue>;

    /// The value of a place; behind the last one the text as one that is not listed.
    fn at(place: usize, text: &str) -> Self;
}

impl<T: Choice> Enum for T {
    #[inline]
    fn set(&mut self, text: &str) {
        *self = from(text);
    }

    #[inline]
    fn text(&self) -> &str {
        text(self)
    }
}

/// The value as the service writes it.
#[inline]
pub fn text<T: Choice>(value: &T) -> &str {
    match value.place() {
        Ok(place) => T::VALUES.get(place).copied().unwrap_or_default(),
        Err(unknown) => unknown.text(),
    }
}

/// The value that a service writes so.
#[inline]
pub fn from<T: Choice>(text: &str) -> T {
    T::at(place(T::VALUES, text), text)
}

fn place(values: &[&str], text: &str) -> usize {
    values.iter().position(|value| *value == text).unwrap_or(usize::MAX)
}

/// The same value.
#[inline]
pub fn copy<T: Choice>(value: &T) -> T {
    match value.place() {
        Ok(place) => T::at(place, ""),
        Err(unknown) => T::at(usize::MAX, unknown.text()),
    }
}

/// No value.
#[inline]
pub fn empty<T: Choice>() -> T {
    T::at(usize::MAX, "")
}

/// Whether two are one value.
#[inline]
pub fn same<T: Choice>(one: &T, other: &T) -> bool {
    one.place() == other.place()
}

/// Adds a value to a hash.
#[inline]
pub fn hash<T: Choice, H: Hasher>(value: &T, state: &mut H) {
    value.place().hash(state);
}
