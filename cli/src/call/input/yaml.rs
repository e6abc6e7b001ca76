//! YAML as `--cli-input-yaml` takes it: one document of YAML 1.2's core schema.

use super::base64;
use super::param::Param;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::collections::HashMap;
use typefoundry::Map;

/// How many values a text may come to, aliases counted as often as they stand for something.
const MOST: usize = 1_000_000;

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
                builder.begin(Open::Map(Map::new(), None, anchor))?;
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
    /// With the key of the value that comes next
    Map(Map<String, Param>, Option<String>, usize),
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
            Some(Open::Map(entries, _, anchor)) => self.add(Param::Map(entries), anchor),
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
            Some(Open::Map(entries, key, _)) => match key.take() {
                Some(key) if key == "<<" => merge(entries, value),
                Some(key) => {
                    if entries.contains_key(&key) {
                        return Err(format!("the key `{key}` is there twice"));
                    }
                    entries.insert(key, value);
                }
                None => match value {
                    Param::List(_) | Param::Map(_) => {
                        return Err("a key is a list or a mapping".to_owned());
                    }
                    value => *key = Some(value.to_string()),
                },
            },
        }
        Ok(())
    }
}

/// How many values a value comes to.
fn size(value: &Param) -> usize {
    match value {
        Param::List(items) => items.iter().fold(1, |sum, item| sum + size(item)),
        Param::Map(entries) => entries.values().fold(1, |sum, entry| sum + size(entry)),
        _ => 1,
    }
}

/// `<<`: what a mapping does not say itself.
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
    }
}
