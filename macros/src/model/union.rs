//! A union: exactly one of several members.

use super::{TYPE, is_single, split_unknown, type_name};
use crate::attributes::runtime;
use crate::errors::Errors;
use crate::fields::{ALTERNATIVE, Member, table, unique};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, DeriveInput};

pub(super) fn expand(input: &DeriveInput, data: &DataEnum, errors: &mut Errors) -> TokenStream {
    let runtime = runtime(input);
    let name = type_name(input, &TYPE, errors);
    let (unknown, known) = split_unknown(input, data, "UnknownMember", errors);
    let mut members = Vec::new();
    for variant in &known {
        if !is_single(variant) {
            let message = "a member of a union is a variant with one unnamed field";
            errors.push(syn::Error::new_spanned(variant, message));
        }
        members.push(Member::parse(&variant.attrs, &variant.ident, &ALTERNATIVE, errors));
    }
    unique(members.iter(), errors);
    let Some(unknown) = unknown else { return TokenStream::new() };
    let unknown = &unknown.ident;
    let ident = &input.ident;
    let variants: Vec<_> = known.iter().map(|variant| &variant.ident).collect();
    let (statics, table) = table(&name, members.iter().map(|member| (member, false)));
    let indices: Vec<_> = (0..variants.len()).collect();
    quote! {
        const _: () = {
            use #runtime::__private as t;

            #statics

            t::union!(#ident #unknown);

            impl t::Table for #ident {
                #table
            }

            impl t::Union for #ident {
                #[inline]
                fn active(&self) -> (&t::Schema, ::core::option::Option<t::Active<'_>>) {
                    let active = match self {
                        #(Self::#variants(value) => t::Active::Member(#indices, value),)*
                        Self::#unknown(member) if member.name().is_empty() => {
                            return (t::schema::<Self>(), ::core::option::Option::None);
                        }
                        Self::#unknown(member) => t::Active::Unknown(member),
                    };
                    (t::schema::<Self>(), ::core::option::Option::Some(active))
                }

                #[inline]
                fn schema(&self) -> &t::Schema {
                    t::schema::<Self>()
                }

                #[inline]
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

                #[inline]
                fn set_unknown(&mut self, member: t::UnknownMember) {
                    *self = Self::#unknown(member);
                }
            }
        };
    }
}
