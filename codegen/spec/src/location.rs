//! Where in a spec file a fact stands.
//!
//! A node of the model carries an [`At`], four bytes; the byte range it stands for is looked up
//! only when a diagnostic is rendered, by parsing the file once more with ranges. Where an overlay
//! was merged onto the file, [`Merged`] tells for the objects that both speak of which entry is
//! whose; everything below an entry of one of them is its own.

use crate::Json;
use jsonc_parser::{ast, common::Ranged};
use std::ops::Range;

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

/// Which of the files that make a spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum File {
    /// The spec itself
    Base,
    /// What people add to it
    Overlay,
}

/// Where the entries of an object come from that both files speak of, by their positions in it.
#[derive(Debug, Default)]
pub(crate) struct Merged {
    pub(crate) entries: Vec<Origin>,
}

/// Where an entry comes from.
#[derive(Debug)]
pub(crate) enum Origin {
    /// That entry of the spec's object
    Base(usize),
    /// That entry of the overlay's object
    Overlay(usize),
    /// Both have an object there: the entry of the spec, if it has one, and of the overlay
    Both(Option<usize>, usize, Merged),
    /// The spec's text in the place of the object, which is short for it
    Lifted,
    /// The overlay's text in the place of the object
    Sunk,
}

/// One step from a value into it.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// To the overlay's own root, which is nowhere in the merged tree
    Overlay,
    /// By position rather than by name, so that the second of two equal keys has its own place.
    Index(u32),
    /// A key of the format, which may be absent: then the step stays where it is.
    Key(&'static str),
}

/// All the places that were visited in a file, each a step from its parent.
#[derive(Debug, Default)]
pub(crate) struct Locations {
    entries: Vec<(At, Step)>,
    merged: Option<Box<Merged>>,
}

/// The parsed files, with ranges.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trees<'t, 's> {
    pub(crate) base: &'t ast::Value<'s>,
    pub(crate) overlay: Option<&'t ast::Value<'s>>,
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

    /// The whole overlay.
    pub(crate) fn overlay_root(&mut self) -> At {
        self.add(At::ROOT, Step::Overlay)
    }

    /// From here on, places are those of the merged tree.
    pub(crate) fn set_merged(&mut self, merged: Merged) {
        self.merged = Some(Box::new(merged));
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

    /// The positions of the entries on the way to a place, in a tree without an overlay.
    pub(crate) fn positions(&self, tree: &Json, at: At) -> Vec<usize> {
        let mut value = tree;
        let mut positions = Vec::new();
        for step in self.path(at) {
            let entry = match (value, step) {
                (Json::Object(entries), Step::Index(index)) => {
                    let index = index as usize;
                    entries.get(index).map(|(_, value)| (index, value))
                }
                (Json::Object(entries), Step::Key(key)) => entries
                    .iter()
                    .position(|(name, _)| name == key)
                    .map(|index| (index, &entries[index].1)),
                (Json::Array(items), Step::Index(index)) => {
                    let index = index as usize;
                    items.get(index).map(|value| (index, value))
                }
                _ => None,
            };
            let Some((index, entered)) = entry else { break };
            positions.push(index);
            value = entered;
        }
        positions
    }

    /// The file and the bytes of a span.
    pub(crate) fn range(&self, trees: Trees<'_, '_>, span: Span) -> (File, Range<usize>) {
        let mut place = Place {
            file: File::Base,
            value: trees.base,
            key: None,
            merged: self.merged.as_deref().zip(trees.overlay),
        };
        for step in self.path(span.at) {
            if !place.step(step, trees) {
                break;
            }
        }
        let range = match place.key {
            Some(key) if span.key => key,
            _ => place.value.range(),
        };
        (place.file, range.start..range.end)
    }
}

/// Where a walk through the files has come to.
struct Place<'m, 't, 's> {
    file: File,
    value: &'t ast::Value<'s>,
    key: Option<jsonc_parser::common::Range>,
    /// While both files speak of it: whose its entries are, and the overlay's value.
    merged: Option<(&'m Merged, &'t ast::Value<'s>)>,
}

impl<'t, 's> Place<'_, 't, 's> {
    /// Whether there was somewhere to go.
    fn step(&mut self, step: Step, trees: Trees<'t, 's>) -> bool {
        if let (Step::Overlay, Some(overlay)) = (step, trees.overlay) {
            (self.file, self.value, self.key, self.merged) = (File::Overlay, overlay, None, None);
            return true;
        }
        let Some((merged, overlay)) = self.merged else { return self.enter(step) };
        // The spec's object is there unless the overlay alone has one, or the spec's is short.
        let base = self.value;
        let find = |key| {
            let has_key = |origin: &&Origin| match origin {
                Origin::Overlay(index) | Origin::Both(None, index, _) => {
                    property(overlay, *index).is_some_and(|it| it.name.as_str() == key)
                }
                Origin::Base(index) | Origin::Both(Some(index), ..) => {
                    property(base, *index).is_some_and(|it| it.name.as_str() == key)
                }
                Origin::Lifted | Origin::Sunk => false,
            };
            merged.entries.iter().find(has_key)
        };
        let origin = match step {
            Step::Index(index) => merged.entries.get(index as usize),
            Step::Key(key) => find(key),
            Step::Overlay => None,
        };
        self.merged = None;
        match origin {
            Some(Origin::Base(index)) => self.enter_property(self.value, *index),
            Some(Origin::Overlay(index)) => {
                self.file = File::Overlay;
                self.enter_property(overlay, *index)
            }
            Some(Origin::Both(position, index, below)) => {
                let inner = property(overlay, *index).map(|property| &property.value);
                let entered = if let Some(position) = position {
                    self.enter_property(self.value, *position)
                } else {
                    self.file = File::Overlay;
                    self.enter_property(overlay, *index)
                };
                self.merged = inner.map(|inner| (below, inner));
                entered
            }
            Some(Origin::Lifted) => true,
            Some(Origin::Sunk) => {
                (self.file, self.value) = (File::Overlay, overlay);
                true
            }
            None => false,
        }
    }

    fn enter(&mut self, step: Step) -> bool {
        match (self.value, step) {
            (ast::Value::Object(object), Step::Key(key)) => {
                let found =
                    object.properties.iter().position(|property| property.name.as_str() == key);
                found.is_some_and(|index| self.enter_property(self.value, index))
            }
            (ast::Value::Object(_), Step::Index(index)) => {
                self.enter_property(self.value, index as usize)
            }
            (ast::Value::Array(array), Step::Index(index)) => {
                let Some(element) = array.elements.get(index as usize) else { return false };
                (self.key, self.value) = (None, element);
                true
            }
            _ => false,
        }
    }

    fn enter_property(&mut self, object: &'t ast::Value<'s>, index: usize) -> bool {
        let Some(property) = property(object, index) else { return false };
        self.key = Some(property.name.range());
        self.value = &property.value;
        true
    }
}

fn property<'t, 's>(value: &'t ast::Value<'s>, index: usize) -> Option<&'t ast::ObjectProp<'s>> {
    match value {
        ast::Value::Object(object) => object.properties.get(index),
        _ => None,
    }
}
