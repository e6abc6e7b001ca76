//! A structure: schema and members.

use super::type_name;
use crate::attributes::runtime;
use crate::fields::{schema, struct_fields};
use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

pub(super) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let runtime = runtime(input)?;
    let name = type_name(input)?;
    let fields = struct_fields(input)?;
    let ident = &input.ident;
    let members = fields.iter().map(|field| (&field.member, field.is_required()));
    let schema = schema(&name, members);
    let idents: Vec<_> = fields.iter().map(|field| field.ident).collect();
    let indices: Vec<_> = (0..idents.len()).collect();
    Ok(quote! {
        const _: () = {
            use #runtime::__private as t;

            #schema

            #[automatically_derived]
            impl t::Members for #ident {
                fn member(&self, index: usize) -> ::core::option::Option<&dyn t::Value> {
                    match index {
                        #(#indices => ::core::option::Option::Some(&self.#idents),)*
                        _ => ::core::option::Option::None,
                    }
                }

                fn member_mut(&mut self, index: usize) -> ::core::option::Option<&mut dyn t::Value> {
                    match index {
                        #(#indices => ::core::option::Option::Some(&mut self.#idents),)*
                        _ => ::core::option::Option::None,
                    }
                }
            }

            #[automatically_derived]
            impl t::Structure for #ident {
                fn split(&self) -> (&t::Schema, &dyn t::Members) {
                    (&SCHEMA, self)
                }

                fn split_mut(&mut self) -> (&t::Schema, &mut dyn t::Members) {
                    (&SCHEMA, self)
                }
            }

            #[automatically_derived]
            impl t::Value for #ident {
                fn view(&self) -> t::View<'_> {
                    t::View::Structure(self)
                }

                fn slot(&mut self) -> t::Slot<'_> {
                    t::Slot::Structure(self)
                }

                fn clear(&mut self) {
                    *self = t::Empty::empty();
                }
            }

            #[automatically_derived]
            impl t::Empty for #ident {
                fn empty() -> Self {
                    Self { #(#idents: t::Empty::empty(),)* }
                }
            }
        };
    })
}
