//! What a codec whose elements have names knows about the place of a value.

use crate::TimestampFormat;
use crate::schema::{ElementTraits, Flags, MemberSchema, Text};

/// The traits that a member has for its value, and those that a list or map has for what is in it.
///
/// A format and a secret hold for everything below, as in the model, where they are the member's.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place<'a> {
    /// Elements stand beside each other, without an element around them.
    pub(crate) flattened: bool,
    /// Address and prefix
    pub(crate) namespace: Option<&'a (Text, Text)>,
    pub(crate) format: Option<TimestampFormat>,
    pub(crate) secret: bool,
    item: Option<&'a ElementTraits>,
    key: Option<&'a str>,
}

impl<'a> Place<'a> {
    /// The place of a member's value.
    pub(crate) fn of(member: &'a MemberSchema) -> Self {
        Self {
            flattened: member.flags.contains(Flags::FLATTENED),
            namespace: member.rare.as_deref().and_then(|rare| rare.namespace.as_ref()),
            format: member.timestamp_format(),
            secret: member.flags.contains(Flags::SENSITIVE),
            item: member.item(),
            key: member.key(),
        }
    }

    /// A place that has a namespace and nothing else.
    pub(crate) fn named(namespace: Option<&'a (Text, Text)>) -> Self {
        Self { namespace, ..Self::default() }
    }

    /// The same place inside of something that is secret, or not.
    pub(crate) fn within(self, secret: bool) -> Self {
        Self { secret: self.secret || secret, ..self }
    }

    /// The place of a list's element or of a map's value.
    pub(crate) fn item(&self) -> Self {
        let plain = Self { format: self.format, secret: self.secret, ..Self::default() };
        self.item.map_or(plain, |item| Self {
            flattened: item.flattened,
            namespace: item.namespace.as_ref(),
            item: item.item.as_deref(),
            key: item.key.as_deref(),
            ..plain
        })
    }

    /// What a list's elements or a map's values are called, if they have a name of their own.
    pub(crate) fn item_name(&self) -> Option<&'a str> {
        self.item.and_then(|item| item.wire.as_deref())
    }

    /// What a map's keys are called.
    pub(crate) fn key_name(&self) -> &'a str {
        self.key.unwrap_or("key")
    }

    /// What a map's values are called.
    pub(crate) fn value_name(&self) -> &'a str {
        self.item_name().unwrap_or("value")
    }
}
