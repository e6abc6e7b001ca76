//! `#[derive(ServiceError)]`

use crate::attributes::{text, texts, unknown};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Ident, LitInt, LitStr, Path, Variant};

const KEYS: &[&str] =
    &["shape", "code", "status", "has", "message", "retryable", "throttling", "other"];

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        return Err(syn::Error::new_spanned(&input.ident, "a service's error type is an enum"));
    };
    let (runtime, service) = container(input)?;
    let variants = data.variants.iter().map(Facts::parse).collect::<syn::Result<Vec<_>>>()?;
    let (other, named): (Vec<_>, Vec<_>) = variants.iter().partition(|variant| variant.other);
    let [other] = &other[..] else {
        return Err(syn::Error::new_spanned(
            &input.ident,
            "mark one variant with #[service_error(other)]: it holds a `typefoundry::Error`",
        ));
    };
    let other = other.ident;
    let ident = &input.ident;
    let idents: Vec<_> = named.iter().map(|variant| variant.ident).collect();
    let shapes: Vec<_> = named.iter().map(|variant| &variant.shape).collect();
    let schemas = named.iter().map(|variant| variant.schema());
    Ok(quote! {
        #[automatically_derived]
        impl #ident {
            /// What every error has, whatever it is about.
            pub fn as_error(&self) -> &#runtime::Error {
                match self {
                    #(Self::#idents(modeled) => &modeled.error,)*
                    Self::#other(error) => error,
                }
            }

            /// The code that the service names the error by.
            pub fn code(&self) -> ::core::option::Option<&str> {
                self.as_error().code()
            }

            /// What happened, in the service's words or the client's.
            pub fn message(&self) -> ::core::option::Option<&str> {
                self.as_error().message()
            }

            /// The HTTP status, if there was an answer.
            pub fn status(&self) -> ::core::option::Option<u16> {
                self.as_error().status()
            }

            /// The id under which the provider knows the request.
            pub fn request_id(&self) -> ::core::option::Option<&str> {
                self.as_error().request_id()
            }

            /// Whether trying again may help.
            pub fn is_retryable(&self) -> bool {
                self.as_error().is_retryable()
            }

            /// Whether the service asks to slow down.
            pub fn is_throttling(&self) -> bool {
                self.as_error().is_throttling()
            }
        }

        const _: () = {
            use #runtime::__private as t;

            #[automatically_derived]
            impl t::ServiceErrors for #ident {
                const ERRORS: &'static [t::ErrorSchema] = &[#(#schemas),*];
            }

            #[automatically_derived]
            impl ::core::convert::From<#runtime::Error> for #ident {
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
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::fmt::Display::fmt(self.as_error(), f)
                }
            }

            #[automatically_derived]
            impl ::std::error::Error for #ident {
                fn source(&self) -> ::core::option::Option<&(dyn ::std::error::Error + 'static)> {
                    ::std::error::Error::source(self.as_error())
                }
            }
        };
    })
}

fn container(input: &DeriveInput) -> syn::Result<(TokenStream, Path)> {
    let mut service = None;
    let mut runtime = quote!(::typefoundry);
    let ours = |attribute: &&syn::Attribute| attribute.path().is_ident("service_error");
    for attribute in input.attrs.iter().filter(ours) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("service") {
                service = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("crate") {
                let path: Path = meta.value()?.parse()?;
                runtime = quote!(#path);
            } else {
                return Err(unknown(&meta, "service_error", &["service", "crate"]));
            }
            Ok(())
        })?;
    }
    let service = service.ok_or_else(|| {
        syn::Error::new_spanned(
            &input.ident,
            "say whose error it is: #[service_error(service = Type)]",
        )
    })?;
    Ok((runtime, service))
}

/// What a variant says.
struct Facts<'a> {
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

impl<'a> Facts<'a> {
    fn parse(variant: &'a Variant) -> syn::Result<Self> {
        let ident = &variant.ident;
        let mut facts = Self {
            ident,
            shape: LitStr::new(&ident.to_string(), ident.span()),
            codes: Vec::new(),
            status: 0,
            has: String::new(),
            message: String::new(),
            retryable: false,
            throttling: false,
            other: false,
        };
        let ours = |attribute: &&syn::Attribute| attribute.path().is_ident("service_error");
        for attribute in variant.attrs.iter().filter(ours) {
            attribute.parse_nested_meta(|meta| {
                let key = meta.path.get_ident().map_or_else(String::new, ToString::to_string);
                match key.as_str() {
                    "shape" => facts.shape = text(&meta)?,
                    "code" => facts.codes = texts(&meta)?,
                    "status" => facts.status = meta.value()?.parse::<LitInt>()?.base10_parse()?,
                    "has" => facts.has = text(&meta)?.value(),
                    "message" => facts.message = text(&meta)?.value(),
                    "retryable" => facts.retryable = true,
                    "throttling" => facts.throttling = true,
                    "other" => facts.other = true,
                    _ => return Err(unknown(&meta, "service_error", KEYS)),
                }
                Ok(())
            })?;
        }
        if facts.codes.is_empty() {
            facts.codes = vec![facts.shape.clone()];
        }
        if !matches!(&variant.fields, syn::Fields::Unnamed(fields) if fields.unnamed.len() == 1) {
            let holds =
                if facts.other { "a `typefoundry::Error`" } else { "a `Box<Modeled<…>>`" };
            let message = format!("the variant holds {holds} and nothing else");
            return Err(syn::Error::new_spanned(variant, message));
        }
        Ok(facts)
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
