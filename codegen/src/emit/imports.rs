//! The `use` lines of a file.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use std::collections::BTreeSet;

/// What a file's items refer to.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    runtime: BTreeSet<&'static str>,
    local: BTreeSet<Ident>,
}

impl Imports {
    /// A name of the runtime.
    pub(crate) fn runtime(&mut self, name: &'static str) {
        self.runtime.insert(name);
    }

    /// A type of the module.
    pub(crate) fn local(&mut self, name: &Ident) {
        self.local.insert(name.clone());
    }

    /// The lines, without what the file defines itself.
    pub(super) fn tokens(&self, own: &[Ident]) -> TokenStream {
        let local: Vec<_> = self.local.iter().filter(|name| !own.contains(name)).collect();
        let local = (!local.is_empty()).then(|| quote!(use super::{#(#local),*};));
        let runtime: Vec<_> = self.runtime.iter().map(|name| format_ident!("{name}")).collect();
        let runtime = (!runtime.is_empty()).then(|| quote!(use typefoundry::{#(#runtime),*};));
        quote!(#local #runtime)
    }
}
