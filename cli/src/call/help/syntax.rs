//! How values of shapes are written: as shorthand and as JSON, as the AWS CLI's help shows it.

use crate::call::input::ends_in_document;
use typefoundry_spec::{Kind, Model, Shape, ShapeId};

/// Deeper than this, JSON is easier to write than shorthand (`ParamShorthandDocGen._MAX_STACK`).
const DEEPEST: usize = 3;

/// The same of shorthand with more values.
const WIDEST: usize = 1_000;
/// Bytes of JSON behind which no more is shown of what is inside.
const LONGEST: usize = 100_000;

/// The word for a shape in help.
pub(super) fn word(shape: &Shape) -> &'static str {
    match &shape.kind {
        Kind::Enum(_) => "string",
        Kind::Blob if shape.streaming.is_some() => "streaming blob",
        Kind::Union { .. } => "tagged union structure",
        kind => kind.word(),
    }
}

/// The shorthand of an option's value; nothing where there is none, or none worth writing.
pub(super) fn shorthand(model: &Model, target: ShapeId) -> Option<String> {
    let mut cx = Shorthand { model, stack: Vec::new(), values: 0 };
    let shape = model.shape(target);
    match &shape.kind {
        Kind::List(list) => {
            let item = model.shape(list.item.target);
            let is_complex = !item.members().is_empty() || matches!(item.kind, Kind::Map(_));
            if !is_complex || ends_in_document(model, list.item.target) {
                return None;
            }
            Some(format!("{} ...", cx.value(list.item.target)?))
        }
        Kind::Map(_) | Kind::Structure { .. } | Kind::Union { .. } => {
            if ends_in_document(model, target) {
                return None;
            }
            cx.value(target).filter(|text| !text.is_empty())
        }
        _ => None,
    }
}

struct Shorthand<'m> {
    model: &'m Model,
    stack: Vec<&'m str>,
    /// How many there are so far
    values: usize,
}

impl Shorthand<'_> {
    fn value(&mut self, target: ShapeId) -> Option<String> {
        self.values += 1;
        if self.stack.len() > DEEPEST || self.values > WIDEST {
            return None;
        }
        let model = self.model;
        let shape = model.shape(target);
        Some(match &shape.kind {
            Kind::Structure { members, .. } | Kind::Union { members } => {
                let mut parts = Vec::new();
                for member in members.iter().filter(|it| !ends_in_document(model, it.target)) {
                    let value = self.below(member.target)?;
                    parts.push(format!("{}={value}", member.name));
                }
                self.braced(parts.join(","))
            }
            Kind::List(list) => {
                let value = self.below(list.item.target)?;
                let item = &model.shape(list.item.target).kind;
                if item.is_scalar() && self.stack.len() < 2 {
                    format!("{value},{value}")
                } else {
                    format!("[{value},{value}]")
                }
            }
            Kind::Map(map) => {
                let value = self.below(map.value.target)?;
                self.braced(format!("KeyName1={value},KeyName2={value}"))
            }
            _ => word(shape).to_owned(),
        })
    }

    fn below(&mut self, target: ShapeId) -> Option<String> {
        let shape = self.model.shape(target);
        if !shape.is_base && !shape.kind.is_scalar() && self.stack.contains(&&*shape.name) {
            return Some("( ... recursive ... )".to_owned());
        }
        self.stack.push(&shape.name);
        let value = self.value(target);
        self.stack.pop();
        value
    }

    fn braced(&self, text: String) -> String {
        if self.stack.is_empty() { text } else { format!("{{{text}}}") }
    }
}

/// A value as JSON with the types in the place of values.
pub(super) fn json(model: &Model, target: ShapeId) -> String {
    let mut out = String::new();
    write_json(model, target, 0, &mut Vec::new(), &mut out);
    out
}

fn write_json<'m>(
    model: &'m Model,
    target: ShapeId,
    depth: usize,
    stack: &mut Vec<&'m str>,
    out: &mut String,
) {
    let shape = model.shape(target);
    let is_open = !shape.kind.is_scalar() && !shape.is_base;
    if is_open && out.len() > LONGEST {
        out.push_str("{ ... }");
        return;
    }
    // A recursion is shown once.
    if is_open && stack.iter().filter(|name| **name == shape.name).count() > 1 {
        out.push_str("{ ... recursive ... }");
        return;
    }
    stack.push(&shape.name);
    let line = |depth: usize, out: &mut String| {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    };
    match &shape.kind {
        Kind::Structure { members, .. } | Kind::Union { members } if !members.is_empty() => {
            out.push('{');
            for (index, member) in members.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                line(depth + 1, out);
                out.extend(["\"", &*member.name, "\": "]);
                write_json(model, member.target, depth + 1, stack, out);
            }
            line(depth, out);
            out.push('}');
        }
        Kind::List(list) => {
            let item = list.item.target;
            if model.shape(item).kind.is_scalar() {
                out.extend(["[", &*scalar(model.shape(item)), ", ...]"]);
            } else {
                out.push('[');
                line(depth + 1, out);
                write_json(model, item, depth + 1, stack, out);
                line(depth + 1, out);
                out.push_str("...");
                line(depth, out);
                out.push(']');
            }
        }
        Kind::Map(map) => {
            out.push('{');
            out.push_str(&scalar(model.shape(map.key)));
            out.push_str(": ");
            write_json(model, map.value.target, depth + 1, stack, out);
            line(depth + 1, out);
            out.push_str("...}");
        }
        Kind::Document => out.push_str("{...}"),
        _ => out.push_str(&scalar(shape)),
    }
    stack.pop();
}

fn scalar(shape: &Shape) -> String {
    match &shape.kind {
        Kind::Enum(values) => {
            let values: Vec<String> = values.iter().map(|it| format!("\"{}\"", it.value)).collect();
            values.join("|")
        }
        Kind::String => "\"string\"".to_owned(),
        Kind::Boolean => "true|false".to_owned(),
        Kind::Structure { .. } | Kind::Union { .. } => "{}".to_owned(),
        _ => word(shape).to_owned(),
    }
}
