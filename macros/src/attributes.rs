//! Helpers for attributes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, DeriveInput, LitStr, Path};

/// The text of `key = "text"`.
pub(crate) fn text(meta: &ParseNestedMeta<'_>) -> syn::Result<LitStr> {
    meta.value()?.parse()
}

/// The texts of `key("a", "b")`.
pub(crate) fn texts(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<LitStr>> {
    let content;
    syn::parenthesized!(content in meta.input);
    let texts = content.parse_terminated(<LitStr as syn::parse::Parse>::parse, syn::Token![,])?;
    Ok(texts.into_iter().collect())
}

/// The error of a key that an attribute does not have.
pub(crate) fn unknown(meta: &ParseNestedMeta<'_>, attribute: &str, keys: &[&str]) -> syn::Error {
    let name = meta.path.get_ident().map_or_else(String::new, ToString::to_string);
    let keys = keys.join("`, `");
    meta.error(format!("`{attribute}` has no `{name}`; it takes `{keys}`"))
}

/// Where the runtime is: `::typefoundry`, unless `#[model(crate = path)]` says otherwise.
///
/// Other keys of the attribute are passed over; their own readers look at them.
pub(crate) fn runtime(input: &DeriveInput) -> syn::Result<TokenStream> {
    let mut path = quote!(::typefoundry);
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("model")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("crate") {
                let given: Path = meta.value()?.parse()?;
                path = quote!(#given);
            } else {
                skip(&meta)?;
            }
            Ok(())
        })?;
    }
    Ok(path)
}

/// Passes over the value of a key.
fn skip(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(syn::Token![=]) {
        meta.value()?.parse::<LitStr>()?;
    }
    Ok(())
}

/// The documentation among attributes.
pub(crate) fn docs(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("doc"))
}

/// A type with parameters has no one schema.
pub(crate) fn refuse_generics(input: &DeriveInput) -> syn::Result<()> {
    if input.generics.params.is_empty() {
        return Ok(());
    }
    Err(syn::Error::new_spanned(
        &input.generics,
        "a model has no generic parameters: its schema is one and fixed",
    ))
}
