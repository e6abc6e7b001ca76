//! `JMESPath` (<https://jmespath.org/specification.html>): expressions read into a tree, and what they
//! find in values.
//!
//! The spec's checks hold the tree against shapes, the runtime finds values with it, and the derives
//! refuse what cannot be read. So it is read in one place, which knows neither shapes nor values.
//!
//! API specs have what somebody's waiters, pages or endpoint parameters could mean ([`parse`]):
//! everything but slices, objects put together (`{a: b}`), functions that sort or map by an
//! expression (`&a`), literals that are arrays or objects, and lists in lists (`[a, b]`) that would make
//! more than 10,000 values of one. The command line's `--query` has the whole language
//! ([`parse_query`], [`Expr::search`]), with the answers and the words of jmespath.py, which the AWS CLI
//! stands on.
//!
//! ```
//! use typefoundry_jmespath::{Value, parse, parse_query};
//!
//! assert!(parse("length(services[?!(runningCount == desiredCount)]) == `0`").is_ok());
//! let error = parse("services[?name").unwrap_err();
//! assert_eq!(error.to_string(), "a `]` is missing at the end");
//!
//! let answer = Value::from_json(r#"{"channels": [{"name": "b"}, {"name": "a"}]}"#).unwrap();
//! let query = parse_query("sort(channels[].name)").unwrap();
//! assert_eq!(query.search(&answer).unwrap().to_json(", ", ": "), r#"["a", "b"]"#);
//! ```

mod error;
mod functions;
mod json;
mod parse;
mod search;
#[cfg(test)]
mod tests;
mod tokens;
mod value;

pub use error::{ParseError, SearchError};
pub use functions::Known;
pub use parse::{parse, parse_query};
pub use value::{Number, Object, Value};

/// An expression: a question to a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// The value itself, `@`
    Current,
    /// A member of an object
    Member(String),
    /// An element of a list, from its end if the number is below zero
    Index(i64),
    /// Elements of a list, from one to another by steps: `[0:10:2]`
    Slice([Option<i64>; 3]),
    /// A value that is written down
    Literal(Value),
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
    /// An object of what each one finds: `{a: b}`
    Object(Vec<(String, Self)>),
    /// An expression for a function to ask: `&a`
    Reference(Box<Self>),
    /// What a function gives
    Call(Function, Vec<Self>),
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
    /// A number without its sign
    Abs,
    /// The average of numbers
    Avg,
    /// The next whole number
    Ceil,
    /// The whole number before
    Floor,
    /// Texts as one, with another one between them
    Join,
    /// What an expression finds in each element, also nothing
    Map,
    /// The greatest number or text
    Max,
    /// The element of which an expression finds the greatest
    MaxBy,
    /// Objects as one
    Merge,
    /// The least number or text
    Min,
    /// The element of which an expression finds the least
    MinBy,
    /// A list or text from its end
    Reverse,
    /// Numbers or texts in their order
    Sort,
    /// Elements in the order of what an expression finds
    SortBy,
    /// The sum of numbers
    Sum,
    /// A list of one, where there is none
    ToArray,
    /// The number that a text tells
    ToNumber,
    /// A value as JSON
    ToString,
    /// The name of a value's type
    Type,
}
