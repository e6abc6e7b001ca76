//! YAML as `--cli-input-yaml` takes it: one document of YAML 1.2's core schema.

use super::base64;
use super::param::Param;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::collections::HashMap;
use typefoundry::Map;

/// How many values a text may come to, aliases counted as often as they stand for something.
const MOST: usize = 1_000_000;

/// Bytes of a text that count as one value.
const TEXT: usize = 64;

/// How deep values may lie in each other.
const DEPTH: usize = 200;

/// Reads a document; the error is what is wrong.
pub(in crate::call) fn parse(text: &str) -> Result<Param, String> {
    let mut builder = Builder { open: Vec::new(), anchors: HashMap::new(), count: 0, whole: None };
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, _) = event.map_err(|error| error.to_string())?;
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err("there is more than one document".to_owned());
                }
            }
            Event::Alias(anchor) => {
                let value = builder.anchors.get(&anchor).cloned();
                builder.add(value.ok_or("an alias stands in what it stands for")?, 0)?;
            }
            Event::Scalar(text, style, anchor, tag) => {
                builder.add(scalar(&text, style, tag.as_deref())?, anchor)?;
            }
            Event::SequenceStart(anchor, _) => builder.begin(Open::List(Vec::new(), anchor))?,
            Event::MappingStart(anchor, _) => {
                builder.begin(Open::Map(Mapping::default(), anchor))?;
            }
            Event::SequenceEnd | Event::MappingEnd => builder.end()?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }
    Ok(builder.whole.unwrap_or(Param::Null))
}

/// A list or a mapping that has not ended, with its anchor.
enum Open {
    List(Vec<Param>, usize),
    Map(Mapping, usize),
}

/// A mapping that has not ended.
#[derive(Default)]
struct Mapping {
    entries: Map<String, Param>,
    /// What `<<` gives, which lies under its own entries wherever it stands
    merged: Map<String, Param>,
    /// The key of the value that comes next
    key: Option<String>,
}

impl Mapping {
    fn add(&mut self, value: Param) -> Result<(), String> {
        match (self.key.take(), value) {
            (Some(key), value) if key == "<<" => merge(&mut self.merged, value),
            (Some(key), value) => {
                if self.entries.contains_key(&key) {
                    return Err(format!("the key `{key}` is there twice"));
                }
                self.entries.insert(key, value);
            }
            (None, Param::List(_) | Param::Map(_)) => {
                return Err("a key is a list or a mapping".to_owned());
            }
            (None, value) => self.key = Some(value.to_string()),
        }
        Ok(())
    }

    fn whole(self) -> Param {
        let mut whole = self.merged;
        whole.extend(self.entries);
        Param::Map(whole)
    }
}

struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, Param>,
    count: usize,
    whole: Option<Param>,
}

impl Builder {
    fn begin(&mut self, open: Open) -> Result<(), String> {
        self.open.push(open);
        if self.open.len() > DEPTH {
            return Err("too many values lie inside of each other".to_owned());
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        match self.open.pop() {
            Some(Open::List(items, anchor)) => self.add(Param::List(items), anchor),
            Some(Open::Map(mapping, anchor)) => self.add(mapping.whole(), anchor),
            None => Ok(()),
        }
    }

    fn add(&mut self, value: Param, anchor: usize) -> Result<(), String> {
        self.count += size(&value);
        if self.count > MOST {
            return Err("its aliases stand for too much".to_owned());
        }
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut() {
            None => self.whole = Some(value),
            Some(Open::List(items, _)) => items.push(value),
            Some(Open::Map(mapping, _)) => mapping.add(value)?,
        }
        Ok(())
    }
}

/// How many values a value comes to; a long text counts as several.
fn size(value: &Param) -> usize {
    let text = |length: usize| 1 + length / TEXT;
    match value {
        Param::List(items) => items.iter().fold(1, |sum, item| sum + size(item)),
        Param::Map(entries) => {
            entries.iter().fold(1, |sum, (key, entry)| sum + key.len() / TEXT + size(entry))
        }
        Param::Text(value) => text(value.len()),
        Param::Bytes(value) => text(value.len()),
        _ => 1,
    }
}

/// `<<`: what was said first counts.
fn merge(entries: &mut Map<String, Param>, value: Param) {
    match value {
        Param::Map(others) => {
            for (key, value) in others {
                entries.entry(key).or_insert(value);
            }
        }
        Param::List(items) => items.into_iter().for_each(|item| merge(entries, item)),
        _ => {}
    }
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Param, String> {
    if let Some(tag) = tag {
        // The handle may stand for itself, or for what it is short for.
        return match tag.suffix.rsplit(':').next().unwrap_or_default() {
            "binary" => base64::decode(text)
                .map(Param::Bytes)
                .ok_or_else(|| format!("`{text}` is no base64")),
            "str" | "timestamp" => Ok(Param::Text(text.to_owned())),
            "int" | "float" | "bool" | "null" => Ok(plain(text)),
            _ => Err(format!("the tag `{}{}` is not known", tag.handle, tag.suffix)),
        };
    }
    Ok(if style == ScalarStyle::Plain { plain(text) } else { Param::Text(text.to_owned()) })
}

/// The core schema of YAML 1.2.
fn plain(text: &str) -> Param {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Param::Null,
        "true" | "True" | "TRUE" => return Param::Bool(true),
        "false" | "False" | "FALSE" => return Param::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Param::Float(f64::NAN),
        _ => {}
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
        return Param::Float(sign * f64::INFINITY);
    }
    let radix = [("0o", 8), ("0x", 16)]
        .into_iter()
        .find_map(|(prefix, radix)| i128::from_str_radix(text.strip_prefix(prefix)?, radix).ok());
    if let Some(number) = radix {
        return Param::Integer(number);
    }
    if !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map_or_else(|_| Param::Text(text.to_owned()), Param::Integer);
    }
    let numeric = |c: char| c.is_ascii_digit() || ".eE+-".contains(c);
    if unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && text.chars().all(numeric)
        && let Ok(number) = text.parse()
    {
        return Param::Float(number);
    }
    Param::Text(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn documents_are_read() {
        for (text, expected) in [
            ("a: 1\nb: [x, 'y', \"z\"]\n", "{'a': 1, 'b': ['x', 'y', 'z']}"),
            ("a:\n- b: c\n  d: ''\n", "{'a': [{'b': 'c', 'd': ''}]}"),
            (
                "a: true\nb: no\nc: ~\nd: 1.5\ne: '1'",
                "{'a': True, 'b': 'no', 'c': None, 'd': 1.5, 'e': '1'}",
            ),
            ("a: !!binary AAEC\nb: !!str 1", "{'a': b'\\x00\\x01\\x02', 'b': '1'}"),
            (
                "a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2",
                "{'a': {'b': 1}, 'c': {'b': 1}, 'd': {'b': 1, 'e': 2}}",
            ),
            (
                "a: &x {b: 1, f: 0}\nd:\n  <<: *x\n  b: mine\ng: {b: 2, <<: [*x, {h: 3, f: 4}]}",
                "{'a': {'b': 1, 'f': 0}, 'd': {'b': 'mine', 'f': 0}, 'g': {'b': 2, 'f': 0, 'h': 3}}",
            ),
            ("a: 2026-03-14T09:26:53Z # when", "{'a': '2026-03-14T09:26:53Z'}"),
            ("a: |\n  two\n  lines\n", "{'a': 'two\\nlines\\n'}"),
            ("{\"a\": 0x10, 1: -2}", "{'a': 16, '1': -2}"),
            ("", "None"),
        ] {
            assert_eq!(parse(text).map(|value| value.repr()), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for text in ["a: [", "a: 1\na: 2", "a: !mine x", "--- 1\n--- 2", "[a]: b", "a: *b"] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"[".repeat(10_000)).is_err());
        let level = |name: char, of: char| {
            format!("{name}: &{name} [{}]\n", vec![format!("*{of}"); 9].join(", "))
        };
        let levels: String = ('b'..='k').zip('a'..).map(|(name, of)| level(name, of)).collect();
        assert!(parse(&format!("a: &a x\n{levels}")).is_err(), "laughs that grow nine times each");
        let long = format!("a: &a {}\nb: [{}]", "x".repeat(1 << 20), "*a, ".repeat(100));
        assert!(parse(&long).is_err(), "a long text many times");
    }
}
