//! `#[derive(ServiceError)]`

use crate::attributes::{Keys, refuse_generics, status, text, texts};
use crate::errors::Errors;
use crate::fields::wrapped;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::HashSet;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Ident, LitStr, Path, Type, Variant};

const TYPE: Keys = Keys::new("service_error", &["service", "crate"]);
const VARIANT: Keys = Keys::new(
    "service_error",
    &["shape", "code", "status", "has", "message", "retryable", "throttling", "other"],
);

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let mut errors = Errors::default();
    refuse_generics(input, &mut errors);
    let facts = Facts::read(input, &mut errors);
    facts.check(input, &mut errors);
    errors.finish()?;
    Ok(facts.expand(input))
}

/// What stands in for it where there is a mistake: an error that says nothing.
pub(crate) fn fallback(input: &DeriveInput) -> TokenStream {
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let mut reported = Errors::default();
    let runtime = Facts::read(input, &mut reported).runtime;
    drop(reported);
    let ident = &input.ident;
    let accessors = accessors(ident, &runtime, &quote!(loop {}));
    quote! {
        #accessors

        const _: () = {
            use #runtime::__private as t;

            impl t::ServiceErrors for #ident {
                const ERRORS: &'static [t::ErrorSchema] = &[];
            }

            impl ::core::convert::From<#runtime::Error> for #ident {
                fn from(_: #runtime::Error) -> Self {
                    loop {}
                }
            }

            impl ::core::fmt::Display for #ident {
                fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::result::Result::Ok(())
                }
            }

            impl ::std::error::Error for #ident {}
        };
    }
}

/// What the attributes say.
struct Facts<'a> {
    runtime: TokenStream,
    service: Option<Path>,
    variants: Vec<Named<'a>>,
}

impl<'a> Facts<'a> {
    fn read(input: &'a DeriveInput, errors: &mut Errors) -> Self {
        let mut facts =
            Self { runtime: quote!(::typefoundry), service: None, variants: Vec::new() };
        TYPE.read(&input.attrs, errors, |key, meta, _| {
            if key == "service" {
                facts.service = Some(meta.value()?.parse()?);
            } else {
                let path: Path = meta.value()?.parse()?;
                facts.runtime = quote!(#path);
            }
            Ok(())
        });
        if let Data::Enum(data) = &input.data {
            let variants = data.variants.iter().map(|variant| Named::read(variant, errors));
            facts.variants = variants.collect();
        } else {
            let message = "a service's error type is an enum";
            errors.push(syn::Error::new_spanned(&input.ident, message));
        }
        facts
    }

    fn check(&self, input: &DeriveInput, errors: &mut Errors) {
        if !matches!(input.data, Data::Enum(_)) {
            return;
        }
        if self.service.is_none() {
            let message = "say whose errors these are: #[service_error(service = Type)]";
            errors.push(syn::Error::new_spanned(&input.ident, message));
        }
        let mut others = self.variants.iter().filter(|variant| variant.other);
        if others.next().is_none() {
            let message =
                "mark one variant with #[service_error(other)]: it holds a `typefoundry::Error`";
            errors.push(syn::Error::new_spanned(&input.ident, message));
        }
        for other in others {
            let message = "another variant is marked as the other one already";
            errors.push(syn::Error::new_spanned(other.ident, message));
        }
        let mut shapes = HashSet::new();
        for variant in self.variants.iter().filter(|variant| !variant.other) {
            let shape = variant.shape.value();
            if !shapes.insert(shape.clone()) {
                let message = format!("the shape `{shape}` belongs to another variant");
                errors.push(syn::Error::new(variant.shape.span(), message));
            }
        }
    }

    fn expand(&self, input: &DeriveInput) -> TokenStream {
        let Self { runtime, service, variants } = self;
        let (other, named): (Vec<_>, Vec<_>) = variants.iter().partition(|variant| variant.other);
        let other = other.first().map(|other| other.ident);
        let ident = &input.ident;
        let idents: Vec<_> = named.iter().map(|variant| variant.ident).collect();
        let shapes: Vec<_> = named.iter().map(|variant| &variant.shape).collect();
        let schemas = named.iter().map(|variant| variant.schema());
        // Inlined, so that it is compiled where somebody asks for it alone.
        let structures = (!idents.is_empty()).then(|| {
            quote! {
                #[inline]
                fn structures(visit: &mut dyn ::core::ops::FnMut(&mut dyn t::Value)) {
                    #(t::show_structure(Self::#idents, visit);)*
                }
            }
        });
        let accessors = accessors(
            ident,
            runtime,
            &quote! {
                match self {
                    #(Self::#idents(modeled) => &modeled.error,)*
                    Self::#other(error) => error,
                }
            },
        );
        quote! {
        #accessors

        const _: () = {
            use #runtime::__private as t;

            #[automatically_derived]
            impl t::ServiceErrors for #ident {
                const ERRORS: &'static [t::ErrorSchema] = &[#(#schemas),*];
                #structures
            }

            #[automatically_derived]
            impl ::core::convert::From<#runtime::Error> for #ident {
                #[inline]
                fn from(error: #runtime::Error) -> Self {
                    let service = <#service as t::Service>::schema();
                    #(
                        if error.shape() == ::core::option::Option::Some(#shapes) {
                            return #runtime::Modeled::decode(error, service)
                                .map_or_else(Self::#other, Self::#idents);
                        }
                    )*
                    Self::#other(error)
                }
            }

            #[automatically_derived]
            impl ::core::fmt::Display for #ident {
                #[inline]
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::fmt::Display::fmt(self.as_error(), f)
                }
            }

            #[automatically_derived]
            impl ::std::error::Error for #ident {
                #[inline]
                fn source(&self) -> ::core::option::Option<&(dyn ::std::error::Error + 'static)> {
                    ::std::error::Error::source(self.as_error())
                }
            }
        };
        }
    }
}

/// What an error can be asked.
fn accessors(ident: &Ident, runtime: &TokenStream, as_error: &TokenStream) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #ident {
            /// What every error has, whatever it is about.
            #[inline]
            pub fn as_error(&self) -> &#runtime::Error {
                #as_error
            }

            /// The code that the service names the error by.
            #[inline]
            pub fn code(&self) -> ::core::option::Option<&str> {
                self.as_error().code()
            }

            /// What happened, in the service's words or the client's.
            #[inline]
            pub fn message(&self) -> ::core::option::Option<&str> {
                self.as_error().message()
            }

            /// The HTTP status, if there was an answer.
            #[inline]
            pub fn status(&self) -> ::core::option::Option<u16> {
                self.as_error().status()
            }

            /// The id under which the provider knows the request.
            #[inline]
            pub fn request_id(&self) -> ::core::option::Option<&str> {
                self.as_error().request_id()
            }

            /// Whether trying again may help.
            #[inline]
            pub fn is_retryable(&self) -> bool {
                self.as_error().is_retryable()
            }

            /// Whether the service asks to slow down.
            #[inline]
            pub fn is_throttling(&self) -> bool {
                self.as_error().is_throttling()
            }
        }
    }
}

/// What the attributes of a variant say.
struct Named<'a> {
    ident: &'a Ident,
    shape: LitStr,
    codes: Vec<LitStr>,
    status: u16,
    has: String,
    message: String,
    retryable: bool,
    throttling: bool,
    other: bool,
}

impl<'a> Named<'a> {
    fn read(variant: &'a Variant, errors: &mut Errors) -> Self {
        let ident = &variant.ident;
        let mut facts = Self {
            ident,
            shape: LitStr::new(&ident.unraw().to_string(), ident.span()),
            codes: Vec::new(),
            status: 0,
            has: String::new(),
            message: String::new(),
            retryable: false,
            throttling: false,
            other: false,
        };
        let mut keys = 0;
        VARIANT.read(&variant.attrs, errors, |key, meta, _| {
            keys += 1;
            match key {
                "shape" => facts.shape = text(meta)?,
                "code" => facts.codes = texts(meta)?,
                "status" => facts.status = status(meta)?,
                "has" => facts.has = text(meta)?.value(),
                "message" => facts.message = text(meta)?.value(),
                "retryable" => facts.retryable = true,
                "throttling" => facts.throttling = true,
                _ => facts.other = true,
            }
            Ok(())
        });
        if facts.other && keys > 1 {
            let message = "the other variant stands for no error of its own: it has no other keys";
            errors.push(syn::Error::new_spanned(ident, message));
        }
        if facts.codes.is_empty() {
            facts.codes = vec![facts.shape.clone()];
        }
        if !is_single(&variant.fields, |ty| facts.other || is_boxed_modeled(ty)) {
            let holds =
                if facts.other { "a `typefoundry::Error`" } else { "a `Box<Modeled<…>>`" };
            let message = format!("the variant holds {holds} and nothing else");
            errors.push(syn::Error::new_spanned(variant, message));
        }
        facts
    }

    fn schema(&self) -> TokenStream {
        let Self { shape, codes, status, has, message, retryable, throttling, .. } = self;
        quote!(t::ErrorSchema {
            shape: t::Cow::Borrowed(#shape),
            codes: t::Cow::Borrowed(&[#(t::Cow::Borrowed(#codes)),*]),
            status: #status,
            has: t::Cow::Borrowed(#has),
            message: t::Cow::Borrowed(#message),
            retryable: #retryable,
            throttling: #throttling,
        })
    }
}

/// Whether there is one unnamed field, of a type that will do.
fn is_single(fields: &Fields, will_do: impl Fn(&Type) -> bool) -> bool {
    match fields {
        Fields::Unnamed(fields) => {
            fields.unnamed.len() == 1 && fields.unnamed.iter().all(|field| will_do(&field.ty))
        }
        _ => false,
    }
}

fn is_boxed_modeled(ty: &Type) -> bool {
    wrapped(ty, "Box").is_some_and(|inner| wrapped(inner, "Modeled").is_some())
}
