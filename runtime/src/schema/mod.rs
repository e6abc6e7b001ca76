//! What the codecs know about a type: names, flags and a few rare traits.
//!
//! Schemas are read through a borrow and are plain data, so that generated types keep theirs in
//! statics and types described at run time keep theirs in a table of their own.

mod derived;
mod operation;
mod rare;
mod service;
mod waiter;

pub(crate) use derived::operation;
#[doc(hidden)]
pub use derived::{
    Facts, Members, OperationFacts, Rare, Size, Table, number_pages, schema, token, token_pages,
};
pub use operation::{
    Checksum, OperationSchema, OperationTraits, PageSchema, PageToken, Paging, ParamValue, XmlName,
};
pub use rare::{Element, ElementTraits, RareTraits};
pub use service::{
    AuthOption, Discovery, ErrorFormat, ErrorSchema, Protocol, Rules, ServiceSchema,
};
pub use waiter::{Acceptor, Expected, Matcher, WaiterSchema, WaiterState, Which};

use crate::TimestampFormat;
use std::borrow::Cow;

/// Text that a generated type borrows and a type made at run time owns.
pub type Text = Cow<'static, str>;

/// What the codecs know about a structure or a union.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Its name in the spec.
    pub name: Text,
    /// Its members, in the order of the spec.
    pub members: Cow<'static, [MemberSchema]>,
}

impl Schema {
    /// A schema in a static.
    pub const fn new(name: &'static str, members: &'static [MemberSchema]) -> Self {
        Self { name: Cow::Borrowed(name), members: Cow::Borrowed(members) }
    }

    /// The index of a member by its name in the model.
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|member| member.name == name)
    }

    /// The index of a member by its name in an audit record, where the first letter may be lower
    /// case although the model's is not.
    pub(crate) fn index_of_audited(&self, name: &str) -> Option<usize> {
        let alike = |member: &MemberSchema| {
            let (mut ours, mut theirs) = (member.name.chars(), name.chars());
            let first = ours.next().zip(theirs.next());
            first.is_some_and(|(a, b)| a.eq_ignore_ascii_case(&b))
                && ours.as_str() == theirs.as_str()
        };
        self.index_of(name).or_else(|| self.members.iter().position(alike))
    }

    /// Whether any member has all of `flags`.
    pub fn any(&self, flags: Flags) -> bool {
        self.members.iter().any(|member| member.flags.contains(flags))
    }

    /// The index of a body member by its name on the wire.
    ///
    /// Members mostly come in the order of the spec, so the search starts at `hint`.
    #[inline]
    pub(crate) fn index_on_wire(&self, name: &str, hint: usize) -> Option<usize> {
        let is_it = |member: &MemberSchema| {
            member.wire_name() == name && !member.flags.intersects(Flags::BOUND)
        };
        if self.members.get(hint).is_some_and(is_it) {
            return Some(hint);
        }
        let (before, behind) = self.members.split_at(hint.min(self.members.len()));
        let found = behind.iter().position(is_it).map(|index| before.len() + index);
        found.or_else(|| before.iter().position(is_it))
    }
}

/// What the codecs know about a member.
#[derive(Clone, Debug)]
pub struct MemberSchema {
    /// Its name in the model.
    pub name: Text,
    /// Its name on the wire, where that is another one.
    pub wire: Option<Text>,
    /// The traits that are a yes or a no.
    pub flags: Flags,
    /// The traits that few members have.
    pub rare: Option<Cow<'static, RareTraits>>,
}

impl MemberSchema {
    /// A member with nothing but flags.
    pub const fn new(name: &'static str, flags: Flags) -> Self {
        Self { name: Cow::Borrowed(name), wire: None, flags, rare: None }
    }

    /// Its name in a body, a query or the headers.
    pub fn wire_name(&self) -> &str {
        self.wire.as_ref().unwrap_or(&self.name)
    }

    /// How a timestamp is written here, if the member says so.
    pub fn timestamp_format(&self) -> Option<TimestampFormat> {
        self.rare.as_deref().and_then(|rare| rare.format)
    }

    /// What its elements, or the values of its entries, are called.
    pub fn item(&self) -> Option<&ElementTraits> {
        self.rare.as_deref().and_then(|rare| rare.item.as_deref())
    }

    /// What the keys of its entries are called.
    pub fn key(&self) -> Option<&str> {
        self.rare.as_deref().and_then(|rare| rare.key.as_deref())
    }
}

/// The traits of a member that are a yes or a no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags(u32);

impl Flags {
    /// None of them
    pub const NONE: Self = Self(0);
    /// It must be there.
    pub const REQUIRED: Self = Self(1);
    /// Its value is secret as a whole.
    pub const SENSITIVE: Self = Self(1 << 1);
    /// It fills the URI label of its name.
    pub const LABEL: Self = Self(1 << 2);
    /// It is a query parameter, or a map of them.
    pub const QUERY: Self = Self(1 << 3);
    /// It is a header.
    pub const HEADER: Self = Self(1 << 4);
    /// Each entry of the map is a header; the name on the wire is the prefix.
    pub const HEADER_PREFIX: Self = Self(1 << 5);
    /// It is the whole body.
    pub const PAYLOAD: Self = Self(1 << 6);
    /// It is the response's status code.
    pub const STATUS: Self = Self(1 << 7);
    /// It is the message of an error.
    pub const MESSAGE: Self = Self(1 << 8);
    /// The client makes a value up where it is absent, so that a repeated request is known.
    pub const IDEMPOTENCY_TOKEN: Self = Self(1 << 9);
    /// A list or map whose elements stand in the structure itself, without an element around them.
    pub const FLATTENED: Self = Self(1 << 10);
    /// It is an attribute of the structure's XML element.
    pub const XML_ATTRIBUTE: Self = Self(1 << 11);
    /// It fills the label of its name in the operation's host prefix.
    pub const HOST_LABEL: Self = Self(1 << 12);
    /// It travels as text that holds JSON; in a header, as base64 of that.
    pub const JSON_TEXT: Self = Self(1 << 13);
    /// It is a header of its event's message.
    pub const EVENT_HEADER: Self = Self(1 << 14);
    /// It is the whole payload of its event's message.
    pub const EVENT_PAYLOAD: Self = Self(1 << 15);
    /// It is no part of a message: the endpoint's rules place it.
    pub const ENDPOINT_ONLY: Self = Self(1 << 16);
    /// The endpoint of its operation depends on it, where the service is asked for that.
    pub const DISCOVERY_ID: Self = Self(1 << 17);
    /// It is the whole body or not in the body.
    pub const BOUND: Self = Self(
        Self::LABEL.0
            | Self::QUERY.0
            | Self::HEADER.0
            | Self::HEADER_PREFIX.0
            | Self::PAYLOAD.0
            | Self::STATUS.0
            | Self::ENDPOINT_ONLY.0
            | Self::EVENT_HEADER.0
            | Self::EVENT_PAYLOAD.0,
    );

    /// These and those.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` are set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any of `other` is set.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}
