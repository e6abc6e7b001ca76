//! `*.sdk-extras.json`: what botocore adds to the provider's own files.

use super::support;
use crate::Note;
use crate::build::Look;
use crate::form::{Place, hold_keys};
use typefoundry_spec::Json;

/// Merges the extras into a file as `botocore/loaders.py` does: objects key by key, anything else in
/// place of what was there. `name` is what messages call them.
pub(super) fn merge(name: &str, file: Option<&mut Json>, extras: &Json, notes: &mut Vec<Note>) {
    hold_keys(support::EXTRAS, extras, Place::Root(name), notes);
    let Some(file) = file else {
        let what = "left out: the file that it adds to is not there".to_owned();
        notes.push(Note { place: name.to_owned(), what });
        return;
    };
    for (key, value) in extras.entries_at("merge") {
        set(file, key, value);
    }
}

fn set(target: &mut Json, key: &str, value: &Json) {
    let Json::Object(entries) = target else { return };
    match entries.iter_mut().find(|(name, _)| name == key) {
        Some((_, there @ Json::Object(_))) if value.as_object().is_some() => {
            for (key, value) in value.as_object().unwrap_or_default() {
                set(there, key, value);
            }
        }
        Some((_, there)) => *there = value.clone(),
        None => entries.push((key.to_owned(), value.clone())),
    }
}
