//! What stands in for a model that has a mistake.
//!
//! The mistake is reported; whoever uses the type should not hear of it again. None of this ever
//! runs, since the crate does not compile.

use super::is_choice;
use crate::attributes::runtime;
use crate::fields::is_required;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput};

pub(crate) fn fallback(input: &DeriveInput) -> TokenStream {
    // A parameter would have to be bounded, which is a mistake of its own to explain.
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let runtime = runtime(input);
    let ident = &input.ident;
    let kind = match &input.data {
        Data::Struct(data) => {
            let (structure, others) = (structure(input), brought_along(input));
            let default = (!data.fields.iter().any(|field| is_required(&field.ty))).then(|| {
                quote! {
                    impl ::core::default::Default for #ident {
                        fn default() -> Self {
                            loop {}
                        }
                    }
                }
            });
            quote!(#structure #others #default)
        }
        Data::Enum(data) => {
            let (value, others) = (value(input), brought_along(input));
            let choice = is_choice(data).then(|| choice(input));
            quote!(#value #others #choice)
        }
        Data::Union(_) => return TokenStream::new(),
    };
    quote! {
        const _: () = {
            use #runtime::__private as t;

            impl ::core::fmt::Debug for #ident {
                fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::result::Result::Ok(())
                }
            }

            #kind
        };
    }
}

fn structure(input: &DeriveInput) -> TokenStream {
    let ident = &input.ident;
    quote! {
        impl t::Record for #ident {
            type Size = t::Members<0, 0>;
            const FACTS: t::Facts = ["", "", ""];

            fn blank() -> Self {
                loop {}
            }
        }
    }
}

fn brought_along(input: &DeriveInput) -> TokenStream {
    let ident = &input.ident;
    quote! {
        impl ::core::clone::Clone for #ident {
            fn clone(&self) -> Self {
                loop {}
            }
        }

        impl ::core::cmp::PartialEq for #ident {
            fn eq(&self, _: &Self) -> bool {
                true
            }
        }
    }
}

fn value(input: &DeriveInput) -> TokenStream {
    let ident = &input.ident;
    quote! {
        impl t::Value for #ident {
            fn view(&self) -> t::View<'_> {
                t::View::Absent
            }

            fn slot(&mut self) -> t::Slot<'_> {
                loop {}
            }

            fn clear(&mut self) {}
        }

        impl t::Empty for #ident {
            fn empty() -> Self {
                loop {}
            }
        }
    }
}

fn choice(input: &DeriveInput) -> TokenStream {
    let ident = &input.ident;
    quote! {
        impl ::core::cmp::Eq for #ident {}

        impl ::core::hash::Hash for #ident {
            fn hash<H: ::core::hash::Hasher>(&self, _: &mut H) {}
        }

        impl #ident {
            pub const VALUES: &'static [&'static str] = &[];

            pub fn as_str(&self) -> &str {
                ""
            }
        }

        impl ::core::convert::From<&str> for #ident {
            fn from(_: &str) -> Self {
                loop {}
            }
        }

        impl ::core::fmt::Display for #ident {
            fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::result::Result::Ok(())
            }
        }
    }
}
