//! A union: exactly one of several members.

use super::{is_single, split_unknown, type_name};
use crate::attributes::runtime;
use crate::errors::Errors;
use crate::fields::{Member, schema};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, DeriveInput};

pub(super) fn expand(input: &DeriveInput, data: &DataEnum) -> syn::Result<TokenStream> {
    let runtime = runtime(input)?;
    let name = type_name(input)?;
    let (unknown, known) = split_unknown(input, data, "UnknownMember")?;
    let unknown = &unknown.ident;
    let ident = &input.ident;
    let mut errors = Errors::default();
    let mut members = Vec::new();
    let mut variants = Vec::new();
    for variant in known {
        if !is_single(variant) {
            let message = "a member of a union is a variant with one unnamed field";
            errors.push(syn::Error::new_spanned(variant, message));
        }
        if let Some(member) = errors.keep(Member::parse(&variant.attrs, &variant.ident)) {
            members.push(member);
            variants.push(&variant.ident);
        }
    }
    errors.finish()?;
    let schema = schema(&name, members.iter().map(|member| (member, false)));
    let indices: Vec<_> = (0..variants.len()).collect();
    Ok(quote! {
        const _: () = {
            use #runtime::__private as t;

            #schema

            #[automatically_derived]
            impl t::Union for #ident {
                fn active(&self) -> (&t::Schema, ::core::option::Option<t::Active<'_>>) {
                    let active = match self {
                        #(Self::#variants(value) => t::Active::Member(#indices, value),)*
                        Self::#unknown(member) if member.name().is_empty() => {
                            return (&SCHEMA, ::core::option::Option::None);
                        }
                        Self::#unknown(member) => t::Active::Unknown(member),
                    };
                    (&SCHEMA, ::core::option::Option::Some(active))
                }

                fn schema(&self) -> &t::Schema {
                    &SCHEMA
                }

                fn activate(&mut self, index: usize) -> ::core::option::Option<&mut dyn t::Value> {
                    *self = match index {
                        #(#indices => Self::#variants(t::Empty::empty()),)*
                        _ => return ::core::option::Option::None,
                    };
                    ::core::option::Option::Some(match self {
                        #(Self::#variants(value) => value,)*
                        Self::#unknown(_) => return ::core::option::Option::None,
                    })
                }

                fn set_unknown(&mut self, member: t::UnknownMember) {
                    *self = Self::#unknown(member);
                }
            }

            #[automatically_derived]
            impl t::Value for #ident {
                fn view(&self) -> t::View<'_> {
                    t::View::Union(self)
                }

                fn slot(&mut self) -> t::Slot<'_> {
                    t::Slot::Union(self)
                }

                fn clear(&mut self) {
                    *self = t::Empty::empty();
                }
            }

            #[automatically_derived]
            impl t::Empty for #ident {
                fn empty() -> Self {
                    Self::#unknown(t::UnknownMember::new("", "", &[]))
                }
            }
        };
    })
}
