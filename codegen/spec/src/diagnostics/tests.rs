#![allow(clippy::panic, reason = "that is how tests fail")]

use super::{CATALOG, Diagnostic, Diagnostics, Severity, Style, codes, explain};
use crate::location::{At, Span};

fn diagnostics(text: &str) -> Diagnostics {
    Diagnostics::new("test.json", text)
}

#[test]
fn codes_are_in_order_and_explained() {
    let ids: Vec<_> = CATALOG.iter().map(|code| code.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted, "codes are unique and stand in order");
    for code in CATALOG {
        assert!(code.id.len() == 6 && code.id.starts_with("TF0"), "{}", code.id);
        assert!(code.explanation.ends_with('.'), "{} is explained in sentences", code.id);
        assert!(!code.title.ends_with('.'), "{} has a title, not a sentence", code.id);
    }
}

#[test]
fn codes_are_found_in_any_letter_case() {
    assert_eq!(explain("tf0103"), Some(&codes::UNKNOWN_KEY));
    assert_eq!(explain("TF0103"), Some(&codes::UNKNOWN_KEY));
    assert_eq!(explain("TF9999"), None);
    assert_eq!(explain(""), None);
}

#[test]
fn diagnostics_come_in_the_order_of_the_file() {
    let mut diagnostics = diagnostics(r#"{"a": 1, "b": {"c": 2}, "d": 3}"#);
    let b = diagnostics.entry(At::ROOT, "b");
    for (at, message) in [
        (diagnostics.child(At::ROOT, 2), "d"),
        (diagnostics.child(b, 0), "c"),
        (diagnostics.entry(At::ROOT, "a"), "a"),
        (At::ROOT, "root"),
        (b, "b"),
    ] {
        diagnostics.push(Diagnostic::new(&codes::UNKNOWN_KEY, Span::key(at), message));
    }
    diagnostics.sort();
    let messages: Vec<_> = diagnostics.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages, ["root", "a", "b", "c", "d"]);
}

#[test]
fn spans_mark_keys_and_values() {
    let text = r#"{"list": [{"a": 1}, {"a": 2}], "twice": 1, "twice": 2}"#;
    let mut diagnostics = diagnostics(text);
    let list = diagnostics.entry(At::ROOT, "list");
    let second = diagnostics.child(list, 1);
    let inner = diagnostics.entry(second, "a");
    let absent = diagnostics.entry(second, "absent");
    let beyond = diagnostics.child(list, 9);
    let twice = diagnostics.child(At::ROOT, 2);
    let cases = [
        (Span::value(At::ROOT), text),
        (Span::key(At::ROOT), text),
        (Span::key(list), "\"list\""),
        (Span::value(list), r#"[{"a": 1}, {"a": 2}]"#),
        (Span::key(second), r#"{"a": 2}"#),
        (Span::key(inner), "\"a\""),
        (Span::value(inner), "2"),
        (Span::value(absent), r#"{"a": 2}"#),
        (Span::key(beyond), "\"list\""),
        (Span::key(twice), "\"twice\""),
        (Span::value(twice), "2"),
    ];
    let Some(tree) = super::render::tree(text) else { panic!("the text is JSON") };
    let trees = crate::location::Trees { base: &tree, overlay: None };
    for (span, expected) in cases {
        assert_eq!(&text[diagnostics.locations.range(trees, span).1], expected, "{span:?}");
    }
    let place = diagnostics.locations.range(trees, Span::key(twice)).1;
    assert!(
        place.start > text.find("twice").unwrap_or_default() + 5,
        "the second of two equal keys"
    );
}

#[test]
fn terminals_are_not_told_what_to_do() {
    let mut diagnostics = Diagnostics::new(
        "na\u{1b}]0;me\n.json",
        "{\"a\u{9b}31m\u{202e}\u{200b}\u{e0041}\u{feff}\u{ad}b\": 1, \"c\": 2}",
    );
    let first = diagnostics.child(At::ROOT, 0);
    let second = diagnostics.child(At::ROOT, 1);
    diagnostics.push(
        Diagnostic::new(&codes::BAD_NAME, Span::key(first), "me\u{1b}[31mss\nage")
            .label("la\u{7}bel\r")
            .related(Span::key(second), "rela\u{202e}ted")
            .help("he\u{9b}lp\n"),
    );
    let plain = diagnostics.render(Style::Plain);
    let told = plain.chars().find(|c| *c != '\n' && crate::words::is_unprintable(*c));
    assert_eq!(told, None, "{plain:?}");
    assert!(plain.contains(r"me\u001b[31mss\u000aage"), "{plain}");
    let colored = diagnostics.render(Style::Colored);
    assert!(!colored.contains("\u{9b}") && !colored.contains("\u{1b}]"), "{colored:?}");
}

/// A message of a hundred kilobytes hides all others.
#[test]
fn long_words_are_shortened() {
    let name = "é".repeat(100_000);
    let mut diagnostics = diagnostics(&format!("{{\"{name}\": 1}}"));
    let at = diagnostics.child(At::ROOT, 0);
    diagnostics.push(
        Diagnostic::new(&codes::BAD_NAME, Span::key(at), format!("`{name}` and `b`"))
            .help(format!("not `{name}`")),
    );
    let rendered = diagnostics.render(Style::Plain);
    assert!(rendered.len() < 3_000, "{} bytes", rendered.len());
    assert!(rendered.contains("éé…éé") && rendered.contains("` and `b`"), "{rendered}");
}

#[test]
fn severities_are_counted_apart() {
    let mut diagnostics = diagnostics("{}");
    for code in [&codes::UNUSED_SHAPE, &codes::UNKNOWN_KEY, &codes::SETTER_RENAMED] {
        assert_eq!(diagnostics.has_errors(), diagnostics.count(Severity::Error) > 0);
        diagnostics.push(Diagnostic::new(code, Span::value(At::ROOT), "…"));
    }
    let counts =
        [Severity::Error, Severity::Warning, Severity::Note].map(|it| diagnostics.count(it));
    assert_eq!(counts, [1, 1, 1]);
    assert!(diagnostics.has_errors() && !diagnostics.is_empty());
}
