//! What is asked, and what is found.

use std::cmp::Ordering;
use std::fmt::{self, Write as _};

/// A value as JSON knows it. An object keeps the order of its members.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing
    #[default]
    Null,
    /// True or false
    Bool(bool),
    /// A number
    Number(Number),
    /// Text
    Text(String),
    /// A list
    List(Vec<Self>),
    /// An object
    Object(Object),
}

/// A number. Its text is the shortest one that is read back as the same number, in the form that
/// Python's `repr` has and so the AWS CLI's output: `1.0`, `1e-05`, `1e+16`.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// A whole number
    Whole(i64),
    /// A whole number that no [`i64`] can hold, as sums may be
    Large(i128),
    /// Any other number
    Float(f64),
}

/// The members of an object, in their order.
#[derive(Clone, Debug, Default)]
pub struct Object(Vec<(String, Value)>);

impl Number {
    /// As a floating-point number, as near as that can be.
    #[expect(clippy::cast_precision_loss, reason = "as near as it can be")]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Whole(number) => number as f64,
            Self::Large(number) => number as f64,
            Self::Float(number) => number,
        }
    }

    /// A whole number as it is; nothing for any other.
    pub(crate) fn whole(self) -> Option<i128> {
        match self {
            Self::Whole(number) => Some(number.into()),
            Self::Large(number) => Some(number),
            Self::Float(_) => None,
        }
    }

    /// A whole number.
    pub fn from_whole(number: i128) -> Self {
        i64::try_from(number).map_or(Self::Large(number), Self::Whole)
    }

    /// A number as Python reads it: with space around it, and `_` between digits.
    pub fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        let between = |at: usize| {
            let digit = |at: Option<usize>| {
                at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit)
            };
            digit(at.checked_sub(1)) && digit(at.checked_add(1))
        };
        if text.match_indices('_').any(|(at, _)| !between(at)) {
            return None;
        }
        let text = text.replace('_', "");
        match text.parse::<i128>() {
            Ok(number) => Some(Self::from_whole(number)),
            Err(_) => text.parse().ok().map(Self::Float),
        }
    }

    /// The sum of two numbers; a floating-point one if no whole number can hold it.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let whole = self.whole().zip(other.whole()).and_then(|(a, b)| a.checked_add(b));
        whole.map_or_else(|| Self::Float(self.as_f64() + other.as_f64()), Self::from_whole)
    }

    /// The order of two numbers, which what is not a number has none of. A whole number and another
    /// one are compared exactly, as Python does it: near the ends they are not each other's copies.
    pub(crate) fn order(self, other: Self) -> Option<Ordering> {
        match (self.whole(), other.whole()) {
            (Some(a), Some(b)) => Some(a.cmp(&b)),
            (Some(a), None) => order_with_float(a, other.as_f64()),
            (None, Some(b)) => order_with_float(b, self.as_f64()).map(Ordering::reverse),
            (None, None) => self.as_f64().partial_cmp(&other.as_f64()),
        }
    }

    /// The same for a list that is to be sorted: what is not a number comes last.
    pub(crate) fn place(self, other: Self) -> Ordering {
        let is_nan = |number: Self| number.as_f64().is_nan();
        self.order(other).unwrap_or_else(|| is_nan(self).cmp(&is_nan(other)))
    }
}

fn order_with_float(whole: i128, float: f64) -> Option<Ordering> {
    /// 2¹²⁷, the first number above all whole ones here
    const END: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
    if float.is_nan() {
        return None;
    }
    if float >= END {
        return Some(Ordering::Less);
    }
    if float < -END {
        return Some(Ordering::Greater);
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is between the ends")]
    let floor = float.floor() as i128;
    let behind = if float > float.floor() { Ordering::Less } else { Ordering::Equal };
    Some(whole.cmp(&floor).then(behind))
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.order(*other).is_some_and(std::cmp::Ordering::is_eq)
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Self::from_whole(number.into())
    }
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Large(number) => number.fmt(f),
            Self::Float(number) if number.is_nan() => f.write_str("nan"),
            Self::Float(number) if number.is_infinite() => {
                f.write_str(if *number > 0.0 { "inf" } else { "-inf" })
            }
            Self::Float(number) => {
                // The shortest digits, as `d.ddde-7`.
                let text = format!("{number:e}");
                let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
                let exponent: i32 = exponent.parse().unwrap_or(0);
                if (-4..16).contains(&exponent) {
                    let plain = number.to_string();
                    let point = if plain.contains('.') { "" } else { ".0" };
                    write!(f, "{plain}{point}")
                } else {
                    let sign = if exponent < 0 { '-' } else { '+' };
                    write!(f, "{digits}e{sign}{:02}", exponent.abs())
                }
            }
        }
    }
}

impl Object {
    /// An object without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A member.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// A member, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.0.iter_mut().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Sets a member, which keeps its place if it is there.
    pub fn insert(&mut self, name: impl Into<String>, value: Value) {
        let name = name.into();
        match self.get_mut(&name) {
            Some(place) => *place = value,
            None => self.0.push((name, value)),
        }
    }

    /// Adds a member that is known not to be there.
    pub fn push(&mut self, name: impl Into<String>, value: Value) {
        self.0.push((name.into(), value));
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let index = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(index).1)
    }

    /// The members in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }
}

/// The order of members tells no two objects apart.
impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl FromIterator<(String, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(members: I) -> Self {
        let mut object = Self::new();
        for (name, value) in members {
            object.insert(name, value);
        }
        object
    }
}

impl IntoIterator for Object {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Value {
    /// Whether it is nothing.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it is a list or an object.
    pub fn is_container(&self) -> bool {
        matches!(self, Self::List(_) | Self::Object(_))
    }

    /// What Python takes for true: all but nothing, false, zero, and what is empty.
    pub fn is_something(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(value) => *value,
            Self::Number(number) => number.as_f64() != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::List(items) => !items.is_empty(),
            Self::Object(members) => !members.is_empty(),
        }
    }

    /// As Python shows it, within messages and other values: `{'a': [1, None]}`.
    pub fn repr(&self) -> String {
        match self {
            Self::Null => "None".to_owned(),
            Self::Bool(true) => "True".to_owned(),
            Self::Bool(false) => "False".to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => quoted(text),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(Self::repr).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Object(object) => {
                let member =
                    |(name, value): (&str, &Self)| format!("{}: {}", quoted(name), value.repr());
                let members: Vec<_> = object.iter().map(member).collect();
                format!("{{{}}}", members.join(", "))
            }
        }
    }
}

/// As Python prints it: text as it is, the rest as within other values.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            other => f.write_str(&other.repr()),
        }
    }
}

fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut made = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => made.push_str("\\\\"),
            '\n' => made.push_str("\\n"),
            '\r' => made.push_str("\\r"),
            '\t' => made.push_str("\\t"),
            c if c == quote => made.extend(['\\', c]),
            c if is_printable(c) => made.push(c),
            c => {
                // Writing to memory never fails.
                let _ = match u32::from(c) {
                    code @ ..0x100 => write!(made, "\\x{code:02x}"),
                    code @ ..0x1_0000 => write!(made, "\\u{code:04x}"),
                    code => write!(made, "\\U{code:08x}"),
                };
            }
        }
    }
    made.push(quote);
    made
}

/// What Python's `str.isprintable` has: all but the categories of Unicode for control, format,
/// surrogates, private use, what is not assigned, and separators other than the space. Rust's escapes
/// know the same ones.
fn is_printable(c: char) -> bool {
    let is_plain = |c: char| c == '"' || c == '\'';
    // Behind another one, what combines with it is left as it is.
    let mut text = String::from("x");
    text.push(c);
    is_plain(c) || text.escape_debug().eq(text.chars())
}
