//! `*.sdk-extras.json`: what botocore adds to the provider's own files.

use crate::build::Look;
use typefoundry_spec::Json;

/// Merges the extras into a file as `botocore/loaders.py` does: objects key by key, anything else in
/// place of what was there.
pub(super) fn merge(file: &mut Json, extras: &Json) {
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
