//! Waiters: an entry in the operation's attribute, and a method of the client.

use super::{Cx, Imports, documented};
use crate::names;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use typefoundry_spec::{Acceptor, AcceptorState, Json, Matcher, Operation, Waiter};

/// `waiter(…)` of `#[operation(…)]`
pub(super) fn keys(cx: &Cx<'_>, operation: &Operation) -> Vec<TokenStream> {
    cx.waiters(operation).map(key).collect()
}

fn key(waiter: &Waiter) -> TokenStream {
    let Waiter { name, .. } = waiter;
    let numbers = [
        ("delay", Some(waiter.delay)),
        ("max_delay", waiter.max_delay),
        ("attempts", waiter.attempts),
    ];
    let numbers = numbers.into_iter().filter_map(|(key, number)| {
        let (key, number) = (format_ident!("{key}"), Literal::u64_unsuffixed(number?));
        Some(quote!(#key = #number))
    });
    let acceptors = waiter.acceptors.iter().map(acceptor);
    quote!(waiter(name = #name #(, #numbers)* #(, #acceptors)*))
}

fn acceptor(acceptor: &Acceptor) -> TokenStream {
    let state = match acceptor.state {
        AcceptorState::Success => format_ident!("success"),
        AcceptorState::Retry => format_ident!("retry"),
        AcceptorState::Failure => format_ident!("failure"),
    };
    let expected = match &acceptor.expected {
        Json::Bool(value) => quote!(#value),
        Json::Number(number) => {
            let number = Literal::u64_unsuffixed(number.as_u64().unwrap_or_default());
            quote!(#number)
        }
        other => {
            let text = other.as_str().unwrap_or_default();
            quote!(#text)
        }
    };
    let which = match acceptor.matcher {
        Matcher::Status => return quote!(#state(status = #expected)),
        Matcher::Error => return quote!(#state(error = #expected)),
        Matcher::Path => format_ident!("equals"),
        Matcher::PathAll => format_ident!("all"),
        Matcher::PathAny => format_ident!("any"),
    };
    let path = acceptor.path.as_deref().unwrap_or_default();
    let both = acceptor.both.then(|| quote!(both,));
    quote!(#state(path = #path, #both #which = #expected))
}

/// The client's methods.
pub(super) fn methods(cx: &Cx<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let mut methods = Vec::new();
    for operation in &cx.operations {
        let input = names::operation(operation);
        for waiter in cx.waiters(operation) {
            imports.runtime("FluentWait");
            let docs = documented::waiter(operation, waiter);
            let method = names::waiter(waiter);
            let alias = documented::alias(&waiter.name, &method);
            let name = &waiter.name;
            methods.push(quote! {
                #docs
                #alias
                #[inline]
                pub fn #method(&self) -> FluentWait<#input> {
                    self.0.wait_until::<#input>(#name)
                }
            });
        }
    }
    methods
}
