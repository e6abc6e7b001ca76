//! Structures whose members are known when they are compiled.

use super::{Empty, Slot, Structure, Value, View};
use crate::schema::{self, Facts, Rare, Schema, Size, Table};
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
pub trait Record: fmt::Debug + Send + Sync + Sized + 'static {
    /// How many members there are.
    type Size: Size;
    /// The members.
    const FACTS: Facts;
    /// Those that have more to say.
    const RARE: &'static [Rare] = &[];

    /// With nothing in it.
    fn blank() -> Self;

    /// A member, in the order of the schema; whatever is there behind the last one, which nobody
    /// asks for. Said only where there are members.
    #[inline]
    fn at(&self, index: usize) -> &dyn Value {
        let _ = index;
        self
    }

    /// A member, to fill it.
    #[inline]
    fn at_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        self
    }
}

impl<T: Record> Table for T {
    type Size = <T as Record>::Size;
    const FACTS: Facts = <T as Record>::FACTS;
    const RARE: &'static [Rare] = <T as Record>::RARE;
}

impl<T: Record> Structure for T {
    #[inline]
    fn split(&self) -> (&Schema, &dyn Structure) {
        (schema::schema::<T>(), self)
    }

    #[inline]
    fn split_mut(&mut self) -> (&Schema, &mut dyn Structure) {
        (schema::schema::<T>(), self)
    }

    #[inline]
    fn member(&self, index: usize) -> Option<&dyn Value> {
        (index < <T::Size as Size>::COUNT).then(|| self.at(index))
    }

    #[inline]
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        (index < <T::Size as Size>::COUNT).then(|| self.at_mut(index))
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
    type Size = <T as Record>::Size;
    const FACTS: Facts = <T as Record>::FACTS;
    const RARE: &'static [Rare] = <T as Record>::RARE;

    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn at(&self, index: usize) -> &dyn Value {
        (**self).at(index)
    }

    fn at_mut(&mut self, index: usize) -> &mut dyn Value {
        (**self).at_mut(index)
    }
}
