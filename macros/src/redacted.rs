//! `#[derive(RedactedDebug)]`

use crate::attributes::refuse_generics;
use crate::errors::Errors;
use crate::fields::{ALTERNATIVE, Member, struct_fields};
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Data, DataEnum, DeriveInput, Fields};

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let mut errors = Errors::default();
    refuse_generics(input, &mut errors);
    let body = match &input.data {
        Data::Enum(data) => variants(data, &mut errors),
        _ => fields(input, &mut errors),
    };
    errors.finish()?;
    Ok(debug(input, &body))
}

/// What stands in for it where there is a mistake: it prints nothing, and the type has `Debug`.
pub(crate) fn fallback(input: &DeriveInput) -> TokenStream {
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    debug(
        input,
        &quote!({
            let _ = f;
            ::core::result::Result::Ok(())
        }),
    )
}

fn debug(input: &DeriveInput, body: &TokenStream) -> TokenStream {
    let ident = &input.ident;
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #body
            }
        }
    }
}

fn fields(input: &DeriveInput, errors: &mut Errors) -> TokenStream {
    let name = input.ident.unraw().to_string();
    let fields = struct_fields(input, errors);
    let fields = fields.iter().map(|field| {
        let ident = field.ident;
        let name = ident.unraw().to_string();
        if !field.member.sensitive {
            quote!(.field(#name, &self.#ident))
        } else if field.optional().is_some() {
            // Whether it is there is no secret.
            quote!(.field(#name, &self.#ident.as_ref().map(|_| ::core::format_args!("<redacted>"))))
        } else {
            quote!(.field(#name, &::core::format_args!("<redacted>")))
        }
    });
    quote!(f.debug_struct(#name)#(#fields)*.finish())
}

fn variants(data: &DataEnum, errors: &mut Errors) -> TokenStream {
    let mut arms = Vec::new();
    for variant in &data.variants {
        let ident = &variant.ident;
        let name = ident.unraw().to_string();
        let sensitive = !super::model::is_unknown(&variant.attrs)
            && Member::parse(&variant.attrs, ident, &ALTERNATIVE, errors).sensitive;
        arms.push(match (&variant.fields, sensitive) {
            (Fields::Unit, _) => quote!(Self::#ident => f.write_str(#name)),
            (_, true) => quote! {
                Self::#ident(_) => {
                    f.debug_tuple(#name).field(&::core::format_args!("<redacted>")).finish()
                }
            },
            (_, false) => quote!(Self::#ident(value) => f.debug_tuple(#name).field(value).finish()),
        });
    }
    quote!(match self { #(#arms,)* })
}
