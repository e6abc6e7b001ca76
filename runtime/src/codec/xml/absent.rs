//! What stands for a tree of elements in a build without the feature `xml`: nothing.

use crate::codec::DecodeError;
use std::borrow::Cow;
use std::convert::Infallible;
use std::marker::PhantomData;

/// A body that has been parsed: there is none.
#[derive(Debug)]
pub(crate) struct Tree<'t>(Infallible, PhantomData<&'t str>);

/// An element of a body: there is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'t>(Infallible, PhantomData<&'t str>);

impl<'t> Tree<'t> {
    pub(crate) fn parse(_: &'t [u8]) -> Result<Self, DecodeError> {
        Err(DecodeError::Feature { format: "XML", feature: "xml" })
    }

    pub(crate) fn root(&self) -> Element<'_> {
        match self.0 {}
    }
}

impl<'t> Element<'t> {
    pub(crate) fn name(self) -> &'t str {
        match self.0 {}
    }

    pub(crate) fn parent(self) -> Option<Self> {
        match self.0 {}
    }

    pub(crate) fn is(self, _: Self) -> bool {
        match self.0 {}
    }

    pub(crate) fn children(self) -> impl Iterator<Item = Self> + Clone {
        std::iter::once(self)
    }

    pub(crate) fn child(self, _: &str) -> Option<Self> {
        match self.0 {}
    }

    pub(crate) fn text(self) -> Cow<'t, str> {
        match self.0 {}
    }

    pub(crate) fn attribute(self, _: &str) -> Option<&'t str> {
        match self.0 {}
    }

    pub(crate) fn raw(self) -> &'t str {
        match self.0 {}
    }
}
