//! From text to tokens.

use crate::error::{ParseError, Reason};
use crate::json::unescaped;
use crate::{Comparison, Value};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    /// A name without quotes, which may be a function's
    Word(String),
    /// A name in double quotes
    Quoted(String),
    Literal(Value),
    Number(i64),
    Compare(Comparison),
    Dot,
    Star,
    At,
    Comma,
    Colon,
    Pipe,
    Or,
    And,
    Not,
    /// `&`
    Reference,
    OpenParen,
    CloseParen,
    OpenBrace,
    CloseBrace,
    /// `[`
    Open,
    /// `]`
    Close,
    /// `[?`
    Filter,
    /// `[]`
    Flatten,
}

/// Symbols, the longer ones first, with what jmespath.py calls them.
const SYMBOLS: &[(&str, Token, &str)] = &[
    ("[?", Token::Filter, "filter"),
    ("[]", Token::Flatten, "flatten"),
    ("||", Token::Or, "or"),
    ("&&", Token::And, "and"),
    ("==", Token::Compare(Comparison::Equal), "eq"),
    ("!=", Token::Compare(Comparison::NotEqual), "ne"),
    ("<=", Token::Compare(Comparison::LessOrEqual), "lte"),
    (">=", Token::Compare(Comparison::GreaterOrEqual), "gte"),
    ("<", Token::Compare(Comparison::Less), "lt"),
    (">", Token::Compare(Comparison::Greater), "gt"),
    ("[", Token::Open, "lbracket"),
    ("]", Token::Close, "rbracket"),
    ("(", Token::OpenParen, "lparen"),
    (")", Token::CloseParen, "rparen"),
    ("{", Token::OpenBrace, "lbrace"),
    ("}", Token::CloseBrace, "rbrace"),
    (".", Token::Dot, "dot"),
    ("*", Token::Star, "star"),
    ("@", Token::At, "current"),
    (",", Token::Comma, "comma"),
    (":", Token::Colon, "colon"),
    ("|", Token::Pipe, "pipe"),
    ("&", Token::Reference, "expref"),
    ("!", Token::Not, "not"),
];

impl Token {
    /// Its kind and its text, as jmespath.py names them in messages.
    pub(crate) fn named(&self) -> (&'static str, String) {
        match self {
            Self::Word(name) => ("unquoted_identifier", name.clone()),
            Self::Quoted(name) => ("quoted_identifier", name.clone()),
            Self::Literal(value) => ("literal", value.to_string()),
            Self::Number(number) => ("number", number.to_string()),
            symbol => {
                let known = SYMBOLS.iter().find(|(_, token, _)| token == symbol);
                known.map_or(("", String::new()), |(text, _, name)| (name, (*text).to_owned()))
            }
        }
    }
}

/// The tokens, each with the byte that it starts at.
pub(crate) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, ParseError> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let at = text.len() - rest.len();
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        let error = |message: String, theirs: String| {
            ParseError::new(message, Some(at), Reason::Lexer(theirs))
        };
        let token;
        (token, rest) = if first.is_ascii_alphabetic() || first == '_' {
            let (word, rest) = split(rest, |c| c.is_ascii_alphanumeric() || c == '_');
            (Token::Word(word.to_owned()), rest)
        } else if first == '-' || first.is_ascii_digit() {
            let (digits, behind) = split(&rest[1..], |c| c.is_ascii_digit());
            let number = rest[..=digits.len()].parse();
            let number = number.map_err(|_| {
                error("this is no number".to_owned(), "Unknown token '-'".to_owned())
            })?;
            (Token::Number(number), behind)
        } else if matches!(first, '"' | '\'' | '`') {
            let (inner, behind) = quoted(&rest[1..], first).ok_or_else(|| {
                error(
                    format!("the {first} that ends this text is missing"),
                    format!("Unclosed {first} delimiter"),
                )
            })?;
            let token = match first {
                '"' => Token::Quoted(unescaped(inner).ok_or_else(|| {
                    let message = "a name in quotes is written as JSON writes text";
                    error(message.to_owned(), why_no_text(inner).to_owned())
                })?),
                '\'' => Token::Literal(Value::Text(inner.replace("\\'", "'"))),
                _ => {
                    let inner = inner.replace("\\`", "`");
                    Token::Literal(literal(&inner).ok_or_else(|| {
                        let message = "a literal is JSON, or text without quotes";
                        error(message.to_owned(), format!("Bad token {inner}"))
                    })?)
                }
            };
            (token, behind)
        } else {
            let symbol = SYMBOLS.iter().find_map(|(symbol, token, _)| {
                rest.strip_prefix(symbol).map(|rest| (token.clone(), rest))
            });
            symbol.ok_or_else(|| {
                let quote = if first == '=' { "'" } else { "" };
                error(
                    format!("nothing begins with `{}`", first.escape_debug()),
                    format!("Unknown token {quote}{first}{quote}"),
                )
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

/// Python's words for a JSON text that is none.
fn why_no_text(inner: &str) -> &'static str {
    if inner.chars().any(|c| u32::from(c) < 0x20) {
        "Invalid control character at"
    } else if inner.contains("\\u") {
        "Invalid \\uXXXX escape"
    } else {
        "Invalid \\escape"
    }
}

/// A literal in JSON. What is none is a text without its quotes, as `JMESPath` had it at first and
/// its libraries still have it.
fn literal(text: &str) -> Option<Value> {
    Value::from_json(text).or_else(|| {
        let bare = text.trim_start();
        // A quote of its own would end the text before its end.
        let mut escaped = false;
        let ends = bare.chars().any(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        if ends { None } else { unescaped(bare).map(Value::Text) }
    })
}
