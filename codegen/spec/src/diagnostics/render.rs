//! Diagnostics as text, in the manner of rustc.

use super::{Diagnostic, Diagnostics, Place, Severity};
use crate::location::{File, Span, Trees};
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
    let files = Files::of(diagnostics);
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    let mut text = String::new();
    for diagnostic in diagnostics {
        let group = group(diagnostics, &files, diagnostic);
        text.push_str(&renderer.render(&[group]));
        text.push_str("\n\n");
    }
    text
}

/// Where each diagnostic starts; nothing if the file is not JSON.
pub(super) fn starts(diagnostics: &Diagnostics) -> Option<Vec<(File, usize)>> {
    let trees = Parsed::of(diagnostics);
    let trees = trees.trees()?;
    let start = |diagnostic: &Diagnostic| match &diagnostic.place {
        Place::Byte(file, byte) => (*file, *byte),
        Place::Span(span) => {
            let (file, range) = diagnostics.locations.range(trees, *span);
            (file, range.start)
        }
    };
    Some(diagnostics.iter().map(start).collect())
}

/// The files with their ranges; a file that is not JSON has none.
struct Parsed<'a> {
    base: Option<ast::Value<'a>>,
    overlay: Option<ast::Value<'a>>,
}

impl<'a> Parsed<'a> {
    fn of(diagnostics: &'a Diagnostics) -> Self {
        let overlay = diagnostics.overlay.as_deref();
        Self { base: tree(diagnostics.text()), overlay: overlay.and_then(|(_, text)| tree(text)) }
    }

    fn trees(&self) -> Option<Trees<'_, 'a>> {
        Some(Trees { base: self.base.as_ref()?, overlay: self.overlay.as_ref() })
    }
}

/// What is shown of the files: their names, and their texts without hidden signs.
struct Files<'a> {
    parsed: Parsed<'a>,
    base: (String, Cow<'a, str>),
    overlay: (String, Cow<'a, str>),
}

impl<'a> Files<'a> {
    fn of(diagnostics: &'a Diagnostics) -> Self {
        let shown = |file| {
            let (name, text) = diagnostics.file(file);
            (printable(name), visible(text))
        };
        Self {
            parsed: Parsed::of(diagnostics),
            base: shown(File::Base),
            overlay: shown(File::Overlay),
        }
    }

    fn shown(&self, file: File) -> (&str, &str) {
        let (name, text) = match file {
            File::Base => &self.base,
            File::Overlay => &self.overlay,
        };
        (name, text)
    }
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
    files: &'a Files<'_>,
    diagnostic: &'a Diagnostic,
) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(printable(&diagnostic.message)).id(diagnostic.code.id);
    let range = |span: &Span| {
        let (file, range) = diagnostics.locations.range(files.parsed.trees()?, *span);
        Some((file, head(diagnostics.file(file).1, range)))
    };
    let primary = match &diagnostic.place {
        Place::Byte(file, byte) => Some((*file, character(diagnostics.file(*file).1, *byte))),
        Place::Span(span) => range(span),
    };
    let Some((file, primary)) = primary else {
        return with_help(title.element(Origin::path(files.shown(File::Base).0)), diagnostic);
    };
    let snippet = |file| {
        let (path, source) = files.shown(file);
        Snippet::source(source).path(path)
    };
    let mut here = snippet(file)
        .annotation(AnnotationKind::Primary.span(primary).label(printable(&diagnostic.label)));
    let mut elsewhere = None;
    for (span, label) in &diagnostic.related {
        let Some((other, range)) = range(span) else { continue };
        let annotation = AnnotationKind::Context.span(range).label(printable(label));
        if other == file {
            here = here.annotation(annotation);
        } else {
            let there = elsewhere.take().unwrap_or_else(|| snippet(other));
            elsewhere = Some(there.annotation(annotation));
        }
    }
    let group = title.element(here);
    let group = match elsewhere {
        Some(elsewhere) => group.element(elsewhere),
        None => group,
    };
    with_help(group, diagnostic)
}

fn with_help<'a>(group: Group<'a>, diagnostic: &Diagnostic) -> Group<'a> {
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(printable(help))),
        None => group,
    }
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
