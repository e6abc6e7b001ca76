//! JSON as Python's `json.loads` reads it, with its messages.

use super::param::Param;
use typefoundry::Map;

/// How deep values may lie in each other. Python gives up at about a thousand.
const DEPTH: usize = 500;

/// Reads a value; says what is wrong, and where.
pub(in crate::call) fn parse(text: &str) -> Result<Param, String> {
    let mut reader = Reader { text, at: 0 };
    let read = reader.whole();
    read.map_err(|error| error.describe(text))
}

/// What is wrong at a byte.
struct Wrong {
    message: &'static str,
    at: usize,
}

impl Wrong {
    fn describe(&self, text: &str) -> String {
        let before = text.get(..self.at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let place = before.chars().count();
        format!("{}: line {line} column {column} (char {place})", self.message)
    }
}

struct Reader<'t> {
    text: &'t str,
    /// The next byte
    at: usize,
}

impl Reader<'_> {
    fn whole(&mut self) -> Result<Param, Wrong> {
        self.space();
        let value = self.value(0)?;
        self.space();
        if self.at < self.text.len() { Err(self.wrong("Extra data")) } else { Ok(value) }
    }

    fn wrong(&self, message: &'static str) -> Wrong {
        Wrong { message, at: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| b" \t\n\r".contains(&byte)) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Param, Wrong> {
        if depth > DEPTH {
            return Err(self.wrong("Too many values inside of each other"));
        }
        match self.peek() {
            Some(b'"') => self.string().map(Param::Text),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<Param, Wrong> {
        let words = [
            ("null", Param::Null),
            ("true", Param::Bool(true)),
            ("false", Param::Bool(false)),
            ("NaN", Param::Float(f64::NAN)),
            ("Infinity", Param::Float(f64::INFINITY)),
            ("-Infinity", Param::Float(f64::NEG_INFINITY)),
        ];
        let rest = self.text.get(self.at..).unwrap_or_default();
        for (word, value) in words {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.wrong("Expecting value"))
    }

    fn digits(&self, mut at: usize) -> usize {
        while self.text.as_bytes().get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    }

    fn number(&mut self) -> Result<Param, Wrong> {
        let bytes = self.text.as_bytes();
        let is = |at: usize, set: &[u8]| bytes.get(at).is_some_and(|byte| set.contains(byte));
        let start = self.at;
        let first = start + usize::from(is(start, b"-"));
        let mut end = if is(first, b"0") { first + 1 } else { self.digits(first) };
        if end == first {
            return self.word();
        }
        let whole = end;
        if is(end, b".") && self.digits(end + 1) > end + 1 {
            end = self.digits(end + 1);
        }
        if is(end, b"eE") {
            let digits = end + 1 + usize::from(is(end + 1, b"+-"));
            if self.digits(digits) > digits {
                end = self.digits(digits);
            }
        }
        let text = self.text.get(start..end).unwrap_or_default();
        self.at = end;
        if end == whole
            && let Ok(number) = text.parse()
        {
            return Ok(Param::Integer(number));
        }
        Ok(Param::Float(text.parse().unwrap_or(f64::NAN)))
    }

    fn object(&mut self, depth: usize) -> Result<Param, Wrong> {
        let mut entries = Map::new();
        self.at += 1;
        self.space();
        if self.take(b'}') {
            return Ok(Param::Map(entries));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.wrong("Expecting property name enclosed in double quotes"));
            }
            let key = self.string()?;
            self.space();
            if !self.take(b':') {
                return Err(self.wrong("Expecting ':' delimiter"));
            }
            self.space();
            // Of the same key, the last one counts, in the place of the first.
            entries.insert(key, self.value(depth + 1)?);
            self.space();
            if self.take(b'}') {
                return Ok(Param::Map(entries));
            }
            if !self.take(b',') {
                return Err(self.wrong("Expecting ',' delimiter"));
            }
            self.space();
        }
    }

    fn array(&mut self, depth: usize) -> Result<Param, Wrong> {
        let mut items = Vec::new();
        self.at += 1;
        self.space();
        if self.take(b']') {
            return Ok(Param::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            if self.take(b']') {
                return Ok(Param::List(items));
            }
            if !self.take(b',') {
                return Err(self.wrong("Expecting ',' delimiter"));
            }
            self.space();
        }
    }

    fn string(&mut self) -> Result<String, Wrong> {
        let start = self.at;
        self.at += 1;
        let mut string = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ');
            let Some(plain) = plain else {
                return Err(Wrong { message: "Unterminated string starting at", at: start });
            };
            string.push_str(&rest[..plain]);
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => string.push(self.escape(start)?),
                _ => return Err(self.wrong("Invalid control character at")),
            }
        }
    }

    fn escape(&mut self, start: usize) -> Result<char, Wrong> {
        let backslash = self.at;
        self.at += 1;
        let c = match self.peek() {
            None => return Err(Wrong { message: "Unterminated string starting at", at: start }),
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            Some(_) => return Err(Wrong { message: "Invalid \\escape", at: backslash }),
        };
        self.at += 1;
        Ok(c)
    }

    /// Behind the backslash; half of a pair that stands alone is the sign for what is no text.
    fn unicode(&mut self) -> Result<char, Wrong> {
        let high = self.four().ok_or_else(|| self.wrong("Invalid \\uXXXX escape"))?;
        self.at += 5;
        if (0xd800..0xdc00).contains(&high) {
            let rest = self.text.get(self.at..).unwrap_or_default();
            if rest.starts_with("\\u") {
                self.at += 1;
                let low = self.four().ok_or_else(|| self.wrong("Invalid \\uXXXX escape"))?;
                if (0xdc00..0xe000).contains(&low) {
                    self.at += 5;
                    let c = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                    return Ok(char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                self.at -= 1;
            }
        }
        Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// The digits behind a `u`.
    fn four(&self) -> Option<u32> {
        let digits = self.text.get(self.at + 1..self.at + 5)?;
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if are_digits { u32::from_str_radix(digits, 16).ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::{Param, parse};

    #[test]
    fn values_are_read() {
        for (text, expected) in [
            (" {\"a\": [1, -2.5e3, true, null], \"a\": \"b\"} ", "{'a': 'b'}"),
            ("[1, -2.5e3, true, false, null, {}]", "[1, -2500.0, True, False, None, {}]"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("\"\\ud83d\\ude00 \\u00e9 \\n\\/\"", "'😀 é \\n/'"),
            ("NaN", "nan"),
        ] {
            assert_eq!(parse(text).map(|value| value.repr()), Ok(expected.to_owned()), "{text}");
        }
        assert_eq!(parse("-0"), Ok(Param::Integer(0)));
    }

    /// What Python's `json` module says.
    #[test]
    fn what_is_wrong_is_said_as_python_does() {
        for (text, expected) in [
            ("{\"enabled\":", "Expecting value: line 1 column 12 (char 11)"),
            ("[1,", "Expecting value: line 1 column 4 (char 3)"),
            ("{a", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
            ("{\"a\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)"),
            ("[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"),
            ("1 2", "Extra data: line 1 column 3 (char 2)"),
            ("\"abc", "Unterminated string starting at: line 1 column 1 (char 0)"),
            ("\"abc\\", "Unterminated string starting at: line 1 column 1 (char 0)"),
            ("\"a\nb\"", "Invalid control character at: line 1 column 3 (char 2)"),
            ("\"\\x\"", "Invalid \\escape: line 1 column 2 (char 1)"),
            ("\"\\u12\"", "Invalid \\uXXXX escape: line 1 column 3 (char 2)"),
            ("", "Expecting value: line 1 column 1 (char 0)"),
            ("{\"a\":1 \"b\"}", "Expecting ',' delimiter: line 1 column 8 (char 7)"),
            ("01", "Extra data: line 1 column 2 (char 1)"),
            ("-", "Expecting value: line 1 column 1 (char 0)"),
            ("1.", "Extra data: line 1 column 2 (char 1)"),
            ("\n\nß x", "Expecting value: line 3 column 1 (char 2)"),
            ("[\"ß", "Unterminated string starting at: line 1 column 2 (char 1)"),
        ] {
            assert_eq!(parse(text), Err(expected.to_owned()), "{text}");
        }
        let deep = "[".repeat(100_000);
        assert!(parse(&deep).is_err_and(|message| message.starts_with("Too many values")));
    }
}
