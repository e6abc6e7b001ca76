//! Texts in inputs and outputs, by name and by path.

use crate::value::{Slot, Structure, Value, View};

/// The text of a member that is there.
pub(super) fn text<'v>(structure: &'v dyn Structure, member: &str) -> Option<&'v str> {
    match structure.get(member)?.view() {
        View::String(text) => Some(text),
        _ => None,
    }
}

/// Gives a member a text. Nothing happens where there is no member, or none that holds text.
pub(super) fn set_text(structure: &mut dyn Structure, member: &str, text: &str) {
    if let Some(value) = structure.get_mut(member) {
        set(value, text);
    }
}

/// Gives a value a text.
pub(super) fn set(value: &mut dyn Value, text: &str) {
    match value.slot() {
        Slot::String(place) => text.clone_into(place),
        Slot::Enum(place) => place.set(text),
        _ => {}
    }
}

/// Changes the texts at a path, such as `Contents[].Key`, for which `change` has another one.
pub(super) fn change_texts(
    structure: &mut dyn Structure,
    path: &str,
    change: &dyn Fn(&str) -> Option<String>,
) {
    let (step, rest) = path.split_once('.').unwrap_or((path, ""));
    let name = step.strip_suffix("[]");
    let Some(value) = structure.get_mut(name.unwrap_or(step)) else { return };
    // Asking an absent value for its slot would make something of it.
    if matches!(value.view(), View::Absent | View::Null) {
        return;
    }
    if name.is_none() {
        change_value(value, rest, change);
    } else if let Slot::List(list) = value.slot() {
        for index in 0..list.len() {
            if let Some(item) = list.item_mut(index) {
                change_value(item, rest, change);
            }
        }
    }
}

fn change_value(value: &mut dyn Value, rest: &str, change: &dyn Fn(&str) -> Option<String>) {
    if rest.is_empty() {
        let changed = match value.view() {
            View::String(text) => change(text),
            _ => None,
        };
        if let Some(changed) = changed {
            set(value, &changed);
        }
    } else if matches!(value.view(), View::Structure(_))
        && let Slot::Structure(structure) = value.slot()
    {
        change_texts(structure, rest, change);
    }
}
