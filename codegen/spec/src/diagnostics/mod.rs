//! What is wrong with a spec, where, and what to do.

mod catalog;
mod render;

#[cfg(test)]
mod tests;

pub use catalog::{CATALOG, Code, codes, explain};
pub use render::Style;

use crate::Json;
use crate::location::{At, File, Locations, Merged, Span};
use std::fmt;
use std::sync::OnceLock;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated until it is mended.
    Error,
    /// Likely a mistake; the spec is usable.
    Warning,
    /// Worth knowing.
    Note,
}

/// One thing to say about a spec.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its stable code; `typefoundry explain` says more about it.
    pub code: &'static Code,
    /// What is wrong, in one line.
    pub message: String,
    pub(crate) place: Place,
    pub(crate) label: String,
    pub(crate) related: Vec<(Span, String)>,
    pub(crate) help: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Place {
    Span(Span),
    /// A file that is not JSON has no tree: the byte is all there is.
    Byte(File, usize),
}

impl Diagnostic {
    /// A diagnostic at a place.
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            place: Place::Span(span),
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    pub(crate) fn at_byte(code: &'static Code, byte: usize, message: impl Into<String>) -> Self {
        let mut diagnostic = Self::new(code, Span::value(At::ROOT), message);
        diagnostic.place = Place::Byte(File::Base, byte);
        diagnostic
    }

    /// The same about the overlay, where it is about a byte.
    pub(crate) fn in_overlay(mut self) -> Self {
        if let Place::Byte(file, _) = &mut self.place {
            *file = File::Overlay;
        }
        self
    }

    /// Says something right beside the marked text.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Marks a second place, with words of its own.
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// How bad it is: its code says so.
    pub fn severity(&self) -> Severity {
        self.code.severity
    }
}

/// What diagnostics are about.
enum Source {
    Text(String),
    /// A spec that was never a file, and its text once it has been asked for
    Tree(Json, OnceLock<String>),
}

/// Everything there is to say about one spec file and the overlay beside it.
#[must_use = "a diagnostic that nobody looks at is a mistake that nobody sees"]
pub struct Diagnostics {
    name: String,
    source: Box<Source>,
    /// The overlay's name and text
    overlay: Option<Box<(String, String)>>,
    pub(crate) locations: Locations,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            source: Box::new(Source::Text(text.to_owned())),
            overlay: None,
            locations: Locations::default(),
            list: Vec::new(),
        }
    }

    /// Says that the spec is a tree without a text.
    pub(crate) fn set_tree(&mut self, tree: Json) {
        *self.source = Source::Tree(tree, OnceLock::new());
    }

    fn text(&self) -> &str {
        match &*self.source {
            Source::Text(text) => text,
            Source::Tree(tree, text) => text.get_or_init(|| crate::print(tree)),
        }
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Leaves those out that are not to be kept, of all but the first.
    pub(crate) fn sift(
        &mut self,
        first: usize,
        mut keeps: impl FnMut(&Diagnostic, &Locations) -> bool,
    ) {
        let said = self.list.split_off(first.min(self.list.len()));
        let kept = said.into_iter().filter(|diagnostic| keeps(diagnostic, &self.locations));
        self.list.extend(kept);
    }

    /// The place of an entry inside `parent`, for a diagnostic about it.
    pub(crate) fn child(&mut self, parent: At, index: usize) -> At {
        self.locations.child(parent, index)
    }

    /// The place of the entry of that key inside `parent`.
    pub(crate) fn entry(&mut self, parent: At, key: &'static str) -> At {
        self.locations.entry(parent, key)
    }

    /// Says that places may be in an overlay as well.
    pub(crate) fn set_overlay(&mut self, name: &str, text: &str) {
        self.overlay = Some(Box::new((name.to_owned(), text.to_owned())));
    }

    /// The place of the overlay as a whole.
    pub(crate) fn overlay_root(&mut self) -> At {
        self.locations.overlay_root()
    }

    /// From here on, places are those of the merged tree.
    pub(crate) fn set_merged(&mut self, merged: Merged) {
        self.locations.set_merged(merged);
    }

    /// A file's name and text.
    fn file(&self, file: File) -> (&str, &str) {
        match self.overlay.as_deref().filter(|_| file == File::Overlay) {
            Some((name, text)) => (name, text),
            None => (&self.name, self.text()),
        }
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity() == severity).count()
    }

    /// All of them, in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Puts them in the order of the file; those of the overlay stand behind those of the spec.
    pub fn sort(&mut self) {
        if self.list.len() < 2 {
            return;
        }
        if let Source::Tree(tree, _) = &*self.source {
            // Whatever stands before another entry of a tree stands before it in the text as well.
            let locations = &self.locations;
            self.list.sort_by_cached_key(|diagnostic| match &diagnostic.place {
                Place::Byte(..) => Vec::new(),
                Place::Span(span) => locations.positions(tree, span.at),
            });
            return;
        }
        let Some(starts) = render::starts(self) else { return };
        let mut keyed: Vec<_> = starts.into_iter().zip(std::mem::take(&mut self.list)).collect();
        keyed.sort_by_key(|(start, _)| *start);
        self.list = keyed.into_iter().map(|(_, diagnostic)| diagnostic).collect();
    }

    /// The text that a person reads: each diagnostic with the lines of the file that it is about.
    pub fn render(&self, style: Style) -> String {
        render::render(self, style)
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Diagnostics")
            .field("name", &self.name)
            .field("list", &self.list)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Style::Plain))
    }
}

impl std::error::Error for Diagnostics {}
