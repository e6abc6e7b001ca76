//! A structure: schema and members.

use super::{TYPE, type_name};
use crate::attributes::runtime;
use crate::errors::Errors;
use crate::fields::{StructField, struct_fields, table};
use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::DeriveInput;
use syn::spanned::Spanned;

pub(super) fn expand(input: &DeriveInput, errors: &mut Errors) -> TokenStream {
    let runtime = runtime(input);
    let name = type_name(input, &TYPE, errors);
    let fields = struct_fields(input, errors);
    let ident = &input.ident;
    let members = fields.iter().map(|field| (&field.member, field.is_required()));
    let (statics, table) = table(&name, members);
    let idents: Vec<_> = fields.iter().map(|field| field.ident).collect();
    // A type that no model can hold is a mistake at the field.
    let places = fields.iter().map(|field| {
        let span = Span::call_site().located_at(field.field.ty.span());
        let ident = field.ident;
        let shared = quote_spanned!(span=> &self.#ident);
        let exclusive = quote_spanned!(span=> &mut self.#ident);
        // Without a call there is nothing to clean up behind, which is most of the work of a
        // compiler.
        let empty = if field.optional().is_some() {
            quote_spanned!(span=> t::None)
        } else {
            quote_spanned!(span=> t::Empty::empty())
        };
        (shared, (exclusive, empty))
    });
    let (shared, (exclusive, empty)): (Vec<_>, (Vec<_>, Vec<_>)) = places.unzip();
    // Of a structure with a required member there is no value to begin with.
    let default = (!fields.iter().any(StructField::is_required)).then(|| quote!(default));
    let index = if fields.len() > 1 { quote!(index) } else { quote!(_) };
    let (at, at_mut) = (access(&shared), access(&exclusive));
    let access = (!fields.is_empty()).then(|| {
        quote! {
            #[inline]
            fn at(&self, #index: usize) -> t::At<'_> {
                #at
            }

            #[inline]
            fn at_mut(&mut self, #index: usize) -> t::AtMut<'_> {
                #at_mut
            }
        }
    });
    quote! {
        const _: () = {
            use #runtime::__private as t;

            #statics

            t::structure!(#ident #default);

            impl t::Record for #ident {
                #table

                #[inline]
                fn blank() -> Self {
                    Self { #(#idents: #empty,)* }
                }

                #access
            }
        };
    }
}

/// The member of an index. The last one stands for all that is behind it, which spares an arm: the
/// runtime asks for none of those.
fn access(places: &[TokenStream]) -> TokenStream {
    let Some((last, others)) = places.split_last() else { return quote!() };
    if others.is_empty() {
        return quote!(#last);
    }
    let indices = (0..others.len()).map(Literal::usize_unsuffixed);
    quote! {
        match index {
            #(#indices => #others,)*
            _ => #last,
        }
    }
}
