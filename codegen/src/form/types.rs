//! The types of fields.

use super::MARGIN;
use proc_macro2::TokenTree;

/// A path with its arguments.
struct Type {
    path: String,
    arguments: Vec<Type>,
}

/// Writes the type at the head of tokens, and gives what stands behind it; nothing if it is not
/// known here. `column` is what stands on the line already.
pub(super) fn write<'t>(
    tokens: &'t [TokenTree],
    indent: usize,
    column: usize,
    text: &mut String,
) -> Option<&'t [TokenTree]> {
    let (found, rest) = parse(tokens)?;
    found.write(indent, column, ",".len(), text);
    Some(rest)
}

fn parse(mut tokens: &[TokenTree]) -> Option<(Type, &[TokenTree])> {
    let mut found = Type { path: String::new(), arguments: Vec::new() };
    loop {
        match tokens {
            [TokenTree::Ident(ident), rest @ ..] => {
                found.path.push_str(&ident.to_string());
                tokens = rest;
            }
            [TokenTree::Punct(punct), rest @ ..] if punct.as_char() == ':' => {
                found.path.push(':');
                tokens = rest;
            }
            [TokenTree::Punct(punct), rest @ ..] if punct.as_char() == '<' => {
                tokens = rest;
                loop {
                    let (argument, rest) = parse(tokens)?;
                    found.arguments.push(argument);
                    match rest {
                        [TokenTree::Punct(punct), rest @ ..] if punct.as_char() == ',' => {
                            tokens = rest;
                        }
                        [TokenTree::Punct(punct), rest @ ..] if punct.as_char() == '>' => {
                            return Some((found, rest));
                        }
                        _ => return None,
                    }
                }
            }
            [] | [TokenTree::Punct(_), ..] if !found.path.is_empty() => {
                return Some((found, tokens));
            }
            _ => return None,
        }
    }
}

impl Type {
    fn length(&self) -> usize {
        let arguments: usize = self.arguments.iter().map(|it| it.length() + ", ".len()).sum();
        // The last argument has no comma, but all stand between brackets.
        self.path.len() + arguments
    }

    /// `behind` is what must stand on the line behind it: prettyplease does not count the comma that
    /// it adds to the last of several lines.
    fn write(&self, indent: usize, column: usize, behind: usize, text: &mut String) {
        text.push_str(&self.path);
        if self.arguments.is_empty() {
            return;
        }
        if column + self.length() + behind <= MARGIN {
            text.push('<');
            for (index, argument) in self.arguments.iter().enumerate() {
                if index > 0 {
                    text.push_str(", ");
                }
                argument.write(0, 0, 0, text);
            }
            text.push('>');
            return;
        }
        text.push_str("<\n");
        for (index, argument) in self.arguments.iter().enumerate() {
            let behind = usize::from(index + 1 < self.arguments.len());
            let indent = indent + super::direct::INDENT;
            text.push_str(&" ".repeat(indent));
            argument.write(indent, indent, behind, text);
            text.push_str(",\n");
        }
        text.push_str(&" ".repeat(indent));
        text.push('>');
    }
}
