//! Values as they were given, before it is known whether they fit: the AWS CLI's Python values.

use crate::call::arguments::python_quoted;
use std::fmt::{self, Write};
use typefoundry::Map;
use typefoundry_jmespath::{Number, Value};

/// A value of an input.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::call) enum Param {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Param>),
    Map(Map<String, Param>),
}

impl Param {
    /// The name of its class in Python, as the AWS CLI's messages have it.
    pub(in crate::call) fn class(&self) -> &'static str {
        match self {
            Self::Null => "<class 'NoneType'>",
            Self::Bool(_) => "<class 'bool'>",
            Self::Integer(_) => "<class 'int'>",
            Self::Float(_) => "<class 'float'>",
            Self::Text(_) => "<class 'str'>",
            Self::Bytes(_) => "<class 'bytes'>",
            Self::List(_) => "<class 'list'>",
            Self::Map(_) => "<class 'dict'>",
        }
    }

    /// A number, where it is one.
    pub(in crate::call) fn number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "limits are floats")]
            Self::Integer(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether a number that JSON has not is in it.
    pub(in crate::call) fn holds_special(&self) -> bool {
        match self {
            Self::Float(number) => !number.is_finite(),
            Self::List(items) => items.iter().any(Self::holds_special),
            Self::Map(entries) => entries.values().any(Self::holds_special),
            _ => false,
        }
    }

    /// As JSON; bytes as base64. Of what is no number of JSON it has the name, which is read as one
    /// where a floating-point number is due.
    pub(in crate::call) fn write_json(&self, out: &mut String) {
        match self {
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            // Writing to a string cannot fail.
            Self::Integer(value) => {
                let _ = write!(out, "{value}");
            }
            Self::Float(value) if value.is_finite() => {
                let _ = write!(out, "{value:?}");
            }
            Self::Float(value) if value.is_nan() => out.push_str("\"NaN\""),
            Self::Float(value) => {
                out.push_str(if *value > 0.0 { "\"Infinity\"" } else { "\"-Infinity\"" });
            }
            Self::Null => out.push_str("null"),
            Self::Text(text) => quote_json(text, out),
            Self::Bytes(bytes) => {
                out.push('"');
                out.push_str(&super::base64::encode(bytes));
                out.push('"');
            }
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write_json(out);
                }
                out.push(']');
            }
            Self::Map(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    quote_json(key, out);
                    out.push(':');
                    value.write_json(out);
                }
                out.push('}');
            }
        }
    }
}

impl From<Value> for Param {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(Number::Whole(number)) => Self::Integer(number.into()),
            Value::Number(Number::Large(number)) => Self::Integer(number),
            Value::Number(Number::Float(number)) => Self::Float(number),
            Value::Text(text) => Self::Text(text),
            Value::List(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Map(members.into_iter().map(|(name, value)| (name, value.into())).collect())
            }
        }
    }
}

/// Text as a string of JSON.
pub(in crate::call) fn quote_json(text: &str, out: &mut String) {
    // A string can always be written.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

/// Python's `str` of a value.
impl fmt::Display for Param {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            other => f.write_str(&other.repr()),
        }
    }
}

impl Param {
    /// Python's `repr` of a value.
    pub(in crate::call) fn repr(&self) -> String {
        match self {
            Self::Null => "None".to_owned(),
            Self::Bool(true) => "True".to_owned(),
            Self::Bool(false) => "False".to_owned(),
            Self::Integer(value) => value.to_string(),
            Self::Float(value) => Number::Float(*value).to_string(),
            Self::Text(text) => python_quoted(text),
            Self::Bytes(bytes) => {
                let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
                let quoted = python_quoted(&text).chars().fold(String::new(), |mut all, c| {
                    match c {
                        c if c.is_ascii() => all.push(c),
                        c => {
                            let _ = write!(all, "\\x{:02x}", u32::from(c));
                        }
                    }
                    all
                });
                format!("b{quoted}")
            }
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(Self::repr).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Map(entries) => {
                let entry = |(key, value): (&String, &Self)| {
                    format!("{}: {}", python_quoted(key), value.repr())
                };
                let entries: Vec<_> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Param;
    use typefoundry::Map;

    #[test]
    fn values_are_shown_as_python_does() {
        let map = |key: &str, value| Param::Map(Map::from_iter([(key.to_owned(), value)]));
        for (value, expected) in [
            (Param::Null, "None"),
            (Param::Bool(true), "True"),
            (Param::Float(1.0), "1.0"),
            (Param::Float(1e22), "1e+22"),
            (Param::Float(0.000_01), "1e-05"),
            (Param::Text("it's".to_owned()), "it's"),
            (Param::List(vec![Param::Text("it's".to_owned())]), "[\"it's\"]"),
            (map("a", Param::List(vec![Param::Integer(1), Param::Null])), "{'a': [1, None]}"),
            (Param::Bytes(b"a\x00\xff\n".to_vec()), "b'a\\x00\\xff\\n'"),
        ] {
            assert_eq!(value.to_string(), expected);
        }
    }
}
