//! The files of a generated crate, and what is on disk.

mod manifest;
mod tree;

pub use tree::{Outcome, apply, stale};

use crate::config::Config;
use crate::emit::Module;
use crate::{form, names};
use quote::quote;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use typefoundry_spec::SpecFiles;

/// A module with the spec that it comes from.
#[derive(Debug)]
pub struct Generated {
    /// The module
    pub module: Module,
    /// The spec's file as the configuration names it, and the overlay beside it
    pub files: SpecFiles,
}

impl Generated {
    /// The module's path: `aws/ivs_realtime`.
    fn path(&self) -> String {
        self.module.id.replace('-', "_")
    }

    /// The crate's feature: `aws-ivs-realtime`.
    fn feature(&self) -> String {
        self.module.id.replace('/', "-")
    }

    fn provider(&self) -> &str {
        self.module.id.split('/').next().unwrap_or_default()
    }

    fn header(&self) -> String {
        let mut from = format!("{}\n// (sha256 {})", self.files.name, digest(&self.files.text));
        if let Some((name, text)) = &self.files.overlay {
            // Writing to a string cannot fail.
            let _ = write!(from, "\n// and {name}\n// (sha256 {})", digest(text));
        }
        format!(
            "{} from {from}.\n// `cargo run -- generate` makes it again; changes by hand are lost.",
            form::MARK,
        )
    }

    /// The module's files with their paths below `src`.
    pub fn files(&self) -> Vec<(String, String)> {
        let header = self.header();
        let declarations = self.module.parts.iter().map(|part| {
            let name = quote::format_ident!("{}", part.name);
            quote!(mod #name;)
        });
        let (docs, items) = (&self.module.docs, &self.module.root);
        let root = quote!(#docs #(#declarations)* #items);
        let mut files = vec![(format!("{}/mod.rs", self.path()), form::file(&header, &root))];
        files.extend(self.module.parts.iter().map(|part| {
            let path = format!("{}/{}.rs", self.path(), part.name);
            (path, form::file(&header, &part.items))
        }));
        files
    }
}

fn digest(text: &str) -> String {
    let mut digest = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a string cannot fail.
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}

/// All files of a crate, by path below its folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Path and text
    pub files: BTreeMap<String, String>,
}

impl Plan {
    /// The plan of a crate with the given modules.
    pub fn new(config: &Config, generated: &[Generated]) -> Self {
        let mut files = BTreeMap::new();
        for module in generated {
            for (path, text) in module.files() {
                files.insert(format!("src/{path}"), text);
            }
        }
        let mut providers: BTreeMap<&str, Vec<&Generated>> = BTreeMap::new();
        for module in generated {
            providers.entry(module.provider()).or_default().push(module);
        }
        for (provider, modules) in &mut providers {
            modules.sort_by_key(|module| module.path());
            files.insert(
                format!("src/{}/mod.rs", provider.replace('-', "_")),
                index(provider, modules),
            );
        }
        files.insert("src/lib.rs".to_owned(), library(providers.keys().copied()));
        files.insert("Cargo.toml".to_owned(), manifest::manifest(config, generated));
        Self { files }
    }
}

fn crate_header() -> String {
    format!(
        "{} from typefoundry.toml.\n// `cargo run -- generate` makes it again; changes by hand are lost.",
        form::MARK
    )
}

/// The module of a provider.
fn index(provider: &str, modules: &[&Generated]) -> String {
    let docs = format!(" The services of the provider `{provider}`, one per feature.");
    let modules = modules.iter().map(|module| {
        let feature = module.feature();
        let name = names::field(module.module.id.split('/').nth(1).unwrap_or_default());
        quote!(#[cfg(feature = #feature)] pub mod #name;)
    });
    form::file(&crate_header(), &quote!(#![doc = #docs] #(#modules)*))
}

/// `lib.rs`. It is not skipped by rustfmt, so its form is the same in both.
fn library<'a>(providers: impl Iterator<Item = &'a str>) -> String {
    let mut text = crate_header();
    text.push_str(
        "\n\n//! Clients made of Typefoundry specs: a module per provider and service.\n\n",
    );
    text.push_str("#![forbid(unsafe_code)]\n");
    for provider in providers {
        let name = names::field(provider);
        // Writing to a string cannot fail.
        let _ = write!(text, "\n#[rustfmt::skip]\npub mod {name};\n");
    }
    text
}
