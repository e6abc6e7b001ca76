//! An enum: an open set of texts.

use super::{ENUM, split_unknown, type_name};
use crate::attributes::runtime;
use crate::errors::Errors;
use crate::fields::{Member, VALUE, unique};
use proc_macro2::TokenStream;
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
    quote! {
        #[automatically_derived]
        impl #ident {
            /// The values that this version of the spec lists.
            pub const VALUES: &'static [&'static str] = &[#(#texts),*];

            /// The value as the service writes it.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                    Self::#unknown(value) => value.text(),
                }
            }
        }

        const _: () = {
            use #runtime::__private as t;

            #[automatically_derived]
            impl ::core::convert::From<&str> for #ident {
                #[inline]
                fn from(text: &str) -> Self {
                    match text {
                        #(#texts => Self::#variants,)*
                        _ => Self::#unknown(t::UnknownValue::new(text)),
                    }
                }
            }

            #[automatically_derived]
            impl ::core::fmt::Display for #ident {
                #[inline]
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.write_str(self.as_str())
                }
            }

            #[automatically_derived]
            impl ::core::fmt::Debug for #ident {
                #[inline]
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::fmt::Debug::fmt(self.as_str(), f)
                }
            }

            #[automatically_derived]
            impl t::Enum for #ident {
                #[inline]
                fn set(&mut self, text: &str) {
                    *self = text.into();
                }

                #[inline]
                fn text(&self) -> &str {
                    self.as_str()
                }
            }

            #[automatically_derived]
            impl t::Value for #ident {
                #[inline]
                fn view(&self) -> t::View<'_> {
                    t::View::String(self.as_str())
                }

                #[inline]
                fn slot(&mut self) -> t::Slot<'_> {
                    t::Slot::Enum(self)
                }

                #[inline]
                fn clear(&mut self) {
                    *self = t::Empty::empty();
                }
            }

            #[automatically_derived]
            impl t::Empty for #ident {
                #[inline]
                fn empty() -> Self {
                    Self::#unknown(t::UnknownValue::new(""))
                }
            }
        };
    }
}
