//! Structures, enums, maps and references between shapes.

use super::values;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::json::Json;
use crate::location::Span;
use crate::model::{Circles, Kind, Member, Model, Role, Shape, ShapeId};
use crate::words::listed;
use std::collections::{HashMap, HashSet};
use std::iter::successors;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let roles = model.roles(&model.operations);
    let circles = Circles::new(model.shapes.len(), |id| {
        required(model.shape(id)).map(|member| member.target).collect()
    });
    for (id, shape) in model.defined_shapes() {
        alternatives(shape, diagnostics);
        map_key(model, shape, diagnostics);
        endless(model, &circles, id, diagnostics);
        match &shape.kind {
            Kind::List(list) => format(model, &list.item, diagnostics),
            Kind::Map(map) => format(model, &map.value, diagnostics),
            _ => members(model, shape.members(), diagnostics),
        }
        if roles[id.index()].input {
            required_defaults(shape.members(), diagnostics);
        }
    }
    for operation in &model.operations {
        members(model, &operation.input, diagnostics);
        required_defaults(&operation.input, diagnostics);
        members(model, operation.output_members(), diagnostics);
    }
    unused(model, &roles, diagnostics);
}

/// Nothing could ever be such a value.
fn alternatives(shape: &Shape, diagnostics: &mut Diagnostics) {
    let (key, message) = match &shape.kind {
        Kind::Enum(values) if values.is_empty() => ("enum", "the enum has no value"),
        Kind::Union { members } if members.is_empty() => ("union", "the union has no member"),
        _ => return,
    };
    let at = diagnostics.entry(shape.at, key);
    diagnostics.push(
        Diagnostic::new(&codes::EMPTY_CHOICE, Span::value(at), message)
            .help("add at least one, or remove the shape"),
    );
}

fn map_key(model: &Model, shape: &Shape, diagnostics: &mut Diagnostics) {
    if let Kind::Map(map) = &shape.kind
        && let kind = &model.shape(map.key).kind
        && !matches!(kind, Kind::String | Kind::Enum(_))
    {
        let at = diagnostics.entry(shape.at, "key");
        let message = format!("a map's keys are strings, and this is {}", kind.phrase());
        diagnostics.push(
            Diagnostic::new(&codes::MAP_KEY, Span::value(at), message)
                .help("name a string or an enum, or leave `key` out"),
        );
    }
}

/// Required members that lead back to their structure leave no finite value.
///
/// Each circle is reported at the first of its structures alone.
fn endless(model: &Model, circles: &Circles, start: ShapeId, diagnostics: &mut Diagnostics) {
    let shape = model.shape(start);
    for first in required(shape).filter(|first| circles.join(first.target, start)) {
        // How each structure was come to: from which one, by which member.
        let mut ways: HashMap<ShapeId, Option<(ShapeId, &Member)>> = HashMap::new();
        ways.insert(first.target, None);
        let mut open = vec![first.target];
        while let Some(id) = open.pop() {
            if id == start {
                let way = |step: &(ShapeId, &Member)| ways.get(&step.0).copied().flatten();
                let back = successors(ways.get(&id).copied().flatten(), way);
                let mut others: Vec<_> = back.map(|(_, member)| member).collect();
                others.reverse();
                diagnostics.push(circle(shape, first, &others));
                break;
            }
            for member in required(model.shape(id)) {
                let is_ahead = member.target >= start && circles.join(member.target, start);
                if is_ahead && !ways.contains_key(&member.target) {
                    ways.insert(member.target, Some((id, member)));
                    open.push(member.target);
                }
            }
        }
    }
}

/// The members that every value of a structure has.
fn required(shape: &Shape) -> impl Iterator<Item = &Member> {
    let members = match &shape.kind {
        Kind::Structure { members, .. } => &members[..],
        _ => &[],
    };
    members.iter().filter(|member| member.required && !member.nullable)
}

fn circle(shape: &Shape, first: &Member, others: &[&Member]) -> Diagnostic {
    let message = format!("`{}` requires itself, so it has no finite value", shape.name);
    let mut diagnostic = Diagnostic::new(&codes::ENDLESS_STRUCTURE, Span::key(first.at), message)
        .help("make one member of the circle optional, or put a list or a map in between");
    for member in others {
        diagnostic = diagnostic.related(Span::key(member.at), "requires it in turn");
    }
    diagnostic
}

fn members(model: &Model, members: &[Member], diagnostics: &mut Diagnostics) {
    for member in members {
        format(model, member, diagnostics);
        default(model, member, diagnostics);
    }
}

/// A format that does nothing would be believed to do something.
fn format(model: &Model, member: &Member, diagnostics: &mut Diagnostics) {
    let kind = &model.shape(member.target).kind;
    if member.format.is_none() || matches!(kind, Kind::Timestamp(_)) {
        return;
    }
    let at = diagnostics.entry(member.at, "format");
    let message = format!("`format` is for timestamps, and this is {}", kind.phrase());
    let help = match kind {
        Kind::List(_) | Kind::Map(_) => "say it of the element",
        _ => "remove it, or use a timestamp",
    };
    diagnostics.push(Diagnostic::new(&codes::MISPLACED_KEY, Span::key(at), message).help(help));
}

/// The default is documentation, but a wrong one would be believed.
fn default(model: &Model, member: &Member, diagnostics: &mut Diagnostics) {
    let Some(default) = &member.default else { return };
    let kind = &model.shape(member.target).kind;
    if values::fits(kind, default) || member.nullable && *default == Json::Null {
        return;
    }
    let at = diagnostics.entry(member.at, "default");
    let message = format!(
        "the default of `{}` is {}, but {}",
        member.name,
        kind.phrase(),
        values::misfit(kind, default)
    );
    let help = match default {
        Json::Null => "leave `default` out where there is none",
        _ => values::way(kind),
    };
    diagnostics.push(Diagnostic::new(&codes::BAD_DEFAULT, Span::value(at), message).help(help));
}

/// Callers have to give a required member, so that nothing is ever assumed. What a service answers
/// with may be always there and have a default.
fn required_defaults(members: &[Member], diagnostics: &mut Diagnostics) {
    for member in members.iter().filter(|member| member.required && member.default.is_some()) {
        let at = diagnostics.entry(member.at, "default");
        let required = diagnostics.entry(member.at, "required");
        let message = format!("`{}` is required, so its default is never used", member.name);
        diagnostics.push(
            Diagnostic::new(&codes::REQUIRED_DEFAULT, Span::key(at), message)
                .related(Span::key(required), "callers have to give it")
                .help("remove `required` if the service does without, else remove `default`"),
        );
    }
}

/// Likely a leftover, or a member that names another shape by mistake.
///
/// Of shapes that only unused ones use, nothing is said: what leads to them is the mistake.
fn unused(model: &Model, roles: &[Role], diagnostics: &mut Diagnostics) {
    let mut unused: HashSet<ShapeId> = HashSet::new();
    let mut used_by_unused = HashSet::new();
    for (id, shape) in model.defined_shapes() {
        if !roles[id.index()].is_used() {
            unused.insert(id);
            used_by_unused.extend(shape.targets().into_iter().filter(|target| *target != id));
        }
    }
    // Behind the roots only circles are left, each of which is reported at its first shape.
    let in_order = || model.defined_shapes().map(|(id, _)| id);
    let roots = in_order().filter(|id| !used_by_unused.contains(id));
    for id in roots.chain(in_order()) {
        if !unused.contains(&id) {
            continue;
        }
        let below: Vec<_> = model.reach(id).into_iter().filter(|it| unused.remove(it)).collect();
        let shape = model.shape(id);
        let others = below.iter().filter(|other| **other != id);
        let others: Vec<_> = others.map(|other| model.shape(*other).name.as_str()).collect();
        let message = match &others[..] {
            [] => format!("no operation uses `{}`", shape.name),
            others => {
                format!("no operation uses `{}`, nor {} below it", shape.name, listed(others))
            }
        };
        diagnostics.push(
            Diagnostic::new(&codes::UNUSED_SHAPE, Span::key(shape.at), message)
                .help("remove it, or use it"),
        );
    }
}
