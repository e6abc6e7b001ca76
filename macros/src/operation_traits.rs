//! What few operations say about themselves: see `OperationTraits` of the runtime.

use crate::attributes::{Keys, text, texts};
use crate::errors::Errors;
use crate::waiters::Waiter;
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::{Ident, LitBool, LitStr, Path, Token};

const ROOT: Keys = Keys::new("root", &["name", "namespace"]);
const CHECKSUM: Keys = Keys::new("checksum", &["algorithm", "required", "mode", "response"]);
const STREAMS: Keys = Keys::new("streams", &["input", "sized_input", "required", "output"]);
const EVENTS: Keys = Keys::new("events", &["input", "output"]);

/// What few operations say.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a trait of its own")]
pub(crate) struct Traits {
    given: bool,
    wire: String,
    root: Option<(String, String)>,
    result: String,
    host_prefix: String,
    endpoint: Vec<(String, TokenStream)>,
    auth: Vec<LitStr>,
    unsigned_body: bool,
    checksum: Option<Checksum>,
    compressed: bool,
    streams_input: Option<bool>,
    needs_stream: bool,
    streams_output: bool,
    events_input: Option<Path>,
    events_output: Option<Path>,
    named: Vec<LitStr>,
    waiters: Vec<Waiter>,
}

#[derive(Default)]
struct Checksum {
    algorithm: String,
    required: bool,
    mode: String,
    response: Vec<LitStr>,
}

impl Traits {
    /// Reads one of its keys.
    pub(crate) fn key(
        &mut self,
        key: &str,
        meta: &ParseNestedMeta<'_>,
        errors: &mut Errors,
    ) -> syn::Result<()> {
        self.given = true;
        match key {
            "wire" => self.wire = text(meta)?.value(),
            "result" => self.result = text(meta)?.value(),
            "host_prefix" => self.host_prefix = text(meta)?.value(),
            "auth" => self.auth = texts(meta)?,
            "unsigned_body" => self.unsigned_body = true,
            "compressed" => self.compressed = true,
            "traits" => self.named = texts(meta)?,
            "endpoint" => self.endpoint = params(meta)?,
            "waiter" => self.waiters.push(Waiter::read(meta, errors)?),
            "root" => {
                let mut root = (String::new(), String::new());
                ROOT.read_nested(meta, errors, |key, meta, _| {
                    match key {
                        "name" => root.0 = text(meta)?.value(),
                        _ => root.1 = text(meta)?.value(),
                    }
                    Ok(())
                })?;
                self.root = Some(root);
            }
            "checksum" => {
                let mut checksum = Checksum::default();
                CHECKSUM.read_nested(meta, errors, |key, meta, _| {
                    match key {
                        "algorithm" => checksum.algorithm = text(meta)?.value(),
                        "required" => checksum.required = true,
                        "mode" => checksum.mode = text(meta)?.value(),
                        _ => checksum.response = texts(meta)?,
                    }
                    Ok(())
                })?;
                self.checksum = Some(checksum);
            }
            "events" => EVENTS.read_nested(meta, errors, |key, meta, _| {
                let events = Some(meta.value()?.parse()?);
                match key {
                    "input" => self.events_input = events,
                    _ => self.events_output = events,
                }
                Ok(())
            })?,
            _ => {
                STREAMS.read_nested(meta, errors, |key, _, _| {
                    match key {
                        "input" => self.streams_input = Some(false),
                        "sized_input" => self.streams_input = Some(true),
                        "required" => self.needs_stream = true,
                        _ => self.streams_output = true,
                    }
                    Ok(())
                })?;
                if self.needs_stream && self.streams_input.is_none() {
                    let message = "only the stream of a request can be `required`: add `input`";
                    errors.push(meta.error(message));
                }
            }
        }
        Ok(())
    }

    /// Whether the body of the request is a stream.
    pub(crate) fn streams_input(&self) -> bool {
        self.streams_input.is_some()
    }

    /// Whether that stream must be given.
    pub(crate) fn needs_stream(&self) -> bool {
        self.needs_stream
    }

    /// Whether the body of the answer is a stream.
    pub(crate) fn streams_output(&self) -> bool {
        self.streams_output
    }

    /// The type of the events that the request sends, if it does.
    pub(crate) fn events_input(&self) -> Option<&Path> {
        self.events_input.as_ref()
    }

    /// The type of the events that the answer has, if it has.
    pub(crate) fn events_output(&self) -> Option<&Path> {
        self.events_output.as_ref()
    }

    /// What can be waited for.
    pub(crate) fn waiters(&self) -> &[Waiter] {
        &self.waiters
    }

    /// The constant of the traits, if there are any.
    pub(crate) fn expand(&self) -> Option<TokenStream> {
        if !self.given {
            return None;
        }
        let Self { wire, result, host_prefix, unsigned_body, compressed, needs_stream, .. } = self;
        let streams_output = self.streams_output || self.events_output.is_some();
        let borrowed =
            |texts: &[LitStr]| quote!(t::Cow::Borrowed(&[#(t::Cow::Borrowed(#texts)),*]));
        let (auth, named) = (borrowed(&self.auth), borrowed(&self.named));
        let root = option(self.root.as_ref().map(|(name, namespace)| {
            quote!(t::XmlName {
                name: t::Cow::Borrowed(#name),
                namespace: t::Cow::Borrowed(#namespace),
            })
        }));
        let checksum = option(self.checksum.as_ref().map(|checksum| {
            let Checksum { algorithm, required, mode, response } = checksum;
            let response = borrowed(response);
            quote!(t::Checksum {
                algorithm: t::Cow::Borrowed(#algorithm),
                required: #required,
                mode: t::Cow::Borrowed(#mode),
                response: #response,
            })
        }));
        let streams_input = self.streams_input.or(self.events_input.as_ref().map(|_| false));
        let streams_input = option(streams_input.map(|sized| quote!(#sized)));
        let params = self
            .endpoint
            .iter()
            .map(|(name, value)| quote!((t::Cow::Borrowed(#name), t::ParamValue::#value)));
        let waiters = self.waiters.iter().map(Waiter::schema);
        Some(quote! {
            const TRAITS: ::core::option::Option<&'static t::OperationTraits> =
                ::core::option::Option::Some(&t::OperationTraits {
                    wire: t::Cow::Borrowed(#wire),
                    root: #root,
                    result: t::Cow::Borrowed(#result),
                    host_prefix: t::Cow::Borrowed(#host_prefix),
                    endpoint_params: t::Cow::Borrowed(&[#(#params),*]),
                    auth: #auth,
                    unsigned_body: #unsigned_body,
                    checksum: #checksum,
                    compressed: #compressed,
                    streams_input: #streams_input,
                    needs_stream: #needs_stream,
                    streams_output: #streams_output,
                    named: #named,
                    waiters: t::Cow::Borrowed(&[#(#waiters),*]),
                });
        })
    }
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(
        || quote!(::core::option::Option::None),
        |value| quote!(::core::option::Option::Some(#value)),
    )
}

/// `endpoint(UseControl = true, Mode = "x", Names = path("a[].b"))`
fn params(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<(String, TokenStream)>> {
    let content;
    syn::parenthesized!(content in meta.input);
    let mut params = Vec::new();
    while !content.is_empty() {
        let name = content.call(Ident::parse_any)?.unraw().to_string();
        content.parse::<Token![=]>()?;
        let value = if content.peek(LitBool) {
            let value: LitBool = content.parse()?;
            quote!(Bool(#value))
        } else if content.peek(LitStr) {
            let value: LitStr = content.parse()?;
            quote!(String(t::Cow::Borrowed(#value)))
        } else {
            let word: Ident = content.parse()?;
            if word != "path" {
                let message = "a value is text, true, false or path(\"…\")";
                return Err(syn::Error::new(word.span(), message));
            }
            let inner;
            syn::parenthesized!(inner in content);
            let path: LitStr = inner.parse()?;
            quote!(Path(t::Cow::Borrowed(#path)))
        };
        params.push((name, value));
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    Ok(params)
}
