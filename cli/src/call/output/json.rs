//! `--output json`: as Python's `json.dump` writes it with an indent of four and without escapes for
//! what is not ASCII.

use std::io::{self, Write};
use typefoundry_jmespath::{Number, Value};

/// A value and a line's end; nothing for an object without members.
pub(super) fn write(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    if matches!(value, Value::Object(members) if members.is_empty()) {
        return Ok(());
    }
    node(out, value, 0)?;
    out.write_all(b"\n")
}

/// A value without a line's end, at a depth.
pub(super) fn node(out: &mut dyn Write, value: &Value, depth: usize) -> io::Result<()> {
    match value {
        Value::Null => out.write_all(b"null"),
        Value::Bool(value) => write!(out, "{value}"),
        Value::Number(number) => write_number(out, *number),
        Value::Text(value) => text(out, value),
        Value::List(items) if items.is_empty() => out.write_all(b"[]"),
        Value::Object(members) if members.is_empty() => out.write_all(b"{}"),
        Value::List(items) => {
            out.write_all(b"[")?;
            for (index, item) in items.iter().enumerate() {
                next(out, index, depth + 1)?;
                node(out, item, depth + 1)?;
            }
            line(out, depth)?;
            out.write_all(b"]")
        }
        Value::Object(members) => {
            out.write_all(b"{")?;
            for (index, (name, value)) in members.iter().enumerate() {
                next(out, index, depth + 1)?;
                text(out, name)?;
                out.write_all(b": ")?;
                node(out, value, depth + 1)?;
            }
            line(out, depth)?;
            out.write_all(b"}")
        }
    }
}

/// What stands in front of an element or a member.
pub(super) fn next(out: &mut dyn Write, index: usize, depth: usize) -> io::Result<()> {
    if index > 0 {
        out.write_all(b",")?;
    }
    line(out, depth)
}

/// A new line, at a depth.
pub(super) fn line(out: &mut dyn Write, depth: usize) -> io::Result<()> {
    out.write_all(b"\n")?;
    (0..depth).try_for_each(|_| out.write_all(b"    "))
}

fn write_number(out: &mut dyn Write, number: Number) -> io::Result<()> {
    match number {
        Number::Float(number) if number.is_nan() => out.write_all(b"NaN"),
        Number::Float(f64::INFINITY) => out.write_all(b"Infinity"),
        Number::Float(f64::NEG_INFINITY) => out.write_all(b"-Infinity"),
        number => write!(out, "{number}"),
    }
}

pub(super) fn text(out: &mut dyn Write, text: &str) -> io::Result<()> {
    out.write_all(b"\"")?;
    let mut rest = text;
    let escaped = |c: char| c < ' ' || c == '"' || c == '\\';
    while let Some(at) = rest.find(escaped) {
        out.write_all(&rest.as_bytes()[..at])?;
        let c = rest[at..].chars().next().unwrap_or_default();
        match c {
            '"' => out.write_all(b"\\\"")?,
            '\\' => out.write_all(b"\\\\")?,
            '\n' => out.write_all(b"\\n")?,
            '\r' => out.write_all(b"\\r")?,
            '\t' => out.write_all(b"\\t")?,
            '\u{8}' => out.write_all(b"\\b")?,
            '\u{c}' => out.write_all(b"\\f")?,
            c => write!(out, "\\u{:04x}", u32::from(c))?,
        }
        rest = &rest[at + 1..];
    }
    out.write_all(rest.as_bytes())?;
    out.write_all(b"\"")
}
