//! Examples: `examples-1.json`, in model form.
//!
//! Their values are loose: times in any form, blobs as text. What cannot be brought into form is
//! left out with its example.

use super::Cx;
use crate::build::{Look, Object, text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use typefoundry_spec::Json;

/// Adds the examples to the operations, where documentation is wanted: they are part of it.
pub(super) fn add(cx: &mut Cx<'_>, file: &Json, operations: &mut [(String, Json)]) {
    if !cx.docs.is_wanted() {
        return;
    }
    for (name, operation) in operations {
        let Some(Json::Array(examples)) = file.get("examples").and_then(|it| it.get(name)) else {
            continue;
        };
        let model = cx.model.get("operations").and_then(|it| it.get(name)).unwrap_or(&Json::Null);
        let mut made = Vec::new();
        for example in examples {
            match self::example(cx, model, example) {
                Ok(example) => made.push(example),
                Err(place) => {
                    let title = example.text_at("title").unwrap_or_default();
                    let what =
                        format!("its example `{title}` is left out: {place} is not of its type");
                    cx.note(name.as_str(), what);
                }
            }
        }
        if let Json::Object(entries) = operation
            && !made.is_empty()
        {
            entries.push(("examples".to_owned(), Json::Array(made)));
        }
    }
}

/// An example, or the member that does not fit.
fn example(cx: &Cx<'_>, operation: &Json, example: &Json) -> Result<Json, String> {
    let mut made = Object::default();
    let title = example.text_at("title").or(example.text_at("id")).unwrap_or("Example");
    made.set("title", text(title));
    made.text("docs", example.text_at("description").filter(|docs| !docs.is_empty()));
    for side in ["input", "output"] {
        let Some(given) = example.get(side) else { continue };
        let shape = operation.get(side).and_then(|side| cx.target(side));
        let value = match shape {
            Some(shape) => self::value(cx, shape, given, side)?,
            None if given.as_object().is_some_and(<[_]>::is_empty) => continue,
            None => return Err(side.to_owned()),
        };
        made.set(side, value);
    }
    Ok(made.json())
}

fn value(cx: &Cx<'_>, shape: &Json, given: &Json, place: &str) -> Result<Json, String> {
    let misfit = || Err(place.to_owned());
    let target = |reference: &Json| cx.target(reference);
    match (shape.text_at("type").unwrap_or_default(), given) {
        ("structure", _) if shape.flag_at("document") => Ok(given.clone()),
        ("structure", Json::Object(entries)) => {
            let members = shape.get("members").unwrap_or(&Json::Null);
            let mut made = Vec::new();
            for (name, given) in entries {
                let place = format!("{place}.{name}");
                match members.get(name).and_then(target) {
                    Some(shape) => made.push((name.clone(), value(cx, shape, given, &place)?)),
                    None => return Err(place),
                }
            }
            let has = |name: &&str| made.iter().any(|(known, _)| known == name);
            match shape.texts_at("required").iter().find(|name| !has(name)) {
                Some(missing) => Err(format!("{place}.{missing}")),
                None => Ok(Json::Object(made)),
            }
        }
        ("list", Json::Array(items)) => match shape.get("member").and_then(target) {
            Some(shape) => {
                let items = items.iter().map(|item| value(cx, shape, item, place));
                items.collect::<Result<_, _>>().map(Json::Array)
            }
            None => misfit(),
        },
        ("map", Json::Object(entries)) => match shape.get("value").and_then(target) {
            Some(shape) => {
                let entries = entries.iter().map(|(key, item)| {
                    value(cx, shape, item, place).map(|item| (key.clone(), item))
                });
                entries.collect::<Result<_, _>>().map(Json::Object)
            }
            None => misfit(),
        },
        ("string", Json::String(given_text)) => {
            let values = shape.texts_at("enum");
            if values.is_empty() || values.contains(&given_text.as_str()) {
                Ok(given.clone())
            } else {
                misfit()
            }
        }
        ("integer", Json::Number(number)) => {
            if number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()) {
                Ok(given.clone())
            } else {
                misfit()
            }
        }
        ("long", Json::Number(number)) if number.is_i64() => Ok(given.clone()),
        ("boolean", Json::Bool(_)) | ("float" | "double", Json::Number(_)) => Ok(given.clone()),
        ("integer" | "long" | "float" | "double", Json::String(digits)) => {
            match serde_json::from_str::<Json>(digits) {
                Ok(number @ Json::Number(_)) => value(cx, shape, &number, place),
                _ => misfit(),
            }
        }
        ("blob", Json::String(raw)) => Ok(text(&STANDARD.encode(raw))),
        ("timestamp", Json::String(raw)) if is_date_time(raw) => Ok(given.clone()),
        _ => misfit(),
    }
}

/// `2026-01-31T09:30:00Z`, perhaps with a fraction or an offset.
fn is_date_time(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let shape = b"dddd-dd-ddTdd:dd:dd";
    bytes.len() > shape.len()
        && shape.iter().zip(bytes).all(|(form, byte)| match form {
            b'd' => byte.is_ascii_digit(),
            form => form == byte,
        })
        && (raw.ends_with('Z') || matches!(bytes.get(bytes.len() - 6), Some(b'+' | b'-')))
}
