//! `#[derive(Model)]`

mod choice;
mod structure;
mod union;

use crate::attributes::{refuse_generics, text, unknown};
use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Fields, LitStr, Variant};

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    refuse_generics(input)?;
    match &input.data {
        Data::Struct(_) => structure::expand(input),
        Data::Enum(data) => {
            let known = |variant: &&Variant| !is_unknown(&variant.attrs);
            if data
                .variants
                .iter()
                .filter(known)
                .all(|variant| matches!(variant.fields, Fields::Unit))
            {
                choice::expand(input, data)
            } else {
                union::expand(input, data)
            }
        }
        Data::Union(data) => Err(syn::Error::new(
            data.union_token.span,
            "a model is a struct or an enum; a union of the spec is an enum in Rust",
        )),
    }
}

/// The type's name in the model.
fn type_name(input: &DeriveInput) -> syn::Result<LitStr> {
    let mut name = LitStr::new(&input.ident.unraw().to_string(), input.ident.span());
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("model")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("name") {
                name = text(&meta)?;
            } else if meta.path.is_ident("crate") {
                meta.value()?.parse::<syn::Path>()?;
            } else {
                return Err(unknown(&meta, "model", &["name", "crate"]));
            }
            Ok(())
        })?;
    }
    Ok(name)
}

/// Whether a variant is the one for what the spec does not know: `#[model(unknown)]`.
pub(crate) fn is_unknown(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("model")
            && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "unknown")
    })
}

/// The one variant for what the spec does not know, and the others.
fn split_unknown<'a>(
    input: &DeriveInput,
    data: &'a syn::DataEnum,
    payload: &str,
) -> syn::Result<(&'a Variant, Vec<&'a Variant>)> {
    let (unknown, known): (Vec<_>, Vec<_>) =
        data.variants.iter().partition(|variant| is_unknown(&variant.attrs));
    let message = match &unknown[..] {
        [unknown] if is_single(unknown) => return Ok((*unknown, known)),
        [unknown] => {
            return Err(syn::Error::new_spanned(
                unknown,
                format!("the unknown variant holds an `{payload}` and nothing else"),
            ));
        }
        [] => "mark a variant",
        _ => "mark only one variant",
    };
    Err(syn::Error::new_spanned(
        &input.ident,
        format!(
            "{message} with #[model(unknown)], which holds an `{payload}`: services add values"
        ),
    ))
}

fn is_single(variant: &Variant) -> bool {
    matches!(&variant.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1)
}
