//! A page of help, and how it is laid out.

use super::markdown;

/// What stands left of a heading's text.
const STEP: usize = 4;
/// Lines are no longer than this, however wide the terminal is.
const WIDEST: usize = 100;
/// Nor shorter than this, or deep trees would have no place.
const NARROWEST: usize = 24;

/// A page of help.
#[derive(Debug, Default)]
pub(in crate::call) struct Page {
    lines: Vec<Line>,
}

/// What becomes one line or, where it is too long, several.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Columns in front
    pub(super) indent: usize,
    /// How much more stands in front of what follows
    pub(super) hanging: usize,
    pub(super) text: String,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Heading,
    /// A term that something is said about
    Term,
    Text,
    /// Code, which stays as it is
    Verbatim,
    Gap,
}

impl Page {
    /// A heading. One with nothing below it goes.
    pub(super) fn heading(&mut self, text: &str) {
        if self.lines.last().is_some_and(|line| line.kind == Kind::Heading) {
            self.lines.pop();
        }
        self.gap();
        self.push(0, 0, text, Kind::Heading);
    }

    /// A term, `depth` steps to the right of the headings.
    pub(super) fn term(&mut self, depth: usize, text: &str) {
        self.push(depth * STEP, STEP, text, Kind::Term);
    }

    pub(super) fn text(&mut self, depth: usize, text: &str) {
        self.push(depth * STEP, 0, text, Kind::Text);
    }

    /// An item of a list.
    pub(super) fn item(&mut self, depth: usize, text: &str) {
        self.push(depth * STEP, 2, &format!("- {text}"), Kind::Text);
    }

    pub(super) fn verbatim(&mut self, depth: usize, text: &str) {
        for line in text.lines() {
            self.push(depth * STEP, 0, line, Kind::Verbatim);
        }
    }

    /// Documentation in Markdown.
    pub(super) fn docs(&mut self, depth: usize, docs: Option<&str>) {
        for mut line in markdown::lines(docs.unwrap_or_default()) {
            line.indent += depth * STEP;
            self.lines.push(line);
        }
    }

    /// An empty line, of which there are never two.
    pub(super) fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| line.kind != Kind::Gap) {
            self.push(0, 0, "", Kind::Gap);
        }
    }

    /// An empty line, unless something is only named in front of it.
    pub(super) fn gap_behind_text(&mut self) {
        if self.lines.last().is_some_and(|line| line.kind != Kind::Term) {
            self.gap();
        }
    }

    /// The number of lines.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    fn push(&mut self, indent: usize, hanging: usize, text: &str, kind: Kind) {
        self.lines.push(Line { indent, hanging, text: text.to_owned(), kind });
    }

    /// The page in so many columns.
    pub(super) fn render(&self, columns: usize, is_terminal: bool) -> String {
        let width = columns.clamp(NARROWEST, WIDEST);
        let mut out = String::new();
        for line in &self.lines {
            let bold = is_terminal && matches!(line.kind, Kind::Heading | Kind::Term);
            match line.kind {
                Kind::Gap => out.push('\n'),
                Kind::Verbatim => put(&mut out, line.indent, &line.text, false),
                _ => {
                    for (index, text) in wrapped(line, width).iter().enumerate() {
                        let hanging = if index == 0 { 0 } else { line.hanging };
                        put(&mut out, line.indent + hanging, text, bold);
                    }
                }
            }
        }
        out
    }
}

fn put(out: &mut String, indent: usize, text: &str, bold: bool) {
    let text = text.trim_end();
    if !text.is_empty() {
        out.push_str(&" ".repeat(indent));
        if bold {
            out.extend(["\u{1b}[1m", text, "\u{1b}[0m"]);
        } else {
            out.push_str(text);
        }
    }
    out.push('\n');
}

/// Words are never broken.
fn wrapped(line: &Line, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in line.text.split_whitespace() {
        let length = word.chars().count();
        let hanging = if lines.len() > 1 { line.hanging } else { 0 };
        let room = width.saturating_sub(line.indent + hanging).max(NARROWEST / 2);
        // The mark of an item does not stand alone.
        let is_marked = lines.len() == 1 && used < line.hanging;
        match lines.last_mut() {
            Some(last) if used > 0 && (is_marked || used + 1 + length <= room) => {
                last.push(' ');
                last.push_str(word);
                used += 1 + length;
            }
            Some(last) if used == 0 => {
                last.push_str(word);
                used = length;
            }
            _ => {
                lines.push(word.to_owned());
                used = length;
            }
        }
    }
    lines
}
