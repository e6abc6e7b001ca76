//! A way through the JSON of rules that knows where it is.

use crate::diagnostics::{Code, Diagnostic, Diagnostics, codes};
use crate::json::{self, Json};
use crate::location::{At, Span};
use crate::words::{listed, nearest, suggest};

/// Reports mistakes at the value that it stands at.
pub(super) struct Walker<'d> {
    diagnostics: &'d mut Diagnostics,
    root: At,
    /// The positions of the entries on the way from the root: places are made for mistakes alone.
    path: Vec<usize>,
}

/// An object whose keys are known.
pub(super) struct Fields<'j> {
    entries: &'j [(String, Json)],
    keys: &'static [&'static str],
}

impl<'j> Fields<'j> {
    /// The position of an entry, and its value; the first where a key stands twice.
    pub(super) fn get(&self, key: &str) -> Option<(usize, &'j Json)> {
        let index = self.entries.iter().position(|(name, _)| name == key)?;
        self.entries.get(index).map(|(_, value)| (index, value))
    }

    /// Whether it has none of the keys, and does not seem to mean one either: what is misspelt has
    /// been reported.
    pub(super) fn lacks(&self, wanted: &[&str]) -> bool {
        self.entries.iter().all(|(name, _)| {
            let is_key = self.keys.contains(&name.as_str());
            let meant = if is_key { Some(name.as_str()) } else { nearest(name, self.keys) };
            meant.is_none_or(|meant| !wanted.contains(&meant))
        })
    }
}

/// The entries of an object with their positions, without those whose key stood before.
pub(super) fn entries(json: &Json) -> impl Iterator<Item = (usize, &str, &Json)> {
    let entries = json.as_object().unwrap_or_default();
    let firsts = json::firsts(entries);
    let entries = entries.iter().enumerate().zip(firsts);
    entries
        .filter(|((index, _), first)| index == first)
        .map(|((index, (name, value)), _)| (index, name.as_str(), value))
}

impl<'d> Walker<'d> {
    pub(super) fn new(diagnostics: &'d mut Diagnostics, root: At) -> Self {
        Self { diagnostics, root, path: Vec::new() }
    }

    /// Goes to an entry, and comes back.
    pub(super) fn enter(&mut self, index: usize) {
        self.path.push(index);
    }

    pub(super) fn leave(&mut self) {
        self.path.pop();
    }

    /// The place where it stands.
    pub(super) fn at(&mut self) -> At {
        let mut at = self.root;
        for index in &self.path {
            at = self.diagnostics.child(at, *index);
        }
        at
    }

    /// Says what is wrong with the value here.
    pub(super) fn value(&mut self, code: &'static Code, message: String, help: impl Into<String>) {
        let span = Span::value(self.at());
        self.push(Diagnostic::new(code, span, message).help(help));
    }

    /// Says what is wrong with the key here.
    pub(super) fn key(&mut self, code: &'static Code, message: String, help: impl Into<String>) {
        let span = Span::key(self.at());
        self.push(Diagnostic::new(code, span, message).help(help));
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// An object of these keys; others are reported, and so is what is no object.
    pub(super) fn object<'j>(
        &mut self,
        json: &'j Json,
        what: &str,
        keys: &'static [&'static str],
    ) -> Option<Fields<'j>> {
        let Json::Object(all) = json else {
            let message = format!("{what} is an object, not {}", json.kind());
            let help = format!("write it in braces; its keys are {}", listed(keys));
            self.value(&codes::RULES_FORM, message, help);
            return None;
        };
        for (index, name, _) in entries(json) {
            if !keys.contains(&name) {
                self.enter(index);
                let message = format!("{what} has no key `{name}`");
                self.key(&codes::RULES_FORM, message, suggest(name, keys, "key"));
                self.leave();
            }
        }
        Some(Fields { entries: all, keys })
    }

    /// The items of an array; anything else is reported.
    pub(super) fn array<'j>(&mut self, json: &'j Json, what: &str) -> &'j [Json] {
        if let Json::Array(items) = json {
            return items;
        }
        let message = format!("{what} is an array, not {}", json.kind());
        self.value(&codes::RULES_FORM, message, "write it in brackets, even where there is one");
        &[]
    }

    /// A text; anything else is reported.
    pub(super) fn text<'j>(&mut self, json: &'j Json, what: &str) -> Option<&'j str> {
        let text = json.as_str();
        if text.is_none() {
            let message = format!("{what} is a text, not {}", json.kind());
            self.value(&codes::RULES_FORM, message, "write it in double quotes");
        }
        text
    }

    /// Whether it is true or false; anything else is reported.
    pub(super) fn flag(&mut self, json: &Json, what: &str) {
        if !matches!(json, Json::Bool(_)) {
            let message = format!("{what} is true or false, not {}", json.kind());
            self.value(&codes::RULES_FORM, message, "write true or false, without quotes");
        }
    }
}
