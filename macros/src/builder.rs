//! `#[derive(Build)]`

use crate::attributes::{docs, refuse_generics, runtime};
use crate::fields::{StructField, struct_fields};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{DeriveInput, Ident};

/// Methods of builders and calls, whose names members must leave alone.
const RESERVED: &[&str] = &["build", "send", "customize", "pages", "items"];

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    refuse_generics(input)?;
    let runtime = runtime(input)?;
    let fields = struct_fields(input)?;
    let builder = Builder::new(input, &fields);
    Ok(builder.expand(&runtime))
}

/// The builder of a structure: each required member that is missing is a type of its own among
/// the parameters, so that the compiler can say its name.
pub(crate) struct Builder<'a> {
    input: &'a DeriveInput,
    fields: &'a [StructField<'a>],
    required: Vec<&'a StructField<'a>>,
    /// One type parameter per required member
    params: Vec<Ident>,
    pub(crate) name: Ident,
    markers: Ident,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(input: &'a DeriveInput, fields: &'a [StructField<'a>]) -> Self {
        let required: Vec<_> = fields.iter().filter(|field| field.is_required()).collect();
        let params = (0..required.len()).map(|index| format_ident!("__R{index}")).collect();
        let ident = input.ident.unraw();
        Self {
            input,
            fields,
            required,
            params,
            name: format_ident!("{ident}Builder"),
            markers: format_ident!("__{ident}"),
        }
    }

    pub(crate) fn expand(&self, runtime: &TokenStream) -> TokenStream {
        let Self { input, name, markers, params, .. } = self;
        let ident = &input.ident;
        let vis = &input.vis;
        let missing: Vec<_> = self.required.iter().map(|field| field.ident).collect();
        let title = format!("Puts a [`{ident}`] together; what is required must be set.");
        let setters = self.fields.iter().map(|field| self.setter(field));
        let bounds = self.bounds(runtime);
        let builder_docs =
            format!("A builder. `{ident}` has no other way in: members may be added.");
        quote! {
            #[doc(hidden)]
            #[allow(non_camel_case_types, non_snake_case, missing_docs, missing_debug_implementations)]
            #vis mod #markers {
                #(pub struct #missing;)*
            }

            #[doc = #title]
            #[derive(Clone, Debug)]
            #[must_use = "a builder does nothing until it is built or sent"]
            #vis struct #name<C, #(#params = #markers::#missing),*> {
                purpose: C,
                value: #ident,
                set: #runtime::__private::PhantomData<fn() -> (#(#params,)*)>,
            }

            #[automatically_derived]
            impl #ident {
                #[doc = #builder_docs]
                #vis fn builder() -> #name<()> {
                    <Self as #runtime::__private::Build>::start(())
                }
            }

            #[automatically_derived]
            impl #runtime::__private::Build for #ident {
                type Builder<C> = #name<C>;

                fn start<C>(purpose: C) -> #name<C> {
                    #name {
                        purpose,
                        value: #runtime::__private::Empty::empty(),
                        set: #runtime::__private::PhantomData,
                    }
                }
            }

            #[automatically_derived]
            impl<C, #(#params),*> #name<C, #(#params),*> {
                #(#setters)*

                /// The finished value.
                #vis fn build(self) -> #ident
                where
                    #bounds
                {
                    self.value
                }
            }
        }
    }

    /// That every required member is set.
    pub(crate) fn bounds(&self, runtime: &TokenStream) -> TokenStream {
        let params = &self.params;
        quote!(#(#params: #runtime::__private::Provided,)*)
    }

    pub(crate) fn params(&self) -> &[Ident] {
        &self.params
    }

    fn setter(&self, field: &StructField<'_>) -> TokenStream {
        let Self { input, name, params, .. } = self;
        let runtime = runtime(input).unwrap_or_else(|_| quote!(::typefoundry));
        let vis = &input.vis;
        let ident = field.ident;
        let setter = setter_name(ident);
        let given: Vec<_> = docs(&field.field.attrs).collect();
        let documentation = if given.is_empty() {
            let line = format!("Sets `{}`.", field.member.name.value());
            quote!(#[doc = #line])
        } else {
            quote!(#(#given)*)
        };
        if let Some(position) = self.required.iter().position(|required| required.ident == ident) {
            let ty = &field.field.ty;
            let after = params.iter().enumerate().map(|(index, param)| {
                if index == position { quote!(#runtime::__private::Given) } else { quote!(#param) }
            });
            return quote! {
                #documentation
                #vis fn #setter(mut self, value: impl ::core::convert::Into<#ty>) -> #name<C, #(#after),*> {
                    self.value.#ident = value.into();
                    #name { purpose: self.purpose, value: self.value, set: #runtime::__private::PhantomData }
                }
            };
        }
        let ty = field.optional().unwrap_or(&field.field.ty);
        let whole = &field.field.ty;
        let value = if field.optional().is_some() {
            quote!(::core::option::Option::Some(value.into()))
        } else {
            quote!(value.into())
        };
        let twin = format_ident!("set_{}", ident.unraw());
        let twin_docs = format!("Sets or unsets `{}`.", field.member.name.value());
        quote! {
            #documentation
            #vis fn #setter(mut self, value: impl ::core::convert::Into<#ty>) -> Self {
                self.value.#ident = #value;
                self
            }

            #[doc = #twin_docs]
            #vis fn #twin(mut self, value: #whole) -> Self {
                self.value.#ident = value;
                self
            }
        }
    }
}

fn setter_name(ident: &Ident) -> Ident {
    if RESERVED.iter().any(|reserved| ident == reserved) {
        format_ident!("with_{ident}")
    } else {
        ident.clone()
    }
}
