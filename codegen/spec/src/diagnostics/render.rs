//! Diagnostics as text, in the manner of rustc.

use super::{Diagnostic, Diagnostics, Place, Severity};
use crate::location::Span;
use crate::words::is_unprintable;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use jsonc_parser::{CollectOptions, ParseOptions, ast, parse_to_ast};
use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

/// Whether rendered text carries colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Plain text
    Plain,
    /// Text with ANSI escapes, for a terminal
    Colored,
}

pub(super) fn render(diagnostics: &Diagnostics, style: Style) -> String {
    let tree = tree(&diagnostics.text);
    let path = printable(&diagnostics.name);
    let source = visible(&diagnostics.text);
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    let mut text = String::new();
    for diagnostic in diagnostics {
        let group = group(diagnostics, (&path, &source), tree.as_ref(), diagnostic);
        text.push_str(&renderer.render(&[group]));
        text.push_str("\n\n");
    }
    text
}

/// Where each diagnostic starts; nothing if the file is not JSON.
pub(super) fn starts(diagnostics: &Diagnostics) -> Option<Vec<usize>> {
    let tree = tree(&diagnostics.text)?;
    let start = |diagnostic: &Diagnostic| match &diagnostic.place {
        Place::Byte(byte) => *byte,
        Place::Span(span) => diagnostics.locations.range(&tree, *span).start,
    };
    Some(diagnostics.iter().map(start).collect())
}

pub(super) fn tree(text: &str) -> Option<ast::Value<'_>> {
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    parse_to_ast(text, &CollectOptions::default(), &strict).ok()?.value
}

fn group<'a>(
    diagnostics: &'a Diagnostics,
    (path, source): (&'a str, &'a str),
    tree: Option<&ast::Value<'_>>,
    diagnostic: &'a Diagnostic,
) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(printable(&diagnostic.message)).id(diagnostic.code.id);
    let range = |span: &Span| tree.map(|tree| diagnostics.locations.range(tree, *span));
    let text = &diagnostics.text;
    let primary = match &diagnostic.place {
        Place::Byte(byte) => Some(character(text, *byte)),
        Place::Span(span) => range(span).map(|range| head(text, range)),
    };
    let mut group = match primary {
        Some(primary) => {
            let mut snippet = Snippet::source(source).path(path).annotation(
                AnnotationKind::Primary.span(primary).label(printable(&diagnostic.label)),
            );
            for (span, label) in &diagnostic.related {
                if let Some(range) = range(span) {
                    let range = head(text, range);
                    snippet = snippet
                        .annotation(AnnotationKind::Context.span(range).label(printable(label)));
                }
            }
            title.element(snippet)
        }
        None => title.element(Origin::path(path)),
    };
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    group
}

/// A value that spans lines is marked by its first line alone.
fn head(text: &str, range: Range<usize>) -> Range<usize> {
    let line = text.get(range.clone()).and_then(|part| part.find(['\r', '\n']));
    match line {
        Some(length) if length > 0 => range.start..range.start + length,
        _ => range,
    }
}

/// The character that a byte is part of; at the end of a line or of the text, the place behind it.
fn character(text: &str, byte: usize) -> Range<usize> {
    let start = text.floor_char_boundary(byte);
    if text[start..].starts_with(['\r', '\n']) {
        return start..start;
    }
    start..text.ceil_char_boundary(start + 1)
}

/// A spec's own words may hold characters that change how a terminal shows the rest, and may be
/// of any length: the first are written as escapes, and the middle of long words is left out.
fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            printable.push('`');
        }
        let length = part.chars().count();
        // Words that are quoted stand between an odd and an even backtick.
        let gap = if index % 2 == 1 && length > HEAD + TAIL { HEAD..length - TAIL } else { 0..0 };
        for (position, character) in part.chars().enumerate() {
            if gap.start == position && !gap.is_empty() {
                printable.push('…');
            }
            if gap.contains(&position) {
                continue;
            }
            if is_unprintable(character) {
                let _ = write!(printable, "\\u{:04x}", u32::from(character));
            } else {
                printable.push(character);
            }
        }
    }
    printable
}

/// The file with signs in the place of characters that a terminal would obey or hide, each as long
/// in bytes as what it stands for, so that spans stay true. The renderer itself replaces ASCII
/// controls, and leaves out joiners, which are a part of many emoji.
fn visible(text: &str) -> Cow<'_, str> {
    const JOINER: char = '\u{200d}';
    let hidden = |c: char| !c.is_ascii() && c != JOINER && is_unprintable(c);
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let sign = |c: char| match c.len_utf8() {
        _ if !hidden(c) => c,
        2 => '\u{b7}',
        3 => '\u{fffd}',
        _ => '\u{1f7a8}',
    };
    Cow::Owned(text.chars().map(sign).collect())
}

/// How much of a long quoted word is shown.
const HEAD: usize = 48;
const TAIL: usize = 16;
