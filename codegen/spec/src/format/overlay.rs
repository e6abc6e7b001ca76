//! An overlay: what people add to a spec that a program writes, merged onto it.
//!
//! Objects merge key by key, `null` removes, anything else replaces. Where an object meets a
//! string that is short for one, the string becomes the object first. What an overlay speaks of by
//! name must be there, unless it says with `adds` that it brings it along.

use super::VERSION;
use super::keys::{Form, Object, SPEC};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::json::Json;
use crate::location::{At, Merged, Origin, Span};
use crate::words::nearest;

/// The key that lists what an overlay brings along.
pub(super) const ADDS: &str = "adds";
/// What that key means, for the schema.
pub(super) const ADDS_DOCS: &str = "JSON pointers to the operations, shapes, members, values and waiters that the overlay brings along: `/shapes/Note/structure/colour`.";

/// The merged tree, and where each part of it stands.
pub(super) fn merge(base: Json, overlay: &Json, diagnostics: &mut Diagnostics) -> (Json, Merged) {
    let root = diagnostics.overlay_root();
    let (mut base, entries) = match (base, overlay) {
        (Json::Object(base), Json::Object(entries)) => (base, entries),
        (base, Json::Object(_)) => return (base, Merged::default()),
        (base, other) => {
            let message = format!("an overlay is an object, not {}", other.kind());
            diagnostics
                .push(Diagnostic::new(&codes::WRONG_TYPE, Span::value(root), message).help(
                    "write it in braces, like {\"typefoundry\": \"1\", \"operations\": {…}}",
                ));
            return (base, Merged::default());
        }
    };
    let mut merger = Merger { diagnostics, adds: Vec::new(), path: String::new() };
    merger.check_identity(&base, overlay, root);
    merger.read_adds(overlay, root);
    let says_something =
        entries.iter().any(|(key, _)| !matches!(key.as_str(), "$schema" | "typefoundry" | ADDS));
    if !says_something {
        merger.diagnostics.push(
            Diagnostic::new(&codes::OVERLAY_EMPTY, Span::value(root), "the overlay says nothing")
                .help("add what it is for, or remove the file"),
        );
    }
    let skip = &["$schema", "typefoundry", ADDS];
    let whose = merger.object(&mut base, entries, &Of::Keys(&SPEC), root, skip);
    merger.finish();
    (Json::Object(base), whose)
}

/// What an object is made of.
#[derive(Clone, Copy)]
enum Of {
    /// Known keys
    Keys(&'static Object),
    /// Things that are known by name, such as shapes
    Names(&'static Form, &'static str),
    /// Anything else by name, such as headers
    Entries(&'static Form),
    /// Any JSON
    Anything,
}

struct Merger<'d> {
    diagnostics: &'d mut Diagnostics,
    adds: Vec<Added>,
    /// A JSON pointer to what is being merged
    path: String,
}

/// Something that `adds` lists.
struct Added {
    pointer: String,
    at: At,
    found: bool,
}

impl Merger<'_> {
    fn object(
        &mut self,
        base: &mut Vec<(String, Json)>,
        overlay: &[(String, Json)],
        of: &Of,
        at: At,
        skip: &[&str],
    ) -> Merged {
        let mut origins: Vec<Origin> = (0..base.len()).map(Origin::Base).collect();
        let mut seen: Vec<&str> = Vec::new();
        for (index, (name, value)) in overlay.iter().enumerate() {
            let here = self.diagnostics.child(at, index);
            if seen.contains(&name.as_str()) {
                self.twice(name, here);
                continue;
            }
            seen.push(name);
            if skip.contains(&name.as_str()) {
                continue;
            }
            let length = self.path.len();
            self.path.push('/');
            self.path.push_str(&name.replace('~', "~0").replace('/', "~1"));
            let known = base.iter().position(|(key, _)| key == name);
            match (known, value) {
                (None, Json::Null) => self.removes_nothing(name, base, here),
                (Some(position), Json::Null) => {
                    self.is_added(true, name, of, base, here);
                    base.remove(position);
                    origins.remove(position);
                }
                (None, Json::Object(_))
                    if of.form(name).is_some_and(|form| names(form, name).is_some()) =>
                {
                    // Each of the names in it must be known as well.
                    let mut new = Json::Object(Vec::new());
                    let origin = self.value(&mut new, value, of.form(name), here, (None, index));
                    base.push((name.clone(), new));
                    origins.push(origin);
                }
                (None, value) => {
                    if self.is_added(false, name, of, base, here) {
                        base.push((name.clone(), value.clone()));
                        origins.push(Origin::Overlay(index));
                    }
                }
                (Some(position), value) => {
                    self.is_added(true, name, of, base, here);
                    let old = &mut base[position].1;
                    origins[position] =
                        self.value(old, value, of.form(name), here, (Some(position), index));
                }
            }
            self.path.truncate(length);
        }
        Merged { entries: origins }
    }

    /// Merges a value onto one that is there.
    fn value(
        &mut self,
        base: &mut Json,
        overlay: &Json,
        form: Option<&'static Form>,
        at: At,
        (position, index): (Option<usize>, usize),
    ) -> Origin {
        let of = match form {
            Some(Form::Object(object) | Form::TextOr(object) | Form::ScalarOr(object)) => {
                Of::Keys(object)
            }
            Some(Form::Map(item)) => form
                .and_then(|form| names(form, self.path.rsplit('/').next().unwrap_or_default()))
                .map_or(Of::Entries(item), |what| Of::Names(item, what)),
            _ => Of::Anything,
        };
        // A value of any form is replaced as a whole: a default is no object to add to.
        let merges = !matches!(form, Some(Form::Any));
        if let Json::Object(entries) = overlay
            && merges
        {
            if let (Json::String(text), Some(Form::TextOr(object))) = (&*base, form) {
                let short = object.keys[0].name;
                let mut lifted = vec![(short.to_owned(), Json::String(text.clone()))];
                let mut whose = self.object(&mut lifted, entries, &of, at, &[]);
                for origin in &mut whose.entries {
                    if let Origin::Base(_) = origin {
                        *origin = Origin::Lifted;
                    }
                }
                *base = Json::Object(lifted);
                return Origin::Both(position, index, whose);
            }
            if let Json::Object(base) = base {
                return Origin::Both(position, index, self.object(base, entries, &of, at, &[]));
            }
        }
        if let (Json::Object(base), Json::String(text), Some(Form::TextOr(object))) =
            (&mut *base, overlay, form)
        {
            // The short form says the same key, and leaves the others alone.
            let short = object.keys[0].name;
            let mut whose = Merged { entries: (0..base.len()).map(Origin::Base).collect() };
            if let Some(position) = base.iter().position(|(key, _)| key == short) {
                self.changes(&base[position].1, overlay, at);
                base[position].1 = Json::String(text.clone());
                whose.entries[position] = Origin::Sunk;
            } else {
                base.push((short.to_owned(), Json::String(text.clone())));
                whose.entries.push(Origin::Sunk);
            }
            return Origin::Both(position, index, whose);
        }
        self.changes(base, overlay, at);
        *base = overlay.clone();
        Origin::Overlay(index)
    }

    /// Whether something that is not there may come in; and whether what is there may stay.
    fn is_added(
        &mut self,
        is_there: bool,
        name: &str,
        of: &Of,
        base: &[(String, Json)],
        at: At,
    ) -> bool {
        let inside_added = self
            .adds
            .iter_mut()
            .find(|added| self.path.strip_prefix(&added.pointer).is_some_and(is_end_of_name));
        if let Some(added) = inside_added {
            added.found = true;
            if is_there && added.pointer == self.path {
                let message = format!("the spec has `{name}` already");
                let entry = added.at;
                self.diagnostics.push(
                    Diagnostic::new(&codes::OVERLAY_ADDS, Span::value(entry), message)
                        .related(Span::key(at), "what the overlay says about it")
                        .help("remove it from `adds`, and what the overlay need not say any more"),
                );
            }
            return true;
        }
        let Of::Names(_, what) = of else { return true };
        if is_there {
            return true;
        }
        let names: Vec<&str> = base.iter().map(|(name, _)| name.as_str()).collect();
        let adding = format!("if it is new, list \"{}\" in `{ADDS}`", self.path);
        let help = match nearest(name, &names) {
            Some(meant) => format!("did you mean `{meant}`? {}", capitalized(&adding)),
            None => format!("remove it, if the source has dropped it; {adding}"),
        };
        self.diagnostics.push(
            Diagnostic::new(
                &codes::OVERLAY_TARGET,
                Span::key(at),
                format!("the spec has no {what} `{name}` here"),
            )
            .help(help),
        );
        false
    }

    fn removes_nothing(&mut self, name: &str, base: &[(String, Json)], at: At) {
        let names: Vec<&str> = base.iter().map(|(name, _)| name.as_str()).collect();
        let help = match nearest(name, &names) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "remove it from the overlay: the source has dropped it".to_owned(),
        };
        let message = format!("there is no `{name}` to remove");
        self.diagnostics
            .push(Diagnostic::new(&codes::OVERLAY_REMOVES, Span::key(at), message).help(help));
    }

    /// What an overlay repeats is likely a correction that the source has taken over.
    fn changes(&mut self, base: &Json, overlay: &Json, at: At) {
        if base == overlay {
            let message = "the overlay says what the spec says already";
            self.diagnostics.push(
                Diagnostic::new(&codes::OVERLAY_REPEATS, Span::value(at), message)
                    .help("remove it from the overlay"),
            );
        }
    }

    fn twice(&mut self, name: &str, at: At) {
        let message = format!("the key `{name}` stands twice");
        self.diagnostics.push(
            Diagnostic::new(&codes::DUPLICATE_KEY, Span::key(at), message)
                .label("it stands here again")
                .help("remove one of them, or rename it"),
        );
    }

    /// An overlay belongs to one service and to one version of the format.
    fn check_identity(&mut self, base: &[(String, Json)], overlay: &Json, root: At) {
        if overlay.get("typefoundry").is_none() {
            let message = "the overlay has no `typefoundry`";
            self.diagnostics.push(
                Diagnostic::new(&codes::MISSING_KEY, Span::key(root), message)
                    .help("add `typefoundry`: the version of this format, which is \"1\""),
            );
        }
        if let Some(Json::String(version)) = overlay.get("typefoundry")
            && version != VERSION
        {
            let at = self.diagnostics.entry(root, "typefoundry");
            let message = format!("version `{version}` of the format is not one that can be read");
            let help =
                format!("write \"{VERSION}\", or use a release of Typefoundry that knows it");
            self.diagnostics.push(
                Diagnostic::new(&codes::UNKNOWN_VERSION, Span::value(at), message).help(help),
            );
        }
        let base = base.iter().find_map(|(key, value)| (key == "service").then_some(value));
        let base = base.and_then(|service| service.get("id")).and_then(Json::as_str);
        let Some(id) = overlay.get("service").and_then(|service| service.get("id")) else { return };
        let service = self.diagnostics.entry(root, "service");
        let at = self.diagnostics.entry(service, "id");
        if let Some(base) = base
            && id.as_str() != Some(base)
        {
            let message = format!("the overlay belongs to {id}, and the spec is `{base}`");
            self.diagnostics.push(
                Diagnostic::new(&codes::OVERLAY_IDENTITY, Span::value(at), message).help(
                    "leave the id out, or move the overlay beside the spec that it belongs to",
                ),
            );
        }
    }

    fn read_adds(&mut self, overlay: &Json, root: At) {
        let Some(adds) = overlay.get(ADDS) else { return };
        let at = self.diagnostics.entry(root, ADDS);
        let Json::Array(items) = adds else {
            let message = format!("`{ADDS}` takes an array, not {}", adds.kind());
            self.diagnostics.push(
                Diagnostic::new(&codes::WRONG_TYPE, Span::value(at), message)
                    .help("write it in brackets, like [\"/shapes/Note\"]"),
            );
            return;
        };
        for (index, item) in items.iter().enumerate() {
            let at = self.diagnostics.child(at, index);
            match item.as_str() {
                Some(pointer) if pointer.starts_with('/') => {
                    self.adds.push(Added { pointer: pointer.to_owned(), at, found: false });
                }
                _ => self.diagnostics.push(
                    Diagnostic::new(
                        &codes::OVERLAY_ADDS,
                        Span::value(at),
                        format!("{item} is not a JSON pointer"),
                    )
                    .help("write it like \"/operations/ListNotes/input/colour\""),
                ),
            }
        }
    }

    /// What `adds` lists and the overlay does not say.
    fn finish(self) {
        for added in self.adds.iter().filter(|added| !added.found) {
            let message = format!("the overlay says nothing at `{}`", added.pointer);
            self.diagnostics.push(
                Diagnostic::new(&codes::OVERLAY_ADDS, Span::value(added.at), message)
                    .help("remove it from `adds`, or mend the pointer"),
            );
        }
    }
}

impl Of {
    /// The form of an entry; nothing where it is unknown or any.
    fn form(&self, name: &str) -> Option<&'static Form> {
        match self {
            Self::Keys(object) => object.key(name).map(|key| &key.form),
            Self::Names(form, _) | Self::Entries(form) => Some(form),
            Self::Anything => None,
        }
    }
}

/// What the entries of a map are, where an overlay must find what it speaks of.
fn names(form: &Form, key: &str) -> Option<&'static str> {
    const NAMES: &[(&str, &str)] = &[
        ("operations", "operation"),
        ("shapes", "shape"),
        ("waiters", "waiter"),
        ("input", "member"),
        ("output", "member"),
        ("structure", "member"),
        ("union", "member"),
        ("enum", "value"),
    ];
    if !matches!(form, Form::Map(_)) {
        return None;
    }
    NAMES.iter().find_map(|(name, what)| (*name == key).then_some(*what))
}

fn is_end_of_name(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

fn capitalized(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
