//! Rust names, resolved once for a whole module.
//!
//! A name follows from the spec's by rule alone, so that it never changes because something else
//! was added. Two names that come out equal are reported, never told apart by a number.

mod case;
mod reserved;

pub(crate) use case::{field, type_name, variant};

use proc_macro2::Ident;
use quote::format_ident;
use std::collections::{HashMap, HashSet};
use syn::ext::IdentExt;
use typefoundry_spec::{
    At, Diagnostic, Diagnostics, Kind, Member, Model, Operation, Role, ShapeId, Span, Waiter, codes,
};

/// The names of a module.
#[derive(Debug)]
pub(crate) struct Names {
    /// By index of shape; nothing for shapes that have no type of their own, or are not reached.
    types: Vec<Option<Ident>>,
    /// The type that stands for the service.
    pub(crate) service: Ident,
    /// The types of operations' inputs.
    operations: HashSet<String>,
    /// All the types, builders aside.
    all: HashSet<String>,
}

impl Names {
    /// The type of a structure, union or enum that is reached.
    pub(crate) fn shape(&self, id: ShapeId) -> Option<&Ident> {
        self.types.get(id.index())?.as_ref()
    }

    /// The type of an operation's output.
    pub(crate) fn output(&self, operation: &Operation) -> Ident {
        output(operation, &self.operations)
    }

    /// The builder of a type, where it cannot have the usual name.
    pub(crate) fn builder(&self, name: &Ident) -> Option<Ident> {
        let builder = builder(name, &self.all);
        (builder != format_ident!("{}Builder", name.unraw())).then_some(builder)
    }
}

/// The type of an operation, which is its input.
pub(crate) fn operation(operation: &Operation) -> Ident {
    unreserved(&operation.name, "Operation")
}

/// A type's name, with a word behind it where Rust or the module itself needs the name.
fn unreserved(name: &str, word: &str) -> Ident {
    let ident = type_name(name);
    if reserved::TYPES.iter().any(|taken| ident == taken) {
        type_name(&format!("{name} {word}"))
    } else {
        ident
    }
}

/// The type of an operation's output: `…Output`, or `…Result` where an operation is called so.
fn output(operation: &Operation, operations: &HashSet<String>) -> Ident {
    let name = type_name(&format!("{}Output", operation.name));
    if operations.contains(&name.to_string()) {
        type_name(&format!("{}Result", operation.name))
    } else {
        name
    }
}

/// The builder of a type: `…Builder`, or `…CallBuilder` where another type is called so.
fn builder(name: &Ident, all: &HashSet<String>) -> Ident {
    let name = name.unraw();
    let builder = format_ident!("{name}Builder");
    if all.contains(&builder.to_string()) { format_ident!("{name}CallBuilder") } else { builder }
}

/// The module of a provider or service. Files of some names mean something to Cargo and the compiler.
pub(crate) fn module(part: &str) -> Ident {
    match part {
        "lib" | "main" | "mod" | "bin" => format_ident!("{part}_"),
        part => field(part),
    }
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

/// The client's method for a waiter.
pub(crate) fn waiter(waiter: &Waiter) -> Ident {
    wait_until(&waiter.name)
}

fn wait_until(name: &str) -> Ident {
    field(&format!("wait_until_{name}"))
}

pub(crate) fn resolve(
    model: &Model,
    operations: &[&Operation],
    diagnostics: &mut Diagnostics,
) -> Names {
    let service = unreserved(model.service.name(), "Service");
    let roles = model.roles(operations.iter().copied());
    let inputs = operations.iter().map(|it| operation(it).to_string()).collect();
    let mut names = Names {
        types: vec![None; model.shapes.len()],
        service,
        operations: inputs,
        all: HashSet::new(),
    };
    let outputs = operations.iter().map(|it| names.output(it).to_string());
    let of_operations: HashSet<String> = names.operations.iter().cloned().chain(outputs).collect();
    names.all.clone_from(&of_operations);
    for (id, shape) in model.defined_shapes() {
        if !roles[id.index()].is_used() || !shape.is_named_type() {
            continue;
        }
        let mut name = type_name(&shape.name);
        let text = name.to_string();
        let hidden = reserved::TYPES.contains(&text.as_str())
            || name == names.service
            || of_operations.contains(&text);
        if hidden {
            name = type_name(&format!("{}Shape", shape.name));
            diagnostics.push(renamed(&shape.name, &name, shape.at));
        }
        names.all.insert(name.to_string());
        names.types[id.index()] = Some(name);
    }
    let mut taken = Taken::default();
    calls(model, operations, &names, &mut taken, diagnostics);
    shapes(model, &roles, &names, &mut taken, diagnostics);
    names
}

/// The names of operations and of what belongs to them.
fn calls(
    model: &Model,
    operations: &[&Operation],
    names: &Names,
    taken: &mut Taken,
    diagnostics: &mut Diagnostics,
) {
    let mut distinct = Vec::new();
    for operation in operations {
        let name = self::operation(operation);
        if name == names.service {
            let message =
                format!("this operation would be called `{name}` in Rust, and so is the service");
            diagnostics.push(
                Diagnostic::new(&codes::NAME_COLLISION, Span::key(operation.at), message)
                    .help("rename the operation, or the service by its `id`"),
            );
        } else if name != type_name(&operation.name) {
            diagnostics.push(renamed(&operation.name, &name, operation.at));
        }
        // Where its type is another's, so is all that is called after it.
        if taken.claim(&name.to_string(), operation.at, diagnostics) {
            let builder = builder(&name, &names.all);
            taken.claim(&builder.to_string(), operation.at, diagnostics);
            let output = names.output(operation);
            let usual = format!("{}Output", operation.name);
            if output != type_name(&usual) {
                diagnostics.push(renamed(&usual, &output, operation.at));
            }
            taken.claim(&output.to_string(), operation.at, diagnostics);
            distinct.push(*operation);
        }
        if members(&operation.input, diagnostics) {
            setters(&operation.input, diagnostics);
        }
        members(operation.output_members(), diagnostics);
    }
    methods(model, &distinct, diagnostics);
}

/// The names of shapes, and within them.
fn shapes(
    model: &Model,
    roles: &[Role],
    names: &Names,
    taken: &mut Taken,
    diagnostics: &mut Diagnostics,
) {
    for (id, shape) in model.defined_shapes() {
        let Some(name) = names.shape(id) else { continue };
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
            _ => {
                // A structure that callers put together has a builder.
                let builds = roles[id.index()].input && shape.members().iter().any(is_required);
                if members(shape.members(), diagnostics) && builds {
                    let builder = builder(name, &names.all);
                    taken.claim(&builder.to_string(), shape.at, diagnostics);
                    setters(shape.members(), diagnostics);
                }
            }
        }
    }
}

fn renamed(name: &str, ident: &Ident, at: At) -> Diagnostic {
    let message =
        format!("`{name}` is called `{ident}` in Rust, where `{}` is taken", type_name(name));
    Diagnostic::new(&codes::SHAPE_RENAMED, Span::key(at), message)
}

/// The types of a module so far.
#[derive(Default)]
struct Taken {
    names: HashMap<String, At>,
}

impl Taken {
    /// Takes a name; whether nobody else had it.
    fn claim(&mut self, name: &str, at: At, diagnostics: &mut Diagnostics) -> bool {
        let first = self.names.insert(name.to_owned(), at).filter(|first| *first != at);
        if let Some(first) = first {
            diagnostics.push(collision("type", name, at, first));
        }
        first.is_none()
    }
}

fn methods(model: &Model, operations: &[&Operation], diagnostics: &mut Diagnostics) {
    let methods =
        operations.iter().map(|operation| (method(operation), &operation.name, operation.at));
    let is_chosen = |waiter: &&Waiter| operations.iter().any(|it| it.name == waiter.operation);
    let waiters = model.waiters.iter().filter(is_chosen);
    let waiters = waiters.map(|it| (waiter(it), &it.name, it.at));
    unique("operation or waiter", methods.chain(waiters), diagnostics);
}

/// Whether a member must be there, so that its structure has no value to start from.
pub(crate) fn is_required(member: &Member) -> bool {
    member.required && !member.nullable
}

fn members(members: &[Member], diagnostics: &mut Diagnostics) -> bool {
    let fields = members.iter().map(|member| (field(&member.name), &member.name, member.at));
    unique("member", fields, diagnostics)
}

/// Reports names that come out equal; whether there were none.
fn unique<'a>(
    what: &str,
    names: impl Iterator<Item = (Ident, &'a String, At)>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut seen: HashMap<String, At> = HashMap::new();
    let mut are_unique = true;
    for (ident, _, at) in names {
        let name = ident.to_string();
        match seen.get(&name) {
            Some(first) => {
                are_unique = false;
                diagnostics.push(collision(what, &name, at, *first));
            }
            None => {
                seen.insert(name, at);
            }
        }
    }
    are_unique
}

fn collision(what: &str, name: &str, at: At, first: At) -> Diagnostic {
    Diagnostic::new(
        &codes::NAME_COLLISION,
        Span::key(at),
        format!("this {what} would be called `{name}` in Rust, and so would another"),
    )
    .related(Span::key(first), "the other one")
    .help(match what {
        "value" => {
            "leave one of them out, of an imported spec with null in its overlay: clients keep values \
             that the enum does not list"
        }
        "type" | "operation or waiter" => {
            "rename one of them; an operation keeps its name in messages with \"wire\""
        }
        _ => "rename one of them; a member keeps its name on the wire with \"wire\"",
    })
}

/// The derive renames the setter; the person who reads the spec should know. It also gives an
/// optional member a second one, which may be what another member is called.
fn setters(members: &[Member], diagnostics: &mut Diagnostics) {
    let mut setters = Vec::new();
    for member in members {
        let name = field(&member.name);
        let setter = if reserved::SETTERS.iter().any(|taken| name == taken) {
            diagnostics.push(Diagnostic::new(
                &codes::SETTER_RENAMED,
                Span::key(member.at),
                format!("the setter of `{}` is called `with_{name}`", member.name),
            ));
            format_ident!("with_{name}")
        } else {
            name.clone()
        };
        if !member.required || member.nullable {
            setters.push((format_ident!("set_{}", name.unraw()), &member.name, member.at));
        }
        setters.push((setter, &member.name, member.at));
    }
    unique("setter", setters.into_iter(), diagnostics);
}

#[cfg(test)]
mod tests;
