//! Documentation of strangers, made harmless.
//!
//! Specs come from anywhere, and rustdoc runs what looks like code, links what looks like a link
//! and passes HTML through. So only a small part of Markdown is let through: paragraphs, lists in
//! lists, emphasis, code spans, fenced text, and links to web addresses that are written out.

use std::borrow::Cow;
use std::fmt::Write;

/// Makes Markdown harmless: no code that runs, no HTML, no headings, no links but web addresses.
pub(crate) fn harmless(markdown: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut items = Items::default();
    // Whether the last line belongs to a list, where the next one may go on.
    let mut in_item = false;
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        let line = visible(line);
        if let Some(fence) = Fence::open(&line) {
            fenced(lines.by_ref().take_while(|line| !fence.is_closed_by(line)), &mut out);
            in_item = false;
            items.close();
            continue;
        }
        let indent = indent(&line);
        let line = words(&line);
        let (marks, rest) = bullets(&line);
        match out.last_mut() {
            // An unindented line that goes on with an item looks like a mistake to clippy, and an
            // indented one could be code.
            Some(item) if in_item && marks.is_empty() && !rest.is_empty() => {
                item.push(' ');
                text(rest, item);
            }
            last => {
                let mut line = if rest.is_empty() {
                    String::new()
                } else if marks.is_empty() {
                    " ".repeat(items.inside(indent))
                } else {
                    let interrupts = last.is_some_and(|last| !last.is_empty()) && !in_item;
                    " ".repeat(items.open(indent, &marks, interrupts))
                };
                in_item = !marks.is_empty();
                line.push_str(&marks);
                let rest = start_of_line(rest, &mut line);
                text(rest, &mut line);
                out.push(line);
            }
        }
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out.join("\n")
}

/// The items of lists that a line may be inside of.
#[derive(Default)]
struct Items {
    /// Where the text of each starts: in the lines that come in, and in those that go out
    open: Vec<(usize, usize)>,
}

/// Lists in lists in lists; what is deeper stands beside these.
const DEEPEST: usize = 4;

impl Items {
    fn close(&mut self) {
        self.open.clear();
    }

    /// The indentation of a paragraph, which ends the items that it is not inside of.
    fn inside(&mut self, indent: usize) -> usize {
        self.open.retain(|(start, _)| *start <= indent);
        self.open.last().map_or(0, |(_, column)| *column)
    }

    /// The indentation of an item with these marks. One that could not interrupt the paragraph
    /// above it is no item to Markdown, and nothing is inside of it.
    fn open(&mut self, indent: usize, marks: &str, interrupts: bool) -> usize {
        let column = self.inside(indent);
        if interrupts && marks.starts_with(|c: char| c.is_ascii_digit()) && !is_first(marks) {
            self.close();
            return 0;
        }
        // A number inside of a list may be no item either, so nothing goes below it there.
        let is_sure =
            column == 0 || !marks.starts_with(|c: char| c.is_ascii_digit()) || is_first(marks);
        if self.open.len() < DEEPEST && is_sure {
            self.open.push((indent + marks.len(), column + marks.len()));
        }
        column
    }
}

fn is_first(marks: &str) -> bool {
    marks.starts_with("1.") || marks.starts_with("1)")
}

/// The columns in front of a line; a tab goes to the next fourth.
fn indent(line: &str) -> usize {
    let mut column = 0;
    for c in line.chars() {
        match c {
            ' ' => column += 1,
            '\t' => column += 4 - column % 4,
            _ => break,
        }
    }
    column
}

/// The same on one line, to stand inside a sentence of ours or at its start.
pub(crate) fn inline(markdown: &str) -> String {
    let line = visible(&markdown.replace(['\n', '\r'], " "));
    let line = words(&line);
    let mut out = String::new();
    if let Some((mark, rest)) = bullet(&line) {
        // `- ` loses its power as `\- `, and `1. ` as `1\. `.
        let (at, sign) = mark.trim_end().char_indices().next_back().unwrap_or_default();
        let _ = write!(out, "{}\\{sign} ", &mark[..at]);
        text(rest, &mut out);
    } else {
        let line = start_of_line(&line, &mut out);
        text(line, &mut out);
    }
    out
}

/// The first paragraph on one line; nothing if it is code.
pub(crate) fn summary(markdown: &str) -> String {
    let lines = markdown.lines().skip_while(|line| line.trim().is_empty());
    let paragraph = lines.take_while(|line| !line.trim().is_empty() && Fence::open(line).is_none());
    inline(&paragraph.collect::<Vec<_>>().join(" "))
}

/// A code span of any text.
pub(crate) fn code(text: &str) -> String {
    let text = visible(&text.replace(['\n', '\r', '\t'], " ")).replace('`', "'");
    if text.trim().is_empty() { "(empty)".to_owned() } else { format!("`{text}`") }
}

/// A line without control characters, and without the signs that reorder text on screen, end
/// lines or cannot be seen.
fn visible(line: &str) -> String {
    let is_hostile = |c: char| {
        c.is_control() && c != '\t'
            || matches!(
                c,
                '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' ..='\u{202e}'
                    | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
            )
    };
    line.chars().filter(|c| !is_hostile(*c)).collect()
}

/// A line with one space between words: more would make code of what follows a list's mark, and
/// any in front would make code of the line.
fn words(line: &str) -> Cow<'_, str> {
    let words = line.split([' ', '\t']).filter(|word| !word.is_empty());
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

/// What opened a block of code.
#[derive(Clone, Copy)]
struct Fence {
    sign: char,
    length: usize,
}

impl Fence {
    /// Also behind the marks of a list, where the block is taken out of the list.
    fn open(line: &str) -> Option<Self> {
        let line = words(line);
        let (_, line) = bullets(&line);
        let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
        let info = line.trim_start_matches(sign);
        let length = line.len() - info.len();
        let opens = length >= 3 && !(sign == '`' && info.contains('`'));
        opens.then_some(Self { sign, length })
    }

    fn is_closed_by(self, line: &str) -> bool {
        let line = line.trim();
        line.chars().all(|c| c == self.sign) && line.len() >= self.length
    }
}

/// A block of code becomes one of text, whatever it says it is.
fn fenced<'a>(lines: impl Iterator<Item = &'a str>, out: &mut Vec<String>) {
    let lines: Vec<_> =
        lines.map(|line| visible(line).replace('\t', "    ").trim_end().to_owned()).collect();
    if lines.iter().all(String::is_empty) {
        return;
    }
    // No line of the block may end it.
    let ticks = |line: &String| line.split(|c| c != '`').map(str::len).max();
    let longest = lines.iter().filter_map(ticks).max().unwrap_or_default();
    let fence = "`".repeat(3.max(longest + 1));
    out.push(format!("{fence}text"));
    out.extend(lines);
    out.push(fence);
}

/// The marks of lists in front of a line, with one space behind each, and what follows.
fn bullets(line: &str) -> (String, &str) {
    let mut marks = String::new();
    let mut rest = line;
    while let Some((mark, behind)) = bullet(rest) {
        marks.push_str(mark);
        rest = behind;
    }
    (marks, rest)
}

/// `- `, `* `, `+ `, `1. ` or `1) ` at the start of a line of [`words`], and what follows.
fn bullet(line: &str) -> Option<(&str, &str)> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let signs = if digits == 0 { &['-', '*', '+'][..] } else { &['.', ')'][..] };
    let behind = line[digits..].strip_prefix(signs)?.strip_prefix(' ')?;
    (digits <= 9 && !behind.is_empty()).then(|| line.split_at(line.len() - behind.len()))
}

/// Escapes what has a power at the start of a line alone: headings, fences, rules, the lines under
/// headings and tables, and marks of lists with nothing behind them. What is left of the line comes
/// back.
fn start_of_line<'a>(line: &'a str, out: &mut String) -> &'a str {
    let is_rule = |c: char| "-=*_+: ".contains(c);
    let sign = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if sign.len() < line.len() && matches!(sign, "." | ")") {
        out.push_str(&line[..line.len() - 1]);
        out.push('\\');
        return sign;
    }
    if line.starts_with('#')
        || line.starts_with("~~~")
        || (!line.is_empty() && line.chars().all(is_rule))
    {
        out.push('\\');
    }
    line
}

/// A line outside of fences: code spans stay, everything else loses its powers.
fn text(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(start) = rest.find(['`', 'h', '\\', '[']) {
        let (before, here) = rest.split_at(start);
        plain(before, out);
        rest = match here.as_bytes()[0] {
            b'`' => code_span(here, out),
            b'h' => address(here, out),
            b'\\' => escape(here, out),
            _ => link(here, out),
        };
    }
    plain(rest, out);
}

fn plain(text: &str, out: &mut String) {
    for c in text.chars() {
        if matches!(c, '\\' | '[' | ']' | '<' | '>' | '`' | '|' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
}

/// A sign that has been escaped stays so.
fn escape<'a>(text: &'a str, out: &mut String) -> &'a str {
    let length = match text.as_bytes().get(1) {
        Some(sign) if sign.is_ascii_punctuation() => 2,
        _ => {
            out.push('\\');
            1
        }
    };
    out.push_str(&text[..length]);
    &text[length..]
}

/// A link whose address is written out; any other is a name that rustdoc would look for.
fn link<'a>(line: &'a str, out: &mut String) -> &'a str {
    let parts = line[1..].split_once("](").and_then(|(words, rest)| {
        let (url, behind) = rest.split_once(')')?;
        let is_web = ["https://", "http://", "mailto:"]
            .iter()
            .any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
        let is_plain = |c: char| c.is_ascii_graphic() && !"<>()[]\\`\"|".contains(c);
        let good = is_web
            && url.chars().all(is_plain)
            && !words.trim().is_empty()
            && !words.contains(['[', ']', '\\', '|'])
            && !words.contains("://")
            // It would be a picture.
            && !out.ends_with('!');
        good.then_some((words, url, behind))
    });
    let Some((words, url, behind)) = parts else {
        out.push_str("\\[");
        return &line[1..];
    };
    out.push('[');
    text(words, out);
    // Writing to a string cannot fail.
    let _ = write!(out, "]({url})");
    behind
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
            out.push_str(&text[..ticks + end]);
            return &behind[end..];
        }
        from = start + run;
    }
    plain(fence, out);
    behind
}

/// A web address becomes an explicit link: a bare one is a warning of rustdoc's.
fn address<'a>(text: &'a str, out: &mut String) -> &'a str {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme));
    let Some(scheme) = scheme else {
        out.push('h');
        return &text[1..];
    };
    let ends = |c: char| c.is_whitespace() || "<>`[]()\"'\\|".contains(c);
    let end = text.find(ends).unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    let has_host = url.len() > scheme.len();
    // Writing to a string cannot fail.
    let _ = if has_host { write!(out, "<{url}>") } else { write!(out, "{url}") };
    &text[url.len()..]
}

#[cfg(test)]
mod tests;
