//! The table of keys: everything that may stand in a spec file.

mod member;
mod operation;
mod service;
mod shape;
mod waiter;

pub(super) use member::{MEMBER, NAMESPACE};
pub(super) use operation::{CHECKSUM, EXAMPLE, EXAMPLE_ERROR, OPERATION, PAGES, PARAM, ROOT};
pub(super) use service::{ENDPOINT, ERROR_FORMAT, SERVICE};
pub(super) use shape::{ERROR, LENGTH, MAP_KEY, RANGE, SHAPE};
pub(super) use waiter::{ACCEPTOR, WAITER};

use crate::words::nearest;

/// What a value may be.
#[derive(Debug)]
pub(super) enum Form {
    Text,
    /// The version of the format
    Version,
    Flag,
    /// A whole number of at least zero
    Count,
    /// An HTTP status between two others, both inclusive
    Status(u16, u16),
    Number,
    /// Any JSON value
    Any,
    /// Any JSON object
    AnyObject,
    Choice(fn() -> Vec<&'static str>),
    List(&'static Form),
    Map(&'static Form),
    Object(&'static Object),
    /// A string is short for an object
    TextOr(&'static Object),
    /// True, false, a string or an object
    ScalarOr(&'static Object),
}

/// An object with known keys.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) name: &'static str,
    pub(super) docs: &'static str,
    pub(super) keys: &'static [Key],
}

/// A key of an object.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) required: bool,
    pub(super) docs: &'static str,
}

impl Object {
    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The key that was likely meant by a name that is none.
    pub(super) fn meant(&self, name: &str) -> Option<&'static str> {
        let keys: Vec<_> = self.keys.iter().map(|key| key.name).collect();
        if keys.contains(&name) { None } else { nearest(name, &keys) }
    }

    /// Its name in messages: `errorFormat` is an "error format" there.
    pub(super) fn noun(&self) -> String {
        let mut noun = String::new();
        for letter in self.name.chars() {
            if letter.is_ascii_uppercase() {
                noun.push(' ');
            }
            noun.push(letter.to_ascii_lowercase());
        }
        noun
    }
}

const fn key(name: &'static str, form: Form, docs: &'static str) -> Key {
    Key { name, form, required: false, docs }
}

const fn must(name: &'static str, form: Form, docs: &'static str) -> Key {
    Key { name, form, required: true, docs }
}

fn words<T>(all: &'static [(&'static str, T)]) -> Vec<&'static str> {
    all.iter().map(|(word, _)| *word).collect()
}

pub(super) static SPEC: Object = Object {
    name: "spec",
    docs: "A service: who offers it, its operations and its shapes.",
    keys: &[
        key("$schema", Form::Text, "The JSON Schema of this format, for editors."),
        must("typefoundry", Form::Version, "The version of this format, which is \"1\"."),
        must(
            "service",
            Form::Object(&SERVICE),
            "Who offers the operations, and how they are reached.",
        ),
        key("operations", Form::Map(&Form::Object(&OPERATION)), "The operations, by name."),
        key("shapes", Form::Map(&Form::Object(&SHAPE)), "The named types, by name."),
        key(
            "waiters",
            Form::Map(&Form::Object(&WAITER)),
            "What can be waited for, by name: an operation that is called until its answer says so.",
        ),
    ],
};
