//! The items of a module, one file per kind.

mod client;
mod documented;
mod enums;
mod errors;
mod imports;
mod members;
mod needs;
mod operation_traits;
mod operations;
mod service;
mod structures;
mod unions;
mod waiters;

pub(crate) use imports::Imports;

use crate::names::Names;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::collections::BTreeSet;
use typefoundry_spec::{Binding, Circles, Member, Model, Operation, Role, Shape, ShapeId, Waiter};

/// The number of the form that generated code has; the runtime knows which ones it carries.
const FORM: u32 = 1;

/// What emitting carries along.
#[derive(Debug)]
pub(crate) struct Cx<'m> {
    pub(crate) model: &'m Model,
    pub(crate) operations: Vec<&'m Operation>,
    pub(crate) names: Names,
    pub(crate) roles: Vec<Role>,
    /// Where members go through a box
    pub(crate) circles: Circles,
}

impl<'m> Cx<'m> {
    pub(crate) fn new(model: &'m Model, operations: Vec<&'m Operation>, names: Names) -> Self {
        let roles = model.roles(operations.iter().copied());
        Self { model, operations, names, roles, circles: model.member_circles() }
    }

    /// The shapes that the chosen operations reach, in the order of the spec.
    fn reached(&self) -> impl Iterator<Item = (ShapeId, &'m Shape)> {
        self.model.defined_shapes().filter(|(id, _)| self.roles[id.index()].is_used())
    }

    /// The members of an input or output that are fields: a stream stands beside them.
    fn fields(&self, members: &[Member]) -> Vec<Member> {
        let is_stream = |member: &Member| {
            let shape = self.model.shape(member.target);
            shape.event_stream || member.binding == Binding::Payload && shape.streaming.is_some()
        };
        members.iter().filter(|member| !is_stream(member)).cloned().collect()
    }

    /// What can be waited for by calling an operation.
    fn waiters(&self, operation: &Operation) -> impl Iterator<Item = &'m Waiter> {
        self.model.waiters.iter().filter(move |waiter| waiter.operation == operation.name)
    }

    fn role(&self, id: ShapeId) -> Role {
        self.roles[id.index()]
    }
}

/// A module: its own items, and its parts.
#[derive(Debug)]
pub struct Module {
    /// `provider/service`
    pub id: String,
    /// The documentation of the module, as inner attributes
    pub docs: TokenStream,
    /// The items of the module itself, which export those of the parts.
    pub root: TokenStream,
    /// The files of the module
    pub parts: Vec<Part>,
    /// The features of the runtime that it needs
    pub needs: BTreeSet<&'static str>,
    /// How many operations it has
    pub operations: usize,
    /// How many types it has, inputs and outputs aside
    pub shapes: usize,
}

/// A file of a module.
#[derive(Debug)]
pub struct Part {
    /// The name of the file without its ending
    pub name: &'static str,
    /// Its items
    pub items: TokenStream,
}

impl Module {
    /// The whole module as items to stand in place, for a macro. Whoever calls it documents the
    /// module around them.
    pub fn inline(&self) -> TokenStream {
        let root = &self.root;
        let parts = self.parts.iter().map(|part| {
            let name = format_ident!("{}", part.name);
            let items = &part.items;
            quote!(mod #name { #items })
        });
        quote!(#root #(#parts)*)
    }
}

/// One kind of item: the items, and the names that the module exports.
pub(crate) struct Emitted {
    pub(crate) items: Vec<TokenStream>,
    pub(crate) imports: Imports,
    pub(crate) exports: Vec<proc_macro2::Ident>,
}

pub(crate) fn module(cx: &Cx<'_>) -> Module {
    let mut kinds = vec![
        ("enums", enums::emit(cx)),
        ("structures", structures::emit(cx)),
        ("unions", unions::emit(cx)),
    ];
    if !cx.operations.is_empty() {
        kinds.push(("client", client::emit(cx)));
        kinds.push(("errors", errors::emit(cx)));
        kinds.push(("operations", operations::emit(cx)));
        kinds.push(("service", service::emit(cx)));
    }
    kinds.retain(|(_, emitted)| !emitted.items.is_empty());
    kinds.sort_by_key(|(name, _)| *name);
    let docs = documented::module(cx.model);
    let exports = kinds.iter().map(|(name, emitted)| {
        let name = format_ident!("{name}");
        let mut exports = emitted.exports.clone();
        exports.sort();
        quote!(pub use #name::{#(#exports),*};)
    });
    let exports: Vec<_> = exports.collect();
    let form = proc_macro2::Literal::u32_unsuffixed(FORM);
    let root = quote! {
        #(#exports)*

        typefoundry::generated_form!(#form);
    };
    let parts = kinds.iter().map(|(name, emitted)| {
        let own = &emitted.exports;
        let imports = emitted.imports.tokens(own);
        let items = &emitted.items;
        Part { name, items: quote!(#imports #(#items)*) }
    });
    Module {
        id: cx.model.service.id.clone(),
        docs,
        root,
        parts: parts.collect(),
        needs: needs::of(cx),
        operations: cx.operations.len(),
        shapes: cx.reached().filter(|(_, shape)| shape.is_named_type()).count(),
    }
}
