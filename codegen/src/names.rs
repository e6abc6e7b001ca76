//! Rust names, resolved once for a whole module.
//!
//! A name follows from the spec's by rule alone, so that it never changes because something else
//! was added. Two names that come out equal are reported, never told apart by a number.

mod case;
mod reserved;

pub(crate) use case::{field, type_name, variant};

use proc_macro2::Ident;
use std::collections::HashMap;
use typefoundry_spec::{
    At, Diagnostic, Diagnostics, Kind, Member, Model, Operation, ShapeId, Span, codes,
};

/// The names of a module.
#[derive(Debug)]
pub(crate) struct Names {
    /// By index of shape; nothing for shapes that have no type of their own, or are not reached.
    types: Vec<Option<Ident>>,
    /// The type that stands for the service.
    pub(crate) service: Ident,
}

impl Names {
    /// The type of a structure, union or enum that is reached.
    pub(crate) fn shape(&self, id: ShapeId) -> Option<&Ident> {
        self.types.get(id.index())?.as_ref()
    }
}

/// The type of an operation, which is its input.
pub(crate) fn operation(operation: &Operation) -> Ident {
    type_name(&operation.name)
}

/// The type of an operation's output.
pub(crate) fn output(operation: &Operation) -> Ident {
    type_name(&format!("{}Output", operation.name))
}

/// The client's method for an operation.
pub(crate) fn method(operation: &Operation) -> Ident {
    let name = field(&operation.name);
    if reserved::METHODS.iter().any(|taken| name == taken) {
        field(&format!("{}_operation", operation.name))
    } else {
        name
    }
}

pub(crate) fn resolve(
    model: &Model,
    operations: &[&Operation],
    diagnostics: &mut Diagnostics,
) -> Names {
    let service = type_name(model.service.name());
    let mut taken = Taken::default();
    for operation in operations {
        let name = self::operation(operation);
        taken.claim(&format!("{name}Builder"), operation.at, diagnostics);
        taken.claim(&name.to_string(), operation.at, diagnostics);
        taken.claim(&output(operation).to_string(), operation.at, diagnostics);
        members(&operation.input, diagnostics);
        members(operation.output_members(), diagnostics);
        setters(&operation.input, diagnostics);
    }
    methods(operations, diagnostics);
    let roles = model.roles(operations.iter().copied());
    let mut types = vec![None; model.shapes.len()];
    for (id, shape) in model.defined_shapes() {
        if !roles[id.index()].is_used() || !shape.is_named_type() {
            continue;
        }
        let mut name = type_name(&shape.name);
        let text = name.to_string();
        let hidden = reserved::TYPES.contains(&text.as_str())
            || name == service
            || taken.is_operation(&text);
        if hidden {
            name = type_name(&format!("{}Shape", shape.name));
            diagnostics.push(Diagnostic::new(
                &codes::SHAPE_RENAMED,
                Span::key(shape.at),
                format!("`{}` is called `{name}` in Rust, where `{text}` is taken", shape.name),
            ));
        }
        taken.claim(&name.to_string(), shape.at, diagnostics);
        match &shape.kind {
            Kind::Enum(values) => {
                let values =
                    values.iter().map(|value| (variant(&value.value), &value.value, value.at));
                unique("value", values, diagnostics);
            }
            Kind::Union { members } => {
                let variants =
                    members.iter().map(|member| (variant(&member.name), &member.name, member.at));
                unique("member", variants, diagnostics);
            }
            _ => members(shape.members(), diagnostics),
        }
        types[id.index()] = Some(name);
    }
    Names { types, service }
}

/// The types of a module so far.
#[derive(Default)]
struct Taken {
    names: HashMap<String, At>,
}

impl Taken {
    fn claim(&mut self, name: &str, at: At, diagnostics: &mut Diagnostics) {
        if let Some(first) = self.names.insert(name.to_owned(), at)
            && first != at
        {
            diagnostics.push(collision("type", name, at, first));
        }
    }

    /// Shapes are named after all operations, so whatever is there now is an operation's.
    fn is_operation(&self, name: &str) -> bool {
        self.names.contains_key(name) && !name.ends_with("Builder")
    }
}

fn methods(operations: &[&Operation], diagnostics: &mut Diagnostics) {
    let methods =
        operations.iter().map(|operation| (method(operation), &operation.name, operation.at));
    unique("operation", methods, diagnostics);
}

fn members(members: &[Member], diagnostics: &mut Diagnostics) {
    let fields = members.iter().map(|member| (field(&member.name), &member.name, member.at));
    unique("member", fields, diagnostics);
}

fn unique<'a>(
    what: &str,
    names: impl Iterator<Item = (Ident, &'a String, At)>,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: HashMap<String, At> = HashMap::new();
    for (ident, _, at) in names {
        let name = ident.to_string();
        match seen.get(&name) {
            Some(first) => diagnostics.push(collision(what, &name, at, *first)),
            None => {
                seen.insert(name, at);
            }
        }
    }
}

fn collision(what: &str, name: &str, at: At, first: At) -> Diagnostic {
    Diagnostic::new(
        &codes::NAME_COLLISION,
        Span::key(at),
        format!("this {what} would be called `{name}` in Rust, and so would another"),
    )
    .related(Span::key(first), "the other one")
    .help("rename one of them; a member keeps its name on the wire with \"wire\"")
}

/// The derive renames the setter; the person who reads the spec should know.
fn setters(members: &[Member], diagnostics: &mut Diagnostics) {
    for member in members {
        let name = field(&member.name);
        if reserved::SETTERS.iter().any(|taken| name == taken) {
            diagnostics.push(Diagnostic::new(
                &codes::SETTER_RENAMED,
                Span::key(member.at),
                format!("the setter of `{}` is called `with_{name}`", member.name),
            ));
        }
    }
}
