//! Helpers for attributes.

use crate::errors::Errors;
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::parse::ParseStream;
use syn::{Attribute, DeriveInput, Ident, LitInt, LitStr, Path, Token};

/// What an attribute takes.
pub(crate) struct Keys {
    pub(crate) attribute: &'static str,
    pub(crate) names: &'static [&'static str],
    /// The keys that may stand more than once
    pub(crate) many: &'static [&'static str],
}

impl Keys {
    pub(crate) const fn new(attribute: &'static str, names: &'static [&'static str]) -> Self {
        Self { attribute, names, many: &[] }
    }

    /// Reads the attributes of that name. A key that is wrong does not hide the next.
    pub(crate) fn read(
        &self,
        attributes: &[Attribute],
        errors: &mut Errors,
        mut key: impl FnMut(&str, &ParseNestedMeta<'_>, &mut Errors) -> syn::Result<()>,
    ) {
        let mut seen = Vec::new();
        for attribute in attributes.iter().filter(|given| given.path().is_ident(self.attribute)) {
            let read = attribute.parse_nested_meta(|meta| {
                self.one(&meta, &mut seen, errors, &mut key);
                Ok(())
            });
            errors.keep(read);
        }
    }

    /// Reads what stands in the parentheses of a key: `pages(…)`.
    pub(crate) fn read_nested(
        &self,
        meta: &ParseNestedMeta<'_>,
        errors: &mut Errors,
        mut key: impl FnMut(&str, &ParseNestedMeta<'_>, &mut Errors) -> syn::Result<()>,
    ) -> syn::Result<()> {
        let mut seen = Vec::new();
        meta.parse_nested_meta(|meta| {
            self.one(&meta, &mut seen, errors, &mut key);
            Ok(())
        })
    }

    fn one(
        &self,
        meta: &ParseNestedMeta<'_>,
        seen: &mut Vec<String>,
        errors: &mut Errors,
        key: &mut impl FnMut(&str, &ParseNestedMeta<'_>, &mut Errors) -> syn::Result<()>,
    ) {
        let name = match meta.path.get_ident() {
            Some(ident) => ident.unraw().to_string(),
            None => meta.path.to_token_stream().to_string(),
        };
        let read = if !self.names.contains(&name.as_str()) {
            let (attribute, keys) = (self.attribute, self.names.join("`, `"));
            Err(meta.error(format!("`{attribute}` has no `{name}` here; it takes `{keys}`")))
        } else if seen.contains(&name) && !self.many.contains(&name.as_str()) {
            Err(meta.error(format!("`{name}` is given twice")))
        } else {
            let read = key(&name, meta, errors);
            seen.push(name);
            read
        };
        if let Err(error) = read {
            errors.push(error);
            skip(meta.input);
        }
    }
}

/// Goes to the end of a key.
fn skip(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}

/// The text of `key = "text"`.
pub(crate) fn text(meta: &ParseNestedMeta<'_>) -> syn::Result<LitStr> {
    meta.value()?.parse()
}

/// The texts of `key("a", "b")`.
pub(crate) fn texts(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<LitStr>> {
    let content;
    syn::parenthesized!(content in meta.input);
    let texts = content.parse_terminated(<LitStr as syn::parse::Parse>::parse, Token![,])?;
    Ok(texts.into_iter().collect())
}

/// The HTTP status of `status = 404`.
pub(crate) fn status(meta: &ParseNestedMeta<'_>) -> syn::Result<u16> {
    let number: LitInt = meta.value()?.parse()?;
    match number.base10_parse() {
        Ok(status @ 100..=599) => Ok(status),
        _ => Err(syn::Error::new(number.span(), "an HTTP status is a number from 100 to 599")),
    }
}

/// Where the runtime is: `::typefoundry`, unless `#[model(crate = path)]` says otherwise.
pub(crate) fn runtime(input: &DeriveInput) -> TokenStream {
    path(input, "crate").map_or_else(|| quote!(::typefoundry), |path| quote!(#path))
}

/// What a type's builder is called: `…Builder`, unless `#[model(builder = Name)]` says otherwise.
pub(crate) fn builder(input: &DeriveInput) -> Ident {
    let named = path(input, "builder").and_then(|path| path.get_ident().cloned());
    named.unwrap_or_else(|| format_ident!("{}Builder", input.ident.unraw()))
}

/// The path under a key of `#[model(…)]` on a type.
///
/// What else the attribute says, right or wrong, is the business of `#[derive(Model)]`.
fn path(input: &DeriveInput, key: &str) -> Option<Path> {
    let mut path = None;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("model")) {
        // Mistakes are reported by the one who reads the whole attribute.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident(key) {
                path = Some(meta.value()?.parse()?);
            } else {
                skip(meta.input);
            }
            Ok(())
        });
    }
    path
}

/// The documentation among attributes.
pub(crate) fn docs(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("doc"))
}

/// A type with parameters has no one schema.
pub(crate) fn refuse_generics(input: &DeriveInput, errors: &mut Errors) {
    if !input.generics.params.is_empty() {
        errors.push(syn::Error::new_spanned(
            &input.generics,
            "a model has no generic parameters: its schema is one and fixed",
        ));
    }
}
