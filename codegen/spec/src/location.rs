//! Where in a spec file a fact stands.
//!
//! A node of the model carries an [`At`], four bytes; the byte range it stands for is looked up
//! only when a diagnostic is rendered, by parsing the file once more with ranges.

use jsonc_parser::{ast, common::Ranged};

/// A place in a spec file: an entry of an object or an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct At(u32);

impl At {
    /// The whole file.
    pub const ROOT: Self = Self(0);
}

/// What of a place is meant: the value or its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub(crate) at: At,
    pub(crate) key: bool,
}

impl Span {
    /// The value at a place.
    pub const fn value(at: At) -> Self {
        Self { at, key: false }
    }

    /// The key that names a place; its value where it has no key.
    pub const fn key(at: At) -> Self {
        Self { at, key: true }
    }
}

/// One step from a value into it.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// By position rather than by name, so that the second of two equal keys has its own place.
    Index(u32),
    /// A key of the format, which may be absent: then the step stays where it is.
    Key(&'static str),
}

/// All the places that were visited in a file, each a step from its parent.
#[derive(Debug, Default)]
pub(crate) struct Locations {
    entries: Vec<(At, Step)>,
}

impl Locations {
    /// The `index`-th entry of an object or an array.
    pub(crate) fn child(&mut self, parent: At, index: usize) -> At {
        self.add(parent, Step::Index(u32::try_from(index).unwrap_or(u32::MAX)))
    }

    /// The entry with that key, or `parent` itself where it has none.
    pub(crate) fn entry(&mut self, parent: At, key: &'static str) -> At {
        self.add(parent, Step::Key(key))
    }

    fn add(&mut self, parent: At, step: Step) -> At {
        self.entries.push((parent, step));
        At(u32::try_from(self.entries.len()).unwrap_or(u32::MAX))
    }

    fn path(&self, mut at: At) -> Vec<Step> {
        let mut path = Vec::new();
        while at != At::ROOT {
            let Some((parent, step)) = self.entries.get(at.0 as usize - 1) else { break };
            path.push(*step);
            at = *parent;
        }
        path.reverse();
        path
    }

    /// The bytes of a span in the parsed file.
    pub(crate) fn range(&self, root: &ast::Value<'_>, span: Span) -> std::ops::Range<usize> {
        let mut value = root;
        let mut key = None;
        for step in self.path(span.at) {
            match (value, step) {
                (ast::Value::Object(object), step) => {
                    let property = match step {
                        Step::Index(index) => object.properties.get(index as usize),
                        Step::Key(key) => {
                            object.properties.iter().find(|property| property.name.as_str() == key)
                        }
                    };
                    let Some(property) = property else { break };
                    key = Some(property.name.range());
                    value = &property.value;
                }
                (ast::Value::Array(array), Step::Index(index)) => {
                    let Some(element) = array.elements.get(index as usize) else { break };
                    key = None;
                    value = element;
                }
                _ => break,
            }
        }
        let range = match key {
            Some(key) if span.key => key,
            _ => value.range(),
        };
        range.start..range.end
    }
}
