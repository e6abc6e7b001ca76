//! From a JSON tree to the model, resolving names on the way.
//!
//! Values of the wrong form have been reported by [`super::conform`], and are passed over here.

mod member;
mod operation;
mod service;
mod shape;

use super::keys;
use super::object::Fields;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::json::Json;
use crate::location::{At, Span};
use crate::model::{Constraints, Kind, Model, Shape, ShapeId};
use crate::words::{is_unprintable, nearest};
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
}

pub(super) fn lower(tree: &Json, diagnostics: &mut Diagnostics) -> Model {
    let mut cx = Cx { diagnostics, names: HashMap::new() };
    let root = Fields::new(tree, &keys::SPEC, At::ROOT);
    let mut model = Model {
        service: service::empty(),
        operations: Vec::new(),
        shapes: BASE_TYPES.iter().map(|name| base(name)).collect(),
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
    model
}

impl Cx<'_> {
    /// The shape of that name; the document type stands in for one that does not exist.
    fn target(&mut self, name: &str, at: At) -> ShapeId {
        if let Some(id) = self.names.get(name) {
            return *id;
        }
        if let Some(index) = BASE_TYPES.iter().position(|base| *base == name) {
            return ShapeId::new(index);
        }
        let mut known: Vec<&str> = self.names.keys().map(String::as_str).collect();
        // Of equally near names, the first in this order is suggested.
        known.sort_unstable();
        known.extend(BASE_TYPES);
        let help = match nearest(name, &known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("define `{name}` under `shapes`, or use a base type such as `string`"),
        };
        let message = format!("there is no shape `{name}`");
        let diagnostic =
            Diagnostic::new(&codes::DANGLING_SHAPE, Span::value(at), message).help(help);
        self.diagnostics.push(diagnostic);
        DOCUMENT
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
        is_base: true,
        at: At::ROOT,
    }
}
