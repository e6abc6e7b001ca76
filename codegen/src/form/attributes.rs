//! Attributes, and the documentation among them.

use super::MARGIN;
use super::direct::INDENT;
use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};

/// Writes the attributes at the head of tokens, and gives what stands behind them; nothing if one
/// is not known here.
pub(super) fn write<'t>(
    mut tokens: &'t [TokenTree],
    indent: usize,
    text: &mut String,
) -> Option<&'t [TokenTree]> {
    loop {
        let (inner, group, rest) = match tokens {
            [TokenTree::Punct(hash), TokenTree::Group(group), rest @ ..]
                if hash.as_char() == '#' =>
            {
                (false, group, rest)
            }
            [
                TokenTree::Punct(hash),
                TokenTree::Punct(mark),
                TokenTree::Group(group),
                rest @ ..,
            ] if hash.as_char() == '#' && mark.as_char() == '!' => (true, group, rest),
            _ => return Some(tokens),
        };
        let content: Vec<_> = group.stream().into_iter().collect();
        text.push_str(&"        "[..indent]);
        match &content[..] {
            [TokenTree::Ident(doc), TokenTree::Punct(_), TokenTree::Literal(literal)]
                if doc == "doc" =>
            {
                let docs = line(literal).filter(|docs| inner || !docs.starts_with('/'))?;
                text.push_str(if inner { "//!" } else { "///" });
                text.push_str(docs.trim_end_matches(' '));
            }
            [TokenTree::Ident(name)] => {
                text.push_str("#[");
                text.push_str(&name.to_string());
                text.push(']');
            }
            [TokenTree::Ident(name), TokenTree::Group(group)]
                if group.delimiter() == Delimiter::Parenthesis =>
            {
                let entries = entries(group.stream())?;
                text.push_str(if inner { "#![" } else { "#[" });
                let head = text.len();
                let name = name.to_string();
                let written = Entry { text: name, inner: Some(entries) };
                let before = indent + if inner { "#![" } else { "#[" }.len();
                written.write(indent, before, "]".len(), text);
                debug_assert!(text.len() > head, "an attribute has a name");
                text.push(']');
            }
            _ => return None,
        }
        text.push('\n');
        tokens = rest;
    }
}

/// The text of a literal without a line break; nothing if it is none.
fn line(literal: &Literal) -> Option<String> {
    let written = literal.to_string();
    let plain = written.strip_prefix('"').and_then(|text| text.strip_suffix('"'))?;
    let value = if plain.contains('\\') {
        match syn::Lit::new(literal.clone()) {
            syn::Lit::Str(text) => text.value(),
            _ => return None,
        }
    } else {
        plain.to_owned()
    };
    (!value.contains('\n')).then_some(value)
}

/// One of the things between commas: text, and what is in the parentheses behind it.
struct Entry {
    text: String,
    inner: Option<Vec<Entry>>,
}

fn entries(stream: TokenStream) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut entry = Entry { text: String::new(), inner: None };
    let mut after_word = false;
    let mut tokens = stream.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_comma = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
        // Behind parentheses there is nothing but a comma; two words have a space that may break.
        let is_word = matches!(&token, TokenTree::Ident(_) | TokenTree::Literal(_));
        if entry.inner.is_some() && !is_comma || is_word && after_word {
            return None;
        }
        match token {
            TokenTree::Punct(_) if is_comma => {
                tokens.peek()?;
                entries.push(std::mem::replace(
                    &mut entry,
                    Entry { text: String::new(), inner: None },
                ));
            }
            TokenTree::Punct(punct) if punct.as_char() == '=' => {
                entry.text.push_str(if after_word { " = " } else { "= " });
            }
            TokenTree::Punct(punct) => entry.text.push(punct.as_char()),
            TokenTree::Ident(ident) => entry.text.push_str(&ident.to_string()),
            TokenTree::Literal(literal) => entry.text.push_str(&literal.to_string()),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                entry.inner = Some(self::entries(group.stream())?);
            }
            TokenTree::Group(_) => return None,
        }
        after_word = is_word;
    }
    if entry.text.is_empty() {
        return None;
    }
    entries.push(entry);
    Some(entries)
}

impl Entry {
    fn length(&self) -> usize {
        let inner = self.inner.as_ref().map_or(0, |entries| {
            let entries: usize = entries.iter().map(|it| it.length() + ", ".len()).sum();
            // The last entry has no comma, but all stand between parentheses.
            entries
        });
        self.text.len() + inner
    }

    /// `column` is what stands on the line already, `behind` what follows before it can break.
    fn write(&self, indent: usize, column: usize, behind: usize, text: &mut String) {
        text.push_str(&self.text);
        let Some(entries) = &self.inner else { return };
        if column + self.length() + behind <= MARGIN {
            text.push('(');
            for (index, entry) in entries.iter().enumerate() {
                if index > 0 {
                    text.push_str(", ");
                }
                entry.write(0, 0, 0, text);
            }
            text.push(')');
            return;
        }
        text.push_str("(\n");
        for (index, entry) in entries.iter().enumerate() {
            let is_last = index + 1 == entries.len();
            let indent = indent + INDENT;
            text.push_str(&" ".repeat(indent));
            entry.write(indent, indent, usize::from(!is_last), text);
            text.push_str(if is_last { "\n" } else { ",\n" });
        }
        text.push_str(&" ".repeat(indent));
        text.push(')');
    }
}
