//! Traits that few members have.

use super::Text;
use crate::TimestampFormat;
use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

/// Traits that few members have.
#[derive(Clone, Debug, Default)]
pub struct RareTraits {
    /// How a timestamp is written.
    pub format: Option<TimestampFormat>,
    /// The name in the query of an EC2 request, where that is another one than on the wire.
    pub query_name: Option<Text>,
    /// The XML namespace of its element: the address, and a prefix that may be empty.
    pub namespace: Option<(Text, Text)>,
    /// What the elements of a list, or the values of a map, are called.
    pub item: Option<Element>,
    /// What the keys of a map are called.
    pub key: Option<Text>,
    /// The parameter of the endpoint's rules that it gives a value to.
    pub endpoint_param: Option<Text>,
}

/// What the elements of a list, or the values of a map, are called; and what theirs are.
#[derive(Clone, Debug, Default)]
pub struct ElementTraits {
    /// The name on the wire, where it is not the protocol's own.
    pub wire: Option<Text>,
    /// The elements stand beside each other without an element around them.
    pub flattened: bool,
    /// The XML namespace of its element: the address, and a prefix that may be empty.
    pub namespace: Option<(Text, Text)>,
    /// What the elements of the elements are called.
    pub item: Option<Element>,
    /// What the keys of the elements are called.
    pub key: Option<Text>,
}

/// Element traits that a generated type borrows and a type made at run time owns.
///
/// A `Cow` cannot hold what holds it.
#[derive(Clone, Debug)]
pub enum Element {
    /// In a static
    Static(&'static ElementTraits),
    /// Made at run time
    Shared(Arc<ElementTraits>),
}

impl Deref for Element {
    type Target = ElementTraits;

    fn deref(&self) -> &ElementTraits {
        match self {
            Self::Static(element) => element,
            Self::Shared(element) => element,
        }
    }
}

// Assigning to a field would drop the old value, which a const function cannot: what is replaced is
// `None`, and is forgotten.
impl RareTraits {
    /// No traits; the start of the others.
    pub const NONE: Self = Self {
        format: None,
        query_name: None,
        namespace: None,
        item: None,
        key: None,
        endpoint_param: None,
    };

    /// With a timestamp format.
    pub const fn format(mut self, format: TimestampFormat) -> Self {
        self.format = Some(format);
        self
    }

    /// With a name in the query of an EC2 request.
    pub const fn query_name(mut self, name: &'static str) -> Self {
        std::mem::forget(self.query_name.replace(Cow::Borrowed(name)));
        self
    }

    /// With an XML namespace.
    pub const fn namespace(mut self, uri: &'static str, prefix: &'static str) -> Self {
        let namespace = (Cow::Borrowed(uri), Cow::Borrowed(prefix));
        std::mem::forget(self.namespace.replace(namespace));
        self
    }

    /// With traits of its elements.
    pub const fn item(mut self, item: &'static ElementTraits) -> Self {
        std::mem::forget(self.item.replace(Element::Static(item)));
        self
    }

    /// With a name of its keys.
    pub const fn key(mut self, name: &'static str) -> Self {
        std::mem::forget(self.key.replace(Cow::Borrowed(name)));
        self
    }

    /// With a parameter of the endpoint's rules.
    pub const fn endpoint_param(mut self, name: &'static str) -> Self {
        std::mem::forget(self.endpoint_param.replace(Cow::Borrowed(name)));
        self
    }
}

impl ElementTraits {
    /// No traits; the start of the others.
    pub const NONE: Self =
        Self { wire: None, flattened: false, namespace: None, item: None, key: None };

    /// With a name on the wire.
    pub const fn wire(mut self, name: &'static str) -> Self {
        std::mem::forget(self.wire.replace(Cow::Borrowed(name)));
        self
    }

    /// Without an element around them.
    pub const fn flattened(mut self) -> Self {
        self.flattened = true;
        self
    }

    /// With an XML namespace.
    pub const fn namespace(mut self, uri: &'static str, prefix: &'static str) -> Self {
        let namespace = (Cow::Borrowed(uri), Cow::Borrowed(prefix));
        std::mem::forget(self.namespace.replace(namespace));
        self
    }

    /// With traits of its elements.
    pub const fn item(mut self, item: &'static ElementTraits) -> Self {
        std::mem::forget(self.item.replace(Element::Static(item)));
        self
    }

    /// With a name of its keys.
    pub const fn key(mut self, name: &'static str) -> Self {
        std::mem::forget(self.key.replace(Cow::Borrowed(name)));
        self
    }
}
