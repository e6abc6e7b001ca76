//! `JMESPath` (<https://jmespath.org/specification.html>) as API specs use it, read into a tree.
//!
//! The spec's checks hold the tree against shapes, the runtime finds values with it, and the derives
//! refuse what cannot be read. So it is read in one place, which knows neither shapes nor values.
//!
//! Of the language there is what somebody's waiters, pages or endpoint parameters could mean:
//! everything but slices, objects put together (`{a: b}`), functions that sort or map by an
//! expression (`&a`), and literals that are arrays or objects.
//!
//! ```
//! use typefoundry_jmespath::parse;
//!
//! assert!(parse("length(services[?!(runningCount == desiredCount)]) == `0`").is_ok());
//! let error = parse("services[?name").unwrap_err();
//! assert_eq!(error.to_string(), "a `]` is missing at the end");
//! ```

mod parse;
#[cfg(test)]
mod tests;
mod tokens;

pub use parse::parse;

use std::fmt;

/// An expression: a question to a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// The value itself, `@`
    Current,
    /// A member of an object
    Member(String),
    /// An element of a list, from its end if the number is below zero
    Index(i64),
    /// A value that is written down
    Literal(Literal),
    /// What the second one finds in what the first one finds: `a.b`, `a[0]`, `a | b`
    Then(Box<Self>, Box<Self>),
    /// A list with the elements of its lists in their place: the first half of `a[]`
    Flatten(Box<Self>),
    /// What the second one finds in each element of a list, without nothing: `a[*].b`
    Each(Box<Self>, Box<Self>),
    /// What the second one finds in each value of an object, without nothing: `a.*.b`
    EachValue(Box<Self>, Box<Self>),
    /// What the last one finds in each element that the condition is true of: `a[?b].c`
    Filter {
        /// The list
        of: Box<Self>,
        /// The condition
        condition: Box<Self>,
        /// What is taken of an element
        then: Box<Self>,
    },
    /// Whether two values stand to each other so
    Compare(Comparison, Box<Self>, Box<Self>),
    /// The second one if the first one is true, else the first one
    And(Box<Self>, Box<Self>),
    /// The first one if it is true, else the second one
    Or(Box<Self>, Box<Self>),
    /// Whether it is not true
    Not(Box<Self>),
    /// A list of what each one finds: `[a, b]`
    List(Vec<Self>),
    /// What a function gives
    Call(Function, Vec<Self>),
}

/// A value that is written down.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// Nothing
    Null,
    /// True or false
    Bool(bool),
    /// A number
    Number(f64),
    /// Text
    Text(String),
}

/// How two values are compared. All but the first two are for numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// How many characters, elements or members there are
    Length,
    /// Whether a list has an element, or a text a part
    Contains,
    /// The names of an object's members
    Keys,
    /// The values of an object's members
    Values,
    /// Whether a text starts with another one
    StartsWith,
    /// Whether a text ends with another one
    EndsWith,
    /// The first of the arguments that is something
    NotNull,
}

impl Function {
    /// All of them, by name, with the number of their arguments; at least one where there is none.
    pub const ALL: &[(&str, Self, Option<usize>)] = &[
        ("length", Self::Length, Some(1)),
        ("contains", Self::Contains, Some(2)),
        ("keys", Self::Keys, Some(1)),
        ("values", Self::Values, Some(1)),
        ("starts_with", Self::StartsWith, Some(2)),
        ("ends_with", Self::EndsWith, Some(2)),
        ("not_null", Self::NotNull, None),
    ];
}

/// Why an expression cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    message: String,
    /// The byte that it is about; nothing for the end
    at: Option<usize>,
}

impl ParseError {
    /// The byte of the text that it is about; nothing for its end.
    pub fn at(&self) -> Option<usize> {
        self.at
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
