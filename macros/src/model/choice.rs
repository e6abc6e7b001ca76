//! An enum: an open set of texts.

use super::{ENUM, split_unknown, type_name};
use crate::attributes::runtime;
use crate::errors::Errors;
use crate::fields::{Member, VALUE, unique};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{DataEnum, DeriveInput};

pub(super) fn expand(input: &DeriveInput, data: &DataEnum, errors: &mut Errors) -> TokenStream {
    let runtime = runtime(input);
    type_name(input, &ENUM, errors);
    let (unknown, known) = split_unknown(input, data, "UnknownValue", errors);
    let values: Vec<_> = known
        .iter()
        .map(|variant| Member::parse(&variant.attrs, &variant.ident, &VALUE, errors))
        .collect();
    unique(values.iter(), errors);
    let Some(unknown) = unknown else { return TokenStream::new() };
    let unknown = &unknown.ident;
    let ident = &input.ident;
    let texts: Vec<_> = values.iter().map(|value| &value.name).collect();
    let variants: Vec<_> = known.iter().map(|variant| &variant.ident).collect();
    let places = (0..variants.len()).map(Literal::usize_unsuffixed);
    let numbers = places.clone();
    quote! {
        impl #ident {
            /// The values that this version of the spec lists.
            pub const VALUES: &'static [&'static str] = &[#(#texts),*];

            /// The value as the service writes it.
            #[inline]
            pub fn as_str(&self) -> &str {
                #runtime::__private::choice::text(self)
            }
        }

        const _: () = {
            use #runtime::__private as t;

            t::choice!(#ident);

            impl t::Choice for #ident {
                const VALUES: &'static [&'static str] = Self::VALUES;

                #[inline]
                fn place(&self) -> t::Result<usize, &t::UnknownValue> {
                    t::Ok(match self {
                        #(Self::#variants => #places,)*
                        Self::#unknown(value) => return t::Err(value),
                    })
                }

                #[inline]
                fn at(place: usize, text: &str) -> Self {
                    match place {
                        #(#numbers => Self::#variants,)*
                        _ => Self::#unknown(t::UnknownValue::new(text)),
                    }
                }
            }
        };
    }
}
