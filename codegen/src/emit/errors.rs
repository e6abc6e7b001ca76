//! Error structures, and the enum that holds one of them.

use super::{Cx, Emitted, Imports, documented, structures};
use proc_macro2::Literal;
use quote::quote;
use typefoundry_spec::{ErrorTrait, Shape};

pub(super) fn emit(cx: &Cx<'_>) -> Emitted {
    let mut emitted =
        Emitted { items: Vec::new(), imports: Imports::default(), exports: Vec::new() };
    let mut variants = Vec::new();
    for (id, shape) in cx.reached().filter(|(id, _)| cx.role(*id).error) {
        let (Some(error), Some(name)) = (shape.error(), cx.names.shape(id)) else { continue };
        emitted.items.extend(structures::structure(cx, id, shape, &mut emitted.imports));
        emitted.exports.push(name.clone());
        emitted.imports.runtime("Modeled");
        let docs = documented::shape(shape);
        let attribute = attribute(shape, error, name);
        variants.push(quote!(#docs #attribute #name(Box<Modeled<#name>>)));
    }
    emitted.imports.runtime("ServiceError");
    emitted.imports.local(&cx.names.service);
    let service = &cx.names.service;
    let title = crate::docs::inline(&cx.model.service.title);
    let docs = documented::outer(&format!("What can go wrong in a call of {title}."));
    emitted.exports.push(quote::format_ident!("Error"));
    emitted.items.push(quote! {
        #docs
        #[derive(Debug, ServiceError)]
        #[service_error(service = #service)]
        #[non_exhaustive]
        pub enum Error {
            #(#variants,)*
            /// Anything else: no answer, an answer that cannot be read, an error without a type.
            #[service_error(other)]
            Other(typefoundry::Error),
        }
    });
    emitted
}

/// `#[service_error(…)]`
fn attribute(
    shape: &Shape,
    error: &ErrorTrait,
    name: &proc_macro2::Ident,
) -> Option<proc_macro2::TokenStream> {
    let mut keys = Vec::new();
    if *name != shape.name.as_str() {
        let name = &shape.name;
        keys.push(quote!(shape = #name));
    }
    if !error.codes.is_empty() {
        let codes = &error.codes;
        keys.push(quote!(code(#(#codes),*)));
    }
    if let Some(status) = error.status {
        let status = Literal::u16_unsuffixed(status);
        keys.push(quote!(status = #status));
    }
    let wire = |name: &str| {
        let member = shape.members().iter().find(|member| member.name == name);
        member.map_or_else(|| name.to_owned(), |member| member.wire_name().to_owned())
    };
    if let Some(has) = &error.has {
        let has = wire(has);
        keys.push(quote!(has = #has));
    }
    if let Some(message) = shape.error_message() {
        let message = message.wire_name();
        keys.push(quote!(message = #message));
    }
    if error.retryable {
        keys.push(quote!(retryable));
    }
    if error.throttling {
        keys.push(quote!(throttling));
    }
    (!keys.is_empty()).then(|| quote!(#[service_error(#(#keys),*)]))
}
