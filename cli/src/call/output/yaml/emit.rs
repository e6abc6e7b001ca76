//! Blocks of lists and objects. What is written where, and when a line is broken, is as in libyaml's
//! `emitter.c`.

use super::scalar::{Facts, is_text};
use typefoundry_jmespath::{Number, Object, Value};

/// Spaces of a level.
const INDENT: usize = 2;
/// Text is broken behind this column, where it has a space.
const WIDTH: usize = 80;
/// Bytes of a key that stands in front of its colon.
const KEY: usize = 128;

#[derive(Debug)]
pub(super) struct Emitter {
    out: String,
    column: usize,
    /// A space or nothing stands in front.
    whitespace: bool,
    /// Nothing but what indents stands in the line.
    indention: bool,
}

/// Where a value stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The indent of what it is in; nothing for the root
    indent: Option<usize>,
    /// Behind a name
    in_object: bool,
    /// A name in front of its colon
    key: bool,
}

impl Place {
    const fn below(self, indentless: bool, flow: bool) -> usize {
        match self.indent {
            None if flow => INDENT,
            None => 0,
            Some(indent) if indentless => indent,
            Some(indent) => indent + INDENT,
        }
    }
}

impl Default for Emitter {
    fn default() -> Self {
        Self { out: String::new(), column: 0, whitespace: true, indention: true }
    }
}

impl Emitter {
    /// A document.
    pub(super) fn root(mut self, value: &Value) -> String {
        self.node(value, Place { indent: None, in_object: false, key: false });
        self.end()
    }

    /// A document of a list with one item.
    pub(super) fn item(mut self, value: &Value) -> String {
        let root = Place { indent: None, in_object: false, key: false };
        self.list(std::slice::from_ref(value), root);
        self.end()
    }

    fn end(mut self) -> String {
        if self.column > 0 {
            self.out.push('\n');
        }
        self.out
    }

    fn node(&mut self, value: &Value, place: Place) {
        match value {
            Value::List(items) if !items.is_empty() => self.list(items, place),
            Value::Object(members) if !members.is_empty() => self.object(members, place),
            Value::List(_) => {
                self.sign("[", true, true, false);
                self.sign("]", false, false, false);
            }
            Value::Object(_) => {
                self.sign("{", true, true, false);
                self.sign("}", false, false, false);
            }
            Value::Null => self.plain("null", place),
            Value::Bool(value) => self.plain(if *value { "true" } else { "false" }, place),
            Value::Number(Number::Float(number)) if !number.is_finite() => self.plain(
                match number {
                    number if number.is_nan() => ".nan",
                    number if *number > 0.0 => ".inf",
                    _ => "-.inf",
                },
                place,
            ),
            Value::Number(number) => self.plain(&number.to_string(), place),
            Value::Text(text) => self.text(text, place),
        }
    }

    fn list(&mut self, items: &[Value], place: Place) {
        let indent = place.below(place.in_object && !self.indention, false);
        for item in items {
            self.line(indent);
            self.sign("-", true, false, true);
            self.node(item, Place { indent: Some(indent), in_object: false, key: false });
        }
    }

    fn object(&mut self, members: &Object, place: Place) {
        let indent = place.below(false, false);
        let mut sorted: Vec<_> = members.iter().collect();
        sorted.sort_by_key(|(name, _)| *name);
        for (name, value) in sorted {
            self.line(indent);
            let inside = Place { indent: Some(indent), in_object: true, key: false };
            if name.len() <= KEY && !Facts::of(name).has_breaks {
                self.text(name, Place { key: true, ..inside });
                self.sign(":", false, false, false);
            } else {
                self.sign("?", true, false, true);
                self.text(name, inside);
                self.line(indent);
                self.sign(":", true, false, true);
            }
            self.node(value, inside);
        }
    }

    fn text(&mut self, text: &str, place: Place) {
        let facts = Facts::of(text);
        let indent = place.below(false, true);
        if facts.is_plain && is_text(text) && !text.is_empty() {
            self.plain(text, place);
        } else if facts.is_quotable && !(place.key && facts.has_breaks) {
            self.single(text, indent, !place.key);
        } else {
            self.double(text, indent, !place.key);
        }
    }

    fn plain(&mut self, text: &str, place: Place) {
        let indent = place.below(false, true);
        if !self.whitespace {
            self.put(' ');
        }
        let mut spaces = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c == ' '
                && !place.key
                && !spaces
                && self.column > WIDTH
                && chars.peek() != Some(&' ')
            {
                self.line(indent);
            } else {
                self.put(c);
                self.indention &= c == ' ';
            }
            spaces = c == ' ';
        }
        self.whitespace = false;
        self.indention = false;
    }

    fn single(&mut self, text: &str, indent: usize, breaks: bool) {
        self.sign("'", true, false, false);
        let (mut spaces, mut broken) = (false, false);
        let mut chars = text.chars().enumerate().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            if c == ' ' {
                let inside = at > 0 && next.is_some_and(|next| next != ' ');
                if breaks && !spaces && self.column > WIDTH && inside {
                    self.line(indent);
                } else {
                    self.put(c);
                }
                spaces = true;
            } else if is_break(c) {
                if !broken && c == '\n' {
                    self.put_break('\n');
                }
                self.put_break(c);
                self.indention = true;
                broken = true;
            } else {
                if broken {
                    self.line(indent);
                }
                if c == '\'' {
                    self.put('\'');
                }
                self.put(c);
                self.indention = false;
                (spaces, broken) = (false, false);
            }
        }
        if broken {
            self.line(indent);
        }
        self.sign("'", false, false, false);
        self.whitespace = false;
        self.indention = false;
    }

    fn double(&mut self, text: &str, indent: usize, breaks: bool) {
        self.sign("\"", true, false, false);
        let mut spaces = false;
        let mut chars = text.chars().enumerate().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            if let Some(escaped) = escaped(c) {
                escaped.chars().for_each(|c| self.put(c));
                spaces = false;
            } else if c == ' ' {
                if breaks && !spaces && self.column > WIDTH && at > 0 && next.is_some() {
                    self.line(indent);
                    if next == Some(' ') {
                        self.put('\\');
                    }
                } else {
                    self.put(c);
                }
                spaces = true;
            } else {
                self.put(c);
                spaces = false;
            }
        }
        self.sign("\"", false, false, false);
        self.whitespace = false;
        self.indention = false;
    }

    fn sign(&mut self, sign: &str, needs_space: bool, is_space: bool, is_indention: bool) {
        if needs_space && !self.whitespace {
            self.put(' ');
        }
        sign.chars().for_each(|c| self.put(c));
        self.whitespace = is_space;
        self.indention &= is_indention;
    }

    /// Begins a line, or goes on in one that has nothing but its indent.
    fn line(&mut self, indent: usize) {
        let is_new = self.column < indent || self.column == indent && self.whitespace;
        if !self.indention || !is_new {
            self.put_break('\n');
        }
        while self.column < indent {
            self.put(' ');
        }
        self.whitespace = true;
        self.indention = true;
    }

    fn put(&mut self, c: char) {
        self.out.push(c);
        self.column += 1;
    }

    fn put_break(&mut self, c: char) {
        self.out.push(c);
        self.column = 0;
    }
}

pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// How a character is written between double quotes, if not as it is.
fn escaped(c: char) -> Option<String> {
    Some(match c {
        '\0' => "\\0".to_owned(),
        '\u{7}' => "\\a".to_owned(),
        '\u{8}' => "\\b".to_owned(),
        '\t' => "\\t".to_owned(),
        '\n' => "\\n".to_owned(),
        '\u{b}' => "\\v".to_owned(),
        '\u{c}' => "\\f".to_owned(),
        '\r' => "\\r".to_owned(),
        '\u{1b}' => "\\e".to_owned(),
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\u{85}' => "\\N".to_owned(),
        '\u{2028}' => "\\L".to_owned(),
        '\u{2029}' => "\\P".to_owned(),
        c if super::scalar::is_printable(c) && c != '\u{feff}' => return None,
        c => match u32::from(c) {
            code @ 0..=0xff => format!("\\x{code:02X}"),
            code @ 0..=0xffff => format!("\\u{code:04X}"),
            code => format!("\\U{code:08X}"),
        },
    })
}
