//! Three states: absent, null and a value.

use super::{Empty, Slot, Value, View};

/// A member that can be absent, null or a value, where the three mean different things.
///
/// `Option<Option<T>>` would do for storage, but not for access: absent and null look alike to
/// the implementation for `Option`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// It is not mentioned.
    #[default]
    Absent,
    /// It is null.
    Null,
    /// It has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, if there is one.
    pub fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> Empty for Nullable<T> {
    const NOTHING: bool = true;

    fn empty() -> Self {
        Self::Absent
    }
}

impl<T: Value + Empty> Value for Nullable<T> {
    fn view(&self) -> View<'_> {
        match self {
            Self::Absent => View::Absent,
            Self::Null => View::Null,
            Self::Value(value) => value.view(),
        }
    }

    fn slot(&mut self) -> Slot<'_> {
        if !matches!(self, Self::Value(_)) {
            *self = Self::Value(T::empty());
        }
        let Self::Value(value) = self else { unreachable!("it has just been made a value") };
        value.slot()
    }

    fn set_null(&mut self) -> bool {
        *self = Self::Null;
        true
    }

    fn clear(&mut self) {
        *self = Self::Absent;
    }

    fn is_structure(&self) -> bool {
        T::STRUCTURE
    }
}
