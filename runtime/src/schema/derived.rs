//! Schemas as the derives write them.
//!
//! A compiler looks at each constant of each type of a service, at calls and at what may have to be
//! dropped for longest. So the derives write plain facts in as few constants as will do, and the
//! schemas are made of them here, once for all types, when a program uses one.

use super::{
    ElementTraits, Flags, MemberSchema, OperationSchema, PageSchema, PageToken, Paging, RareTraits,
    Schema,
};
use crate::client::Operation;
use std::borrow::Cow;
use std::marker::PhantomData;
use std::mem::{forget, replace};

/// The members of a structure or union: the name of the type in the spec; of each member the name
/// in the model, the name on the wire (nothing where that is the same) and the name of its elements
/// (nothing where they have none of their own), one behind the other; of each member four numbers,
/// with a space behind each: the lengths of the three and the bits of its flags.
pub type Facts = [&'static str; 3];

/// A member that has rare traits beside the name of its elements, by index.
pub type Rare = (usize, &'static RareTraits);

/// A type with a schema in constants.
pub trait Table {
    /// How many members there are.
    type Size: Size;
    /// The members.
    const FACTS: Facts;
    /// Those that have more to say.
    const RARE: &'static [Rare] = &[];
}

/// So many members, of which so many have a name of their elements and no other rare trait.
#[derive(Debug)]
pub struct Members<const COUNT: usize, const ITEMS: usize>;

/// A number of members.
pub trait Size {
    /// How many members there are.
    const COUNT: usize;

    /// The schema of a type of this size.
    fn schema<T: Table>() -> &'static Schema;
}

impl<const COUNT: usize, const ITEMS: usize> Size for Members<COUNT, ITEMS> {
    const COUNT: usize = COUNT;

    #[inline]
    fn schema<T: Table>() -> &'static Schema {
        Constant::<T, COUNT, ITEMS>::SCHEMA
    }
}

/// The schema of a type.
#[inline]
pub fn schema<T: Table>() -> &'static Schema {
    T::Size::schema::<T>()
}

struct Constant<T, const COUNT: usize, const ITEMS: usize>(PhantomData<T>);

impl<T: Table, const COUNT: usize, const ITEMS: usize> Constant<T, COUNT, ITEMS> {
    const SCHEMA: &'static Schema = &Schema {
        name: Cow::Borrowed(T::FACTS[0]),
        members: Cow::Borrowed(&members::<COUNT>(T::FACTS, T::RARE, Self::RARE)),
    };
    const RARE: &'static [RareTraits; ITEMS] = &rare(Self::ELEMENTS);
    const ELEMENTS: &'static [ElementTraits; ITEMS] = &elements(T::FACTS);
}

/// What the derives say of one member.
struct Row {
    name: &'static str,
    wire: &'static str,
    item: &'static str,
    flags: Flags,
}

/// A reader of facts, one member after the other.
struct Rows {
    text: &'static str,
    numbers: &'static str,
}

impl Rows {
    const fn new([_, text, numbers]: Facts) -> Self {
        Self { text, numbers }
    }

    const fn next(&mut self) -> Row {
        let lengths = [self.number(), self.number(), self.number()];
        let flags = Flags(self.number());
        let [name, wire, item] =
            [self.text(lengths[0]), self.text(lengths[1]), self.text(lengths[2])];
        Row { name, wire, item, flags }
    }

    const fn text(&mut self, length: u32) -> &'static str {
        let (text, rest) = self.text.split_at(length as usize);
        self.text = rest;
        text
    }

    const fn number(&mut self) -> u32 {
        let digits = self.numbers.as_bytes();
        let (mut number, mut index) = (0, 0);
        while digits[index] != b' ' {
            number = 10 * number + (digits[index] - b'0') as u32;
            index += 1;
        }
        self.numbers = self.numbers.split_at(index + 1).1;
        number
    }
}

// Assigning would drop what is there, which a constant function cannot: what is replaced is empty,
// and is forgotten.

const fn elements<const ITEMS: usize>(facts: Facts) -> [ElementTraits; ITEMS] {
    let mut elements = [const { ElementTraits::NONE }; ITEMS];
    let mut rows = Rows::new(facts);
    let mut index = 0;
    while index < ITEMS {
        let item = rows.next().item;
        if !item.is_empty() {
            forget(replace(&mut elements[index], ElementTraits::NONE.wire(item)));
            index += 1;
        }
    }
    elements
}

const fn rare<const ITEMS: usize>(
    elements: &'static [ElementTraits; ITEMS],
) -> [RareTraits; ITEMS] {
    let mut rare = [const { RareTraits::NONE }; ITEMS];
    let mut index = 0;
    while index < ITEMS {
        forget(replace(&mut rare[index], RareTraits::NONE.item(&elements[index])));
        index += 1;
    }
    rare
}

const fn members<const COUNT: usize>(
    facts: Facts,
    rare: &[Rare],
    items: &'static [RareTraits],
) -> [MemberSchema; COUNT] {
    let mut members = [const { MemberSchema::new("", Flags::NONE) }; COUNT];
    let mut rows = Rows::new(facts);
    let (mut index, mut item) = (0, 0);
    while index < COUNT {
        let row = rows.next();
        let mut member = MemberSchema::new(row.name, row.flags);
        if !row.wire.is_empty() {
            forget(member.wire.replace(Cow::Borrowed(row.wire)));
        }
        if !row.item.is_empty() {
            forget(member.rare.replace(Cow::Borrowed(&items[item])));
            item += 1;
        }
        forget(replace(&mut members[index], member));
        index += 1;
    }
    let mut index = 0;
    while index < rare.len() {
        let (member, traits) = rare[index];
        forget(members[member].rare.replace(Cow::Borrowed(traits)));
        index += 1;
    }
    members
}

/// An operation: its name in the spec, the HTTP method and the path with its labels.
pub type OperationFacts = [&'static str; 3];

/// The schema of an operation.
pub(crate) const fn operation<O: Operation>() -> OperationSchema {
    let [name, method, uri] = O::FACTS;
    OperationSchema {
        name: Cow::Borrowed(name),
        method: Cow::Borrowed(method),
        uri: Cow::Borrowed(uri),
        status: O::STATUS,
        idempotent: O::IDEMPOTENT,
        secret: O::SECRET,
        pages: O::PAGES,
        traits: match O::TRAITS {
            Some(traits) => Some(Cow::Borrowed(traits)),
            None => None,
        },
    }
}

/// Pages that follow each other by tokens: the members of the items, of the size and of whether
/// there are more.
pub const fn token_pages(
    [items, size, more]: [&'static str; 3],
    tokens: &'static [PageToken],
) -> Option<PageSchema> {
    let paging = Paging::Token { tokens: Cow::Borrowed(tokens), more: Cow::Borrowed(more) };
    Some(PageSchema { paging, items: Cow::Borrowed(items), size: Cow::Borrowed(size) })
}

/// Pages by number: the members of the items, of the size, of the number and of the total.
pub const fn number_pages([items, size, input, total]: [&'static str; 4]) -> Option<PageSchema> {
    let paging = Paging::Number { input: Cow::Borrowed(input), total: Cow::Borrowed(total) };
    Some(PageSchema { paging, items: Cow::Borrowed(items), size: Cow::Borrowed(size) })
}

/// The members of a token.
pub const fn token(input: &'static str, output: &'static str) -> PageToken {
    PageToken { input: Cow::Borrowed(input), output: Cow::Borrowed(output) }
}
