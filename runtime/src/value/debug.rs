//! How models print: what is there by its name in the model, and no secret.

use super::{Active, List, Map, Record, Structure, Union, View};
use crate::schema::Flags;
use std::fmt;

/// What stands in place of a secret.
const REDACTED: &str = "<redacted>";

/// Prints a structure, without the members that are absent.
#[doc(hidden)]
#[inline]
pub fn record<T: Record>(record: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    structure(record, f)
}

fn structure(structure: &dyn Structure, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (schema, members) = structure.split();
    let mut shown = f.debug_struct(&schema.name);
    for (index, member) in schema.members.iter().enumerate() {
        let Some(value) = members.member(index) else { continue };
        match value.view() {
            View::Absent => {}
            _ if member.flags.contains(Flags::SENSITIVE) => {
                shown.field(&member.name, &format_args!("{REDACTED}"));
            }
            view => {
                shown.field(&member.name, &Plain(view));
            }
        }
    }
    shown.finish()
}

/// Prints a union.
#[doc(hidden)]
pub fn union(union: &dyn Union, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (schema, active) = union.active();
    let mut shown = f.debug_struct(&schema.name);
    match active {
        Some(Active::Member(index, value)) => {
            let Some(member) = schema.members.get(index) else { return Err(fmt::Error) };
            if member.flags.contains(Flags::SENSITIVE) {
                shown.field(&member.name, &format_args!("{REDACTED}"));
            } else {
                shown.field(&member.name, &Plain(value.view()));
            }
        }
        // It may hold what a newer spec calls sensitive.
        Some(Active::Unknown(member)) => {
            shown.field(member.name(), &format_args!("{member:?}"));
        }
        None => {}
    }
    shown.finish()
}

/// A value as it is, whatever the type that holds it.
struct Plain<'a>(View<'a>);

impl fmt::Debug for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Absent => f.write_str("absent"),
            View::Null => f.write_str("null"),
            View::Bool(value) => value.fmt(f),
            View::Integer(value) => value.fmt(f),
            View::Long(value) => value.fmt(f),
            View::Float(value) => value.fmt(f),
            View::Double(value) => value.fmt(f),
            View::String(value) => value.fmt(f),
            View::Blob(value) => write!(f, "{} bytes", value.len()),
            View::Timestamp(value) => value.fmt(f),
            View::Document(value) => value.fmt(f),
            View::Structure(value) => value.fmt(f),
            View::Union(value) => value.fmt(f),
            View::List(value) => items(value, f),
            View::Map(value) => entries(value, f),
        }
    }
}

fn items(list: &dyn List, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let items = (0..list.len()).filter_map(|index| list.item(index));
    f.debug_list().entries(items.map(|item| Plain(item.view()))).finish()
}

fn entries(map: &dyn Map, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let entries = (0..map.len()).filter_map(|index| map.entry(index));
    f.debug_map().entries(entries.map(|(key, value)| (key, Plain(value.view())))).finish()
}
