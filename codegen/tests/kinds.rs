//! The files of a spec that has one of each kind, for a person to read, and of one that is
//! hostile. `INSTA_UPDATE=always cargo test -p typefoundry-codegen` writes the snapshots anew.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::path::Path;
use typefoundry_codegen::{Generated, Module, Options, Origin, UnknownOperation, generate};
use typefoundry_spec::{Diagnostics, Model, SpecFiles};

fn model(path: &str) -> (Model, Diagnostics, SpecFiles) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let files = SpecFiles::read(path, &file, |path| std::fs::read_to_string(path)).unwrap();
    let parts = files.load().into_parts();
    let (model, diagnostics) = parts.unwrap_or_else(|found| panic!("{found}"));
    (model, diagnostics, files)
}

fn module(path: &str, operations: &[&str]) -> (Module, SpecFiles) {
    let (model, mut diagnostics, files) = model(path);
    let operations = operations.iter().map(|name| (*name).to_owned()).collect();
    let module = generate(&model, &Options { operations }, &mut diagnostics).unwrap();
    (module.expect("no names collide"), files)
}

fn generated(path: &str) -> Generated {
    let (module, files) = module(path, &[]);
    Generated::new(&module, Origin::from(&files))
}

#[test]
fn every_kind() {
    for (path, text) in generated("tests/kinds.json").files {
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let name = path.replace('/', "_").replace(".rs", "");
        // The header changes with every word of the spec.
        let (header, text) = text.split_once("\n\n").unwrap();
        assert!(header.lines().all(|line| line.starts_with("// ")), "{header}");
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
}

#[test]
fn a_choice_of_operations_brings_only_what_it_reaches() {
    let chosen = module("tests/kinds.json", &["ListColours"]).0;
    let names: Vec<_> = chosen.parts.iter().map(|part| part.name).collect();
    assert_eq!(names, ["client", "enums", "errors", "operations", "service"]);
    assert_eq!((chosen.operations, chosen.shapes), (1, 1));
    let whole = module("tests/kinds.json", &[]).0;
    assert!(!whole.inline().to_string().contains("NeverReached"));
}

#[test]
fn an_operation_that_is_not_there_is_an_error() {
    let (model, mut diagnostics, _) = model("tests/kinds.json");
    let options = Options { operations: ["Nothing".to_owned()].into() };
    let error = generate(&model, &options, &mut diagnostics).unwrap_err();
    let expected = UnknownOperation { spec: "acme/kinds".to_owned(), name: "Nothing".to_owned() };
    assert_eq!(error, expected);
}

#[test]
fn the_same_spec_gives_the_same_bytes() {
    let files = || generated("tests/kinds.json").files;
    assert_eq!(files(), files());
}

/// Nothing in a spec's text may end a comment or a string of the generated files.
#[test]
fn documentation_survives_being_written_to_files() {
    let (module, files) = module("../tests/fixtures/hostile/hostile.json", &[]);
    let parts = &module.parts;
    for (path, text) in Generated::new(&module, Origin::from(&files)).files {
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let written = docs(file.into_token_stream());
        if let Some(part) = parts.iter().find(|part| path.ends_with(&format!("/{}.rs", part.name)))
        {
            assert_eq!(written, docs(part.items.clone()), "{path}");
        }
    }
}

/// The texts of all `#[doc = "…"]`.
fn docs(tokens: TokenStream) -> Vec<String> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut found = Vec::new();
    if let [TokenTree::Ident(doc), TokenTree::Punct(_), TokenTree::Literal(text)] = &tokens[..]
        && doc == "doc"
    {
        let text: syn::LitStr = syn::parse_str(&text.to_string()).unwrap();
        found.push(text.value());
    }
    for token in tokens {
        if let TokenTree::Group(group) = token {
            found.extend(docs(group.stream()));
        }
    }
    found
}
