//! The files of a generated crate, and what is on disk.

mod manifest;
mod tree;

#[cfg(test)]
mod tests;

pub use tree::{Outcome, apply, stale};

use crate::config::{Config, Output};
use crate::emit::Module;
use crate::{form, names};
use quote::quote;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use syn::ext::IdentExt;
use typefoundry_spec::{SpecFiles, is_unprintable};

/// Where a module comes from: a spec and the overlay beside it, or somebody's model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// How the file is called
    pub name: String,
    /// A digest of what it holds
    pub digest: String,
    /// The overlay's name and digest
    pub overlay: Option<(String, String)>,
}

impl From<&SpecFiles> for Origin {
    fn from(files: &SpecFiles) -> Self {
        Self {
            name: files.name.clone(),
            digest: digest(&files.text),
            overlay: files.overlay.as_ref().map(|(name, text)| (name.clone(), digest(text))),
        }
    }
}

/// How a generated crate is made again.
const BY_LIST: &str = "`cargo run -- generate`";
const BY_SPEC: &str = "`typefoundry generate --spec`";

/// A module's files, and what a crate that holds it must know.
#[derive(Clone, Debug)]
pub struct Generated {
    /// `provider/service`
    pub id: String,
    /// What it was made of
    pub origin: Origin,
    /// How many operations it has
    pub operations: usize,
    /// How many types it has, inputs and outputs aside
    pub shapes: usize,
    /// The features of the runtime that it needs
    pub needs: BTreeSet<&'static str>,
    /// The files with their paths below `src`
    pub files: Vec<(String, String)>,
}

impl Generated {
    /// A module of a crate that holds others as well.
    pub fn new(module: &Module, origin: Origin) -> Self {
        Self::form(module, origin, BY_LIST, |name| format!("{}/{name}.rs", folder(&module.id)))
    }

    /// A module that is a crate.
    pub fn alone(module: &Module, origin: Origin) -> Self {
        let name =
            |name: &str| if name == ROOT { "lib.rs".to_owned() } else { format!("{name}.rs") };
        Self::form(module, origin, BY_SPEC, name)
    }

    fn form(module: &Module, origin: Origin, again: &str, path: impl Fn(&str) -> String) -> Self {
        let header = header(&origin, again);
        let root_path = path(ROOT);
        // Whoever formats a crate of their own leaves these files as they are.
        let alone = root_path == "lib.rs";
        let skip = alone.then(|| quote!(#[rustfmt::skip]));
        let declarations = module.parts.iter().map(|part| {
            let name = quote::format_ident!("{}", part.name);
            quote!(#skip mod #name;)
        });
        let forbid = alone.then(|| quote!(#![forbid(unsafe_code)]));
        let (docs, items) = (&module.docs, &module.root);
        let root = quote!(#docs #forbid #(#declarations)* #items);
        let mut files = vec![(root_path, form::file(&header, &root))];
        files.extend(
            module.parts.iter().map(|part| (path(part.name), form::file(&header, &part.items))),
        );
        Self {
            id: module.id.clone(),
            origin,
            operations: module.operations,
            shapes: module.shapes,
            needs: module.needs.clone(),
            files,
        }
    }

    /// The folder of the module below `src`: `aws/ivs_realtime`.
    pub fn folder(&self) -> String {
        folder(&self.id)
    }

    /// The crate's feature, and the name of a crate of its own: `aws-ivs-realtime`.
    pub fn feature(&self) -> String {
        self.id.replace('/', "-")
    }

    fn provider(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }
}

/// The name of the module's own file, among those of its parts
const ROOT: &str = "mod";

fn header(origin: &Origin, again: &str) -> String {
    let mut from = format!("{}\n// (sha256 {})", in_comment(&origin.name), origin.digest);
    if let Some((name, digest)) = &origin.overlay {
        // Writing to a string cannot fail.
        let _ = write!(from, "\n// and {}\n// (sha256 {digest})", in_comment(name));
    }
    format!("{} from {from}.\n// {again} makes it again; changes by hand are lost.", form::MARK)
}

/// A file's name in a line of a comment, which it must not end.
fn in_comment(name: &str) -> String {
    let mut line = String::new();
    for c in name.chars() {
        if is_unprintable(c) {
            line.extend(c.escape_unicode());
        } else {
            line.push(c);
        }
    }
    line
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
            for (path, text) in &module.files {
                files.insert(format!("src/{path}"), text.clone());
            }
        }
        let mut providers: BTreeMap<&str, Vec<&Generated>> = BTreeMap::new();
        for module in generated {
            providers.entry(module.provider()).or_default().push(module);
        }
        for (provider, modules) in &mut providers {
            modules.sort_by_key(|module| module.folder());
            files.insert(format!("src/{}/mod.rs", folder(provider)), index(provider, modules));
        }
        files.insert("src/lib.rs".to_owned(), library(providers.keys().copied()));
        files.insert("Cargo.toml".to_owned(), manifest::manifest(config, generated));
        Self { files }
    }

    /// The plan of a crate that is one module.
    pub fn alone(output: &Output, generated: Generated) -> Self {
        let manifest = manifest::alone(output, &generated);
        let files = generated.files.into_iter().map(|(path, text)| (format!("src/{path}"), text));
        let mut files: BTreeMap<_, _> = files.collect();
        files.insert("Cargo.toml".to_owned(), manifest);
        Self { files }
    }
}

/// The folder of a module: `aws/ivs_realtime`.
fn folder(id: &str) -> String {
    let parts: Vec<_> = id.split('/').map(|part| names::module(part).unraw().to_string()).collect();
    parts.join("/")
}

fn crate_header() -> String {
    format!(
        "{} from typefoundry.toml.\n// {BY_LIST} makes it again; changes by hand are lost.",
        form::MARK
    )
}

/// The module of a provider.
fn index(provider: &str, modules: &[&Generated]) -> String {
    let docs = format!(" The services of the provider `{provider}`, one per feature.");
    let modules = modules.iter().map(|module| {
        let feature = module.feature();
        let name = names::module(module.id.split('/').nth(1).unwrap_or_default());
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
        let name = names::module(provider);
        // Writing to a string cannot fail.
        let _ = write!(text, "\n#[rustfmt::skip]\npub mod {name};\n");
    }
    text
}
