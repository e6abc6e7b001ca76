//! What a service checks of an input: everything that its spec says.

use super::pages::is_token;
use super::pattern::Patterns;
use crate::codec::Path;
use crate::value::{Active, Structure, View};
use std::fmt;
use typefoundry_spec as spec;

/// Every complaint about an input; nothing if it is as the spec has it. Values are in none of them.
///
/// That required members are there was found out when the input was read.
pub(super) fn complaints(
    model: &spec::Model,
    operation: &spec::Operation,
    patterns: &Patterns,
    input: &dyn Structure,
) -> Vec<String> {
    let mut cx = Cx { model, patterns, complaints: Vec::new() };
    cx.members(&operation.input, input.split().1, &Path::Root);
    cx.complaints
}

struct Cx<'m> {
    model: &'m spec::Model,
    patterns: &'m Patterns,
    complaints: Vec<String>,
}

impl Cx<'_> {
    fn members(&mut self, members: &[spec::Member], values: &dyn Structure, path: &Path<'_>) {
        // A stream of events has no place among the values.
        let fields = members.iter().filter(|it| !self.model.shape(it.target).event_stream);
        for (index, member) in fields.enumerate() {
            let place = Path::Member(path, &member.name);
            if let Some(value) = values.member(index) {
                self.value(member.target, value.view(), &place);
            }
        }
    }

    fn value(&mut self, target: spec::ShapeId, view: View<'_>, path: &Path<'_>) {
        match view {
            View::String(text) => self.text(target, text, path),
            View::Blob(bytes) => self.length(target, bytes.len(), "bytes", path),
            View::Integer(_) | View::Long(_) | View::Float(_) | View::Double(_) => {
                self.range(target, view, path);
            }
            View::List(items) => {
                self.length(target, items.len(), "elements", path);
                let spec::Kind::List(list) = &self.model.shape(target).kind else { return };
                for index in 0..items.len() {
                    if let Some(item) = items.item(index) {
                        self.value(list.item.target, item.view(), &Path::Index(path, index));
                    }
                }
            }
            View::Map(entries) => {
                self.length(target, entries.len(), "entries", path);
                let spec::Kind::Map(map) = &self.model.shape(target).kind else { return };
                for (key, value) in (0..entries.len()).filter_map(|index| entries.entry(index)) {
                    self.text(map.key, key, &format_args!("{path} (key)"));
                    self.value(map.value.target, value.view(), &Path::Key(path, key));
                }
            }
            View::Structure(structure) => {
                if let spec::Kind::Structure { members, .. } = &self.model.shape(target).kind {
                    self.members(members, structure.split().1, path);
                }
            }
            View::Union(union) => {
                let members = self.model.shape(target).members();
                match union.active().1 {
                    Some(Active::Member(index, value)) => {
                        if let Some(member) = members.get(index) {
                            let place = Path::Member(path, &member.name);
                            self.value(member.target, value.view(), &place);
                        }
                    }
                    Some(Active::Unknown(member)) => {
                        let name = member.name();
                        self.complain(path, &format_args!("it has no member `{name}`"));
                    }
                    None => self.complain(path, &"exactly one of its members must be there"),
                }
            }
            View::Absent | View::Null | View::Bool(_) | View::Timestamp(_) | View::Document(_) => {}
        }
    }

    fn complain(&mut self, path: &dyn fmt::Display, what: &dyn fmt::Display) {
        self.complaints.push(format!("{path}: {what}"));
    }

    fn text(&mut self, target: spec::ShapeId, text: &str, path: &dyn fmt::Display) {
        if is_token(text) {
            return;
        }
        self.length(target, text.chars().count(), "characters", path);
        let shape = self.model.shape(target);
        if let spec::Kind::Enum(values) = &shape.kind
            && !values.iter().any(|value| value.value == text)
        {
            let known: Vec<_> = values.iter().map(|value| value.value.as_str()).collect();
            self.complain(path, &format_args!("it must be one of {}", known.join(", ")));
        }
        if let Some(pattern) = &shape.constraints.pattern
            && !self.patterns.fits(pattern, text)
        {
            self.complain(path, &format_args!("it must match the pattern {pattern}"));
        }
    }

    fn length(
        &mut self,
        target: spec::ShapeId,
        length: usize,
        what: &str,
        path: &dyn fmt::Display,
    ) {
        let (least, most) = self.model.shape(target).constraints.length;
        let length = length as u64;
        if let Some(least) = least.filter(|least| length < *least) {
            let what = format_args!("it has {length} {what}, and at least {least} are due");
            self.complain(path, &what);
        }
        if let Some(most) = most.filter(|most| length > *most) {
            let what = format_args!("it has {length} {what}, and at most {most} are allowed");
            self.complain(path, &what);
        }
    }

    fn range(&mut self, target: spec::ShapeId, view: View<'_>, path: &dyn fmt::Display) {
        #[expect(clippy::cast_precision_loss, reason = "limits are floats")]
        let number = match view {
            View::Integer(value) => f64::from(value),
            View::Long(value) => value as f64,
            View::Float(value) => f64::from(value),
            View::Double(value) => value,
            _ => return,
        };
        let (least, most) = self.model.shape(target).constraints.range;
        if let Some(least) = least.filter(|least| number < *least) {
            self.complain(path, &format_args!("it must be at least {least}"));
        }
        if let Some(most) = most.filter(|most| number > *most) {
            self.complain(path, &format_args!("it must be at most {most}"));
        }
    }
}
