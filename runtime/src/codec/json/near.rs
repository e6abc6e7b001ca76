//! The text around a mistake, as far as it may be told.
//!
//! That is what stands beside the value, in the same object or array: scalars alone, of which the
//! schema says that they are no secret. What lies deeper, and what the schema does not know, is
//! left out.

use crate::schema::{Flags, Schema};
use std::ops::Range;

/// So many characters are told on each side.
const REACH: usize = 40;
pub(in crate::codec) const CUT: &str = "…";

/// What may be told of that which stands beside a value that does not fit.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::codec) enum Beside {
    /// Nothing
    #[default]
    Hidden,
    /// The value is a member of a structure, which knows.
    Undecided,
    /// Elements of a list or entries of a map, which are no secret.
    All,
    /// The members of these names on the wire
    Members(Vec<String>),
}

impl Beside {
    /// Decides by the structure that the value is a member of.
    pub(in crate::codec) fn decide(&mut self, schema: &Schema) {
        if *self != Self::Undecided {
            return;
        }
        let secret = schema.members.iter().any(|member| member.flags.contains(Flags::SENSITIVE));
        *self = if secret {
            Self::Hidden
        } else {
            Self::Members(schema.members.iter().map(|it| it.wire_name().to_owned()).collect())
        };
    }

    /// Leaves it at nothing, where there is no structure that knows.
    pub(in crate::codec) fn hide(&mut self) {
        if *self == Self::Undecided {
            *self = Self::Hidden;
        }
    }

    pub(in crate::codec) fn tells(&self, key: Option<&str>) -> bool {
        match self {
            Self::Hidden | Self::Undecided => false,
            Self::All => true,
            Self::Members(known) => key.is_some_and(|key| known.iter().any(|it| it == key)),
        }
    }
}

/// The text around the value that ends at a line and column, if it may be told.
pub(super) fn near(json: &str, line: usize, column: usize, beside: &Beside) -> Option<String> {
    if matches!(beside, Beside::Hidden | Beside::Undecided) {
        return None;
    }
    let before = json.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum::<usize>();
    let end = before.checked_add(column)?;
    let entries = entries(json, container(json.get(..end)?)?);
    let at = entries.iter().position(|entry| entry.value.end == end)?;
    let texts: Vec<_> = entries.iter().map(|entry| entry.text(json, beside)).collect();
    around(&texts, at, ",")
}

/// What stands beside the value at a place, and that itself, cut short, with a separator between;
/// nothing if nothing stands beside it, for the value itself is told anyway.
pub(in crate::codec) fn around(texts: &[String], at: usize, between: &str) -> Option<String> {
    if texts.len() < 2 {
        return None;
    }
    let (earlier, rest) = texts.split_at_checked(at)?;
    let (here, later) = rest.split_first()?;
    let near = [tail(&joined(earlier, between)), head(here), head(&joined(later, between))];
    Some(near.concat().trim_matches(',').into())
}

/// Where the container begins that a text ends inside of.
fn container(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => {
                at = string(text, at);
                continue;
            }
            b'{' | b'[' => open.push(at),
            b'}' | b']' => {
                open.pop();
            }
            _ => {}
        }
        at += 1;
    }
    open.pop()
}

/// An element, or an entry with its key.
struct Entry {
    key: Option<Range<usize>>,
    value: Range<usize>,
    scalar: bool,
}

impl Entry {
    /// As it stands in the body, or as much as may be told of it.
    fn text(&self, json: &str, beside: &Beside) -> String {
        let key = self.key.clone().and_then(|key| json.get(key));
        let value = json.get(self.value.clone()).unwrap_or_default();
        if !beside.tells(key.map(|key| key.trim_matches('"'))) {
            return CUT.to_owned();
        }
        let value = match value.get(..1) {
            Some("{") => "{…}",
            Some("[") => "[…]",
            _ if self.scalar => value,
            _ => CUT,
        };
        key.map_or_else(|| value.to_owned(), |key| [key, ":", value].concat())
    }
}

/// What is in the container that begins at a place, up to its end or to where the text is broken.
fn entries(json: &str, start: usize) -> Vec<Entry> {
    let bytes = json.as_bytes();
    let is_object = bytes.get(start) == Some(&b'{');
    let mut entries = Vec::new();
    let mut at = start + 1;
    loop {
        at = skip(bytes, at, b" \t\r\n,");
        let key = if is_object && bytes.get(at) == Some(&b'"') {
            let end = string(json, at);
            let key = at..end;
            at = skip(bytes, end, b" \t\r\n:");
            Some(key)
        } else {
            None
        };
        let (end, scalar) = match bytes.get(at) {
            None | Some(b'}' | b']') => return entries,
            Some(b'"') => (string(json, at), true),
            Some(b'{' | b'[') => (closed(json, at), false),
            Some(_) => {
                let is_part = |byte: &u8| !b" \t\r\n,:{}[]\"".contains(byte);
                let length = bytes.iter().skip(at).take_while(|byte| is_part(byte)).count();
                // Anything else is no JSON, and has to end.
                (at + length.max(1), length > 0)
            }
        };
        entries.push(Entry { key, value: at..end, scalar });
        at = end;
    }
}

fn skip(bytes: &[u8], at: usize, what: &[u8]) -> usize {
    at + bytes.iter().skip(at).take_while(|byte| what.contains(byte)).count()
}

/// The end of the string that begins at a place.
fn string(json: &str, start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = json.as_bytes().get(at) {
        match byte {
            b'\\' => at += 1,
            b'"' => return at + 1,
            _ => {}
        }
        at += 1;
    }
    json.len()
}

/// The end of the container that begins at a place.
fn closed(json: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    while let Some(byte) = json.as_bytes().get(at) {
        match byte {
            b'"' => {
                at = string(json, at);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    json.len()
}

/// Entries with separators around; what is left out stands for all that is left out beside it.
fn joined(texts: &[String], between: &str) -> String {
    let mut all = String::from(between);
    let mut last = "";
    for text in texts {
        if text != CUT || last != CUT {
            all.push_str(text);
            all.push_str(between);
        }
        last = text;
    }
    all
}

/// The beginning of a text.
fn head(text: &str) -> String {
    match text.char_indices().nth(REACH) {
        Some((end, _)) => [&text[..end], CUT].concat(),
        None => text.to_owned(),
    }
}

/// The end of a text.
fn tail(text: &str) -> String {
    match text.char_indices().rev().nth(REACH) {
        Some((start, before)) => [CUT, &text[start + before.len_utf8()..]].concat(),
        None => text.to_owned(),
    }
}
