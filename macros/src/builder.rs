//! `#[derive(Build)]`

use crate::attributes::{self, docs, refuse_generics, runtime};
use crate::errors::Errors;
use crate::fields::{StructField, struct_fields};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::collections::HashMap;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Ident};

/// Methods of builders and calls, whose names members must leave alone.
const RESERVED: &[&str] = &["build", "send", "customize", "pages", "items", "max_wait"];

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let mut errors = Errors::default();
    refuse_generics(input, &mut errors);
    let fields = struct_fields(input, &mut errors);
    let builder = Builder::new(input, &fields, &mut errors);
    errors.finish()?;
    Ok(builder.expand())
}

/// What stands in for it where there is a mistake: the builder of those members that are clear.
pub(crate) fn fallback(input: &DeriveInput) -> TokenStream {
    if !input.generics.params.is_empty() || !matches!(input.data, Data::Struct(_)) {
        return TokenStream::new();
    }
    let fields = clear_fields(input);
    Builder::total(input, &fields).expand()
}

/// The builder of a structure: whether a required member has been set is a type parameter, and
/// each has a trait of its own, so that the compiler can say in plain words which one is missing.
pub(crate) struct Builder<'a> {
    input: &'a DeriveInput,
    runtime: TokenStream,
    fields: &'a [StructField<'a>],
    required: Vec<&'a StructField<'a>>,
    /// What is given to the call and is no member, by the method for it; it comes last.
    needed: Option<Ident>,
    /// One type parameter per required member, and one for what the call needs besides
    params: Vec<Ident>,
    pub(crate) name: Ident,
    markers: Ident,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(
        input: &'a DeriveInput,
        fields: &'a [StructField<'a>],
        errors: &mut Errors,
    ) -> Self {
        for (field, setter, first) in shared_setters(fields) {
            let message = format!(
                "the setter `{setter}` belongs to `{first}` already: rename the field, and keep \
                 its name in the model with #[model(name = \"…\")]"
            );
            errors.push(syn::Error::new(field.span(), message));
        }
        Self::total(input, fields)
    }

    /// The builder of members that were looked at before.
    pub(crate) fn total(input: &'a DeriveInput, fields: &'a [StructField<'a>]) -> Self {
        let required: Vec<_> = fields.iter().filter(|field| field.is_required()).collect();
        let params = (0..required.len()).map(|index| format_ident!("__R{index}")).collect();
        let ident = input.ident.unraw();
        Self {
            input,
            runtime: runtime(input),
            fields,
            required,
            needed: None,
            params,
            name: attributes::builder(input),
            markers: format_ident!("__{ident}"),
        }
    }

    /// A builder whose value is sent by another method than `send`, which takes what is no member.
    pub(crate) fn needing(mut self, method: Option<&str>) -> Self {
        self.needed = method.map(|method| format_ident!("{method}"));
        if self.needed.is_some() {
            self.params.push(format_ident!("__R{}", self.required.len()));
        }
        self
    }

    pub(crate) fn expand(&self) -> TokenStream {
        let Self { input, runtime, name, markers, params, .. } = self;
        let ident = &input.ident;
        let vis = &input.vis;
        let traits: Vec<_> = self.traits().collect();
        let required = self.required.iter().map(|field| {
            let note = format!("call `.{}(…)` before this", setter_name(field.ident));
            ("member ", field.ident, note)
        });
        let needed = self.needed.iter().map(|method| {
            let note = format!("call `.{method}(…)` before this");
            ("", method, note)
        });
        let messages = required.chain(needed).map(|(what, name, note)| {
            let name = name.unraw();
            let message = format!("the required {what}`{name}` has not been set");
            let label = format!("`{name}` is missing");
            quote!(message = #message, label = #label, note = #note)
        });
        let title = format!("Puts a [`{ident}`] together; what is required must be set.");
        let setters = self.fields.iter().map(|field| self.setter(field));
        let bounds = self.bounds();
        let builder_docs =
            format!("A builder. `{ident}` has no other way in: members may be added.");
        let markers = (!params.is_empty()).then(|| {
            quote! {
                #[doc(hidden)]
                #[allow(non_camel_case_types, non_snake_case, missing_docs, missing_debug_implementations)]
                #vis mod #markers {
                    #(
                        #[diagnostic::on_unimplemented(#messages)]
                        pub trait #traits {}
                    )*
                }

                #(impl #markers::#traits for #runtime::__private::Given {})*
            }
        });
        quote! {
            #markers

            #[doc = #title]
            #[allow(missing_debug_implementations)]
            #[must_use = "a builder does nothing until it is built or sent"]
            #vis struct #name<C, #(#params = #runtime::__private::Missing),*> {
                purpose: C,
                value: #ident,
                set: #runtime::__private::PhantomData<fn() -> (#(#params,)*)>,
            }

            #runtime::__private::build!(#vis #ident #name #builder_docs);

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
    pub(crate) fn bounds(&self) -> TokenStream {
        self.bounds_of(self.required.len())
    }

    /// That the call has all that it needs, too.
    pub(crate) fn sending_bounds(&self) -> TokenStream {
        self.bounds_of(self.params.len())
    }

    fn bounds_of(&self, count: usize) -> TokenStream {
        let (markers, params) = (&self.markers, self.params.iter().take(count));
        let traits = self.traits();
        quote!(#(#params: #markers::#traits,)*)
    }

    /// The traits of the type parameters.
    fn traits(&self) -> impl Iterator<Item = &Ident> {
        self.required.iter().map(|field| field.ident).chain(&self.needed)
    }

    pub(crate) fn params(&self) -> &[Ident] {
        &self.params
    }

    fn setter(&self, field: &StructField<'_>) -> TokenStream {
        let Self { input, runtime, name, params, .. } = self;
        let vis = &input.vis;
        let ident = field.ident;
        let setter = setter_name(ident);
        let given: Vec<_> = docs(&field.field.attrs).collect();
        let documentation = if given.is_empty() {
            let line = format!("Sets `{}`.", field.member.name.text);
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
        let twin = twin_name(ident);
        let twin_docs = format!("Sets or unsets `{}`.", field.member.name.text);
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

/// The fields with a setter that another has already: `set_tags` is the twin of `tags`, and may be
/// a member too.
fn shared_setters<'a>(fields: &[StructField<'a>]) -> Vec<(&'a Ident, Ident, &'a Ident)> {
    let mut taken = HashMap::new();
    let mut shared = Vec::new();
    for field in fields {
        let twin = (!field.is_required()).then(|| twin_name(field.ident));
        for setter in std::iter::once(setter_name(field.ident)).chain(twin) {
            if let Some(first) = taken.insert(setter.to_string(), field.ident) {
                shared.push((field.ident, setter, first));
            }
        }
    }
    shared
}

/// The fields without those that cannot have a setter, for a builder beside a mistake.
pub(crate) fn clear_fields(input: &DeriveInput) -> Vec<StructField<'_>> {
    let mut reported = Errors::default();
    let mut fields = struct_fields(input, &mut reported);
    drop(reported);
    let unclear: Vec<_> = shared_setters(&fields).into_iter().map(|(field, _, _)| field).collect();
    fields.retain(|field| !unclear.contains(&field.ident));
    fields
}

fn twin_name(ident: &Ident) -> Ident {
    format_ident!("set_{}", ident.unraw())
}

fn setter_name(ident: &Ident) -> Ident {
    if RESERVED.iter().any(|reserved| ident == reserved) {
        format_ident!("with_{ident}")
    } else {
        ident.clone()
    }
}
