//! From text to tokens.

use crate::{Comparison, Literal, ParseError};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    /// A name without quotes, which may be a function's
    Word(String),
    /// A name in double quotes
    Quoted(String),
    Literal(Literal),
    Number(i64),
    Compare(Comparison),
    Dot,
    Star,
    At,
    Comma,
    Pipe,
    Or,
    And,
    Not,
    OpenParen,
    CloseParen,
    /// `[`
    Open,
    /// `]`
    Close,
    /// `[?`
    Filter,
    /// `[]`
    Flatten,
}

/// Symbols, the longer ones first.
const SYMBOLS: &[(&str, Token)] = &[
    ("[?", Token::Filter),
    ("[]", Token::Flatten),
    ("||", Token::Or),
    ("&&", Token::And),
    ("==", Token::Compare(Comparison::Equal)),
    ("!=", Token::Compare(Comparison::NotEqual)),
    ("<=", Token::Compare(Comparison::LessOrEqual)),
    (">=", Token::Compare(Comparison::GreaterOrEqual)),
    ("<", Token::Compare(Comparison::Less)),
    (">", Token::Compare(Comparison::Greater)),
    ("[", Token::Open),
    ("]", Token::Close),
    ("(", Token::OpenParen),
    (")", Token::CloseParen),
    (".", Token::Dot),
    ("*", Token::Star),
    ("@", Token::At),
    (",", Token::Comma),
    ("|", Token::Pipe),
    ("!", Token::Not),
];

/// The tokens, each with the byte that it starts at.
pub(crate) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, ParseError> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let at = text.len() - rest.len();
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        let error = |message: String| ParseError { message, at: Some(at) };
        let token;
        (token, rest) = if first.is_ascii_alphabetic() || first == '_' {
            let (word, rest) = split(rest, |c| c.is_ascii_alphanumeric() || c == '_');
            (Token::Word(word.to_owned()), rest)
        } else if first == '-' || first.is_ascii_digit() {
            let (digits, behind) = split(&rest[1..], |c| c.is_ascii_digit());
            let number = rest[..=digits.len()].parse();
            (Token::Number(number.map_err(|_| error("this is no number".to_owned()))?), behind)
        } else if matches!(first, '"' | '\'' | '`') {
            let (inner, behind) = quoted(&rest[1..], first)
                .ok_or_else(|| error(format!("the {first} that ends this text is missing")))?;
            let token = match first {
                '"' => Token::Quoted(unescaped(inner).ok_or_else(|| {
                    error("a name in quotes is written as JSON writes text".to_owned())
                })?),
                '\'' => Token::Literal(Literal::Text(inner.replace("\\'", "'"))),
                _ => Token::Literal(literal(&inner.replace("\\`", "`")).ok_or_else(|| {
                    let message = "a literal is a number, a text, true, false or null here";
                    error(message.to_owned())
                })?),
            };
            (token, behind)
        } else {
            let symbol = SYMBOLS.iter().find_map(|(symbol, token)| {
                rest.strip_prefix(symbol).map(|rest| (token.clone(), rest))
            });
            symbol.ok_or_else(|| {
                error(match first {
                    '{' => "objects that are put together are not for specs".to_owned(),
                    '&' => "references to expressions are not for specs".to_owned(),
                    ':' => "slices are not for specs".to_owned(),
                    other => format!("nothing begins with `{}`", other.escape_debug()),
                })
            })?
        };
        tokens.push((at, token));
    }
}

fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}

/// What stands in front of the quote that ends it, and what behind.
fn quoted(text: &str, quote: char) -> Option<(&str, &str)> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if c == quote && !escaped {
            return Some((&text[..at], &text[at + quote.len_utf8()..]));
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// The text of a JSON string's inside.
fn unescaped(text: &str) -> Option<String> {
    let mut made = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c.is_control() {
            return None;
        }
        if c != '\\' {
            made.push(c);
            continue;
        }
        made.push(match chars.next()? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let digits: String = chars.by_ref().take(4).collect();
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
            }
            same @ ('"' | '\\' | '/' | '`') => same,
            _ => return None,
        });
    }
    Some(made)
}

/// A literal in JSON. What is none is a text without its quotes, as `JMESPath` had it at first and
/// its libraries still have it.
fn literal(text: &str) -> Option<Literal> {
    let text = text.trim();
    Some(match text {
        "null" => Literal::Null,
        "true" => Literal::Bool(true),
        "false" => Literal::Bool(false),
        _ if text.starts_with(['[', '{']) => return None,
        _ => match text.strip_prefix('"') {
            Some(text) => Literal::Text(unescaped(text.strip_suffix('"')?)?),
            None if text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                text.parse().map_or_else(|_| Literal::Text(text.to_owned()), Literal::Number)
            }
            None => Literal::Text(text.to_owned()),
        },
    })
}
