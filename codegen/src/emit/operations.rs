//! Operations: each is its input, with its output beside it.

use super::{Cx, Emitted, Imports, documented, members, operation_traits, waiters};
use crate::{names, types};
use proc_macro2::TokenStream;
use quote::quote;
use typefoundry_spec::{Kind, Operation, Paging};

pub(super) fn emit(cx: &Cx<'_>) -> Emitted {
    let mut emitted =
        Emitted { items: Vec::new(), imports: Imports::default(), exports: Vec::new() };
    emitted.imports.local(&cx.names.service);
    for operation in &cx.operations {
        emitted.items.push(input(cx, operation, &mut emitted.imports));
        emitted.items.push(output(cx, operation, &mut emitted.imports));
        emitted.exports.extend([names::operation(operation), cx.names.output(operation)]);
    }
    emitted
}

fn input(cx: &Cx<'_>, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let name = names::operation(operation);
    let docs = documented::operation(cx.model, operation);
    let inputs = cx.fields(&operation.input);
    let fields = members::fields(cx, None, &inputs, None, imports);
    let derives = members::derives(Some("Operation"), imports);
    let attribute = attribute(cx, operation, imports);
    let builder = members::builder(cx, &name);
    quote! {
        #docs
        #derives
        #attribute
        #builder
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }
    }
}

fn output(cx: &Cx<'_>, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let name = cx.names.output(operation);
    let outputs = &cx.fields(operation.output_members());
    let docs = documented::outer(&format!("What [`{}`] returns.", names::operation(operation)));
    let fields = members::fields(cx, None, outputs, None, imports);
    let derives = members::derives(None, imports);
    quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }
    }
}

/// `#[operation(…)]`
fn attribute(cx: &Cx<'_>, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let service = &cx.names.service;
    let output = cx.names.output(operation);
    let http = format!("{} {}", operation.http.method, operation.http.uri.text);
    let mut keys = vec![quote!(service = #service), quote!(output = #output), quote!(http = #http)];
    if names::operation(operation) != operation.name.as_str() {
        let name = &operation.name;
        keys.push(quote!(name = #name));
    }
    if let Some(status) = operation.http.status {
        let status = proc_macro2::Literal::u16_unsuffixed(status);
        keys.push(quote!(status = #status));
    }
    if operation.idempotent || operation.readonly {
        keys.push(quote!(idempotent));
    }
    if cx.model.operation_holds_secrets(operation) {
        keys.push(quote!(secret));
    }
    keys.extend(operation_traits::keys(cx, operation, imports));
    keys.extend(pages(cx, operation, imports));
    keys.extend(waiters::keys(cx, operation));
    quote!(#[operation(#(#keys),*)])
}

fn pages(cx: &Cx<'_>, operation: &Operation, imports: &mut Imports) -> Option<TokenStream> {
    let pages = operation.pages.as_ref()?;
    let mut keys = match &pages.paging {
        Paging::Token { tokens, more } => {
            let tokens = tokens.iter().map(|(input, output)| quote!(token(#input, #output)));
            tokens.chain(more.iter().map(|more| quote!(more = #more))).collect()
        }
        Paging::Number { input, total: Some(total) } => vec![quote!(number(#input, #total))],
        Paging::Number { input, total: None } => vec![quote!(number(#input))],
    };
    let items = &pages.items;
    let way = cx.model.find_output_path(operation, items)?;
    let (end, structures) = way.split_last()?;
    let item = match &cx.model.shape(end.target).kind {
        Kind::List(list) => {
            let item = types::bare(cx, list.item.target, imports);
            if list.sparse { quote!(Option<#item>) } else { item }
        }
        Kind::Map(map) => {
            let key = types::bare(cx, map.key, imports);
            let value = types::bare(cx, map.value.target, imports);
            if map.sparse { quote!((#key, Option<#value>)) } else { quote!((#key, #value)) }
        }
        _ => types::bare(cx, end.target, imports),
    };
    keys.push(quote!(items = #items));
    let field = names::field(&end.name);
    if field != items.as_str() {
        let structures = structures.iter().map(|member| {
            let field = names::field(&member.name);
            if names::is_required(member) { quote!(#field.) } else { quote!(#field?.) }
        });
        keys.push(quote!(field = #(#structures)* #field));
    }
    keys.push(quote!(item = #item));
    if let Some(size) = &pages.size {
        keys.push(quote!(size = #size));
    }
    Some(quote!(pages(#(#keys),*)))
}
