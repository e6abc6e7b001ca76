//! The client: a method per operation.

use super::{Cx, Emitted, Imports, documented, waiters};
use crate::names;
use quote::{format_ident, quote};

pub(super) fn emit(cx: &Cx<'_>) -> Emitted {
    let service = &cx.names.service;
    let title = crate::docs::inline(&cx.model.service.title);
    let mut imports = Imports::default();
    imports.local(service);
    imports.local(&format_ident!("Error"));
    for name in ["Config", "Fluent", "Operation"] {
        imports.runtime(name);
    }
    let methods: Vec<_> = cx
        .operations
        .iter()
        .map(|operation| {
            let method = names::method(operation);
            let input = names::operation(operation);
            imports.local(&input);
            let docs = documented::operation(cx.model, operation);
            let alias = documented::alias(&operation.name, &method);
            quote! {
                #docs
                #alias
                #[inline]
                pub fn #method(&self) -> Fluent<#input> {
                    self.0.fluent::<#input>()
                }
            }
        })
        .collect();
    let waits = waiters::methods(cx, &mut imports);
    let docs =
        documented::outer(&format!("A client of {title}. Clones share connections and settings."));
    let item = quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Client(typefoundry::Client<#service>);

        impl Client {
            /// A client with settings that were put together by hand.
            #[inline]
            pub fn new(config: Config) -> Result<Self, Error> {
                typefoundry::Client::new(config).map(Self)
            }

            /// A client with the region and credentials of the environment.
            #[inline]
            pub async fn from_env() -> Result<Self, Error> {
                typefoundry::Client::from_env().await.map(Self)
            }

            /// Calls an operation with a finished input.
            pub async fn call<O>(&self, input: O) -> Result<O::Response, Error>
            where
                O: Operation<Service = #service>,
            {
                self.0.call(input).await
            }

            #(#methods)*

            #(#waits)*
        }
    };
    Emitted { items: vec![item], imports, exports: vec![format_ident!("Client")] }
}
