//! A structure: schema and members.

use super::{TYPE, type_name};
use crate::attributes::runtime;
use crate::errors::Errors;
use crate::fields::{schema, struct_fields};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::DeriveInput;
use syn::spanned::Spanned;

pub(super) fn expand(input: &DeriveInput, errors: &mut Errors) -> TokenStream {
    let runtime = runtime(input);
    let name = type_name(input, &TYPE, errors);
    let fields = struct_fields(input, errors);
    let ident = &input.ident;
    let members = fields.iter().map(|field| (&field.member, field.is_required()));
    let schema = schema(&name, members);
    let idents: Vec<_> = fields.iter().map(|field| field.ident).collect();
    // A type that no model can hold is a mistake at the field.
    let places = fields.iter().map(|field| {
        let span = Span::call_site().located_at(field.field.ty.span());
        let ident = field.ident;
        let shared = quote_spanned!(span=> &self.#ident);
        let exclusive = quote_spanned!(span=> &mut self.#ident);
        (shared, (exclusive, quote_spanned!(span=> t::Empty::empty())))
    });
    let (shared, (exclusive, empty)): (Vec<_>, (Vec<_>, Vec<_>)) = places.unzip();
    let indices: Vec<_> = (0..idents.len()).collect();
    quote! {
        const _: () = {
            use #runtime::__private as t;

            #schema

            #[automatically_derived]
            impl t::Members for #ident {
                #[inline]
                fn member(&self, index: usize) -> ::core::option::Option<&dyn t::Value> {
                    match index {
                        #(#indices => ::core::option::Option::Some(#shared),)*
                        _ => ::core::option::Option::None,
                    }
                }

                #[inline]
                fn member_mut(&mut self, index: usize) -> ::core::option::Option<&mut dyn t::Value> {
                    match index {
                        #(#indices => ::core::option::Option::Some(#exclusive),)*
                        _ => ::core::option::Option::None,
                    }
                }
            }

            #[automatically_derived]
            impl t::Structure for #ident {
                #[inline]
                fn split(&self) -> (&t::Schema, &dyn t::Members) {
                    (&SCHEMA, self)
                }

                #[inline]
                fn split_mut(&mut self) -> (&t::Schema, &mut dyn t::Members) {
                    (&SCHEMA, self)
                }
            }

            #[automatically_derived]
            impl t::Value for #ident {
                #[inline]
                fn view(&self) -> t::View<'_> {
                    t::View::Structure(self)
                }

                #[inline]
                fn slot(&mut self) -> t::Slot<'_> {
                    t::Slot::Structure(self)
                }

                #[inline]
                fn clear(&mut self) {
                    *self = t::Empty::empty();
                }
            }

            #[automatically_derived]
            impl t::Empty for #ident {
                const STRUCTURE: bool = true;

                #[inline]
                fn empty() -> Self {
                    Self { #(#idents: #empty,)* }
                }
            }
        };
    }
}
