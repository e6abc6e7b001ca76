//! The fields of structures, inputs and outputs.

use super::{Cx, Imports, documented};
use crate::{names, types};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use typefoundry_spec::{Binding, EventPart, Kind, Member, Namespace, ShapeId};

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
        Binding::Payload => {
            keys.push(quote!(payload));
            if let Some(wire) = &member.wire {
                keys.push(quote!(wire = #wire));
            }
        }
        Binding::StatusCode => keys.push(quote!(status)),
        Binding::Endpoint => keys.push(quote!(endpoint_only)),
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
    keys.extend(wire_traits(member));
    keys.extend(elements(cx, member.target));
    (!keys.is_empty()).then(|| quote!(#[model(#(#keys),*)]))
}

/// The traits that few members have.
fn wire_traits(member: &Member) -> Vec<TokenStream> {
    let mut keys = Vec::new();
    let flags = [
        (member.host_label, quote!(host_label)),
        (member.endpoint_discovery_id, quote!(discovery_id)),
        (member.json_text, quote!(json_text)),
        (member.event == EventPart::Header, quote!(event_header)),
        (member.event == EventPart::Payload, quote!(event_payload)),
        (member.flattened, quote!(flattened)),
        (member.attribute, quote!(attribute)),
    ];
    keys.extend(flags.into_iter().filter(|(given, _)| *given).map(|(_, key)| key));
    keys.extend(member.endpoint_param.iter().map(|name| quote!(endpoint_param = #name)));
    keys.extend(member.query_name.iter().map(|name| quote!(query_name = #name)));
    keys.extend(member.namespace.as_ref().map(namespace));
    keys
}

fn namespace(namespace: &Namespace) -> TokenStream {
    let Namespace { uri, prefix } = namespace;
    if prefix.is_empty() { quote!(namespace = #uri) } else { quote!(namespace(#uri, #prefix)) }
}

/// `key = "…"` and `item = "…"` or `item(…)`: what the elements of a list or map are called.
/// Lists in lists end soon, or the spec was refused.
fn elements(cx: &Cx<'_>, target: ShapeId) -> Vec<TokenStream> {
    let (element, key) = match &cx.model.shape(target).kind {
        Kind::List(list) => (&list.item, &None),
        Kind::Map(map) => (&map.value, &map.key_wire),
        _ => return Vec::new(),
    };
    let mut traits: Vec<_> = element.wire.iter().map(|wire| quote!(wire = #wire)).collect();
    traits.extend(element.flattened.then(|| quote!(flattened)));
    traits.extend(element.namespace.as_ref().map(namespace));
    traits.extend(elements(cx, element.target));
    let item = match (&traits[..], &element.wire) {
        ([], _) => None,
        ([_], Some(wire)) => Some(quote!(item = #wire)),
        (traits, _) => Some(quote!(item(#(#traits),*))),
    };
    key.iter().map(|key| quote!(key = #key)).chain(item).collect()
}

/// The derives of a type, one of the runtime's more than all have, and their imports.
pub(super) fn derives(more: Option<&'static str>, imports: &mut Imports) -> TokenStream {
    let derives = ["Model"].into_iter().chain(more);
    for name in derives.clone() {
        imports.runtime(name);
    }
    let derives = derives.map(|name| quote::format_ident!("{name}").to_token_stream());
    quote!(#[derive(#(#derives),*)])
}

/// `#[model(builder = …)]`, where the builder of a type cannot have the usual name.
pub(super) fn builder(cx: &Cx<'_>, name: &proc_macro2::Ident) -> Option<TokenStream> {
    cx.names.builder(name).map(|builder| quote!(#[model(builder = #builder)]))
}

/// Whether a value can be made of nothing.
pub(super) fn has_default(members: &[Member]) -> bool {
    !members.iter().any(names::is_required)
}
