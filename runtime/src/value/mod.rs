//! Access to values by shape: what every codec stands on.
//!
//! A codec reads a value through [`Value::view`] and fills one through [`Value::slot`]. Both
//! give a small enum that says what is there; behind structures, lists, maps and unions stand
//! four object-safe traits. Generated types and values described at run time implement the same
//! traits, so that each codec is written once.

#[doc(hidden)]
pub mod choice;
#[doc(hidden)]
pub mod copy;
#[doc(hidden)]
pub mod debug;
mod impls;
mod nullable;
mod record;
#[doc(hidden)]
pub mod same;
mod unknown;

#[doc(hidden)]
pub use choice::Choice;
pub use impls::Key;
pub use nullable::Nullable;
#[doc(hidden)]
pub use record::Record;
pub use unknown::{UnknownMember, UnknownValue};

use crate::schema::Schema;
use crate::{Blob, Document, Timestamp};
use std::fmt;

/// A value that codecs can read and fill.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type that a model can hold",
    label = "this type has no schema",
    note = "add `#[derive(typefoundry::Model)]` to it, or use one of the types of the table in \
            the documentation of `typefoundry`"
)]
pub trait Value: fmt::Debug + Send + Sync {
    /// What is there.
    fn view(&self) -> View<'_>;

    /// What can be filled. An absent value becomes an empty one.
    fn slot(&mut self) -> Slot<'_>;

    /// Takes a null; `false` if the type has no room for one.
    fn set_null(&mut self) -> bool {
        false
    }

    /// Makes it what it was before anything was filled.
    fn clear(&mut self);

    /// Whether it is a structure, or would be one if it were there.
    fn is_structure(&self) -> bool {
        matches!(self.view(), View::Structure(_))
    }
}

/// A value with an empty form to start from.
///
/// It is not [`Default`]: a structure with required members has an empty form while it is being
/// read, but nobody should take it for a value.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type that a model can hold",
    label = "this type has no schema"
)]
pub trait Empty: Sized {
    /// Its empty form is "nothing", so a list of it is sparse.
    const NOTHING: bool = false;

    /// Its empty form is a structure, or will be one once it is there.
    const STRUCTURE: bool = false;

    fn empty() -> Self;
}

/// What a value is, to read it.
#[derive(Clone, Copy, Debug)]
pub enum View<'a> {
    /// Nothing
    Absent,
    /// An explicit null
    Null,
    /// True or false
    Bool(bool),
    /// A whole number of 32 bits
    Integer(i32),
    /// A whole number of 64 bits
    Long(i64),
    /// A number of 32 bits
    Float(f32),
    /// A number of 64 bits
    Double(f64),
    /// Text; also the value of an enum
    String(&'a str),
    /// Bytes
    Blob(&'a [u8]),
    /// An instant
    Timestamp(Timestamp),
    /// Anything
    Document(&'a Document),
    /// Members that stand together
    Structure(&'a dyn Structure),
    /// Exactly one of several members
    Union(&'a dyn Union),
    /// Many of one kind
    List(&'a dyn List),
    /// Values by name
    Map(&'a dyn Map),
}

/// What a value is, to fill it.
#[derive(Debug)]
pub enum Slot<'a> {
    /// True or false
    Bool(&'a mut bool),
    /// A whole number of 32 bits
    Integer(&'a mut i32),
    /// A whole number of 64 bits
    Long(&'a mut i64),
    /// A number of 32 bits
    Float(&'a mut f32),
    /// A number of 64 bits
    Double(&'a mut f64),
    /// Text
    String(&'a mut String),
    /// Text out of an open set
    Enum(&'a mut dyn Enum),
    /// Bytes
    Blob(&'a mut Blob),
    /// An instant
    Timestamp(&'a mut Timestamp),
    /// Anything
    Document(&'a mut Document),
    /// Members that stand together
    Structure(&'a mut dyn Structure),
    /// Exactly one of several members
    Union(&'a mut dyn Union),
    /// Many of one kind
    List(&'a mut dyn List),
    /// Values by name
    Map(&'a mut dyn Map),
}

impl Slot<'_> {
    /// What it takes, as an error message says it.
    pub fn expects(&self) -> &'static str {
        match self {
            Self::Bool(_) => "true or false",
            Self::Integer(_) => "a whole number of 32 bits",
            Self::Long(_) => "a whole number of 64 bits",
            Self::Float(_) | Self::Double(_) => "a number",
            Self::String(_) | Self::Enum(_) => "a string",
            Self::Blob(_) => "a base64 string",
            Self::Timestamp(_) => "a timestamp",
            Self::Document(_) => "a value",
            Self::Structure(_) | Self::Map(_) => "an object",
            Self::Union(_) => "an object with exactly one member",
            Self::List(_) => "an array",
        }
    }

    /// Whether it takes what other values are in.
    pub(crate) fn is_container(&self) -> bool {
        matches!(self, Self::Structure(_) | Self::Union(_) | Self::List(_) | Self::Map(_))
    }
}

/// A structure: a schema, and members by index, in its order.
pub trait Structure: Value {
    /// The schema and the members, to read them.
    fn split(&self) -> (&Schema, &dyn Structure);

    /// The schema and the members, to fill them: the schema outlives what is borrowed of them.
    fn split_mut(&mut self) -> (&Schema, &mut dyn Structure);

    /// A member; nothing behind the last one.
    fn member(&self, index: usize) -> Option<&dyn Value>;

    /// A member, to fill it.
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value>;
}

impl dyn Structure + '_ {
    /// A member by its name in the model.
    pub fn get(&self, name: &str) -> Option<&dyn Value> {
        let (schema, members) = self.split();
        members.member(schema.index_of(name)?)
    }

    /// A member by its name in the model, to fill it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut dyn Value> {
        let (schema, members) = self.split_mut();
        let index = schema.index_of(name)?;
        members.member_mut(index)
    }
}

/// A union: at most one of the members of its schema.
pub trait Union: Value {
    /// The schema, and the member that is there with its index.
    fn active(&self) -> (&Schema, Option<Active<'_>>);

    /// The schema, to find a member by name.
    fn schema(&self) -> &Schema;

    /// Makes the member of that index the one that is there; nothing behind the last one.
    fn activate(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// Keeps a member that the schema does not know.
    fn set_unknown(&mut self, member: UnknownMember);
}

/// The member of a union that is there.
#[derive(Debug)]
pub enum Active<'a> {
    /// A member of the schema, by index
    Member(usize, &'a dyn Value),
    /// One that the schema does not know
    Unknown(&'a UnknownMember),
}

/// A list.
pub trait List: fmt::Debug {
    /// The number of elements
    fn len(&self) -> usize;

    /// Whether there are none
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An element
    fn item(&self, index: usize) -> Option<&dyn Value>;

    /// An element, to change it
    fn item_mut(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// Adds an empty element and gives it to be filled.
    fn push(&mut self) -> &mut dyn Value;

    /// Removes the last element.
    fn pop(&mut self);

    /// Whether null is an element.
    fn is_sparse(&self) -> bool;
}

/// A map from text to values, in order of insertion.
pub trait Map: fmt::Debug {
    /// The number of entries
    fn len(&self) -> usize;

    /// Whether there are none
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An entry, in order of insertion
    fn entry(&self, index: usize) -> Option<(&str, &dyn Value)>;

    /// Adds an empty value under a key and gives it to be filled. A value that is there stays at
    /// its place and is made empty.
    fn insert(&mut self, key: &str) -> &mut dyn Value;

    /// Removes an entry.
    fn remove(&mut self, key: &str);

    /// Whether null is a value.
    fn is_sparse(&self) -> bool;
}

/// An open set of texts.
pub trait Enum: fmt::Debug {
    /// Takes the value that the text stands for.
    fn set(&mut self, text: &str);

    /// The text that the value stands for.
    fn text(&self) -> &str;
}
