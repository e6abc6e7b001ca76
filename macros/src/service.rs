//! `#[derive(Service)]`

use crate::attributes::{Keys, refuse_generics, text, texts};
use crate::errors::Errors;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::parse::ParseStream;
use syn::{DeriveInput, Ident, LitStr, Path, Token};

const KEYS: Keys = Keys {
    attribute: "service",
    names: &[
        "id",
        "title",
        "version",
        "protocol",
        "endpoint",
        "region",
        "error",
        "auth",
        "header",
        "errors",
        "crate",
        "protocols",
        "target",
        "traits",
        "rules",
        "discovery",
    ],
    many: &["auth", "header"],
};
/// The protocols, by the word that stands for them in a spec.
const PROTOCOLS: &[(&str, &str)] = &[
    ("rest-json", "RestJson"),
    ("rest", "Rest"),
    ("json-1.0", "Json10"),
    ("json-1.1", "Json11"),
    ("query", "Query"),
    ("ec2-query", "Ec2Query"),
    ("rest-xml", "RestXml"),
    ("rpc-v2-cbor", "RpcV2Cbor"),
];
const DISCOVERY: Keys = Keys::new("discovery", &["operation", "required", "optional"]);
const ERRORS: Keys = Keys::new("errors", &["envelope", "code", "message"]);

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let mut errors = Errors::default();
    refuse_generics(input, &mut errors);
    let mut facts = Facts::default();
    facts.read(input, &mut errors);
    facts.check(input, &mut errors);
    errors.finish()?;
    Ok(facts.expand(input))
}

/// What stands in for it where there is a mistake: a service with the error that it names.
pub(crate) fn fallback(input: &DeriveInput) -> TokenStream {
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let mut reported = Errors::default();
    let mut facts = Facts::default();
    facts.read(input, &mut reported);
    drop(reported);
    let (ident, runtime) = (&input.ident, facts.runtime());
    let error = facts.error.as_ref();
    let error = error.map_or_else(|| quote!(#runtime::Error), |error| quote!(#error));
    quote! {
        const _: () = {
            use #runtime::__private as t;

            impl t::Service for #ident {
                type Error = #error;

                fn schema() -> &'static t::ServiceSchema {
                    loop {}
                }
            }
        };
    }
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
    auth: Vec<Auth>,
    headers: Vec<Vec<LitStr>>,
    envelope: Option<LitStr>,
    code: Vec<LitStr>,
    message: Vec<LitStr>,
    protocols: Vec<LitStr>,
    target: Option<LitStr>,
    traits: Vec<LitStr>,
    rules: Rules,
    discovery: Option<Discovery>,
}

/// The operation that is asked for endpoints, and those that these are of.
#[derive(Default)]
struct Discovery {
    operation: String,
    required: Vec<LitStr>,
    optional: Vec<LitStr>,
}

/// The rules of the endpoint.
#[derive(Default)]
enum Rules {
    #[default]
    None,
    /// A text, or the path of a constant that is one
    Text(TokenStream),
    Template(LitStr, Vec<(LitStr, LitStr)>),
}

/// An auth scheme with its settings.
type Auth = (LitStr, Vec<(LitStr, LitStr)>);

impl Facts {
    fn read(&mut self, input: &DeriveInput, errors: &mut Errors) {
        KEYS.read(&input.attrs, errors, |key, meta, errors| self.key(key, meta, errors));
    }

    fn key(
        &mut self,
        key: &str,
        meta: &ParseNestedMeta<'_>,
        errors: &mut Errors,
    ) -> syn::Result<()> {
        match key {
            "crate" => self.runtime = Some(meta.value()?.parse()?),
            "id" => self.id = Some(text(meta)?),
            "title" => self.title = Some(text(meta)?),
            "version" => self.version = Some(text(meta)?),
            "protocol" => self.protocol = Some(text(meta)?),
            "endpoint" => self.endpoint = Some(text(meta)?),
            "region" => self.region = Some(text(meta)?),
            "error" => self.error = Some(meta.value()?.parse()?),
            "protocols" => self.protocols = texts(meta)?,
            "target" => self.target = Some(text(meta)?),
            "traits" => self.traits = texts(meta)?,
            "rules" => self.rules = rules(meta)?,
            "discovery" => {
                let mut discovery = Discovery::default();
                DISCOVERY.read_nested(meta, errors, |key, meta, _| {
                    match key {
                        "operation" => discovery.operation = text(meta)?.value(),
                        "required" => discovery.required = texts(meta)?,
                        _ => discovery.optional = texts(meta)?,
                    }
                    Ok(())
                })?;
                self.discovery = Some(discovery);
            }
            "auth" => self.auth.push(auth(meta)?),
            "header" => {
                let pair = texts(meta)?;
                if pair.len() != 2 {
                    return Err(meta.error("write header(\"name\", \"value\")"));
                }
                self.headers.push(pair);
            }
            _ => ERRORS.read_nested(meta, errors, |key, meta, _| {
                match key {
                    "envelope" => self.envelope = Some(text(meta)?),
                    "code" => self.code = texts(meta)?,
                    _ => self.message = texts(meta)?,
                }
                Ok(())
            })?,
        }
        Ok(())
    }

    fn check(&self, input: &DeriveInput, errors: &mut Errors) {
        let given = [
            ("id", self.id.is_some()),
            ("title", self.title.is_some()),
            ("endpoint", self.endpoint.is_some()),
            ("error", self.error.is_some()),
        ];
        for (key, _) in given.iter().filter(|(_, given)| !given) {
            let message = format!("the service has no `{key}`: add it to #[service(…)]");
            errors.push(syn::Error::new_spanned(&input.ident, message));
        }
        for protocol in self.protocol.iter().chain(&self.protocols) {
            if self::protocol(protocol).is_none() {
                let known: Vec<_> = PROTOCOLS.iter().map(|(word, _)| *word).collect();
                let message = format!("a protocol is one of: {}", known.join(", "));
                errors.push(syn::Error::new(protocol.span(), message));
            }
        }
    }

    fn runtime(&self) -> TokenStream {
        self.runtime.as_ref().map_or_else(|| quote!(::typefoundry), |path| quote!(#path))
    }

    fn expand(&self, input: &DeriveInput) -> TokenStream {
        let ident = &input.ident;
        let runtime = self.runtime();
        let Self { id, title, endpoint, error, .. } = self;
        let own = self.protocol.as_ref().and_then(protocol);
        let protocol = own.unwrap_or_else(|| Ident::new("Rest", ident.span()));
        let protocols = self.protocols.iter().filter_map(self::protocol);
        let traits = &self.traits;
        let or_empty =
            |text: &Option<LitStr>| text.as_ref().map_or_else(String::new, LitStr::value);
        let (version, region) = (or_empty(&self.version), or_empty(&self.region));
        let (envelope, target) = (or_empty(&self.envelope), or_empty(&self.target));
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
        let discovery = match &self.discovery {
            None => quote!(::core::option::Option::None),
            Some(Discovery { operation, required, optional }) => {
                quote!(::core::option::Option::Some(t::Discovery {
                    operation: t::Cow::Borrowed(#operation),
                    required: t::Cow::Borrowed(&[#(t::Cow::Borrowed(#required)),*]),
                    optional: t::Cow::Borrowed(&[#(t::Cow::Borrowed(#optional)),*]),
                }))
            }
        };
        let (code, message) = (&self.code, &self.message);
        let rules = match &self.rules {
            Rules::None => quote!(t::Rules::None),
            Rules::Text(text) => quote!(t::Rules::Text(t::Cow::Borrowed(#text))),
            Rules::Template(id, values) => {
                let names = values.iter().map(|(name, _)| name);
                let values = values.iter().map(|(_, value)| value);
                quote!(t::Rules::Template {
                    id: t::Cow::Borrowed(#id),
                    values: t::Cow::Borrowed(&[#((t::Cow::Borrowed(#names), t::Cow::Borrowed(#values))),*]),
                })
            }
        };
        quote! {
            const _: () = {
                use #runtime::__private as t;

                #[automatically_derived]
                impl t::Service for #ident {
                    type Error = #error;

                    #[inline]
                    fn schema() -> &'static t::ServiceSchema {
                        static SCHEMA: t::ServiceSchema = t::ServiceSchema {
                            id: t::Cow::Borrowed(#id),
                            title: t::Cow::Borrowed(#title),
                            version: t::Cow::Borrowed(#version),
                            protocol: t::Protocol::#protocol,
                            protocols: t::Cow::Borrowed(&[#(t::Protocol::#protocols),*]),
                            target: t::Cow::Borrowed(#target),
                            auth: t::Cow::Borrowed(&[#(#auth),*]),
                            endpoint: t::Cow::Borrowed(#endpoint),
                            rules: #rules,
                            default_region: t::Cow::Borrowed(#region),
                            headers: t::Cow::Borrowed(&[#(#headers),*]),
                            errors: t::Cow::Borrowed(<#error as t::ServiceErrors>::ERRORS),
                            error_format: t::ErrorFormat {
                                envelope: t::Cow::Borrowed(#envelope),
                                code: t::Cow::Borrowed(&[#(t::Cow::Borrowed(#code)),*]),
                                message: t::Cow::Borrowed(&[#(t::Cow::Borrowed(#message)),*]),
                            },
                            traits: t::Cow::Borrowed(&[#(t::Cow::Borrowed(#traits)),*]),
                            discovery: #discovery,
                        };
                        &SCHEMA
                    }
                }
            };
        }
    }
}

/// The variant of the runtime's `Protocol` that a word stands for.
fn protocol(word: &LitStr) -> Option<Ident> {
    let known = PROTOCOLS.iter().find(|(known, _)| *known == word.value());
    known.map(|(_, variant)| Ident::new(variant, word.span()))
}

/// `auth("sigv4", name = "ivs")`
fn auth(meta: &ParseNestedMeta<'_>) -> syn::Result<Auth> {
    let content;
    syn::parenthesized!(content in meta.input);
    let scheme: LitStr = content.parse()?;
    let mut settings = Vec::new();
    while !content.is_empty() {
        content.parse::<Token![,]>()?;
        if content.is_empty() {
            break;
        }
        settings.push(setting(&content)?);
    }
    Ok((scheme, settings))
}

/// `rules = "…"`, `rules = RULES` or `rules(template = "standard", host = "ivs")`
fn rules(meta: &ParseNestedMeta<'_>) -> syn::Result<Rules> {
    if meta.input.peek(Token![=]) {
        let value = meta.value()?;
        let text = if value.peek(LitStr) {
            value.parse::<LitStr>()?.to_token_stream()
        } else {
            value.parse::<Path>()?.to_token_stream()
        };
        return Ok(Rules::Text(text));
    }
    let content;
    syn::parenthesized!(content in meta.input);
    let values = content.parse_terminated(setting, Token![,])?;
    let (id, values): (Vec<_>, Vec<_>) =
        values.into_iter().partition(|(name, _)| name.value() == "template");
    let id = id.into_iter().next();
    let (_, id) = id.ok_or_else(|| meta.error("write rules(template = \"…\", …)"))?;
    Ok(Rules::Template(id, values))
}

/// `name = "ivs"`
fn setting(input: ParseStream<'_>) -> syn::Result<(LitStr, LitStr)> {
    let name = input.call(Ident::parse_any)?;
    input.parse::<Token![=]>()?;
    let name = LitStr::new(&name.unraw().to_string(), name.span());
    Ok((name, input.parse()?))
}
