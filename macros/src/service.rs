//! `#[derive(Service)]`

use crate::attributes::{text, texts, unknown};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, LitStr, Path};

const KEYS: &[&str] = &[
    "id", "title", "version", "protocol", "endpoint", "region", "error", "auth", "header",
    "errors", "crate",
];

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let mut facts = Facts::default();
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("service")) {
        attribute.parse_nested_meta(|meta| facts.key(&meta))?;
    }
    facts.expand(input)
}

#[derive(Default)]
struct Facts {
    runtime: Option<Path>,
    id: Option<LitStr>,
    title: Option<LitStr>,
    version: Option<LitStr>,
    protocol: Option<LitStr>,
    endpoint: Option<LitStr>,
    region: Option<LitStr>,
    error: Option<Path>,
    auth: Vec<(LitStr, Vec<(String, LitStr)>)>,
    headers: Vec<Vec<LitStr>>,
    envelope: Option<LitStr>,
    code: Vec<LitStr>,
    message: Vec<LitStr>,
}

impl Facts {
    fn key(&mut self, meta: &syn::meta::ParseNestedMeta<'_>) -> syn::Result<()> {
        let key = meta.path.get_ident().map_or_else(String::new, ToString::to_string);
        match key.as_str() {
            "crate" => self.runtime = Some(meta.value()?.parse()?),
            "id" => self.id = Some(text(meta)?),
            "title" => self.title = Some(text(meta)?),
            "version" => self.version = Some(text(meta)?),
            "protocol" => self.protocol = Some(text(meta)?),
            "endpoint" => self.endpoint = Some(text(meta)?),
            "region" => self.region = Some(text(meta)?),
            "error" => self.error = Some(meta.value()?.parse()?),
            "auth" => self.auth.push(auth(meta)?),
            "header" => {
                let pair = texts(meta)?;
                if pair.len() != 2 {
                    return Err(meta.error("write header(\"name\", \"value\")"));
                }
                self.headers.push(pair);
            }
            "errors" => meta.parse_nested_meta(|meta| {
                if meta.path.is_ident("envelope") {
                    self.envelope = Some(text(&meta)?);
                } else if meta.path.is_ident("code") {
                    self.code = texts(&meta)?;
                } else if meta.path.is_ident("message") {
                    self.message = texts(&meta)?;
                } else {
                    return Err(unknown(&meta, "errors", &["envelope", "code", "message"]));
                }
                Ok(())
            })?,
            _ => return Err(unknown(meta, "service", KEYS)),
        }
        Ok(())
    }

    fn expand(&self, input: &DeriveInput) -> syn::Result<TokenStream> {
        let missing = |key: &str| {
            let message = format!("the service has no `{key}`: add it to #[service(…)]");
            syn::Error::new_spanned(&input.ident, message)
        };
        let ident = &input.ident;
        let runtime =
            self.runtime.as_ref().map_or_else(|| quote!(::typefoundry), |path| quote!(#path));
        let id = self.id.as_ref().ok_or_else(|| missing("id"))?;
        let title = self.title.as_ref().ok_or_else(|| missing("title"))?;
        let endpoint = self.endpoint.as_ref().ok_or_else(|| missing("endpoint"))?;
        let error = self.error.as_ref().ok_or_else(|| missing("error"))?;
        let protocol = match &self.protocol {
            None => quote!(Rest),
            Some(text) => match text.value().as_str() {
                "rest" => quote!(Rest),
                "rest-json" => quote!(RestJson),
                _ => {
                    return Err(syn::Error::new(text.span(), "a protocol is `rest-json` or `rest`"));
                }
            },
        };
        let or_empty =
            |text: &Option<LitStr>| text.as_ref().map_or_else(String::new, LitStr::value);
        let (version, region) = (or_empty(&self.version), or_empty(&self.region));
        let envelope = or_empty(&self.envelope);
        let auth = self.auth.iter().map(|(scheme, settings)| {
            let names = settings.iter().map(|(name, _)| name);
            let values = settings.iter().map(|(_, value)| value);
            quote!(t::AuthOption {
                scheme: t::Cow::Borrowed(#scheme),
                settings: t::Cow::Borrowed(&[#((t::Cow::Borrowed(#names), t::Cow::Borrowed(#values))),*]),
            })
        });
        let headers = self.headers.iter().map(|pair| {
            let (name, value) = (&pair[0], &pair[1]);
            quote!((t::Cow::Borrowed(#name), t::Cow::Borrowed(#value)))
        });
        let (code, message) = (&self.code, &self.message);
        Ok(quote! {
            const _: () = {
                use #runtime::__private as t;

                #[automatically_derived]
                impl t::Service for #ident {
                    type Error = #error;

                    fn schema() -> &'static t::ServiceSchema {
                        static SCHEMA: t::ServiceSchema = t::ServiceSchema {
                            id: t::Cow::Borrowed(#id),
                            title: t::Cow::Borrowed(#title),
                            version: t::Cow::Borrowed(#version),
                            protocol: t::Protocol::#protocol,
                            auth: t::Cow::Borrowed(&[#(#auth),*]),
                            endpoint: t::Cow::Borrowed(#endpoint),
                            default_region: t::Cow::Borrowed(#region),
                            headers: t::Cow::Borrowed(&[#(#headers),*]),
                            errors: t::Cow::Borrowed(<#error as t::ServiceErrors>::ERRORS),
                            error_format: t::ErrorFormat {
                                envelope: t::Cow::Borrowed(#envelope),
                                code: t::Cow::Borrowed(&[#(t::Cow::Borrowed(#code)),*]),
                                message: t::Cow::Borrowed(&[#(t::Cow::Borrowed(#message)),*]),
                            },
                        };
                        &SCHEMA
                    }
                }
            };
        })
    }
}

/// `auth("sigv4", name = "ivs")`
fn auth(meta: &syn::meta::ParseNestedMeta<'_>) -> syn::Result<(LitStr, Vec<(String, LitStr)>)> {
    let content;
    syn::parenthesized!(content in meta.input);
    let scheme: LitStr = content.parse()?;
    let mut settings = Vec::new();
    while !content.is_empty() {
        content.parse::<syn::Token![,]>()?;
        if content.is_empty() {
            break;
        }
        let name: syn::Ident = content.parse()?;
        content.parse::<syn::Token![=]>()?;
        settings.push((name.to_string(), content.parse()?));
    }
    Ok((scheme, settings))
}
