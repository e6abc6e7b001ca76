//! Documentation of strangers, made harmless.
//!
//! Specs come from anywhere, and rustdoc runs what looks like code, links what looks like a link
//! and passes HTML through. So only a small part of Markdown is let through: paragraphs, lists,
//! emphasis, code spans, fenced text and plain web addresses.

use std::fmt::Write;

/// Makes Markdown harmless: no code that runs, no HTML, no links but web addresses.
pub(crate) fn harmless(markdown: &str) -> String {
    let mut lines = Vec::new();
    let mut fence: Option<&str> = None;
    for line in markdown.lines() {
        let line: String = line.chars().filter(|c| !is_hostile(*c)).collect();
        let trimmed = line.trim();
        let opens = ["```", "~~~"].into_iter().find(|sign| trimmed.starts_with(sign));
        match (fence, opens) {
            (None, Some(sign)) => {
                fence = Some(sign);
                lines.push("```text".to_owned());
            }
            (Some(open), Some(sign)) if open == sign => {
                fence = None;
                lines.push("```".to_owned());
            }
            // Inside a fence another fence must not end it.
            (Some(_), _) => lines.push(line.replace("```", "'''")),
            // Four spaces in front would make code of it, so no line keeps its indentation.
            (None, None) => lines.push(text(trimmed)),
        }
    }
    if fence.is_some() {
        lines.push("```".to_owned());
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n")
}

/// Control characters, and the signs that reorder text on screen.
fn is_hostile(c: char) -> bool {
    c.is_control() && c != '\t'
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// A line outside of fences: code spans stay, everything else loses its powers.
fn text(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    // Four signs or a tab behind a list's bullet would be code inside the list.
    if let Some((bullet, item)) = bullet(rest) {
        out.push_str(bullet);
        rest = item;
    }
    while let Some(start) = rest.find(['`', 'h']) {
        let (before, here) = rest.split_at(start);
        plain(before, &mut out);
        rest =
            if here.starts_with('`') { code_span(here, &mut out) } else { address(here, &mut out) };
    }
    plain(rest, &mut out);
    out
}

fn bullet(line: &str) -> Option<(&str, &str)> {
    ["- ", "* ", "+ "]
        .into_iter()
        .find_map(|sign| Some((sign, line.strip_prefix(sign)?.trim_start())))
}

fn plain(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\\' | '[' | ']' | '<' | '>' | '`' | '|' | '&' => {
                out.push('\\');
                out.push(c);
            }
            // An underlining line would make a heading of the line above.
            c => out.push(c),
        }
    }
}

/// A run of backticks that another run of the same length closes on the same line is a code span;
/// one that nothing closes is escaped, so that it cannot pair with one on a later line.
fn code_span<'a>(text: &'a str, out: &mut String) -> &'a str {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let (fence, behind) = text.split_at(ticks);
    let mut from = 0;
    while let Some(found) = behind[from..].find(fence) {
        let start = from + found;
        let run = behind[start..].len() - behind[start..].trim_start_matches('`').len();
        if run == ticks {
            let end = start + ticks;
            out.push_str(fence);
            out.push_str(&behind[..end]);
            return &behind[end..];
        }
        from = start + run;
    }
    plain(fence, out);
    behind
}

/// A web address becomes an explicit link: a bare one is a warning of rustdoc's.
fn address<'a>(text: &'a str, out: &mut String) -> &'a str {
    let is_address = text.starts_with("http://") || text.starts_with("https://");
    if !is_address {
        out.push('h');
        return &text[1..];
    }
    let ends = |c: char| c.is_whitespace() || "<>`[]()\"'\\|".contains(c);
    let end = text.find(ends).unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    let _ = if url.ends_with("//") { write!(out, "{url}") } else { write!(out, "<{url}>") };
    &text[url.len()..]
}

#[cfg(test)]
mod tests;
