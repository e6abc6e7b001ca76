//! Structures whose members are known when they are compiled.

use super::{Empty, Slot, Structure, Value, View};
use crate::schema::Schema;
use std::fmt;

/// What `#[derive(Model)]` writes of a structure. All else follows from it, so that the least
/// possible is compiled for each of the many types of a service.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type that a model can hold",
    label = "this type has no schema",
    note = "add `#[derive(typefoundry::Model)]` to it, or use one of the types of the table in \
            the documentation of `typefoundry`"
)]
pub trait Record: fmt::Debug + Send + Sync + Sized {
    const SCHEMA: &'static Schema;

    /// With nothing in it.
    fn blank() -> Self;

    /// A member, in the order of the schema; nothing behind the last one.
    fn at(&self, index: usize) -> Option<&dyn Value>;

    /// A member, to fill it.
    fn at_mut(&mut self, index: usize) -> Option<&mut dyn Value>;
}

impl<T: Record> Structure for T {
    #[inline]
    fn split(&self) -> (&Schema, &dyn Structure) {
        (T::SCHEMA, self)
    }

    #[inline]
    fn split_mut(&mut self) -> (&Schema, &mut dyn Structure) {
        (T::SCHEMA, self)
    }

    #[inline]
    fn member(&self, index: usize) -> Option<&dyn Value> {
        self.at(index)
    }

    #[inline]
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.at_mut(index)
    }
}

impl<T: Record> Value for T {
    #[inline]
    fn view(&self) -> View<'_> {
        View::Structure(self)
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Structure(self)
    }

    #[inline]
    fn clear(&mut self) {
        *self = T::blank();
    }

    #[inline]
    fn is_structure(&self) -> bool {
        true
    }
}

impl<T: Record> Empty for T {
    const STRUCTURE: bool = true;

    #[inline]
    fn empty() -> Self {
        T::blank()
    }
}

/// A structure that holds itself is behind a box. A union that does has what it needs from its
/// derive: what is behind a box is either the one or the other.
impl<T: Record> Record for Box<T> {
    const SCHEMA: &'static Schema = T::SCHEMA;

    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn at(&self, index: usize) -> Option<&dyn Value> {
        (**self).at(index)
    }

    fn at_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        (**self).at_mut(index)
    }
}
