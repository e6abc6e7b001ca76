//! Structures and enums, written as their tokens come.

use super::{attributes, types};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

pub(super) const INDENT: usize = 4;

/// Writes an item; if it is none that is known here, nothing is written.
pub(super) fn item(item: &[TokenTree], text: &mut String) -> bool {
    let start = text.len();
    let written = whole(item, text).is_some();
    if !written {
        text.truncate(start);
    }
    written
}

fn whole(item: &[TokenTree], text: &mut String) -> Option<()> {
    let rest = attributes::write(item, 0, text)?;
    match rest {
        // Inner attributes stand alone.
        [] => {}
        [
            TokenTree::Ident(public),
            TokenTree::Ident(keyword),
            TokenTree::Ident(name),
            rest @ ..,
        ] if public == "pub" && (keyword == "struct" || keyword == "enum") => {
            for part in ["pub ", &keyword.to_string(), " ", &name.to_string()] {
                text.push_str(part);
            }
            match rest {
                [TokenTree::Punct(punct)] if punct.as_char() == ';' => text.push_str(";\n"),
                [TokenTree::Group(group)] if group.delimiter() == Delimiter::Brace => {
                    entries(group.stream(), text)?;
                }
                _ => return None,
            }
        }
        _ => return None,
    }
    Some(())
}

/// The fields of a structure, or the variants of an enum.
fn entries(stream: TokenStream, text: &mut String) -> Option<()> {
    let tokens: Vec<_> = stream.into_iter().collect();
    let mut rest = &tokens[..];
    if rest.is_empty() {
        text.push_str(" {}\n");
        return Some(());
    }
    text.push_str(" {\n");
    while !rest.is_empty() {
        rest = attributes::write(rest, INDENT, text)?;
        text.push_str("    ");
        rest = match rest {
            [
                TokenTree::Ident(public),
                TokenTree::Ident(name),
                TokenTree::Punct(colon),
                rest @ ..,
            ] if public == "pub" && colon.as_char() == ':' => {
                let head = format!("pub {name}: ");
                text.push_str(&head);
                types::write(rest, INDENT, INDENT + head.len(), text)?
            }
            [TokenTree::Ident(name), TokenTree::Group(group), rest @ ..]
                if group.delimiter() == Delimiter::Parenthesis =>
            {
                variant(&name.to_string(), group.stream(), text)?;
                rest
            }
            [TokenTree::Ident(name), rest @ ..] => {
                text.push_str(&name.to_string());
                rest
            }
            _ => return None,
        };
        rest = match rest {
            [] => rest,
            [TokenTree::Punct(comma), rest @ ..] if comma.as_char() == ',' => rest,
            _ => return None,
        };
        text.push_str(",\n");
    }
    text.push_str("}\n");
    Some(())
}

/// A variant with one type, which may stand on a line of its own.
fn variant(name: &str, stream: TokenStream, text: &mut String) -> Option<()> {
    let tokens: Vec<_> = stream.into_iter().collect();
    let mut flat = String::new();
    // Whether it fits is seen when it is there; what does not is left to others.
    let rest = types::write(&tokens, 0, 0, &mut flat)?;
    let fits = INDENT + name.len() + flat.len() + "(),".len() <= super::MARGIN;
    if !rest.is_empty() || flat.contains('\n') || !fits {
        return None;
    }
    text.push_str(name);
    text.push('(');
    text.push_str(&flat);
    text.push(')');
    Some(())
}
