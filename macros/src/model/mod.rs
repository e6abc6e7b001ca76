//! `#[derive(Model)]`
//!
//! What the derives write is `#[inline]`, so that its code is made where it is called: a service has
//! hundreds of operations, and a user calls a few.

mod choice;
mod fallback;
mod structure;
mod union;

pub(crate) use fallback::fallback;

use crate::attributes::{Keys, refuse_generics, text};
use crate::errors::Errors;
use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::{Attribute, Data, DataEnum, DeriveInput, Fields, LitStr, Type, Variant};

/// What a structure or a union takes.
const TYPE: Keys = Keys::new("model", &["name", "crate", "builder"]);
/// What an enum takes: its name is nowhere on the wire.
const ENUM: Keys = Keys::new("model", &["crate"]);

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let mut errors = Errors::default();
    refuse_generics(input, &mut errors);
    let expanded = match &input.data {
        Data::Struct(_) => structure::expand(input, &mut errors),
        Data::Enum(data) if is_choice(data) => choice::expand(input, data, &mut errors),
        Data::Enum(data) => union::expand(input, data, &mut errors),
        Data::Union(data) => {
            errors.push(syn::Error::new(
                data.union_token.span,
                "a model is a struct or an enum; a union of the spec is an enum in Rust",
            ));
            TokenStream::new()
        }
    };
    errors.finish()?;
    Ok(expanded)
}

/// Whether all that an enum lists are values, not members of a union.
fn is_choice(data: &DataEnum) -> bool {
    let mut known = data.variants.iter().filter(|variant| !is_unknown(&variant.attrs));
    known.all(|variant| matches!(variant.fields, Fields::Unit))
}

/// The type's name in the model.
fn type_name(input: &DeriveInput, keys: &Keys, errors: &mut Errors) -> LitStr {
    let mut name = LitStr::new(&input.ident.unraw().to_string(), input.ident.span());
    keys.read(&input.attrs, errors, |key, meta, _| {
        match key {
            "name" => name = text(meta)?,
            // The paths of the runtime and of the builder, which have readers of their own.
            _ => drop(meta.value()?.parse::<syn::Path>()?),
        }
        Ok(())
    });
    name
}

/// Whether a variant is the one for what the spec does not know: `#[model(unknown)]`.
pub(crate) fn is_unknown(attributes: &[Attribute]) -> bool {
    let says_so = |token| matches!(token, TokenTree::Ident(ident) if ident == "unknown");
    attributes.iter().filter(|attribute| attribute.path().is_ident("model")).any(|attribute| {
        attribute.meta.require_list().is_ok_and(|list| list.tokens.clone().into_iter().any(says_so))
    })
}

/// The one variant for what the spec does not know, and the others.
fn split_unknown<'a>(
    input: &DeriveInput,
    data: &'a DataEnum,
    payload: &str,
    errors: &mut Errors,
) -> (Option<&'a Variant>, Vec<&'a Variant>) {
    let (unknown, known): (Vec<_>, Vec<_>) =
        data.variants.iter().partition(|variant| is_unknown(&variant.attrs));
    for variant in &unknown {
        Keys::new("model", &["unknown"]).read(&variant.attrs, errors, |_, _, _| Ok(()));
        if !holds(variant, payload) {
            let message = format!("the unknown variant holds an `{payload}` and nothing else");
            errors.push(match &variant.fields {
                Fields::Unit => syn::Error::new_spanned(&variant.ident, message),
                fields => syn::Error::new_spanned(fields, message),
            });
        }
    }
    if unknown.is_empty() {
        let message = format!(
            "mark a variant with #[model(unknown)], which holds an `{payload}`: services add values"
        );
        errors.push(syn::Error::new_spanned(&input.ident, message));
    }
    for variant in unknown.iter().skip(1) {
        errors.push(syn::Error::new_spanned(
            &variant.ident,
            "another variant is marked as the unknown one already",
        ));
    }
    (unknown.first().copied(), known)
}

/// Whether a variant has one unnamed field, of a type of that name.
fn holds(variant: &Variant, name: &str) -> bool {
    let Fields::Unnamed(fields) = &variant.fields else { return false };
    let mut fields = fields.unnamed.iter();
    match (fields.next().map(|field| &field.ty), fields.next()) {
        (Some(Type::Path(path)), None) => {
            path.path.segments.last().is_some_and(|segment| segment.ident == name)
        }
        _ => false,
    }
}

fn is_single(variant: &Variant) -> bool {
    matches!(&variant.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1)
}
