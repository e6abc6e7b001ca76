//! What few operations say in `#[operation(…)]`.

use super::{Cx, Imports};
use crate::types;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use typefoundry_spec::{Checksum, EndpointParam, Model, Operation, ParamValue, Root, Sized};

/// The keys, in the order of their documentation.
pub(super) fn keys(cx: &Cx<'_>, operation: &Operation, imports: &mut Imports) -> Vec<TokenStream> {
    let model = cx.model;
    let mut keys = Vec::new();
    let texts = [
        ("wire", &operation.wire),
        ("result", &operation.result),
        ("host_prefix", &operation.host_prefix),
    ];
    for (key, text) in texts {
        let key = format_ident!("{key}");
        keys.extend(text.as_ref().map(|text| quote!(#key = #text)));
    }
    keys.extend(operation.root.as_ref().map(root));
    if !operation.endpoint_params.is_empty() {
        let params = operation.endpoint_params.iter().map(param);
        keys.push(quote!(endpoint(#(#params),*)));
    }
    if let Some(schemes) = &operation.auth {
        keys.push(quote!(auth(#(#schemes),*)));
    }
    keys.extend(operation.unsigned_body.then(|| quote!(unsigned_body)));
    keys.extend(operation.checksum.as_ref().map(checksum));
    keys.extend(operation.compressed.then(|| quote!(compressed)));
    keys.extend(streams(model, operation));
    keys.extend(events(cx, operation, imports));
    let traits = &operation.traits;
    keys.extend((!traits.is_empty()).then(|| quote!(traits(#(#traits),*))));
    keys
}

fn root(root: &Root) -> TokenStream {
    let name = &root.name;
    let namespace = root.namespace.iter();
    quote!(root(name = #name #(, namespace = #namespace)*))
}

fn param(param: &EndpointParam) -> TokenStream {
    let name = format_ident!("{}", param.name);
    match &param.value {
        ParamValue::Bool(value) => quote!(#name = #value),
        ParamValue::String(text) => quote!(#name = #text),
        ParamValue::Path(path) => quote!(#name = path(#path)),
    }
}

fn checksum(checksum: &Checksum) -> TokenStream {
    let algorithm = checksum.algorithm.iter().map(|name| quote!(algorithm = #name));
    let required = checksum.required.then(|| quote!(required));
    let mode = checksum.mode.iter().map(|name| quote!(mode = #name));
    let names = &checksum.response;
    let response = (!names.is_empty()).then(|| quote!(response(#(#names),*)));
    let keys = algorithm.chain(required).chain(mode).chain(response);
    quote!(checksum(#(#keys),*))
}

fn streams(model: &Model, operation: &Operation) -> Option<TokenStream> {
    let sized = |id| model.shape(id).streaming == Some(Sized::Required);
    let member = model.streaming_member(&operation.input);
    let input = member.map(|it| if sized(it.target) { quote!(sized_input) } else { quote!(input) });
    let required = member.filter(|it| it.required).map(|_| quote!(required));
    let output = model.streaming_member(operation.output_members()).map(|_| quote!(output));
    let streams: Vec<_> = input.into_iter().chain(required).chain(output).collect();
    (!streams.is_empty()).then(|| quote!(streams(#(#streams),*)))
}

/// The unions that are sent and received as events.
fn events(cx: &Cx<'_>, operation: &Operation, imports: &mut Imports) -> Option<TokenStream> {
    let mut keys = Vec::new();
    for (key, members) in [("input", &operation.input[..]), ("output", operation.output_members())]
    {
        if let Some(member) = cx.model.event_stream_member(members) {
            let key = format_ident!("{key}");
            let events = types::bare(cx, member.target, imports);
            keys.push(quote!(#key = #events));
        }
    }
    (!keys.is_empty()).then(|| quote!(events(#(#keys),*)))
}
