//! The fields of structures, inputs and outputs.

use super::{Cx, Imports, documented};
use crate::{names, types};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use typefoundry_spec::{Binding, Member, ShapeId};

/// The fields, with their documentation and attributes.
pub(super) fn fields(
    cx: &Cx<'_>,
    owner: Option<ShapeId>,
    members: &[Member],
    message: Option<&str>,
    imports: &mut Imports,
) -> Vec<TokenStream> {
    let field = |member: &Member| {
        let ident = names::field(&member.name);
        let ty = types::member(cx, owner, member, imports);
        let docs = documented::member(cx.model, member);
        let alias = documented::alias(&member.name, &ident);
        let attribute = attribute(cx, member, &ident, message == Some(member.name.as_str()));
        quote!(#docs #alias #attribute pub #ident: #ty)
    };
    members.iter().map(field).collect()
}

/// `#[model(…)]` with what the codecs need to know.
pub(super) fn attribute(
    cx: &Cx<'_>,
    member: &Member,
    ident: &proc_macro2::Ident,
    message: bool,
) -> Option<TokenStream> {
    let mut keys: Vec<TokenStream> = Vec::new();
    let name = &member.name;
    if ident.to_string().trim_start_matches("r#") != name {
        keys.push(quote!(name = #name));
    }
    match &member.binding {
        Binding::Body => {
            if let Some(wire) = &member.wire {
                keys.push(quote!(wire = #wire));
            }
        }
        Binding::Label => keys.push(quote!(label)),
        Binding::Query(name) => keys.push(quote!(query = #name)),
        Binding::Header(name) => keys.push(quote!(header = #name)),
        Binding::HeaderPrefix(prefix) => keys.push(quote!(header_prefix = #prefix)),
        Binding::Payload => keys.push(quote!(payload)),
        Binding::StatusCode => keys.push(quote!(status)),
    }
    if member.idempotency_token {
        keys.push(quote!(idempotency_token));
    }
    if let Some(format) = cx.model.timestamp_format(member) {
        let format = format.name();
        keys.push(quote!(format = #format));
    }
    if cx.model.is_sensitive(member) {
        keys.push(quote!(sensitive));
    }
    if message {
        keys.push(quote!(message));
    }
    (!keys.is_empty()).then(|| quote!(#[model(#(#keys),*)]))
}

/// What a type derives beside what all do.
#[derive(Clone, Copy, Default)]
pub(super) struct Extra {
    /// `Default`, if a value can be made of nothing
    pub(super) defaults: bool,
    /// One of the runtime's
    pub(super) derive: Option<&'static str>,
}

/// The derives of a type with these members, and their imports.
pub(super) fn derives(
    cx: &Cx<'_>,
    members: &[Member],
    extra: Extra,
    imports: &mut Imports,
) -> TokenStream {
    let secret = members.iter().any(|member| cx.model.is_sensitive(member));
    let mut derives = vec!["Clone", if secret { "RedactedDebug" } else { "Debug" }];
    if has_default(members) && extra.defaults {
        derives.push("Default");
    }
    derives.extend(["PartialEq", "Model"]);
    derives.extend(extra.derive);
    for name in &derives {
        if !matches!(*name, "Clone" | "Debug" | "Default" | "PartialEq") {
            imports.runtime(name);
        }
    }
    let derives = derives.iter().map(|name| quote::format_ident!("{name}").to_token_stream());
    quote!(#[derive(#(#derives),*)])
}

/// Whether a value can be made of nothing.
pub(super) fn has_default(members: &[Member]) -> bool {
    !members.iter().any(names::is_required)
}
