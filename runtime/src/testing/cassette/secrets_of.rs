//! What is secret of an operation.

use super::secrets::{SecretPath, Secrets, Whole};
use crate::binding::is_call_of;
use crate::client::{Operation, Service, ServiceErrors};
use crate::schema::{Flags, MemberSchema};
use crate::value::{Empty, Slot, Value};
use std::collections::BTreeMap;

/// Adds the names of an operation's secret members and of those of its service's errors, and whether
/// its bodies are secret as a whole.
pub(super) fn secrets_of<O>(secrets: &mut Secrets)
where
    O: Operation,
    <O::Service as Service>::Error: ServiceErrors,
{
    let (mut input, mut output) = (O::empty(), O::Output::empty());
    let mut seen = Vec::new();
    let mut in_errors = false;
    <O::Service as Service>::Error::structures(&mut |error| {
        in_errors |= has_secret_body(error);
        walk(error, false, &mut seen, secrets);
    });
    let whole = Whole {
        is_call: |request| is_call_of(O::Service::schema(), O::schema(), request),
        request: has_secret_body(&mut input),
        response: in_errors || has_secret_body(&mut output),
    };
    if whole.request || whole.response {
        secrets.wholes.push(whole);
    }
    if O::Service::schema().protocol.is_rest() {
        let labels: BTreeMap<_, _> = secret_labels(&mut input).collect();
        if !labels.is_empty() {
            let (method, uri) = (O::schema().method.to_string(), O::schema().uri.to_string());
            secrets.paths.push(SecretPath { method, uri, labels });
        }
    }
    walk(&mut input, false, &mut seen, secrets);
    walk(&mut output, false, &mut seen, secrets);
}

fn has_secret_body(value: &mut dyn Value) -> bool {
    let Slot::Structure(structure) = value.slot() else { return false };
    let body = Flags::SENSITIVE.with(Flags::PAYLOAD);
    structure.split().0.members.iter().any(|member| member.flags.contains(body))
}

/// Labels of the path, and what stands in place of each.
fn secret_labels(value: &mut dyn Value) -> impl Iterator<Item = (String, String)> {
    let mut labels = Vec::new();
    if let Slot::Structure(structure) = value.slot() {
        let secret = Flags::SENSITIVE.with(Flags::LABEL);
        let (schema, members) = structure.split_mut();
        for (index, member) in schema.members.iter().enumerate() {
            if member.flags.contains(secret)
                && let Some(value) = members.member_mut(index)
            {
                labels.push((member.name.to_string(), stand_in(value).to_owned()));
            }
        }
    }
    labels.into_iter()
}

/// The structures and unions that were seen, inside of something secret or not.
type Seen = Vec<(String, bool)>;

fn is_new(name: &str, secret: bool, seen: &mut Seen) -> bool {
    let new = !seen.iter().any(|(known, in_secret)| known == name && *in_secret == secret);
    if new {
        seen.push((name.to_owned(), secret));
    }
    new
}

/// What is in a structure is asked of an empty one, which is filled on the way.
fn walk(value: &mut dyn Value, secret: bool, seen: &mut Seen, secrets: &mut Secrets) {
    match value.slot() {
        Slot::Structure(structure) => {
            let (schema, members) = structure.split_mut();
            if !is_new(&schema.name, secret, seen) {
                return;
            }
            for (index, member) in schema.members.iter().enumerate() {
                if let Some(value) = members.member_mut(index) {
                    enter(member, value, secret, seen, secrets);
                }
            }
        }
        Slot::Union(union) => {
            let schema = union.schema().clone();
            if !is_new(&schema.name, secret, seen) {
                return;
            }
            for (index, member) in schema.members.iter().enumerate() {
                if let Some(value) = union.activate(index) {
                    enter(member, value, secret, seen, secrets);
                }
            }
        }
        Slot::List(list) => walk(list.push(), secret, seen, secrets),
        Slot::Map(map) => walk(map.insert("key"), secret, seen, secrets),
        _ => {}
    }
}

fn enter(
    member: &MemberSchema,
    value: &mut dyn Value,
    secret: bool,
    seen: &mut Seen,
    secrets: &mut Secrets,
) {
    let secret = secret || member.flags.contains(Flags::SENSITIVE);
    if secret {
        let stand_in = stand_in(value);
        let rare = member.rare.as_deref();
        let query_name = rare.and_then(|rare| rare.query_name.as_deref());
        for name in
            [Some(&*member.name), Some(member.wire_name()), query_name].into_iter().flatten()
        {
            secrets.add(name, stand_in);
        }
        if member.flags.contains(Flags::HEADER_PREFIX) {
            secrets.prefixes.push(member.wire_name().to_ascii_lowercase());
        }
    }
    walk(value, secret, seen, secrets);
}

/// A text that can be read in place of a value's.
fn stand_in(value: &mut dyn Value) -> &'static str {
    match value.slot() {
        Slot::Blob(_) => Secrets::BLOB,
        Slot::Timestamp(_) => Secrets::TIME,
        Slot::Integer(_) | Slot::Long(_) | Slot::Float(_) | Slot::Double(_) => Secrets::NUMBER,
        Slot::Bool(_) => Secrets::BOOL,
        Slot::List(list) => stand_in(list.push()),
        Slot::Map(map) => stand_in(map.insert("key")),
        _ => Secrets::TEXT,
    }
}
