//! From a JSON tree to the model, resolving names on the way.
//!
//! Values of the wrong form have been reported by [`super::conform`], and are passed over here.

mod member;
mod operation;
mod service;
mod shape;
mod waiter;

use super::keys;
use super::object::Fields;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::json::Json;
use crate::location::{At, Span};
use crate::model::{Constraints, Kind, Model, Shape, ShapeId};
use crate::words::{Dictionary, is_unprintable, listed};
use std::collections::HashMap;

/// The format's own types.
pub(super) const BASE_TYPES: &[&str] =
    &["string", "integer", "long", "float", "double", "boolean", "timestamp", "blob", "document"];

/// The base type that stands in where a target is wrong: nothing more is to be said about it.
const DOCUMENT: ShapeId = ShapeId::new(BASE_TYPES.len() - 1);

/// What lowering carries along: the diagnostics and the names that can be referred to.
struct Cx<'d> {
    diagnostics: &'d mut Diagnostics,
    /// Shapes of the file; base types are known by [`BASE_TYPES`].
    names: HashMap<String, ShapeId>,
    /// The names, once one is wrong.
    dictionary: Option<Dictionary>,
    /// What was likely meant by names that are none: one is often wrong in many places.
    nearest: HashMap<String, Option<String>>,
}

pub(super) fn lower(tree: &Json, diagnostics: &mut Diagnostics) -> Model {
    let mut cx =
        Cx { diagnostics, names: HashMap::new(), dictionary: None, nearest: HashMap::new() };
    let root = Fields::new(tree, &keys::SPEC, At::ROOT);
    let mut model = Model {
        service: service::empty(),
        operations: Vec::new(),
        shapes: BASE_TYPES.iter().map(|name| base(name)).collect(),
        waiters: Vec::new(),
    };
    let Some(root) = root else { return model };
    root.text("$schema");
    root.text("typefoundry");
    if let Some(field) = root.get("service", cx.diagnostics) {
        model.service = service::lower(&mut cx, &field);
    }
    let shapes = root.entries("shapes", cx.diagnostics).unwrap_or_default();
    for (index, (name, _)) in shapes.iter().enumerate() {
        cx.names.insert((*name).to_owned(), ShapeId::new(BASE_TYPES.len() + index));
    }
    for (name, field) in &shapes {
        let shape = shape::lower(&mut cx, name, field);
        model.shapes.push(shape);
    }
    for (name, field) in root.entries("operations", cx.diagnostics).unwrap_or_default() {
        if let Some(operation) = operation::lower(&mut cx, name, &field) {
            model.operations.push(operation);
        }
    }
    for (name, field) in root.entries("waiters", cx.diagnostics).unwrap_or_default() {
        cx.check_name("waiter", name, field.at);
        model.waiters.extend(waiter::lower(&mut cx, name, &field));
    }
    model
}

impl Cx<'_> {
    /// The shape of that name; the document type stands in for one that does not exist.
    fn target(&mut self, name: &str, at: At) -> ShapeId {
        self.resolve(name, at, BASE_TYPES)
    }

    /// The error of that name, which no base type is.
    fn error(&mut self, name: &str, at: At) -> ShapeId {
        self.resolve(name, at, &[])
    }

    fn resolve(&mut self, name: &str, at: At, base_types: &[&str]) -> ShapeId {
        if let Some(id) = self.names.get(name) {
            return *id;
        }
        if let Some(index) = BASE_TYPES.iter().position(|base| *base == name) {
            return ShapeId::new(index);
        }
        let nearest = match self.nearest.get(name) {
            Some(known) => known.clone(),
            None => self.find_nearest(name),
        };
        let help = match nearest {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if matches!(name, "list" | "array" | "map") => {
                "a list or a map is a shape of its own: define one under `shapes`, such as \
                 \"Names\": {\"list\": \"string\"}, and name it here"
                    .to_owned()
            }
            None if base_types.is_empty() => format!("define `{name}` under `shapes`"),
            None => format!(
                "define `{name}` under `shapes`, or use a base type: {}",
                listed(base_types)
            ),
        };
        let message = format!("there is no shape `{name}`");
        self.diagnostics
            .push(Diagnostic::new(&codes::DANGLING_SHAPE, Span::value(at), message).help(help));
        DOCUMENT
    }

    fn find_nearest(&mut self, name: &str) -> Option<String> {
        let names = &self.names;
        let dictionary = self.dictionary.get_or_insert_with(|| {
            let mut known: Vec<&str> = names.keys().map(String::as_str).collect();
            // Of equally near names, the first in this order is suggested.
            known.sort_unstable();
            known.extend(BASE_TYPES);
            Dictionary::new(known)
        });
        let nearest = dictionary.nearest(name).or_else(|| foreign(name)).map(str::to_owned);
        self.nearest.insert(name.to_owned(), nearest.clone());
        nearest
    }

    /// Reports a name of a member in a message that no message can hold.
    fn check_wire_name(&mut self, name: &str, at: At) {
        let message = if name.is_empty() {
            "a name on the wire is empty".to_owned()
        } else if name.chars().any(is_unprintable) {
            format!("the name `{name}` on the wire holds an invisible character")
        } else {
            return;
        };
        self.diagnostics.push(
            Diagnostic::new(&codes::BAD_NAME, Span::value(at), message)
                .help("write the name that the service knows"),
        );
    }

    /// Reports a name that nothing can be made of.
    fn check_name(&mut self, what: &str, name: &str, at: At) {
        let (reason, help) = if name.is_empty() {
            ("is empty", "give it a name")
        } else if name.chars().any(is_unprintable) {
            ("holds an invisible character", "remove the character that is shown as an escape")
        } else if what != "enum value" && !name.chars().any(char::is_alphabetic) {
            ("has no letter", "put a letter into it: a Rust name is made of it")
        } else {
            return;
        };
        let message = match name {
            "" => format!("the {what}'s name {reason}"),
            name => format!("the {what}'s name `{name}` {reason}"),
        };
        self.diagnostics.push(Diagnostic::new(&codes::BAD_NAME, Span::key(at), message).help(help));
    }
}

/// The base type that other languages and formats call so.
fn foreign(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "str" | "text" | "uuid" => "string",
        "int" | "int32" | "i32" | "short" | "byte" => "integer",
        "int64" | "i64" => "long",
        "float32" | "f32" => "float",
        "float64" | "f64" | "number" | "decimal" => "double",
        "bool" => "boolean",
        "date" | "datetime" | "date-time" | "time" => "timestamp",
        "bytes" | "binary" => "blob",
        "any" | "json" | "object" => "document",
        _ => return None,
    })
}

fn base(name: &str) -> Shape {
    let kind = match name {
        "string" => Kind::String,
        "integer" => Kind::Integer,
        "long" => Kind::Long,
        "float" => Kind::Float,
        "double" => Kind::Double,
        "boolean" => Kind::Boolean,
        "timestamp" => Kind::Timestamp(None),
        "blob" => Kind::Blob,
        _ => Kind::Document,
    };
    Shape {
        name: name.to_owned(),
        kind,
        constraints: Constraints::default(),
        docs: None,
        sensitive: false,
        deprecated: None,
        streaming: None,
        event_stream: false,
        is_base: true,
        at: At::ROOT,
    }
}
