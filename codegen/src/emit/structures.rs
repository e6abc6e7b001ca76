//! Structures that stand inside inputs and outputs.

use super::{Cx, Emitted, Imports, documented, members};
use proc_macro2::TokenStream;
use quote::quote;
use typefoundry_spec::{Kind, Shape, ShapeId};

pub(super) fn emit(cx: &Cx<'_>) -> Emitted {
    let mut emitted =
        Emitted { items: Vec::new(), imports: Imports::default(), exports: Vec::new() };
    for (id, shape) in cx.reached() {
        // Errors have a file of their own; without operations there is no such.
        let is_error = shape.error().is_some() && cx.role(id).error;
        if !matches!(shape.kind, Kind::Structure { .. }) || is_error {
            continue;
        }
        if let Some(item) = structure(cx, id, shape, &mut emitted.imports) {
            emitted.items.push(item);
            emitted.exports.extend(cx.names.shape(id).cloned());
        }
    }
    emitted
}

/// A structure, also one that is an error.
pub(super) fn structure(
    cx: &Cx<'_>,
    id: ShapeId,
    shape: &Shape,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let name = cx.names.shape(id)?;
    let docs = documented::shape(shape);
    let message = shape.error_message().map(|member| &*member.name);
    // Whoever sends a structure must be told what is missing.
    let builds = !members::has_default(shape.members()) && cx.role(id).input;
    let fields = members::fields(cx, Some(id), shape.members(), message, imports);
    let derives = members::derives(builds.then_some("Build"), imports);
    let renamed = (*name != shape.name.as_str()).then(|| {
        let name = &shape.name;
        quote!(#[model(name = #name)])
    });
    let builder = builds.then(|| members::builder(cx, name)).flatten();
    Some(quote! {
        #docs
        #derives
        #renamed
        #builder
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }
    })
}
