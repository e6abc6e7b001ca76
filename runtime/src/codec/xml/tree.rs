//! A body as a tree of elements. The one file that knows the crate that parses XML.

use crate::codec::DecodeError;
use std::borrow::Cow;

/// A body that has been parsed.
#[derive(Debug)]
pub(crate) struct Tree<'t>(roxmltree::Document<'t>);

/// An element of a body. Names are without their prefix.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'t>(roxmltree::Node<'t, 't>);

impl<'t> Tree<'t> {
    /// Parses a body. A DTD is refused, so no entity can grow.
    pub(crate) fn parse(body: &'t [u8]) -> Result<Self, DecodeError> {
        let syntax = |reason: String| DecodeError::Syntax { format: "XML", reason };
        if body.iter().all(u8::is_ascii_whitespace) {
            return Err(syntax("the body is empty".to_owned()));
        }
        let text = std::str::from_utf8(body).map_err(|error| {
            syntax(format!("it is not UTF-8 behind its first {} bytes", error.valid_up_to()))
        })?;
        let parsed = roxmltree::Document::parse(text);
        // Only the place is told: the text around it may be secret.
        parsed.map(Self).map_err(|error| {
            syntax(match error {
                roxmltree::Error::DtdDetected => "it has a document type, which is refused".into(),
                error => {
                    let place = error.pos();
                    format!("unexpected text at line {} column {}", place.row, place.col)
                }
            })
        })
    }

    /// The outermost element.
    pub(crate) fn root(&self) -> Element<'_> {
        Element(self.0.root_element())
    }
}

impl<'t> Element<'t> {
    /// The name, without its prefix.
    pub(crate) fn name(self) -> &'t str {
        self.0.tag_name().name()
    }

    /// The element that it is in, unless it is the outermost.
    pub(crate) fn parent(self) -> Option<Self> {
        self.0.parent_element().map(Self)
    }

    /// Whether they are the same one, not only alike.
    pub(crate) fn is(self, other: Self) -> bool {
        self.0 == other.0
    }

    /// The elements in it.
    pub(crate) fn children(self) -> impl Iterator<Item = Self> + Clone {
        self.0.children().filter(roxmltree::Node::is_element).map(Self)
    }

    /// The first element of that name in it.
    pub(crate) fn child(self, name: &str) -> Option<Self> {
        self.children().find(|child| child.name() == name)
    }

    /// The text in front of the first element in it, comments left out.
    pub(crate) fn text(self) -> Cow<'t, str> {
        let before = self.0.children().take_while(|node| !node.is_element());
        let mut texts = before.filter(roxmltree::Node::is_text).filter_map(|node| node.text());
        let first = texts.next().unwrap_or_default();
        texts.fold(Cow::Borrowed(first), |mut all, more| {
            all.to_mut().push_str(more);
            all
        })
    }

    /// The attribute of that name. Of a name with a prefix the prefix may be any, since it is the
    /// document that says what it stands for.
    pub(crate) fn attribute(self, name: &str) -> Option<&'t str> {
        let (prefixed, name) = match name.split_once(':') {
            Some((_, local)) => (true, local),
            None => (false, name),
        };
        let mut attributes = self.0.attributes();
        let found = attributes.find(|it| it.name() == name && it.namespace().is_some() == prefixed);
        found.map(|it| it.value())
    }

    /// The element as it stands in the body.
    pub(crate) fn raw(self) -> &'t str {
        self.0.document().input_text().get(self.0.range()).unwrap_or_default()
    }
}
