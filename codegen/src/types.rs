//! Which Rust type stands for which shape.

use crate::emit::{Cx, Imports};
use proc_macro2::TokenStream;
use quote::quote;
use typefoundry_spec::{Kind, Member, ShapeId};

/// The type of a member: optional unless it is required.
pub(crate) fn member(
    cx: &Cx<'_>,
    owner: Option<ShapeId>,
    member: &Member,
    imports: &mut Imports,
) -> TokenStream {
    let bare = bare(cx, member.target, imports);
    let bare = match owner {
        // Or the type would have no size.
        Some(owner) if cx.circles.join(member.target, owner) => quote!(Box<#bare>),
        _ => bare,
    };
    if member.nullable {
        imports.runtime("Nullable");
        quote!(Nullable<#bare>)
    } else if member.required {
        bare
    } else {
        quote!(Option<#bare>)
    }
}

/// The type of a shape.
pub(crate) fn bare(cx: &Cx<'_>, id: ShapeId, imports: &mut Imports) -> TokenStream {
    let shape = cx.model.shape(id);
    match &shape.kind {
        Kind::String => quote!(String),
        Kind::Integer => quote!(i32),
        Kind::Long => quote!(i64),
        Kind::Float => quote!(f32),
        Kind::Double => quote!(f64),
        Kind::Boolean => quote!(bool),
        Kind::Timestamp(_) => runtime("Timestamp", imports),
        Kind::Blob => runtime("Blob", imports),
        Kind::Document => runtime("Document", imports),
        Kind::List(list) => {
            let item = bare(cx, list.item.target, imports);
            if list.sparse { quote!(Vec<Option<#item>>) } else { quote!(Vec<#item>) }
        }
        Kind::Map(map) => {
            let map_type = runtime("Map", imports);
            let key = bare(cx, map.key, imports);
            let value = bare(cx, map.value.target, imports);
            if map.sparse {
                quote!(#map_type<#key, Option<#value>>)
            } else {
                quote!(#map_type<#key, #value>)
            }
        }
        Kind::Enum(_) | Kind::Structure { .. } | Kind::Union { .. } => {
            // There is one: whatever a member of the module targets is reached.
            let name = cx.names.shape(id);
            if let Some(name) = name {
                imports.local(name);
            }
            quote!(#name)
        }
    }
}

fn runtime(name: &'static str, imports: &mut Imports) -> TokenStream {
    imports.runtime(name);
    let name = quote::format_ident!("{name}");
    quote!(#name)
}
