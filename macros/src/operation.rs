//! `#[derive(Operation)]`

use crate::attributes::{Keys, refuse_generics, runtime, status, text};
use crate::builder::{Builder, clear_fields};
use crate::errors::Errors;
use crate::fields::{StructField, struct_fields};
use crate::operation_traits::Traits;
use crate::pages::Pages;
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, LitStr, Path};

const KEYS: Keys = Keys {
    attribute: "operation",
    names: &[
        "service",
        "output",
        "http",
        "name",
        "status",
        "idempotent",
        "secret",
        "pages",
        "wire",
        "root",
        "result",
        "host_prefix",
        "endpoint",
        "auth",
        "unsigned_body",
        "checksum",
        "compressed",
        "streams",
        "events",
        "traits",
        "waiter",
    ],
    many: &["waiter"],
};

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let mut errors = Errors::default();
    refuse_generics(input, &mut errors);
    let runtime = runtime(input);
    let fields = struct_fields(input, &mut errors);
    let mut facts = Facts::default();
    facts.read(input, &mut errors);
    facts.check(input, &fields, &mut errors);
    let builder = Builder::new(input, &fields, &mut errors).needing(facts.needed());
    errors.finish()?;
    let building = builder.expand();
    let items = facts.pages.as_ref().map(|pages| pages.expand(input, &pages.items_of_output()));
    let operation = facts.expand(input, &runtime, items.as_ref());
    let sending = facts.sending(input, &builder, &runtime);
    Ok(quote!(#building #operation #sending))
}

/// What stands in for it where there is a mistake: as much of an operation as is clear.
pub(crate) fn fallback(input: &DeriveInput) -> TokenStream {
    if !input.generics.params.is_empty() || !matches!(input.data, Data::Struct(_)) {
        return TokenStream::new();
    }
    let runtime = runtime(input);
    let mut reported = Errors::default();
    let mut facts = Facts::default();
    facts.read(input, &mut reported);
    drop(reported);
    let fields = clear_fields(input);
    let builder = Builder::total(input, &fields).needing(facts.needed());
    let building = builder.expand();
    facts.pages = facts.pages.filter(|pages| pages.item.is_some());
    let calling = (facts.service.is_some() && facts.output.is_some()).then(|| {
        let items = facts.pages.as_ref().map(|pages| pages.expand(input, &quote!(loop {})));
        let operation = facts.expand(input, &runtime, items.as_ref());
        let sending = facts.sending(input, &builder, &runtime);
        quote!(#operation #sending)
    });
    quote!(#building #calling)
}

/// What `#[operation(…)]` says.
#[derive(Default)]
struct Facts {
    service: Option<Path>,
    output: Option<Path>,
    http: Option<LitStr>,
    name: Option<LitStr>,
    status: u16,
    idempotent: bool,
    secret: bool,
    pages: Option<Pages>,
    traits: Traits,
}

impl Facts {
    fn read(&mut self, input: &DeriveInput, errors: &mut Errors) {
        KEYS.read(&input.attrs, errors, |key, meta, errors| {
            match key {
                "service" => self.service = Some(meta.value()?.parse()?),
                "output" => self.output = Some(meta.value()?.parse()?),
                "http" => self.http = Some(text(meta)?),
                "name" => self.name = Some(text(meta)?),
                "status" => self.status = status(meta)?,
                "idempotent" => self.idempotent = true,
                "secret" => self.secret = true,
                "pages" => self.pages = Some(Pages::read(meta, errors)?),
                other => self.traits.key(other, meta, errors)?,
            }
            Ok(())
        });
    }

    /// The method that the call cannot do without.
    fn needed(&self) -> Option<&'static str> {
        self.traits.needs_stream().then_some("body")
    }

    fn check(&self, input: &DeriveInput, fields: &[StructField<'_>], errors: &mut Errors) {
        let given = [
            ("service", self.service.is_some()),
            ("output", self.output.is_some()),
            ("http", self.http.is_some()),
        ];
        for (key, _) in given.iter().filter(|(_, given)| !given) {
            let message = format!("the operation has no `{key}`: add it to #[operation(…)]");
            errors.push(syn::Error::new_spanned(&input.ident, message));
        }
        if let Some(http) = &self.http {
            match method_and_uri(&http.value()) {
                Some((_, uri)) => labels(http, uri, fields, errors),
                None => errors.push(syn::Error::new(
                    http.span(),
                    "write a method, a space and a path: `GET /pets/{id}`",
                )),
            }
        }
        let members = self.pages.iter().flat_map(Pages::input_members);
        let mut waiters = Vec::new();
        for name in self.traits.waiters().iter().filter_map(|waiter| waiter.name.as_ref()) {
            if waiters.contains(&name.value()) {
                let message = "the operation has a waiter of this name already";
                errors.push(syn::Error::new(name.span(), message));
            }
            waiters.push(name.value());
        }
        for member in members {
            let name = member.value();
            if !fields.iter().any(|field| field.member.name.text == name) {
                let message = format!("the input has no member `{name}`");
                errors.push(syn::Error::new(member.span(), message));
            }
        }
    }

    fn expand(
        &self,
        input: &DeriveInput,
        runtime: &TokenStream,
        after: Option<&TokenStream>,
    ) -> TokenStream {
        let ident = &input.ident;
        let Self { service, output, status, .. } = self;
        let status = (*status != 0).then(|| quote! { const STATUS: u16 = #status; });
        let idempotent = self.idempotent.then(|| quote! { const IDEMPOTENT: bool = true; });
        let secret = self.secret.then(|| quote! { const SECRET: bool = true; });
        let own = || LitStr::new(&ident.unraw().to_string(), ident.span());
        let name = self.name.clone().unwrap_or_else(own);
        let http = self.http.as_ref().map_or_else(String::new, LitStr::value);
        let (method, uri) = method_and_uri(&http).unwrap_or_default();
        let pages = self.pages.as_ref().map(Pages::schema);
        let traits = self.traits.expand();
        let response = self.response(runtime);
        let streams_input = self.traits.streams_input().then(|| {
            quote! {
                impl t::StreamsInput for #ident {}
            }
        });
        let sends_events = self.traits.events_input().map(|event| {
            quote! {
                impl t::SendsEvents for #ident {
                    type Event = #event;
                }
            }
        });
        let events = self.traits.events_input().or(self.traits.events_output());
        let needs_events = events.map(|_| quote!(#runtime::needs_event_stream! {}));
        let needs_waiters =
            (!self.traits.waiters().is_empty()).then(|| quote!(#runtime::needs_waiters! {}));
        quote! {
            const _: () = {
                use #runtime::__private as t;

                impl t::Operation for #ident {
                    type Service = #service;
                    type Output = #output;
                    type Response = #response;

                    const FACTS: t::OperationFacts = [#name, #method, #uri];
                    #status
                    #idempotent
                    #secret
                    #pages
                    #traits
                }

                #streams_input

                #sends_events

                #needs_events

                #needs_waiters

                #after
            };
        }
    }
}

impl Facts {
    /// What a call gives.
    fn response(&self, runtime: &TokenStream) -> TokenStream {
        let Self { service, output, traits, .. } = self;
        if let Some(event) = traits.events_output() {
            let error = quote!(<#service as #runtime::Service>::Error);
            return quote!(#runtime::EventResponse<#output, #event, #error>);
        }
        if traits.streams_output() {
            quote!(#runtime::Streamed<#output>)
        } else {
            quote!(#runtime::Response<#output>)
        }
    }
}

/// The two halves of `GET /pets/{id}`.
fn method_and_uri(http: &str) -> Option<(&str, &str)> {
    let (method, uri) = http.split_once(' ')?;
    let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_uri = uri.starts_with('/') && !uri.contains(char::is_whitespace);
    (is_method && is_uri).then_some((method, uri))
}

/// A label without a field leaves a hole in the path, and a field without a label goes nowhere;
/// the spec's checks say the same.
fn labels(http: &LitStr, uri: &str, fields: &[StructField<'_>], errors: &mut Errors) {
    let path = uri.split('?').next().unwrap_or_default();
    let label = |segment: &str| {
        let label = segment.strip_prefix('{')?.strip_suffix('}')?;
        Some(label.strip_suffix('+').unwrap_or(label).to_owned())
    };
    let labels: Vec<_> = path.split('/').filter_map(label).collect();
    for label in &labels {
        let field = fields.iter().find(|field| field.member.name.text == *label);
        if !field.is_some_and(|field| field.member.is_label()) {
            let what = if field.is_some() { "mark that of its name" } else { "add one" };
            let message =
                format!("no field fills the label `{label}`: {what} with #[model(label)]");
            errors.push(syn::Error::new(http.span(), message));
        }
    }
    for field in fields.iter().filter(|field| field.member.is_label()) {
        let name = &field.member.name.text;
        if !labels.contains(name) {
            let message = format!("the path has no label `{{{name}}}`");
            errors.push(syn::Error::new(field.ident.span(), message));
        }
    }
}

/// The methods of a builder that has a client.
impl Facts {
    fn sending(
        &self,
        input: &DeriveInput,
        builder: &Builder<'_>,
        runtime: &TokenStream,
    ) -> TokenStream {
        let ident = &input.ident;
        let vis = &input.vis;
        let Self { service, .. } = self;
        let name = &builder.name;
        let params = builder.params();
        let (bounds, sending_bounds) = (builder.bounds(), builder.sending_bounds());
        let events = self.traits.events_input().map(|event| {
            quote! {
                /// The events of the request, as a stream of them. It comes last.
                #vis fn events<S>(self, events: S) -> #runtime::EventCall<#ident>
                where
                    S: #runtime::__private::Stream<Item = #event>
                        + ::core::marker::Send
                        + 'static,
                    #bounds
                {
                    self.customize().events(events)
                }
            }
        });
        let body = self.traits.streams_input().then(|| {
            quote! {
                /// The body of the request: bytes, or a stream of them. It comes last.
                #vis fn body(
                    self,
                    body: impl ::core::convert::Into<#runtime::ByteStream>,
                ) -> #runtime::StreamingCall<#ident>
                where
                    #bounds
                {
                    self.customize().body(body)
                }
            }
        });
        let pages = self.pages.as_ref().map(|_| {
            quote! {
                /// The pages, one call each.
                #[inline]
                #vis fn pages(self) -> #runtime::Pages<#ident>
                where
                    #bounds
                {
                    self.customize().pages()
                }

                /// The items of all pages.
                #[inline]
                #vis fn items(self) -> #runtime::Items<#ident>
                where
                    #bounds
                {
                    self.customize().items()
                }
            }
        });
        let waiting = self.waiting(input, builder, runtime);
        quote! {
            impl<#(#params),*> #name<#runtime::Client<#service>, #(#params),*> {
                /// Sends the call.
                #[inline]
                #vis fn send(self) -> #runtime::Sending<#ident>
                where
                    #sending_bounds
                {
                    self.customize().send()
                }

                /// The call, to be adjusted before it is sent: its region, endpoint, headers.
                #[inline]
                #vis fn customize(self) -> #runtime::Call<#ident>
                where
                    #bounds
                {
                    self.purpose.prepare(self.value)
                }

                #body

                #events

                #pages
            }

            #waiting
        }
    }

    /// The methods of a builder that waits.
    fn waiting(
        &self,
        input: &DeriveInput,
        builder: &Builder<'_>,
        runtime: &TokenStream,
    ) -> Option<TokenStream> {
        if self.traits.waiters().is_empty() {
            return None;
        }
        let (ident, vis, service) = (&input.ident, &input.vis, &self.service);
        let (name, params, bounds) = (&builder.name, builder.params(), builder.bounds());
        Some(quote! {
            impl<#(#params),*> #name<#runtime::Until<#service>, #(#params),*> {
                /// Waits, as often and as long as the waiter does by itself.
                #[inline]
                #vis fn send(self) -> #runtime::Waiting<#ident>
                where
                    #bounds
                {
                    self.customize().send()
                }

                /// How long at most. It comes last, but for `send`.
                #[inline]
                #vis fn max_wait(self, limit: ::core::time::Duration) -> #runtime::Wait<#ident>
                where
                    #bounds
                {
                    self.customize().max_wait(limit)
                }

                /// The waiting, to be adjusted before it begins: its limits, pauses, calls.
                #[inline]
                #vis fn customize(self) -> #runtime::Wait<#ident>
                where
                    #bounds
                {
                    self.purpose.wait(self.value)
                }
            }
        })
    }
}
