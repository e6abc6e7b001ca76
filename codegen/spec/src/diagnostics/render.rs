//! Diagnostics as text, in the manner of rustc.

use super::{Diagnostic, Diagnostics, Place, Severity};
use crate::location::{File, Span, Trees};
use crate::words::is_unprintable;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
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
    base: Shown<'a>,
    overlay: Shown<'a>,
}

/// A file as it is shown.
struct Shown<'a> {
    name: String,
    text: Cow<'a, str>,
    /// Where its lines start
    lines: Vec<usize>,
}

impl Shown<'_> {
    /// The lines that these ranges are of, and where they start: the renderer looks at all of the
    /// text that it is given, for each diagnostic anew.
    fn excerpt(&self, ranges: &[Range<usize>]) -> (&str, usize, usize) {
        let first = ranges.iter().map(|range| range.start).min().unwrap_or_default();
        let last = ranges.iter().map(|range| range.end).max().unwrap_or_default();
        let line = self.lines.partition_point(|start| *start <= first).saturating_sub(1);
        let start = self.lines.get(line).copied().unwrap_or_default();
        let behind = self.lines.partition_point(|start| *start <= last);
        let end = self.lines.get(behind).copied().unwrap_or(self.text.len());
        (self.text.get(start..end).unwrap_or(&self.text), line, start)
    }
}

impl<'a> Files<'a> {
    fn of(diagnostics: &'a Diagnostics) -> Self {
        let shown = |file| {
            let (name, text) = diagnostics.file(file);
            let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            let lines = std::iter::once(0).chain(breaks.map(|(index, _)| index + 1)).collect();
            Shown { name: printable(name), text: visible(text), lines }
        };
        Self {
            parsed: Parsed::of(diagnostics),
            base: shown(File::Base),
            overlay: shown(File::Overlay),
        }
    }

    fn shown(&self, file: File) -> &Shown<'_> {
        match file {
            File::Base => &self.base,
            File::Overlay => &self.overlay,
        }
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
        return with_help(title.element(Origin::path(&*files.shown(File::Base).name)), diagnostic);
    };
    let related = diagnostic.related.iter();
    let related = related.filter_map(|(span, label)| range(span).map(|it| (it, label)));
    let (mut here, mut elsewhere) = (vec![(primary, None)], Vec::new());
    for ((other, range), label) in related {
        let marks = if other == file { &mut here } else { &mut elsewhere };
        marks.push((range, Some(label)));
    }
    let mut group = title.element(snippet(files.shown(file), here, diagnostic));
    if !elsewhere.is_empty() {
        let other = if file == File::Base { File::Overlay } else { File::Base };
        group = group.element(snippet(files.shown(other), elsewhere, diagnostic));
    }
    with_help(group, diagnostic)
}

/// The marked lines of a file; a mark without a label is what the diagnostic is about.
fn snippet<'a>(
    shown: &'a Shown<'_>,
    marks: Vec<(Range<usize>, Option<&'a String>)>,
    diagnostic: &'a Diagnostic,
) -> Snippet<'a, Annotation<'a>> {
    let ranges: Vec<_> = marks.iter().map(|(range, _)| range.clone()).collect();
    let (source, line, start) = shown.excerpt(&ranges);
    let mut snippet = Snippet::source(source).line_start(line + 1).path(&*shown.name);
    for (range, label) in marks {
        let range = range.start - start..range.end - start;
        snippet = snippet.annotation(match label {
            None => AnnotationKind::Primary.span(range).label(printable(&diagnostic.label)),
            Some(label) => AnnotationKind::Context.span(range).label(printable(label)),
        });
    }
    snippet
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
