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

/// What stands in place of a text, if anything.
#[cfg(feature = "testing")]
pub(crate) type StandIn<'s> = &'s dyn Fn(&str) -> Option<&'s str>;

#[cfg(feature = "testing")]
impl Tree<'_> {
    /// The body with other texts in elements and attributes of some names, by these without their
    /// prefix, and in place of some texts wherever they are.
    pub(crate) fn with(&self, of_name: StandIn<'_>, of_text: StandIn<'_>) -> String {
        let text = self.0.input_text();
        let mut places = Vec::new();
        for node in self.0.root_element().descendants() {
            for attribute in node.attributes() {
                let stand_in = of_name(attribute.name()).or_else(|| of_text(attribute.value()));
                places.extend(stand_in.map(|it| (attribute.range_value(), it)));
            }
            let inside = match (node.first_child(), node.last_child()) {
                (Some(first), Some(last)) => first.range().start..last.range().end,
                _ => node.range(),
            };
            let stand_in = match node.text().filter(|_| node.is_text()) {
                Some(text) => of_text(text),
                None if node.has_children() => of_name(node.tag_name().name()),
                None => None,
            };
            places.extend(stand_in.map(|it| (inside, it)));
        }
        places.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let (mut kept, mut from) = (String::with_capacity(text.len()), 0);
        for (range, stand_in) in places {
            // Inside of what is gone there is nothing left.
            if range.start < from {
                continue;
            }
            kept += text.get(from..range.start).unwrap_or_default();
            let escapes =
                [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&apos;")];
            kept +=
                &escapes.iter().fold(stand_in.to_owned(), |it, (c, escape)| it.replace(c, escape));
            from = range.end;
        }
        kept + text.get(from..).unwrap_or_default()
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
