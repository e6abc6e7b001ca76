//! `--generate-cli-skeleton`: values made of shapes, as botocore's `ArgumentGenerator` does it. Of an
//! enum it is the first value, where that takes any.

use super::param::{Param, quote_json};
use std::fmt::Write;
use typefoundry::{Document, Map};
use typefoundry_jmespath::Number;
use typefoundry_spec::{Kind, Member, Model, ShapeId};

/// How many values there may be: shapes that name each other come to more than there is room for.
const MOST: usize = 300_000;
/// How many shapes stand inside of each other before the rest is left out.
const DEEPEST: usize = 100;

/// An input as JSON.
pub(in crate::call) fn json(model: &Model, name: &str, members: &[Member]) -> String {
    let mut out = String::new();
    write_json(&generate(model, name, members, false), 0, &mut out);
    out.push('\n');
    out
}

/// What answers have and no model of botocore's, of which the AWS CLI makes its skeletons: botocore
/// puts the text of S3's `Expires` beside the time that it may not be (`handle_expires_header`).
const ADDED: &[&str] = &["ExpiresString"];

/// An output, with the names of members for texts.
pub(in crate::call) fn output(model: &Model, name: &str, members: &[Member]) -> Document {
    let mut made = generate(model, name, members, true);
    if let Param::Map(entries) = &mut made {
        entries.retain(|name, _| !ADDED.contains(&&**name));
    }
    let mut out = String::new();
    made.write_json(&mut out);
    // What was written can be read.
    Document::from_json(out.as_bytes()).unwrap_or_default()
}

fn generate(model: &Model, name: &str, members: &[Member], named: bool) -> Param {
    let mut cx = Cx { model, stack: vec![name], named, count: 0 };
    cx.members(members)
}

struct Cx<'m> {
    model: &'m Model,
    /// The names of the shapes that are being made
    stack: Vec<&'m str>,
    /// Texts are the names of members.
    named: bool,
    /// How many values there are so far
    count: usize,
}

impl<'m> Cx<'m> {
    fn members(&mut self, members: &'m [Member]) -> Param {
        let entry = |member: &'m Member| {
            let value = match &self.model.shape(member.target).kind {
                // To botocore, JSON in a header is a text.
                Kind::Document if member.json_text => self.text(&member.name),
                _ => self.value(member.target, &member.name),
            };
            (member.name.clone(), value)
        };
        Param::Map(members.iter().map(entry).collect())
    }

    fn text(&self, name: &str) -> Param {
        Param::Text(if self.named { name.to_owned() } else { String::new() })
    }

    fn value(&mut self, target: ShapeId, name: &str) -> Param {
        let shape = self.model.shape(target);
        self.stack.push(&shape.name);
        self.count += 1;
        let before = self.stack.iter().filter(|name| **name == shape.name).count();
        let is_last = self.count > MOST || self.stack.len() > DEEPEST;
        let value = match &shape.kind {
            // A list or map that holds itself has no structure that would end it.
            Kind::List(_) if is_last || before > 2 => Param::List(Vec::new()),
            Kind::Map(_) | Kind::Structure { .. } | Kind::Union { .. } if is_last || before > 2 => {
                Param::Map(Map::new())
            }
            Kind::Enum(values) if !self.named => {
                Param::Text(values.first().map(|it| it.value.clone()).unwrap_or_default())
            }
            Kind::String | Kind::Enum(_) => self.text(name),
            Kind::Integer | Kind::Long => Param::Integer(0),
            Kind::Float | Kind::Double => Param::Float(0.0),
            Kind::Boolean => Param::Bool(true),
            Kind::Timestamp(_) => Param::Text("1970-01-01T00:00:00".to_owned()),
            Kind::Blob => Param::Null,
            Kind::Document => Param::Map(Map::new()),
            Kind::List(list) => {
                let item = self.model.shape(list.item.target);
                Param::List(vec![self.value(list.item.target, &item.name)])
            }
            Kind::Map(map) => {
                let value = self.value(map.value.target, "");
                Param::Map(Map::from_iter([("KeyName".to_owned(), value)]))
            }
            Kind::Structure { members, .. } | Kind::Union { members } => {
                if before > 1 {
                    Param::Map(Map::new())
                } else {
                    self.members(members)
                }
            }
        };
        self.stack.pop();
        value
    }
}

/// `json.dump(…, indent=4)`
fn write_json(value: &Param, depth: usize, out: &mut String) {
    let line = |depth: usize, out: &mut String| {
        out.push('\n');
        out.push_str(&"    ".repeat(depth));
    };
    match value {
        Param::List(items) if !items.is_empty() => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                line(depth + 1, out);
                write_json(item, depth + 1, out);
            }
            line(depth, out);
            out.push(']');
        }
        Param::Map(entries) if !entries.is_empty() => {
            out.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                line(depth + 1, out);
                ascii(key, out);
                out.push_str(": ");
                write_json(value, depth + 1, out);
            }
            line(depth, out);
            out.push('}');
        }
        Param::Text(text) => ascii(text, out),
        Param::Float(number) => out.push_str(&Number::Float(*number).to_string()),
        value => value.write_json(out),
    }
}

/// A string of JSON in ASCII.
fn ascii(text: &str, out: &mut String) {
    let mut quoted = String::new();
    quote_json(text, &mut quoted);
    for c in quoted.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
}

/// An input as YAML, with what is known about each member behind it (v2's
/// `customizations/generatecliskeleton.py`).
pub(in crate::call) fn yaml(model: &Model, name: &str, members: &[Member]) -> String {
    let mut yaml = Yaml { model, stack: vec![name], count: 0, out: String::new() };
    if members.is_empty() {
        return "{}\n".to_owned();
    }
    yaml.members(members, 0, false);
    yaml.out
}

struct Yaml<'m> {
    model: &'m Model,
    stack: Vec<&'m str>,
    count: usize,
    out: String,
}

impl<'m> Yaml<'m> {
    /// `inline` is whether the first one stands on a line that has begun.
    fn members(&mut self, members: &'m [Member], depth: usize, inline: bool) {
        for (index, member) in members.iter().enumerate() {
            if index > 0 || !inline {
                self.out.push_str(&"  ".repeat(depth));
            }
            self.out.push_str(&key(&member.name));
            self.out.push(':');
            let comment = comment(self.model, member);
            self.value(member.target, member.json_text, depth, &comment, false);
        }
    }

    fn put(&mut self, parts: &[&str]) {
        self.out.extend(parts.iter().copied());
    }

    /// A value behind its key, or behind the dash of an item.
    fn value(&mut self, target: ShapeId, is_text: bool, depth: usize, comment: &str, item: bool) {
        let shape = self.model.shape(target);
        let before = self.stack.iter().filter(|name| **name == shape.name).count();
        self.count += 1;
        self.stack.push(&shape.name);
        let is_last = self.count > MOST || self.stack.len() > DEEPEST;
        let space = if item { "" } else { " " };
        match &shape.kind {
            Kind::List(_) if is_last || before > 1 => self.put(&[space, "[]", comment, "\n"]),
            Kind::Map(_) if is_last || before > 1 => self.put(&[space, "{}", comment, "\n"]),
            Kind::List(list) => {
                if !item {
                    self.put(&[comment, "\n", &"  ".repeat(depth)]);
                }
                self.out.push_str("- ");
                self.value(list.item.target, false, depth + usize::from(item), "", true);
            }
            Kind::Map(map) => {
                if item {
                    self.out.push_str("KeyName:");
                } else {
                    self.put(&[comment, "\n", &"  ".repeat(depth + 1), "KeyName:"]);
                }
                self.value(map.value.target, false, depth + 1, "", false);
            }
            Kind::Structure { members, .. } | Kind::Union { members }
                if before == 0 && !is_last && !members.is_empty() =>
            {
                if !item {
                    self.put(&[comment, "\n"]);
                }
                self.members(members, depth + 1, item);
            }
            kind => {
                let value = scalar(kind, is_text);
                self.put(&[space, &value, comment, "\n"]);
            }
        }
        self.stack.pop();
    }
}

fn scalar(kind: &Kind, is_text: bool) -> String {
    match kind {
        Kind::Enum(values) => {
            values.first().map_or_else(|| "''".to_owned(), |value| key(&value.value))
        }
        Kind::String => "''".to_owned(),
        Kind::Document if is_text => "''".to_owned(),
        Kind::Integer | Kind::Long => "0".to_owned(),
        Kind::Float | Kind::Double => "0.0".to_owned(),
        Kind::Boolean => "true".to_owned(),
        Kind::Timestamp(_) => "1970-01-01 00:00:00".to_owned(),
        Kind::Blob => "!!binary \"\"".to_owned(),
        _ => "{}".to_owned(),
    }
}

/// A text, in quotes where it might be read as something else.
fn key(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c))
        && matches!(super::yaml::parse(text), Ok(Param::Text(_)))
        // To YAML 1.1, which many still read, these are true and false.
        && !["yes", "no", "on", "off", "y", "n"].contains(&&*text.to_ascii_lowercase());
    if plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}

/// What stands behind a member, with the spaces in front of it.
fn comment(model: &Model, member: &Member) -> String {
    let shape = model.shape(member.target);
    let mut parts = Vec::new();
    if member.required {
        parts.push("[REQUIRED]".to_owned());
    }
    let docs = member.docs.as_deref().or(shape.docs.as_deref()).unwrap_or_default();
    let docs = docs.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = docs.find(". ").map_or(docs.len(), |end| end + 1);
    if end > 0 {
        parts.push(docs[..end].to_owned());
    }
    if let Kind::Enum(values) = &shape.kind {
        let values: Vec<_> = values.iter().map(|value| value.value.as_str()).collect();
        parts.push(format!("Valid values are: {}.", values.join(", ")));
    }
    if parts.is_empty() { String::new() } else { format!("  # {}", parts.join(" ")) }
}
