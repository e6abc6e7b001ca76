//! What is wrong with a file that is not JSON at all.

use crate::diagnostics::{Diagnostic, codes};

/// What `serde_json` says, what that means, and what to do.
const REASONS: &[(&str, &str, &str)] = &[
    ("EOF while parsing a string", "a string is never closed", "close it with a double quote"),
    (
        "EOF",
        "the file ends too early",
        "close every `{` and `[`; a part of the file may be missing",
    ),
    ("trailing comma", "nothing follows the last comma", "remove the comma"),
    ("trailing characters", "something follows the end of the spec", "a spec is one JSON object"),
    ("key must be a string", "a key must stand in double quotes", "write it like \"docs\": \"…\""),
    ("expected `:`", "a colon is missing behind the key", "write it like \"docs\": \"…\""),
    (
        "expected `,`",
        "a comma or a closing bracket is missing",
        "put it in front of the mark, or close a string before it",
    ),
    ("expected ident", "there is no such word", "the words are `true`, `false` and `null`"),
    (
        "expected value",
        "a value is missing",
        "a value is an object, an array, a number, a string in double quotes, `true`, `false` or `null`",
    ),
    (
        "control character",
        "a string holds a line break or another control character",
        "close the string on its line, or write the character as an escape such as \\n",
    ),
    (
        "invalid escape",
        "there is no such escape",
        "escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u0000; a backslash is written \\\\",
    ),
    (
        "invalid number",
        "a number is malformed",
        "write it like -1.5 or 2e3: no plus sign, leading zero or hexadecimal digits",
    ),
    ("number out of range", "a number is too large to be read", "numbers are at most 1.7e308"),
    (
        "lone leading surrogate",
        "half of a surrogate pair is missing",
        "write the character itself, or both of its escapes",
    ),
    (
        "unexpected end of hex escape",
        "half of a surrogate pair is missing",
        "write the character itself, or both of its escapes",
    ),
];

pub(super) fn diagnose(text: &str, error: &serde_json::Error) -> Diagnostic {
    let full = error.to_string();
    let said = full.rsplit_once(" at line ").map_or(full.as_str(), |(reason, _)| reason);
    let byte = match said {
        _ if text.trim().is_empty() => 0,
        "expected ident" => word_start(text, byte_of(text, error)),
        _ if said.starts_with("EOF") => text.trim_end().len(),
        _ => byte_of(text, error),
    };
    if said.contains("recursion limit") {
        return Diagnostic::at_byte(
            &codes::DEEP_JSON,
            byte,
            "the file nests too deeply to be read",
        )
        .label("more than 128 levels")
        .help(
            "a spec needs no more than a dozen levels: look for brackets that were never closed",
        );
    }
    let (reason, help) = special(text, byte, said).unwrap_or_else(|| {
        let known = REASONS.iter().find(|(start, ..)| said.starts_with(start));
        known.map_or((said, "look here and just before"), |(_, reason, help)| (*reason, *help))
    });
    Diagnostic::at_byte(&codes::BROKEN_JSON, byte, format!("the file is not JSON: {reason}"))
        .help(help)
}

/// What the text itself says better than the reader's complaint.
fn special(text: &str, byte: usize, said: &str) -> Option<(&'static str, &'static str)> {
    let rest = text.get(byte..)?;
    if text.starts_with('\u{feff}') {
        Some(("it starts with a byte order mark", "save it as UTF-8 without one"))
    } else if text.trim().is_empty() {
        Some((
            "it is empty",
            "a spec starts like {\"typefoundry\": \"1\", \"service\": {\"id\": \"…\", \"title\": \"…\"}}",
        ))
    } else if rest.starts_with(',') && text[..byte].trim_end().ends_with([',', '{', '[']) {
        Some(("a comma has nothing in front of it", "remove it, or write what is missing"))
    } else if rest.starts_with("//") || rest.starts_with("/*") {
        Some(("it holds a comment", "move it into a `docs`, or remove it"))
    } else if rest.starts_with(['+', '.']) {
        Some((
            "a number is malformed",
            "write it like -1.5 or 2e3: no plus sign, and a digit before the point",
        ))
    } else if rest.starts_with(|c: char| c.is_alphabetic()) && said == "expected value" {
        Some((
            "there is no such word",
            "the words are `true`, `false` and `null`; strings stand in double quotes",
        ))
    } else if rest.starts_with('\'') {
        Some(("it holds a single quote", "strings stand in double quotes"))
    } else {
        None
    }
}

/// `serde_json` counts lines from one, columns in bytes, and a line break as column zero of the
/// line behind it.
fn byte_of(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    text.floor_char_boundary((start + error.column()).saturating_sub(1))
}

fn word_start(text: &str, byte: usize) -> usize {
    let before = &text[..byte];
    before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()
}
