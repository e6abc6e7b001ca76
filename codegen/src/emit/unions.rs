//! Unions: exactly one of several members.

use super::{Cx, Emitted, Imports, documented, members};
use crate::{names, types};
use quote::quote;
use typefoundry_spec::Kind;

pub(super) fn emit(cx: &Cx<'_>) -> Emitted {
    let mut emitted =
        Emitted { items: Vec::new(), imports: Imports::default(), exports: Vec::new() };
    for (id, shape) in cx.reached() {
        let (Kind::Union { members: alternatives }, Some(name)) = (&shape.kind, cx.names.shape(id))
        else {
            continue;
        };
        let docs = documented::shape(shape);
        let imports = &mut emitted.imports;
        let variants: Vec<_> = alternatives
            .iter()
            .map(|member| {
                let ident = names::variant(&member.name);
                let mut required = member.clone();
                required.required = true;
                let ty = types::member(cx, Some(id), &required, imports);
                let docs = documented::member(cx.model, member);
                let attribute = members::attribute(cx, member, &ident, false);
                quote!(#docs #attribute #ident(#ty))
            })
            .collect();
        let derives = members::derives(None, imports);
        imports.runtime("UnknownMember");
        let renamed = (*name != shape.name.as_str()).then(|| {
            let name = &shape.name;
            quote!(#[model(name = #name)])
        });
        emitted.exports.push(name.clone());
        emitted.items.push(quote! {
            #docs
            #derives
            #renamed
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// A member that this version of the spec does not list, as it came.
                #[model(unknown)]
                Unknown(UnknownMember),
            }
        });
    }
    emitted
}
