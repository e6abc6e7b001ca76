//! What the command line checks before it sends: what botocore checks, which is required members,
//! minimal lengths and values, and that a union has exactly one member.

use crate::codec::Path;
use crate::value::{Active, Structure, Value, View};
use std::fmt;
use typefoundry_spec as spec;

/// Every complaint about an input, in botocore's words; nothing if it can be sent.
pub fn validate(
    model: &spec::Model,
    operation: &spec::Operation,
    input: &dyn Structure,
) -> Vec<String> {
    let mut cx = Cx { model, complaints: Vec::new() };
    cx.members(&operation.input, input.split().1, &Path::Root);
    cx.complaints
}

struct Cx<'m> {
    model: &'m spec::Model,
    complaints: Vec<String>,
}

impl Cx<'_> {
    fn members(&mut self, members: &[spec::Member], values: &dyn Structure, path: &Path<'_>) {
        for (index, member) in members.iter().enumerate() {
            let place = Path::Member(path, &member.name);
            match values.member(index).map(Value::view) {
                Some(View::Absent) | None => {
                    if member.required {
                        let parent = path.to_string();
                        let parent = if parent.is_empty() { "input" } else { &parent };
                        let name = &member.name;
                        let complaint =
                            format!("Missing required parameter in {parent}: \"{name}\"");
                        self.complaints.push(complaint);
                    }
                }
                Some(view) => self.value(member.target, view, &place),
            }
        }
    }

    fn value(&mut self, target: spec::ShapeId, view: View<'_>, path: &Path<'_>) {
        let shape = self.model.shape(target);
        let length = match view {
            View::String(text) => Some(text.chars().count()),
            View::Blob(bytes) => Some(bytes.len()),
            View::List(list) => Some(list.len()),
            View::Map(map) => Some(map.len()),
            _ => None,
        };
        if let Some(length) = length {
            self.length(shape, length, path);
        }
        self.range(shape, view, path);
        match (&shape.kind, view) {
            (spec::Kind::Structure { members, .. }, View::Structure(structure)) => {
                self.members(members, structure.split().1, path);
            }
            (spec::Kind::List(list), View::List(items)) => {
                for index in 0..items.len() {
                    if let Some(item) = items.item(index) {
                        self.value(list.item.target, item.view(), &Path::Index(path, index));
                    }
                }
            }
            (spec::Kind::Map(map), View::Map(entries)) => {
                for index in 0..entries.len() {
                    if let Some((key, value)) = entries.entry(index) {
                        let name = format!("{path} (key: {key})");
                        self.length(self.model.shape(map.key), key.chars().count(), &name);
                        self.value(map.value.target, value.view(), &Path::Key(path, key));
                    }
                }
            }
            (spec::Kind::Union { members }, View::Union(union)) => match union.active().1 {
                Some(Active::Member(index, value)) => {
                    if let Some(member) = members.get(index) {
                        let place = Path::Member(path, &member.name);
                        self.value(member.target, value.view(), &place);
                    }
                }
                Some(Active::Unknown(_)) => {}
                None => self.complaints.push(format!(
                    "Invalid number of parameters set for tagged union structure {path}. Can only \
                     set one of the following keys: {}.",
                    members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(" ")
                )),
            },
            _ => {}
        }
    }

    fn length(&mut self, shape: &spec::Shape, length: usize, place: &dyn fmt::Display) {
        if let Some(min) = shape.constraints.length.0
            && (length as u64) < min
        {
            self.complaints.push(format!(
                "Invalid length for parameter {place}, value: {length}, valid min length: {min}"
            ));
        }
    }

    fn range(&mut self, shape: &spec::Shape, view: View<'_>, path: &Path<'_>) {
        #[expect(clippy::cast_precision_loss, reason = "limits are floats")]
        let number = match view {
            View::Integer(value) => f64::from(value),
            View::Long(value) => value as f64,
            View::Float(value) => f64::from(value),
            View::Double(value) => value,
            _ => return,
        };
        if let Some(min) = shape.constraints.range.0
            && number < min
        {
            self.complaints.push(format!(
                "Invalid value for parameter {path}, value: {number}, valid min value: {min}"
            ));
        }
    }
}
