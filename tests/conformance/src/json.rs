//! JSON whose objects keep their order, which some protocols put on the wire.

use std::path::Path;
use typefoundry_spec::Json;

/// The JSON of a file.
pub fn read(file: &Path) -> Json {
    let text = std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The elements of an array; none of anything else.
pub fn items(json: Option<&Json>) -> &[Json] {
    match json {
        Some(Json::Array(items)) => items,
        _ => &[],
    }
}

/// The entries of an object; none of anything else.
pub fn entries(json: Option<&Json>) -> &[(String, Json)] {
    json.and_then(Json::as_object).unwrap_or_default()
}

/// The text under a key.
pub fn text<'j>(json: &'j Json, key: &str) -> Option<&'j str> {
    json.get(key)?.as_str()
}

/// A string.
pub fn string(text: &str) -> Json {
    Json::String(text.to_owned())
}

/// An object.
pub fn object<const N: usize>(entries: [(&str, Json); N]) -> Json {
    Json::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Adds an entry to an object, or replaces the one that is there.
pub fn set(json: &mut Json, key: &str, value: Json) {
    let Json::Object(entries) = json else { return };
    match entries.iter_mut().find(|(name, _)| name == key) {
        Some((_, place)) => *place = value,
        None => entries.push((key.to_owned(), value)),
    }
}

/// Adds an entry to an object that has none of that name.
pub fn set_default(json: &mut Json, key: &str, value: Json) {
    if json.get(key).is_none() {
        set(json, key, value);
    }
}

/// The first difference between two values: the place, what was expected and what is there.
/// Objects are compared without order, numbers as numbers.
pub fn difference(place: &str, wanted: &Json, found: &Json) -> Option<String> {
    match (wanted, found) {
        (Json::Object(wanted), Json::Object(found)) => {
            let get = |object: &[(String, Json)], key: &str| {
                object.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone())
            };
            for (key, value) in wanted {
                let place = format!("{place}.{key}");
                match get(found, key) {
                    Some(found) => {
                        if let Some(difference) = difference(&place, value, &found) {
                            return Some(difference);
                        }
                    }
                    None => return Some(format!("{place}: expected {value}, found nothing")),
                }
            }
            let extra = found.iter().find(|(key, _)| get(wanted, key).is_none());
            extra.map(|(key, value)| format!("{place}.{key}: expected nothing, found {value}"))
        }
        (Json::Array(wanted), Json::Array(found)) if wanted.len() == found.len() => {
            let mut pairs = wanted.iter().zip(found).enumerate();
            pairs.find_map(|(index, (wanted, found))| {
                difference(&format!("{place}[{index}]"), wanted, found)
            })
        }
        (Json::Number(wanted), Json::Number(found)) if same_number(wanted, found) => None,
        _ if wanted == found => None,
        _ => Some(format!("{place}: expected {wanted}, found {found}")),
    }
}

fn same_number(one: &serde_json::Number, other: &serde_json::Number) -> bool {
    one == other || one.as_f64() == other.as_f64()
}
