//! HTML as a row of tags and text. Nothing is too broken for it: what is no tag is text.

use super::entities;
use std::borrow::Cow;

/// A tag, or what stands between two.
#[derive(Debug)]
pub(super) enum Token<'a> {
    /// Its name in lower case, and its attributes as written
    Open { name: String, attributes: &'a str },
    /// The name in lower case
    Close(String),
    /// Text with its entities resolved
    Text(Cow<'a, str>),
}

impl Token<'_> {
    pub(super) fn is_tag(&self) -> bool {
        !matches!(self, Self::Text(_))
    }

    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }
}

/// The tags of HTML and of the `DocBook` that AWS's documentation is made of. Any other is a
/// placeholder that somebody forgot to escape.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "caution",
    "center",
    "cite",
    "code",
    "colgroup",
    "col",
    "dd",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "emphasis",
    "figure",
    "filename",
    "font",
    "footer",
    "fullname",
    "function",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "img",
    "important",
    "ins",
    "itemizedlist",
    "kbd",
    "li",
    "link",
    "listitem",
    "literal",
    "main",
    "mark",
    "note",
    "ol",
    "orderedlist",
    "p",
    "para",
    "parameter",
    "pre",
    "programlisting",
    "q",
    "replaceable",
    "s",
    "samp",
    "script",
    "section",
    "shortdesc",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tip",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "ulink",
    "userinput",
    "var",
    "variablelist",
    "warning",
    "xhtml",
    "xref",
    "zonbook",
];

pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    // Where the text that has not been taken yet starts, and where to look for a tag.
    let (mut start, mut from) = (0, 0);
    while let Some(found) = html[from..].find('<') {
        let at = from + found;
        let Some((token, end)) = tag(html, at) else {
            from = at + 1;
            continue;
        };
        text(&html[start..at], &mut tokens);
        tokens.extend(token);
        (start, from) = (end, end);
    }
    text(&html[start..], &mut tokens);
    tokens
}

fn text<'a>(text: &'a str, tokens: &mut Vec<Token<'a>>) {
    if !text.is_empty() {
        tokens.push(Token::Text(entities::resolve(text)));
    }
}

/// The tag at a `<` and where it ends; a comment has an end alone.
fn tag(html: &str, at: usize) -> Option<(Option<Token<'_>>, usize)> {
    let inside = &html[at + 1..];
    if let Some(comment) = inside.strip_prefix("!--") {
        let end = comment.find("-->")?;
        return Some((None, at + 1 + 3 + end + 3));
    }
    let (closes, inside) = match inside.strip_prefix('/') {
        Some(inside) => (true, inside),
        None => (false, inside),
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-:_.".contains(c);
    let length = inside.find(|c| !is_name(c))?;
    let name = inside[..length].to_ascii_lowercase();
    if !TAGS.contains(&name.as_str()) {
        return None;
    }
    let attributes = &inside[length..];
    let end = end(attributes)?;
    let after = html.len() - attributes.len() + end + 1;
    let attributes = &attributes[..end];
    if closes {
        return Some((Some(Token::Close(name)), after));
    }
    Some((Some(Token::Open { name, attributes }), after))
}

/// Where a tag's `>` stands. Quotes hide one; quotes that nothing closes do not.
fn end(attributes: &str) -> Option<usize> {
    let mut quote = None;
    let mut plain = None;
    for (index, c) in attributes.char_indices() {
        match (c, quote) {
            ('>', None) => return Some(index),
            ('>', Some(_)) => plain = plain.or(Some(index)),
            ('<', None) => return None,
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => (quote, plain) = (None, None),
            _ => {}
        }
    }
    plain
}

/// The value of an attribute, with its entities resolved.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let length = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        if rest.is_empty() {
            return None;
        }
        let (key, behind) = rest.split_at(length);
        let behind = behind.trim_start();
        let Some(value) = behind.strip_prefix('=') else {
            rest = behind;
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, behind) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(entities::resolve(value));
        }
        rest = behind;
    }
}
