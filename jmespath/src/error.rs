//! Why an expression cannot be read, or finds nothing that it could.

use crate::Value;
use std::fmt;

/// Why an expression cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    message: String,
    /// The byte that it is about; nothing for the end
    at: Option<usize>,
    reason: Reason,
}

/// The same in the words of jmespath.py (<https://github.com/jmespath/jmespath.py>,
/// `exceptions.py`), which the AWS CLI shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    Empty,
    /// A sentence that is whole
    Sentence(String),
    /// What no token begins with
    Lexer(String),
    /// The end is too early.
    Incomplete,
    /// A token at the wrong place
    Token {
        message: String,
        kind: &'static str,
        text: String,
    },
}

impl ParseError {
    pub(crate) fn new(message: impl Into<String>, at: Option<usize>, reason: Reason) -> Self {
        Self { message: message.into(), at, reason }
    }

    /// The byte of the text that it is about; nothing for its end.
    pub fn at(&self) -> Option<usize> {
        self.at
    }

    /// The error as the AWS CLI tells it, which has jmespath.py's words: with the expression, and
    /// a mark under the place.
    pub fn with_expression(&self, expression: &str) -> String {
        let column = match self.at {
            Some(at) => expression.get(..at).unwrap_or(expression).chars().count(),
            None => expression.chars().count(),
        };
        let spaces = |count: usize| " ".repeat(count);
        match &self.reason {
            Reason::Empty => "Invalid JMESPath expression: cannot be empty.".to_owned(),
            Reason::Sentence(sentence) => sentence.clone(),
            Reason::Lexer(message) => {
                format!("Bad jmespath expression: {message}:\n{expression}\n{}^", spaces(column))
            }
            Reason::Incomplete => format!(
                "Invalid jmespath expression: Incomplete expression:\n\"{expression}\"\n{}^",
                spaces(expression.chars().count() + 1)
            ),
            Reason::Token { message, kind, text } => format!(
                "{message}: Parse error at column {column}, token \"{text}\" ({}), for \
                 expression:\n\"{expression}\"\n{}^",
                kind.to_uppercase(),
                spaces(column + 1)
            ),
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(at) => write!(f, "{} at byte {at}", self.message),
            None => write!(f, "{} at the end", self.message),
        }
    }
}

impl std::error::Error for ParseError {}

/// Why a search found neither a value nor nothing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SearchError {
    /// An argument of a function has another type than it takes.
    Type {
        /// The function
        function: &'static str,
        /// What it was given
        value: Value,
        /// The type of that
        received: &'static str,
        /// What it takes
        expected: &'static [&'static str],
    },
    /// A slice goes on by nothing.
    Step,
    /// Text and numbers have no order among each other.
    Order,
    /// It makes more of what it was given than there is room for.
    TooMuch,
}

/// In jmespath.py's words.
impl fmt::Display for SearchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { function, value, received, expected } => {
                let expected: Vec<_> = expected.iter().map(|name| format!("'{name}'")).collect();
                write!(
                    f,
                    "In function {function}(), invalid type for value: {value}, expected one of: \
                     [{}], received: \"{received}\"",
                    expected.join(", ")
                )
            }
            Self::Step => f.write_str("slice step cannot be zero"),
            Self::Order => f.write_str("text and numbers cannot be compared with each other"),
            Self::TooMuch => {
                f.write_str("the expression makes too many values of what it is given")
            }
        }
    }
}

impl std::error::Error for SearchError {}
