//! Outputs made from shapes, and the pages of all outputs.

use super::pages::{Asked, page};
use super::{Mock, Served};
use crate::dynamic::sample::{Sampler, example_output};
use crate::value::{Structure, Value, View};
use typefoundry_spec::{AcceptorState, Json, Kind, Matcher, Member, Model, Operation};

impl Mock {
    /// The first example's output, or one made from the shapes.
    pub(super) fn made(&self, served: &Served, model: &Operation, input: &dyn Structure) -> Json {
        let example = example_output(model);
        let is_example = example.is_some();
        let made = || self.sampler(served).members(model.output_members());
        let output = example.cloned().unwrap_or_else(made);
        let mut output = self.paged(served, model, input, output, is_example);
        if !is_example {
            waited_for(served.api.model(), model, &mut output);
            grouped(model, input, &mut output);
        }
        output
    }

    /// The page of an output that is asked for, if there are several.
    pub(super) fn paged(
        &self,
        served: &Served,
        operation: &Operation,
        input: &dyn Structure,
        output: Json,
        is_example: bool,
    ) -> Json {
        let (Some(items), Some(pages)) = (self.items, &operation.pages) else { return output };
        let (model, sampler) = (served.api.model(), self.sampler(served));
        page(&Asked { model, operation, input, sampler, items }, pages, output, is_example)
    }

    fn sampler<'s>(&self, served: &'s Served) -> Sampler<'s> {
        Sampler::varied(served.api.model(), self.seed, 0).patterned(&served.patterns)
    }
}

/// Puts in what the operation's first waiter waits for, if that is a value: whoever waits is done.
fn waited_for(model: &Model, operation: &Operation, output: &mut Json) {
    let waiters = model.waiters.iter().filter(|it| it.operation == operation.name);
    let mut acceptors = waiters.filter_map(|waiter| {
        waiter.acceptors.iter().find(|acceptor| acceptor.state == AcceptorState::Success)
    });
    let found = acceptors.find_map(|acceptor| {
        let of_values = matches!(acceptor.matcher, Matcher::Path | Matcher::PathAll);
        let path = acceptor.path.as_deref().filter(|_| of_values && !acceptor.both)?;
        let steps: Vec<_> = path.split('.').map(|step| (name_of(step), step)).collect();
        let is_name = |name: &str| {
            name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !name.is_empty()
        };
        steps.iter().all(|(name, _)| is_name(name)).then_some((steps, &acceptor.expected))
    });
    if let Some((steps, expected)) = found {
        let names: Vec<_> = steps.iter().map(|(name, _)| *name).collect();
        if is_scalar(model, operation.output_members(), &names) {
            put(output, &names, expected);
        }
    }
}

/// A step of a path, without what says that it is a list.
fn name_of(step: &str) -> &str {
    step.strip_suffix("[]").or_else(|| step.strip_suffix("[*]")).unwrap_or(step)
}

/// Whether a path leads to a value that is neither a list nor anything else with values inside.
fn is_scalar(model: &Model, members: &[Member], path: &[&str]) -> bool {
    let [name, rest @ ..] = path else { return false };
    let Some(member) = members.iter().find(|member| member.name == *name) else { return false };
    let mut shape = model.shape(member.target);
    while let Kind::List(list) = &shape.kind {
        shape = model.shape(list.item.target);
    }
    if rest.is_empty() { shape.kind.is_scalar() } else { is_scalar(model, shape.members(), rest) }
}

/// Puts a value wherever a path leads.
fn put(json: &mut Json, path: &[&str], value: &Json) {
    match (json, path) {
        (Json::Array(items), path) => items.iter_mut().for_each(|item| put(item, path, value)),
        (Json::Object(entries), [name, rest @ ..]) => {
            for (_, inner) in entries.iter_mut().filter(|(key, _)| key == name) {
                put(inner, rest, value);
            }
        }
        (place, []) => *place = value.clone(),
        _ => {}
    }
}

/// Names that have something in common are told together up to a delimiter, where the request names
/// one: so are objects of S3, as if they were in folders.
///
/// Source: `CommonPrefixes` in S3's API reference.
fn grouped(operation: &Operation, input: &dyn Structure, output: &mut Json) {
    const GROUPS: &str = "CommonPrefixes";
    if operation.input_member("Delimiter").is_none() {
        return;
    }
    let delimiter = match input.get("Delimiter").map(Value::view) {
        Some(View::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    };
    let Json::Object(members) = output else { return };
    let Some(delimiter) = delimiter else {
        members.retain(|(name, _)| name != GROUPS);
        return;
    };
    let groups = members.iter_mut().filter(|(name, _)| name == GROUPS);
    for (_, groups) in groups {
        let Json::Array(groups) = groups else { continue };
        for entry in groups.iter_mut().flat_map(|group| match group {
            Json::Object(entries) => entries.as_mut_slice(),
            _ => &mut [],
        }) {
            if let Json::String(prefix) = &mut entry.1
                && !prefix.ends_with(delimiter)
            {
                prefix.push_str(delimiter);
            }
        }
    }
}
