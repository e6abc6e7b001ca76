//! Smithy's models: the JSON AST, version 1 and 2 (<https://smithy.io/2.0/spec/json-ast.html>).
//!
//! The model is read into shapes with their mixins and applied traits folded in ([`ast`]), and then
//! written out as a spec. A trait that nothing here reads is noted, unless it is known to change
//! neither bytes nor types ([`support`]).

mod ast;
mod auth;
mod examples;
mod operations;
mod pages;
mod service;
mod shapes;
mod support;
mod values;
mod waiters;

use crate::build::{Look, Object, text};
use crate::{Docs, ImportError, Imported, Note, Options};
use ast::{Ast, Shape, Traits};
use std::collections::{BTreeSet, HashMap};
use typefoundry_spec::Json;

/// Whether a file is a Smithy model: decided by what it holds, not by its name.
pub(crate) fn is_model(model: &Json) -> bool {
    let version = model.text_at("smithy").unwrap_or_default();
    (version.starts_with('1') || version.starts_with('2'))
        && model.get("shapes").is_some_and(|shapes| shapes.as_object().is_some())
}

/// What importing carries along.
struct Cx<'a> {
    ast: &'a Ast,
    service: &'a Shape,
    /// How messages are written, the preferred way first
    protocols: Vec<&'static str>,
    /// The names that shapes have in the spec, by their id
    names: HashMap<&'a str, String>,
    docs: Docs,
    /// botocore's name of the service, where it has customs that no model says
    folder: &'static str,
    /// What is said of the operation at hand
    operation: operations::Facts,
    notes: Vec<Note>,
}

impl<'a> Cx<'a> {
    fn note(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.notes.push(Note { place: place.into(), what: what.into() });
    }

    /// The documentation of something, where it is wanted.
    fn docs(&self, traits: &Traits) -> Option<String> {
        let html = traits.text("documentation").filter(|html| !html.is_empty())?;
        match self.docs {
            Docs::None => None,
            Docs::Markdown(convert) => Some(convert(html)).filter(|docs| !docs.is_empty()),
        }
    }

    /// Names of elements and entries matter where a message is XML or a query. What other protocols
    /// of the service call them is not said: a member has one name on the wire.
    fn is_xml(&self) -> bool {
        matches!(self.protocols.first(), Some(&("rest-xml" | "query" | "ec2-query")))
    }

    fn speaks(&self, protocol: &str) -> bool {
        self.protocols.first() == Some(&protocol)
    }

    fn is_rest(&self) -> bool {
        self.speaks("rest-json") || self.speaks("rest-xml")
    }

    /// What a shape is called in the spec: a base type, or its own name.
    fn name(&self, id: &'a str) -> String {
        let base = ast::base_type(id);
        base.map(str::to_owned)
            .or_else(|| self.names.get(id).cloned())
            .unwrap_or_else(|| ast::local(id).to_owned())
    }
}

/// Makes a spec of a model. `file` is what messages call it.
pub(crate) fn import(file: &str, model: &Json, options: Options) -> Result<Imported, ImportError> {
    let mut notes = Vec::new();
    support::keys(model, &mut notes);
    let ast = Ast::read(model, &mut notes);
    let service = service::find(file, &ast)?;
    let protocols = service::protocols(file, service)?;
    let mut cx = Cx {
        ast: &ast,
        service,
        protocols,
        names: HashMap::new(),
        docs: options.docs,
        folder: service::folder(service),
        operation: operations::Facts::default(),
        notes,
    };
    let operations = operations::of_service(&mut cx);
    let closure = shapes::closure(&cx, &operations);
    cx.names = names(&mut cx, &closure);
    support::report(&mut cx, &operations, &closure);
    let made_service = service::service(&mut cx);
    let made_operations: Vec<_> = operations
        .iter()
        .map(|(name, shape)| (name.clone(), operations::operation(&mut cx, name, shape)))
        .collect();
    let mut reached = BTreeSet::new();
    for (_, operation) in &operations {
        shapes::start(&cx, operation, &mut reached);
    }
    let shapes = shapes::shapes(&mut cx, &reached);
    let waiters = waiters::waiters(&mut cx, &operations);
    let mut spec = Object::default();
    spec.set("$schema", text("../typefoundry.schema.json"));
    spec.set("typefoundry", text("1"));
    spec.set("service", made_service);
    spec.set("operations", Json::Object(made_operations));
    spec.set("shapes", Json::Object(shapes));
    spec.some("waiters", (!waiters.is_empty()).then_some(Json::Object(waiters)));
    Ok(Imported { spec: spec.json(), notes: cx.notes })
}

/// A name for each shape: its own without the namespace, or the one that the service gives it.
fn names<'a>(cx: &mut Cx<'a>, closure: &BTreeSet<&'a str>) -> HashMap<&'a str, String> {
    let renamed = cx.service.raw.get("rename").unwrap_or(&Json::Null);
    let mut names: HashMap<&str, String> = HashMap::new();
    let mut taken: HashMap<String, &str> = HashMap::new();
    for id in closure {
        let mut name = renamed.text_at(id).unwrap_or(ast::local(id)).to_owned();
        if let Some(other) = taken.get(&name) {
            let namespace = id.split('#').next().unwrap_or_default();
            let last = namespace.rsplit('.').next().unwrap_or_default();
            let longer = format!("{}{name}", capitalized(last));
            cx.note(*id, format!("called `{longer}`: `{name}` is the name of {other} already"));
            name = longer;
        }
        taken.insert(name.clone(), id);
        names.insert(id, name);
    }
    names
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
