//! What is written directly is what prettyplease would write.

use super::{direct, file, items};
use proc_macro2::TokenStream;

/// Items in many widths, with what is on both sides of the margin.
fn samples() -> Vec<String> {
    let mut samples = vec![
        "pub struct Unit;".to_owned(),
        "pub struct Empty {}".to_owned(),
        "#[doc = \" Says \\\"hello\\\" \\\\ \\u{1F600}  \"] #[doc = \"\"] pub struct Docs { #[doc = \" A field\"] pub r#type: bool }".to_owned(),
        "#[derive(Clone, Debug)] #[non_exhaustive] pub enum Kind { #[doc = \" One\"] One, Two(Box<Other>), Three }".to_owned(),
        "#[operation(service = S, pages(field = a.b?.c, item = Vec<u8>, size = \"n\"))] pub struct Dotted { pub a: Map<String, Option<Vec<B>>> }".to_owned(),
    ];
    for length in 1..90 {
        let name = "n".repeat(length);
        samples.push(format!("pub struct S {{ pub {name}: Option<Thing> }}"));
        samples
            .push(format!("pub struct S {{ pub f: Map<{name}, Option<Vec<{name}>>>, pub g: B }}"));
        samples.push(format!(
            "#[model(name = \"{name}\", label, item(wire = \"{name}\", flattened))] pub struct S;"
        ));
        samples.push(format!(
            "pub struct S {{ #[model(name = \"{name}\", query = \"äö\")] pub a: B }}"
        ));
        samples
            .push(format!("#[derive({name}, B)] pub enum E {{ #[doc(alias = \"{name}\")] A, B }}"));
        samples.push(format!("#[service(auth(\"sigv4\", name = \"{name}\"), header(\"a\", \"b\"), last)] pub struct S;"));
    }
    samples
}

#[test]
fn the_form_is_prettypleases() {
    for sample in samples() {
        let tokens: TokenStream = sample.parse().expect("tokens");
        let expected = prettyplease::unparse(&syn::parse2(tokens.clone()).expect("an item"));
        let items = items(&tokens);
        assert_eq!(items.len(), 1, "{sample}");
        let mut text = String::new();
        assert!(direct::item(&items[0], &mut text), "{sample}");
        assert_eq!(text, expected, "of {sample}");
    }
}

#[test]
fn what_is_not_known_is_left_to_others() {
    let samples = [
        "pub struct Pair(A, B);",
        "pub struct G<T> { pub a: T }",
        "pub enum E { A = 1 }",
        "pub struct S { pub a: &'static str }",
        "pub struct S { pub a: [u8; 4] }",
        "#[model(a b)] pub struct S;",
        "#[model(a,)] pub struct S;",
        "#[doc = \"two\\nlines\"] pub struct S;",
        "fn f() {}",
    ];
    for sample in samples {
        let tokens: TokenStream = sample.parse().expect("tokens");
        let mut text = "before".to_owned();
        assert!(!direct::item(&items(&tokens)[0], &mut text), "{sample}");
        assert_eq!(text, "before", "{sample}");
    }
}

#[test]
fn items_of_a_kind_stand_together() {
    let tokens = "#![doc = \" Docs\"] #![forbid(unsafe_code)] mod a; pub mod b; use c::{d, e}; pub use f; struct G; struct H {} m!(1);";
    let text = file("// Head", &tokens.parse().expect("tokens"));
    assert_eq!(
        text,
        "// Head\n\n//! Docs\n#![forbid(unsafe_code)]\n\nmod a;\npub mod b;\n\nuse c::{d, e};\npub use f;\n\nstruct G;\n\nstruct H {}\n\nm!(1);\n"
    );
}
