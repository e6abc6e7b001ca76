//! Schemas as the derives write them.
//!
//! A compiler looks at each constant of each type of a service, at calls and at what may have to be
//! dropped for longest. So the derives write plain facts in as few constants as will do, and the
//! schemas are made of them here, once for all types, when a program uses one.

use super::{
    ElementTraits, Flags, MemberSchema, OperationSchema, OperationTraits, PageSchema, PageToken,
    Paging, RareTraits, Schema,
};
use std::borrow::Cow;
use std::marker::PhantomData;
use std::mem::{forget, replace};

/// The members of a structure or union.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// The name of the type in the spec
    pub name: &'static str,
    /// Of each member the name in the model, the name on the wire (nothing where that is the same)
    /// and the name of its elements (nothing where they have none of their own), one behind the
    /// other.
    pub text: &'static str,
    /// Of each member ten bytes: the lengths of the three, of two bytes each, and the bits of its
    /// flags, the lowest byte first.
    pub numbers: &'static [u8],
}

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
    /// The schema of a type of this size.
    fn schema<T: Table>() -> &'static Schema;
}

impl<const COUNT: usize, const ITEMS: usize> Size for Members<COUNT, ITEMS> {
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
        name: Cow::Borrowed(T::FACTS.name),
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
    facts: Facts,
    index: usize,
}

impl Rows {
    const fn new(facts: Facts) -> Self {
        Self { facts, index: 0 }
    }

    const fn next(&mut self) -> Row {
        let (name, wire, item) = (self.text(0), self.text(2), self.text(4));
        let at = 10 * self.index + 6;
        let numbers = self.facts.numbers;
        let flags = [numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]];
        self.index += 1;
        Row { name, wire, item, flags: Flags(u32::from_le_bytes(flags)) }
    }

    const fn text(&mut self, place: usize) -> &'static str {
        let at = 10 * self.index + place;
        let length = [self.facts.numbers[at], self.facts.numbers[at + 1]];
        let (text, rest) = self.facts.text.split_at(u16::from_le_bytes(length) as usize);
        self.facts.text = rest;
        text
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

/// An operation.
#[derive(Clone, Copy, Debug)]
pub struct OperationFacts {
    /// Its name in the spec, the HTTP method and the path with its labels
    pub text: [&'static str; 3],
    /// The status of success; 0 for any 2xx.
    pub status: u16,
    /// Doing it twice is doing it once.
    pub idempotent: bool,
    /// Its input or output holds something secret.
    pub secret: bool,
}

/// The schema of an operation.
pub(crate) const fn operation(
    facts: OperationFacts,
    pages: Option<PageSchema>,
    traits: Option<&'static OperationTraits>,
) -> OperationSchema {
    let OperationFacts { text: [name, method, uri], status, idempotent, secret } = facts;
    OperationSchema {
        name: Cow::Borrowed(name),
        method: Cow::Borrowed(method),
        uri: Cow::Borrowed(uri),
        status,
        idempotent,
        secret,
        pages,
        traits: match traits {
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
