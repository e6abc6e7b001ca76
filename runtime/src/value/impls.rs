//! The types that stand for shapes: scalars, lists, maps and what may be absent.

use super::{Empty, Enum, List, Map, Slot, Value, View};
use crate::{Blob, Document, Timestamp};
use indexmap::IndexMap;
use std::hash::Hash;

macro_rules! scalar {
    ($type:ty, $variant:ident, $empty:expr) => {
        impl Value for $type {
            fn view(&self) -> View<'_> {
                View::$variant(*self)
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::$variant(self)
            }

            fn clear(&mut self) {
                *self = $empty;
            }
        }

        impl Empty for $type {
            fn empty() -> Self {
                $empty
            }
        }
    };
}

scalar!(bool, Bool, false);
scalar!(i32, Integer, 0);
scalar!(i64, Long, 0);
scalar!(f32, Float, 0.0);
scalar!(f64, Double, 0.0);
scalar!(Timestamp, Timestamp, Timestamp::UNIX_EPOCH);

impl Value for String {
    fn view(&self) -> View<'_> {
        View::String(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::String(self)
    }

    fn clear(&mut self) {
        String::clear(self);
    }
}

impl Empty for String {
    fn empty() -> Self {
        Self::new()
    }
}

impl Value for Blob {
    fn view(&self) -> View<'_> {
        View::Blob(self.as_ref())
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Blob(self)
    }

    fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Empty for Blob {
    fn empty() -> Self {
        Self::default()
    }
}

impl Value for Document {
    fn view(&self) -> View<'_> {
        View::Document(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Document(self)
    }

    /// Null is one of a document's own values.
    fn set_null(&mut self) -> bool {
        *self = Self::Null;
        true
    }

    fn clear(&mut self) {
        *self = Self::Null;
    }
}

impl Empty for Document {
    fn empty() -> Self {
        Self::Null
    }
}

impl<T: Value + Empty> Value for Option<T> {
    fn view(&self) -> View<'_> {
        match self {
            Some(value) => value.view(),
            None => View::Absent,
        }
    }

    fn slot(&mut self) -> Slot<'_> {
        self.get_or_insert_with(T::empty).slot()
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn is_structure(&self) -> bool {
        T::STRUCTURE
    }
}

impl<T> Empty for Option<T> {
    const NOTHING: bool = true;

    fn empty() -> Self {
        None
    }
}

impl<T: Value + Empty> Value for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }
}

impl<T> Empty for Vec<T> {
    fn empty() -> Self {
        Self::new()
    }
}

impl<T: Value + Empty> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Value> {
        self.get(index).map(|item| item as &dyn Value)
    }

    fn item_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.get_mut(index).map(|item| item as &mut dyn Value)
    }

    fn push(&mut self) -> &mut dyn Value {
        let index = self.len();
        // Other than by `push`, which makes an element elsewhere and moves it.
        self.resize_with(index + 1, T::empty);
        &mut self[index]
    }

    fn pop(&mut self) {
        self.pop();
    }

    fn is_sparse(&self) -> bool {
        T::NOTHING
    }
}

/// A key of a map: text, or an enum of texts.
pub trait Key: Enum + Empty + Hash + Eq + Send + Sync {}

impl<T: Enum + Empty + Hash + Eq + Send + Sync> Key for T {}

/// The key that a text stands for.
fn key<K: Key>(text: &str) -> K {
    let mut key = K::empty();
    key.set(text);
    key
}

impl<K: Key, T: Value + Empty> Value for IndexMap<K, T> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }

    fn clear(&mut self) {
        IndexMap::clear(self);
    }
}

impl<K, T> Empty for IndexMap<K, T> {
    fn empty() -> Self {
        Self::default()
    }
}

impl<K: Key, T: Value + Empty> Map for IndexMap<K, T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Value)> {
        self.get_index(index).map(|(key, value)| (key.text(), value as &dyn Value))
    }

    fn insert(&mut self, key: &str) -> &mut dyn Value {
        let (index, _) = self.insert_full(self::key(key), T::empty());
        &mut self[index]
    }

    fn remove(&mut self, key: &str) {
        self.shift_remove(&self::key::<K>(key));
    }

    fn is_sparse(&self) -> bool {
        T::NOTHING
    }
}

impl Enum for String {
    fn set(&mut self, text: &str) {
        text.clone_into(self);
    }

    fn text(&self) -> &str {
        self
    }
}
