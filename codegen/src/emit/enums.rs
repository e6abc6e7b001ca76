//! Enums: open sets of texts.

use super::{Cx, Emitted, Imports, documented};
use crate::names;
use quote::quote;
use typefoundry_spec::Kind;

pub(super) fn emit(cx: &Cx<'_>) -> Emitted {
    let mut emitted =
        Emitted { items: Vec::new(), imports: Imports::default(), exports: Vec::new() };
    for (id, shape) in cx.reached() {
        let (Kind::Enum(values), Some(name)) = (&shape.kind, cx.names.shape(id)) else { continue };
        let docs = documented::shape(shape);
        let variants = values.iter().map(|value| {
            let ident = names::variant(&value.value);
            let text = &value.value;
            let docs = documented::value(value);
            let attribute = (ident != text.as_str()).then(|| quote!(#[model(name = #text)]));
            quote!(#docs #attribute #ident)
        });
        emitted.imports.runtime("Model");
        emitted.imports.runtime("UnknownValue");
        emitted.exports.push(name.clone());
        emitted.items.push(quote! {
            #docs
            #[derive(Model)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// A value that this version of the spec does not list: see `as_str`.
                #[model(unknown)]
                Unknown(UnknownValue),
            }
        });
    }
    emitted
}
