//! `#[derive(RedactedDebug)]`

use crate::errors::Errors;
use crate::fields::{Member, struct_fields};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields};

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let ident = &input.ident;
    let body = match &input.data {
        Data::Enum(data) => variants(data)?,
        _ => fields(input)?,
    };
    Ok(quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #body
            }
        }
    })
}

fn fields(input: &DeriveInput) -> syn::Result<TokenStream> {
    let name = input.ident.to_string();
    let fields = struct_fields(input)?;
    let fields = fields.iter().map(|field| {
        let ident = field.ident;
        let name = ident.to_string();
        let redacted = quote!(&::core::format_args!("<redacted>"));
        if !field.member.sensitive {
            quote!(.field(#name, &self.#ident))
        } else if field.optional().is_some() {
            // Whether it is there is no secret.
            quote!(.field(#name, &self.#ident.as_ref().map(|_| ::core::format_args!("<redacted>"))))
        } else {
            quote!(.field(#name, #redacted))
        }
    });
    Ok(quote!(f.debug_struct(#name)#(#fields)*.finish()))
}

fn variants(data: &syn::DataEnum) -> syn::Result<TokenStream> {
    let mut errors = Errors::default();
    let mut arms = Vec::new();
    for variant in &data.variants {
        let ident = &variant.ident;
        let name = ident.to_string();
        let unknown = super::model::is_unknown(&variant.attrs);
        let sensitive = !unknown
            && errors
                .keep(Member::parse(&variant.attrs, ident))
                .is_some_and(|member| member.sensitive);
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
    errors.finish()?;
    Ok(quote!(match self { #(#arms,)* }))
}
