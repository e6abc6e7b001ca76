//! Form parameters, driven by the schema: the requests of AWS query and of Amazon EC2.
//!
//! Source: <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html> and
//! <https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html>, and botocore's serializers
//! where these leave a choice.

mod form;
mod read;
#[cfg(test)]
mod tests;
mod write;

#[cfg(any(feature = "dynamic", feature = "testing"))]
pub(crate) use form::parse as parse_form;
#[cfg(feature = "testing")]
pub(crate) use form::push as push_form;
pub(crate) use read::read;
pub(crate) use write::write;

use super::Place;
use crate::schema::MemberSchema;
use std::borrow::Cow;

/// Which of the two sets of rules holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// AWS query: an empty list is told, and elements stand below `member`.
    Query,
    /// Amazon EC2: names are capitalised or another one altogether, and lists are always flat.
    Ec2,
}

impl Dialect {
    /// The parameter of a member.
    fn name(self, member: &MemberSchema) -> Cow<'_, str> {
        let own = member.rare.as_deref().and_then(|rare| rare.query_name.as_deref());
        match (self, own) {
            (Self::Query, _) => Cow::Borrowed(member.wire_name()),
            (Self::Ec2, Some(name)) => Cow::Borrowed(name),
            (Self::Ec2, None) => capitalised(member.wire_name()),
        }
    }

    /// What a map's keys and values are called.
    fn pair(self, place: Place<'_>) -> (Cow<'_, str>, Cow<'_, str>) {
        match (self, place.item_name()) {
            (Self::Ec2, Some(value)) => (Cow::Borrowed(place.key_name()), capitalised(value)),
            _ => (Cow::Borrowed(place.key_name()), Cow::Borrowed(place.value_name())),
        }
    }
}

/// The operation that a form names.
pub(crate) fn action(body: &[u8]) -> Option<String> {
    form::parse(body).find(|(name, _)| name == "Action").map(|(_, action)| action)
}

fn capitalised(name: &str) -> Cow<'_, str> {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(chars).collect(),
        _ => Cow::Borrowed(name),
    }
}
