//! From the words of a spec to Rust identifiers.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use std::fmt::Write;
use unicode_ident::{is_xid_continue, is_xid_start};

/// Keywords of Rust, strict and reserved, as of the 2024 edition.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be written raw.
const NEVER_RAW: &[&str] = &["crate", "self", "super", "_"];

/// The name of a field or method: `stageArn` becomes `stage_arn`, `type` becomes `r#type`, `1080p`
/// becomes `n1080p`.
pub(crate) fn field(name: &str) -> Ident {
    let text = legal(&plural(name).to_snake_case(), name, 'n');
    if KEYWORDS.contains(&text.as_str()) {
        Ident::new_raw(&text, Span::call_site())
    } else if NEVER_RAW.contains(&text.as_str()) {
        Ident::new(&format!("{text}_"), Span::call_site())
    } else {
        Ident::new(&text, Span::call_site())
    }
}

/// The name of a type: `__string` becomes `String`, `HLSConfig` becomes `HlsConfig`.
pub(crate) fn type_name(name: &str) -> Ident {
    Ident::new(&legal(&plural(name).to_upper_camel_case(), name, 'T'), Span::call_site())
}

/// The name of a variant: `B_FRAME_PRESENT` becomes `BFramePresent`, `1080p` becomes `V1080p`.
///
/// `Unknown` is what the variant for values to come is called, so a value of that name becomes
/// `UnknownValue`, as in the AWS SDK for Rust.
pub(crate) fn variant(value: &str) -> Ident {
    let text = legal(&plural(value).to_upper_camel_case(), value, 'V');
    match text.as_str() {
        "Unknown" => Ident::new("UnknownValue", Span::call_site()),
        // `Self` is the one keyword that this case can give.
        "Self" => Ident::new("SelfValue", Span::call_site()),
        text => Ident::new(text, Span::call_site()),
    }
}

/// Acronyms in the plural are one word: `stageARNs` is `stage_arns`, not `stage_ar_ns`.
fn plural(name: &str) -> String {
    let Some(stem) = name.strip_suffix('s') else { return name.to_owned() };
    let acronym = stem.chars().rev().take_while(char::is_ascii_uppercase).count();
    if acronym < 2 {
        return name.to_owned();
    }
    let (word, acronym) = stem.split_at(stem.len() - acronym);
    let mut letters = acronym.chars();
    let first = letters.next().unwrap_or_default();
    format!("{word}{first}{}s", letters.as_str().to_ascii_lowercase())
}

/// Makes an identifier of what a case conversion left: no foreign signs, no digit in front, and
/// for a name of signs alone the numbers of the signs.
fn legal(converted: &str, original: &str, prefix: char) -> String {
    let mut text: String = converted.chars().filter(|c| is_xid_continue(*c)).collect();
    if text.is_empty() {
        for c in original.chars() {
            // Writing to a string cannot fail.
            let _ = write!(text, "U{:04X}", c as u32);
        }
        if prefix.is_lowercase() {
            text.make_ascii_lowercase();
        }
    }
    if !text.starts_with(|c: char| is_xid_start(c)) {
        text.insert(0, prefix);
    }
    text
}
