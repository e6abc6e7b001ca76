//! Values from JSON and to it, for literals and for `to_string`.

use crate::value::{Number, Object, Value};
use std::fmt::Write as _;

/// Values within values, at most.
const DEPTH: usize = 128;

impl Value {
    /// The value of a JSON text; nothing if it is none.
    pub fn from_json(text: &str) -> Option<Self> {
        let mut reader = Reader { rest: text, depth: 0 };
        let value = reader.value()?;
        reader.space();
        reader.rest.is_empty().then_some(value)
    }

    /// JSON in ASCII alone, as Python's `json.dumps` writes it, with what stands between elements
    /// and behind names: `", "` and `": "` there, and nothing but the sign for `to_string`.
    pub fn to_json(&self, between: &str, behind: &str) -> String {
        let mut out = String::new();
        write(&mut out, self, between, behind);
        out
    }
}

struct Reader<'t> {
    rest: &'t str,
    depth: usize,
}

impl Reader<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    fn skip(&mut self, sign: &str) -> bool {
        self.space();
        let behind = self.rest.strip_prefix(sign);
        if let Some(behind) = behind {
            self.rest = behind;
        }
        behind.is_some()
    }

    fn value(&mut self) -> Option<Value> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        self.space();
        let value = if self.skip("[") {
            self.list()?
        } else if self.skip("{") {
            self.object()?
        } else if self.skip("\"") {
            Value::Text(self.text()?)
        } else if self.skip("null") {
            Value::Null
        } else if self.skip("true") {
            Value::Bool(true)
        } else if self.skip("false") {
            Value::Bool(false)
        } else {
            Value::Number(self.number()?)
        };
        self.depth -= 1;
        Some(value)
    }

    fn list(&mut self) -> Option<Value> {
        let mut items = Vec::new();
        if self.skip("]") {
            return Some(Value::List(items));
        }
        loop {
            items.push(self.value()?);
            if self.skip("]") {
                return Some(Value::List(items));
            }
            self.skip(",").then_some(())?;
        }
    }

    fn object(&mut self) -> Option<Value> {
        let mut object = Object::new();
        if self.skip("}") {
            return Some(Value::Object(object));
        }
        loop {
            self.skip("\"").then_some(())?;
            let name = self.text()?;
            self.skip(":").then_some(())?;
            object.insert(name, self.value()?);
            if self.skip("}") {
                return Some(Value::Object(object));
            }
            self.skip(",").then_some(())?;
        }
    }

    /// What stands in front of the quote; the one before is read.
    fn text(&mut self) -> Option<String> {
        let mut escaped = false;
        let end = self.rest.char_indices().find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        let (inside, behind) = self.rest.split_at(end?.0);
        self.rest = &behind[1..];
        unescaped(inside)
    }

    fn number(&mut self) -> Option<Number> {
        let belongs = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let (number, behind) = self.rest.split_at(end);
        self.rest = behind;
        let digits = number.strip_prefix('-').unwrap_or(number);
        let whole = digits.split(['.', 'e', 'E']).next().unwrap_or_default();
        // JSON has neither a plus in front, nor a zero before other digits, nor a bare point.
        let is_number = whole.chars().all(|c| c.is_ascii_digit())
            && !whole.is_empty()
            && (whole == "0" || !whole.starts_with('0'))
            && !digits.contains(".e")
            && !digits.contains(".E")
            && !digits.ends_with('.');
        if !is_number {
            return None;
        }
        if whole.len() == digits.len()
            && let Ok(number) = number.parse::<i128>()
        {
            return Some(Number::from_whole(number));
        }
        number.parse().ok().map(Number::Float)
    }
}

/// The text of a JSON string's inside.
pub(crate) fn unescaped(text: &str) -> Option<String> {
    let mut made = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if u32::from(c) < 0x20 {
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
                let first = hex(&mut chars)?;
                if (0xd800..0xdc00).contains(&first) {
                    let mut pair = chars.clone();
                    match (pair.next(), pair.next(), hex(&mut pair)) {
                        (Some('\\'), Some('u'), Some(second @ 0xdc00..0xe000)) => {
                            chars = pair;
                            char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))?
                        }
                        _ => return None,
                    }
                } else {
                    char::from_u32(first)?
                }
            }
            same @ ('"' | '\\' | '/') => same,
            _ => return None,
        });
    }
    Some(made)
}

fn hex(chars: &mut std::str::Chars<'_>) -> Option<u32> {
    let digits: String = chars.by_ref().take(4).collect();
    let are_digits = digits.len() == 4 && digits.chars().all(|c| c.is_ascii_hexdigit());
    are_digits.then(|| u32::from_str_radix(&digits, 16).ok()).flatten()
}

fn write(out: &mut String, value: &Value, between: &str, behind: &str) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(Number::Float(number)) if !number.is_finite() => {
            out.push_str(match number {
                number if number.is_nan() => "NaN",
                number if *number > 0.0 => "Infinity",
                _ => "-Infinity",
            });
        }
        // Writing to memory never fails.
        Value::Number(number) => {
            let _ = write!(out, "{number}");
        }
        Value::Text(text) => write_text(out, text),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { between } else { "" });
                write(out, item, between, behind);
            }
            out.push(']');
        }
        Value::Object(object) => {
            out.push('{');
            for (index, (name, value)) in object.iter().enumerate() {
                out.push_str(if index > 0 { between } else { "" });
                write_text(out, name);
                out.push_str(behind);
                write(out, value, between, behind);
            }
            out.push('}');
        }
    }
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='~' => out.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}
