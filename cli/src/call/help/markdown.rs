//! Documentation in Markdown as plain text: paragraphs, lists and code, as the importers write them.

use super::page::{Kind, Line};
use crate::output::printable_line;

/// The lines of a text, with an empty one between paragraphs.
pub(super) fn lines(markdown: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut fence: Option<usize> = None;
    // Whether the next line goes on with the last
    let mut is_open = false;
    for raw in markdown.trim_end().lines() {
        let text = raw.trim_start();
        let indent = raw.len() - text.len();
        let text = text.trim_end();
        if text.starts_with("```") {
            fence = if fence.is_some() { None } else { Some(indent) };
            is_open = false;
            continue;
        }
        if let Some(outer) = fence {
            let line = raw.get(outer.min(indent)..).unwrap_or_default();
            lines.push(line_of(outer, 0, &printable_line(line), Kind::Verbatim));
            continue;
        }
        if text.is_empty() {
            if lines.last().is_some_and(|line| line.kind != Kind::Gap) {
                lines.push(line_of(0, 0, "", Kind::Gap));
            }
            is_open = false;
            continue;
        }
        if let Some((mark, rest)) = item(text) {
            let text = format!("{mark} {}", inline(rest));
            lines.push(line_of(indent, mark.chars().count() + 1, &text, Kind::Text));
            is_open = true;
            continue;
        }
        let (text, kind) = match text.trim_start_matches('#') {
            rest if rest.len() < text.len() && rest.starts_with(' ') => {
                is_open = false;
                (rest.trim_start(), Kind::Term)
            }
            _ => (text, Kind::Text),
        };
        match lines.last_mut() {
            Some(last) if is_open && kind == Kind::Text => {
                last.text.push(' ');
                last.text.push_str(&inline(text));
            }
            _ => lines.push(line_of(indent, 0, &inline(text), kind)),
        }
        is_open = kind == Kind::Text;
    }
    lines
}

fn line_of(indent: usize, hanging: usize, text: &str, kind: Kind) -> Line {
    Line { indent, hanging, text: text.to_owned(), kind }
}

/// An item of a list: how it is marked, and the rest.
fn item(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix(['-', '*', '+']).and_then(|rest| rest.strip_prefix(' '));
    if let Some(rest) = rest {
        return Some(("-", rest));
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (mark, rest) = text.split_at_checked(digits + 1)?;
    (digits > 0 && mark.ends_with('.')).then_some(())?;
    Some((mark, rest.strip_prefix(' ')?))
}

/// What a text says without marks: code and emphasis have none, a link shows its address.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let taken = match c {
            '\\' => escaped(after, &mut out),
            '`' => code(rest, &mut out),
            '*' => Some(after.trim_start_matches('*')),
            '[' => link(after, &mut out),
            '<' if after.starts_with("http://") || after.starts_with("https://") => {
                after.split_once('>').map(|(address, behind)| {
                    out.push_str(address);
                    behind
                })
            }
            _ => None,
        };
        rest = taken.unwrap_or_else(|| {
            out.push(c);
            after
        });
    }
    printable_line(&out)
}

/// Takes a mark that stands for itself, and gives what is behind it.
fn escaped<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let mark = text.chars().next().filter(char::is_ascii_punctuation)?;
    out.push(mark);
    text.strip_prefix(mark)
}

/// Takes a span of code, and gives what is behind it.
fn code<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let after = text.trim_start_matches('`');
    let (code, behind) = after.split_once(&text[..text.len() - after.len()])?;
    out.push_str(code.trim());
    Some(behind)
}

/// Takes a link behind its `[`, and gives what is behind it.
fn link<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let (label, rest) = text.split_once("](")?;
    if label.contains(']') {
        return None;
    }
    let (address, behind) = rest.split_once(')')?;
    let (label, address) = (inline(label), address.trim_matches(['<', '>']));
    out.push_str(&label);
    if label != address && !address.is_empty() {
        out.extend([" (", address, ")"]);
    }
    Some(behind)
}
