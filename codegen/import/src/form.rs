//! What the objects of a model may hold, as tables that a model is held against.
//!
//! An importer asks a model for what it knows, so that it would never see anything else. Whoever walks
//! through all that is there sees the rest.

use crate::Note;
use typefoundry_spec::Json;

/// What may stand in a place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// Anything: prose, values, and what is looked at elsewhere
    Any,
    Text,
    Flag,
    Number,
    Texts,
    /// One of these texts
    Word(&'static [&'static str]),
    /// Texts of these
    Words(&'static [&'static str]),
    /// An object with these keys
    Keys(Keys),
    /// That it is there is what it says. An object with keys says more.
    Mark,
    /// An object of names, each with the same
    Each(&'static Form),
    /// An array
    Items(&'static Form),
}

/// The keys that an object may have.
pub(crate) type Keys = &'static [(&'static str, Form)];

/// Where something stands, on the stack: text is made of it where there is something to say alone.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place<'p> {
    Root(&'p str),
    Key(&'p Place<'p>, &'p str),
    Item(&'p Place<'p>, usize),
}

impl<'p> Place<'p> {
    pub(crate) fn key(&'p self, name: &'p str) -> Self {
        Self::Key(self, name)
    }
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Root(name) => f.write_str(name),
            Self::Key(above, name) => write!(f, "{above}.{name}"),
            Self::Item(above, index) => write!(f, "{above}[{index}]"),
        }
    }
}

impl Form {
    /// Notes all that is not of the form.
    pub(crate) fn hold(self, json: &Json, place: Place<'_>, notes: &mut Vec<Note>) {
        match (self, json) {
            (Self::Any | Self::Mark, _)
            | (Self::Text, Json::String(_))
            | (Self::Flag, Json::Bool(_))
            | (Self::Number, Json::Number(_)) => {}
            (Self::Texts, Json::Array(items)) => each(Self::Text, items, place, notes),
            (Self::Word(known), Json::String(word)) => {
                if !known.contains(&word.as_str()) {
                    note(notes, place, format!("`{word}` is not known, and passed over"));
                }
            }
            (Self::Words(known), Json::Array(items)) => {
                each(Self::Word(known), items, place, notes);
            }
            (Self::Keys(keys), Json::Object(_)) => hold_keys(keys, json, place, notes),
            (Self::Each(form), Json::Object(entries)) => {
                for (name, value) in entries {
                    form.hold(value, place.key(name), notes);
                }
            }
            (Self::Items(form), Json::Array(items)) => each(*form, items, place, notes),
            (form, other) => {
                let (wanted, kind) = (form.kind(), other.kind());
                note(notes, place, format!("it is {kind} and not {wanted}, and passed over"));
            }
        }
        // Its keys are all that can be strange in it.
        if let (Self::Mark, Json::Object(_)) = (self, json) {
            hold_keys(&[], json, place, notes);
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Text | Self::Word(_) => "a text",
            Self::Flag => "a boolean",
            Self::Number => "a number",
            Self::Texts | Self::Words(_) | Self::Items(_) => "an array",
            Self::Keys(_) | Self::Each(_) | Self::Mark => "an object",
        }
    }
}

/// Notes all keys of an object that are not known, and what is not of its form below the others. What is
/// no object has none.
pub(crate) fn hold_keys(keys: Keys, object: &Json, place: Place<'_>, notes: &mut Vec<Note>) {
    for (key, value) in object.as_object().unwrap_or_default() {
        match keys.iter().find(|(known, _)| known == key) {
            Some((_, form)) => form.hold(value, place.key(key), notes),
            None => note(notes, place, format!("`{key}` is not known, and left out")),
        }
    }
}

fn each(form: Form, items: &[Json], place: Place<'_>, notes: &mut Vec<Note>) {
    for (index, item) in items.iter().enumerate() {
        form.hold(item, Place::Item(&place, index), notes);
    }
}

fn note(notes: &mut Vec<Note>, place: Place<'_>, what: String) {
    notes.push(Note { place: place.to_string(), what });
}
