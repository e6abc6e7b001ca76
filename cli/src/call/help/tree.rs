//! Members and what is in them, as a tree.

use super::page::Page;
use super::syntax::word;
use typefoundry_spec::{Constraints, Kind, Member, Model, Shape, ShapeId};

/// Deeper than this, what is inside is not shown.
const DEEPEST: usize = 12;
/// Nor behind so many lines of one member, or of the page: shapes that name each other come to more
/// than anybody reads.
const LONGEST: usize = 5_000;
const WHOLE: usize = 40_000;

/// Members, with what is in them.
pub(super) fn members(page: &mut Page, model: &Model, members: &[Member], depth: usize) {
    for member in members {
        Cx::new(page, model).member(&member.name, member, depth);
    }
}

/// What is in a value, but not the value itself.
pub(super) fn inside(page: &mut Page, model: &Model, target: ShapeId, depth: usize) {
    Cx::new(page, model).inside(target, depth);
}

struct Cx<'c, 'm> {
    page: &'c mut Page,
    model: &'m Model,
    /// The shapes around, which are not shown again
    stack: Vec<ShapeId>,
    /// The lines of the page that are the last ones
    end: usize,
}

impl<'c, 'm> Cx<'c, 'm> {
    fn new(page: &'c mut Page, model: &'m Model) -> Self {
        let end = WHOLE.min(page.len() + LONGEST);
        Self { page, model, stack: Vec::new(), end }
    }

    fn member(&mut self, name: &str, member: &Member, depth: usize) {
        let shape = self.model.shape(member.target);
        let required = if member.required { " [required]" } else { "" };
        let arrow = if name.is_empty() { "" } else { " -> " };
        self.page.term(depth, &format!("{name}{arrow}({}){required}", word(shape)));
        self.page.docs(depth + 1, member.docs.as_deref().or(shape.docs.as_deref()));
        limits(self.page, shape, depth + 1);
        self.inside(member.target, depth + 1);
        self.page.gap_behind_text();
    }

    fn inside(&mut self, target: ShapeId, depth: usize) {
        let shape = self.model.shape(target);
        if self.stack.contains(&target) {
            self.page.text(depth, "( ... recursive ... )");
            return;
        }
        let is_open = !shape.kind.is_scalar();
        if is_open && (self.stack.len() > DEEPEST || self.page.len() > self.end) {
            self.page.text(depth, "( ... )");
            return;
        }
        self.stack.push(target);
        match &shape.kind {
            Kind::List(list) => {
                self.page.gap_behind_text();
                self.member("", &list.item, depth);
            }
            Kind::Map(map) => {
                self.page.gap_behind_text();
                let key = self.model.shape(map.key);
                self.page.term(depth, &format!("key -> ({})", word(key)));
                self.page.docs(depth + 1, key.docs.as_deref());
                limits(self.page, key, depth + 1);
                self.page.gap_behind_text();
                self.member("value", &map.value, depth);
            }
            Kind::Structure { members, .. } | Kind::Union { members } => {
                self.page.gap_behind_text();
                for member in members {
                    self.member(&member.name, member, depth);
                }
            }
            _ => {}
        }
        self.stack.pop();
    }
}

/// What a value must be like.
pub(super) fn limits(page: &mut Page, shape: &Shape, depth: usize) {
    let Constraints { length, range, pattern } = &shape.constraints;
    let between = |least: Option<String>, most: Option<String>| match (least, most) {
        (Some(least), Some(most)) if least == most => Some(least),
        (Some(least), Some(most)) => Some(format!("{least} to {most}")),
        (Some(least), None) => Some(format!("at least {least}")),
        (None, Some(most)) => Some(format!("at most {most}")),
        (None, None) => None,
    };
    let text = |number: Option<u64>| number.map(|number| number.to_string());
    let number = |number: Option<f64>| number.map(|number| number.to_string());
    let what = match shape.kind {
        Kind::List(_) => "items",
        Kind::Map(_) => "entries",
        Kind::Blob => "bytes",
        _ => "length",
    };
    let mut limits = Vec::new();
    if let Some(length) = between(text(length.0), text(length.1)) {
        limits.push(format!("{what}: {length}"));
    }
    if let Some(range) = between(number(range.0), number(range.1)) {
        limits.push(format!("range: {range}"));
    }
    if let Some(pattern) = pattern {
        limits.push(format!("pattern: {pattern}"));
    }
    if !limits.is_empty() {
        page.gap_behind_text();
        page.text(depth, "Constraints:");
        for limit in limits {
            page.item(depth, &limit);
        }
    }
    if let Kind::Enum(values) = &shape.kind {
        page.gap_behind_text();
        page.text(depth, "Possible values:");
        for value in values {
            match super::first_sentence(value.docs.as_deref()) {
                Some(docs) => page.item(depth, &format!("{}: {docs}", value.value)),
                None => page.item(depth, &value.value),
            }
        }
    }
}
