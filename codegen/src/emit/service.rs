//! The type that stands for the service.

use super::{Cx, Emitted, Imports, documented};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use typefoundry_spec::{EndpointDiscovery, Json, Scheme};

pub(super) fn emit(cx: &Cx<'_>) -> Emitted {
    let service = &cx.model.service;
    let name = &cx.names.service;
    let title = &service.title;
    let id = &service.id;
    let mut imports = Imports::default();
    let error = format_ident!("Error");
    imports.local(&error);
    imports.runtime("Service");
    let docs = documented::outer(&format!(
        "{}: what all its operations share.",
        crate::docs::inline(title)
    ));
    let mut keys = vec![quote!(id = #id), quote!(title = #title)];
    if let Some(version) = &service.version {
        keys.push(quote!(version = #version));
    }
    if let Some(protocol) = service.protocol {
        let protocol = protocol.name();
        keys.push(quote!(protocol = #protocol));
    }
    if !service.protocols.is_empty() {
        let protocols = service.protocols.iter().map(|protocol| protocol.name());
        keys.push(quote!(protocols(#(#protocols),*)));
    }
    if let Some(target) = &service.target {
        keys.push(quote!(target = #target));
    }
    if let Some(endpoint) = &service.endpoint {
        let url = &endpoint.url;
        keys.push(quote!(endpoint = #url));
        if let Some(region) = &endpoint.region {
            keys.push(quote!(region = #region));
        }
        keys.extend(endpoint.rules.as_ref().map(rules));
    }
    keys.push(quote!(error = Error));
    keys.extend(service.auth.iter().map(auth));
    keys.extend(service.headers.iter().map(|(name, value)| quote!(header(#name, #value))));
    let traits = &service.traits;
    if !traits.is_empty() {
        keys.push(quote!(traits(#(#traits),*)));
    }
    keys.extend(discovery(cx));
    let format = &service.errors;
    if *format != typefoundry_spec::ErrorFormat::default() {
        let (envelope, code, message) = (&format.envelope, &format.code, &format.message);
        keys.push(quote!(errors(envelope = #envelope, code(#(#code),*), message(#(#message),*))));
    }
    let item = quote! {
        #docs
        #[derive(Clone, Copy, Debug, Service)]
        #[service(#(#keys),*)]
        pub struct #name;
    };
    Emitted { items: vec![item], imports, exports: vec![name.clone()] }
}

fn auth(scheme: &Scheme) -> TokenStream {
    let name = &scheme.name;
    let settings = scheme.settings.iter().filter_map(|(key, value)| {
        let key = format_ident!("{key}");
        let value = value.as_str()?;
        Some(quote!(#key = #value))
    });
    quote!(auth(#name #(, #settings)*))
}

/// The operations whose endpoints are asked for, of those that are chosen.
fn discovery(cx: &Cx<'_>) -> Option<TokenStream> {
    let keys =
        [("required", EndpointDiscovery::Required), ("optional", EndpointDiscovery::Optional)];
    let keys: Vec<_> = keys
        .into_iter()
        .filter_map(|(key, how)| {
            let chosen = cx.operations.iter().filter(|it| it.endpoint_discovery == Some(how));
            let names: Vec<_> = chosen.map(|it| &it.name).collect();
            let key = format_ident!("{key}");
            (!names.is_empty()).then(|| quote!(#key(#(#names),*)))
        })
        .collect();
    let operation = cx.model.discovers().filter(|_| !keys.is_empty())?;
    Some(quote!(discovery(operation = #operation, #(#keys),*)))
}

/// Rules by the name of their template, or as their text.
fn rules(rules: &Json) -> TokenStream {
    let value = |name| rules.get(name).and_then(Json::as_str);
    if let (Some(template), Some(host)) = (value("template"), value("host")) {
        return quote!(rules(template = #template, host = #host));
    }
    let text = rules.to_string();
    quote!(rules = #text)
}
