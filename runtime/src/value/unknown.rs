//! What a service sends that the spec does not know yet.

use crate::Document;
use std::fmt;

/// A value of an enum that this version of the spec does not list.
///
/// It is opaque: match on the enum's `as_str()`, so that code keeps working when the value gets a
/// variant of its own. It goes back to the service unchanged.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    #[doc(hidden)]
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    #[doc(hidden)]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A member of a union that this version of the spec does not list, as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownMember {
    name: Box<str>,
    codec: &'static str,
    raw: Box<[u8]>,
}

impl UnknownMember {
    #[doc(hidden)]
    pub fn new(name: &str, codec: &'static str, raw: &[u8]) -> Self {
        Self { name: name.into(), codec, raw: raw.into() }
    }

    /// The name of the member
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The codec that its raw bytes are written in: `json`, `cbor`, or `xml` for a whole element.
    pub fn codec(&self) -> &'static str {
        self.codec
    }

    /// The member's value, as it came.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The member's value, if its codec can be read without a schema.
    pub fn to_document(&self) -> Option<Document> {
        match self.codec {
            "json" => Document::from_json(&self.raw).ok(),
            #[cfg(feature = "cbor")]
            crate::codec::cbor::NAME => crate::codec::cbor::read_document(&self.raw).ok(),
            "xml" => {
                let tree = crate::codec::xml::Tree::parse(&self.raw).ok()?;
                Some(crate::codec::xml::to_document(tree.root()))
            }
            _ => None,
        }
    }
}

/// The value may hold what a newer spec calls sensitive, so only its size is shown.
impl fmt::Debug for UnknownMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes of {})", self.name, self.raw.len(), self.codec)
    }
}
