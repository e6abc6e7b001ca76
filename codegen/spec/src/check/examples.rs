//! Examples: they answer for the mock, so they must be what the shapes say.

use super::values;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::json::Json;
use crate::location::{At, Span};
use crate::model::{EnumValue, Example, Kind, Member, Model, Operation, Outcome, Shape, ShapeId};
use crate::words::{listed, nearest, suggest};

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let mut cx = Cx { model, diagnostics };
    for operation in &model.operations {
        for example in &operation.examples {
            cx.example(operation, example);
        }
    }
}

struct Cx<'a> {
    model: &'a Model,
    diagnostics: &'a mut Diagnostics,
}

impl Cx<'_> {
    fn example(&mut self, operation: &Operation, example: &Example) {
        self.members("input", &operation.input, &example.input, example.input_at);
        match &example.outcome {
            Outcome::Unsaid => {}
            Outcome::Output(value) => {
                self.members("output", operation.output_members(), value, example.outcome_at);
            }
            Outcome::Error { shape, value } => {
                if self.error(operation, *shape, example.at) {
                    let members = self.model.shape(*shape).members();
                    self.members("error", members, value, example.outcome_at);
                }
            }
        }
    }

    /// Whether the operation has that error.
    fn error(&mut self, operation: &Operation, id: ShapeId, at: At) -> bool {
        let shape = self.model.shape(id);
        if operation.errors.contains(&id) {
            // One that is none has been reported where the operation names it.
            return shape.error().is_some();
        }
        let errors = operation.errors.iter();
        let names: Vec<_> = errors.map(|id| self.model.shape(*id).name.as_str()).collect();
        let within = self.diagnostics.entry(at, "error");
        let at = self.diagnostics.entry(within, "shape");
        let message = format!("`{}` is not an error of `{}`", shape.name, operation.name);
        let help = match &names[..] {
            [] => "add it to the operation's `errors`: it has none yet".to_owned(),
            names => {
                format!("add it to the operation's `errors`, or use one of them: {}", listed(names))
            }
        };
        self.diagnostics
            .push(Diagnostic::new(&codes::EXAMPLE_ERROR, Span::value(at), message).help(help));
        false
    }

    fn members(&mut self, what: &str, members: &[Member], value: &Json, at: At) {
        let Json::Object(entries) = value else { return };
        let mut meant = Vec::new();
        for (index, (name, value)) in entries.iter().enumerate() {
            let place = self.diagnostics.child(at, index);
            if let Some(member) = members.iter().find(|member| member.name == *name) {
                self.value(member, value, place);
                continue;
            }
            let names: Vec<_> = members.iter().map(|member| member.name.as_str()).collect();
            let message = format!("the {what} has no member `{name}`");
            let bound = members.iter().find(|member| member.wire_name() == name);
            meant
                .extend(bound.map(|member| member.name.as_str()).or_else(|| nearest(name, &names)));
            let help = match bound {
                Some(Member { name: model, .. }) => {
                    format!("`{name}` is the name on the wire; in the model it is `{model}`")
                }
                None => suggest(name, &names, "member"),
            };
            self.diagnostics.push(
                Diagnostic::new(&codes::EXAMPLE_MEMBER, Span::key(place), message).help(help),
            );
        }
        // A misspelt member is one mistake, not an unknown one and a missing one.
        meant.extend(entries.iter().map(|(name, _)| name.as_str()));
        self.required(what, members, &meant, at);
    }

    fn required(&mut self, what: &str, members: &[Member], there: &[&str], at: At) {
        let is_there = |member: &Member| there.contains(&member.name.as_str());
        let missing = members.iter().filter(|member| member.required && !is_there(member));
        let missing: Vec<_> = missing.collect();
        let names: Vec<_> = missing.iter().map(|member| member.name.as_str()).collect();
        let (verb, help) = match names.len() {
            0 => return,
            1 => ("is", "add it to the example"),
            _ => ("are", "add them to the example"),
        };
        let message = format!("{} {verb} required, but not in the {what}", listed(&names));
        let mut diagnostic =
            Diagnostic::new(&codes::EXAMPLE_MISSING, Span::key(at), message).help(help);
        for member in missing.iter().take(3) {
            diagnostic = diagnostic.related(Span::key(member.at), "required here");
        }
        self.diagnostics.push(diagnostic);
    }

    fn value(&mut self, member: &Member, value: &Json, at: At) {
        if member.nullable && *value == Json::Null {
            return;
        }
        let shape = self.model.shape(member.target);
        if !values::fits(&shape.kind, value) {
            let (name, kind) = (&member.name, shape.kind.phrase());
            let message = format!("`{name}` is {kind}, but {}", values::misfit(&shape.kind, value));
            let help = match value {
                Json::Null => "leave it out: null is for members that are `nullable`",
                _ => values::way(&shape.kind),
            };
            self.diagnostics
                .push(Diagnostic::new(&codes::EXAMPLE_TYPE, Span::value(at), message).help(help));
            return;
        }
        self.limits(shape, &member.name, value, at);
        match (&shape.kind, value) {
            (Kind::Enum(values), Json::String(text)) => {
                self.enum_value(shape, values, text, Span::value(at));
            }
            (Kind::List(list), Json::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    if !(list.sparse && *item == Json::Null) {
                        let place = self.diagnostics.child(at, index);
                        self.value(&list.item, item, place);
                    }
                }
            }
            (Kind::Map(map), Json::Object(entries)) => {
                for (index, (key, entry)) in entries.iter().enumerate() {
                    let place = self.diagnostics.child(at, index);
                    let keys = self.model.shape(map.key);
                    if let Kind::Enum(values) = &keys.kind {
                        self.enum_value(keys, values, key, Span::key(place));
                    }
                    if !(map.sparse && *entry == Json::Null) {
                        self.value(&map.value, entry, place);
                    }
                }
            }
            (Kind::Structure { members, .. }, value) => {
                self.members(&format!("`{}`", member.name), members, value, at);
            }
            (Kind::Union { members }, value) => self.union(&member.name, members, value, at),
            _ => {}
        }
    }

    fn enum_value(&mut self, shape: &Shape, values: &[EnumValue], text: &str, span: Span) {
        let names: Vec<_> = values.iter().map(|value| value.value.as_str()).collect();
        if !names.contains(&text) {
            let message = format!("`{text}` is not a value of `{}`", shape.name);
            self.diagnostics.push(
                Diagnostic::new(&codes::EXAMPLE_ENUM, span, message)
                    .help(suggest(text, &names, "value")),
            );
        }
    }

    fn union(&mut self, name: &str, members: &[Member], value: &Json, at: At) {
        self.members(&format!("union `{name}`"), members, value, at);
        let count = value.as_object().map_or(0, <[_]>::len);
        if count != 1 {
            let names: Vec<_> = members.iter().map(|member| member.name.as_str()).collect();
            let message = format!("the union `{name}` holds exactly one member, not {count}");
            let help = format!("write one of {}", listed(&names));
            self.diagnostics
                .push(Diagnostic::new(&codes::EXAMPLE_TYPE, Span::key(at), message).help(help));
        }
    }

    fn limits(&mut self, shape: &Shape, name: &str, value: &Json, at: At) {
        let (key, what, limit) = if let Json::Number(number) = value {
            let value = number.as_f64().unwrap_or_default();
            ("range", format!("is {number}"), outside(value, shape.constraints.range))
        } else if let Some((length, unit)) = length(&shape.kind, value) {
            let plural = if length == 1 { "" } else { "s" };
            let what = format!("has {length} {unit}{plural}");
            ("length", what, outside(length, shape.constraints.length))
        } else {
            return;
        };
        let Some(limit) = limit else { return };
        let limits = self.diagnostics.entry(shape.at, key);
        self.diagnostics.push(
            Diagnostic::new(
                &codes::EXAMPLE_LIMITS,
                Span::value(at),
                format!("`{name}` {what}, but takes {limit}"),
            )
            .related(Span::key(limits), format!("the limits of `{}`", shape.name))
            .help("mend the example, or the limits if the service takes it"),
        );
    }
}

/// A length, and what it counts.
fn length(kind: &Kind, value: &Json) -> Option<(u64, &'static str)> {
    match (kind, value) {
        (Kind::Blob, Json::String(text)) => Some((values::blob_length(text)?, "byte")),
        (_, Json::String(text)) => Some((text.chars().count() as u64, "character")),
        (_, Json::Array(items)) => Some((items.len() as u64, "element")),
        (_, Json::Object(entries)) => Some((entries.len() as u64, "element")),
        _ => None,
    }
}

/// The limit that a value is beyond.
fn outside<T: PartialOrd + Copy + std::fmt::Display>(
    value: T,
    (min, max): (Option<T>, Option<T>),
) -> Option<String> {
    let below = min.filter(|min| value < *min).map(|min| format!("at least {min}"));
    below.or_else(|| max.filter(|max| value > *max).map(|max| format!("at most {max}")))
}
