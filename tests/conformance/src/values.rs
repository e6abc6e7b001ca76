//! Values in the form of botocore's suites: blobs are text, timestamps are seconds since the epoch,
//! and numbers that are none are strings.

use crate::json::entries;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use typefoundry::value::{Active, List, Map, Slot, Structure, Union, Value, View};
use typefoundry::{Blob, Document, Timestamp, TimestampFormat};
use typefoundry_spec::Json;

/// Fills a structure from parameters.
pub fn fill(structure: &mut dyn Structure, params: &Json) -> Result<(), String> {
    for (name, json) in entries(Some(params)) {
        let member = structure.get_mut(name).ok_or_else(|| format!("there is no member {name}"))?;
        // botocore takes None for "not given".
        if *json != Json::Null {
            fill_value(member, json).map_err(|error| format!("{name}.{error}"))?;
        }
    }
    Ok(())
}

fn fill_value(value: &mut dyn Value, json: &Json) -> Result<(), String> {
    let misfit = |expects: &str| Err(format!(": {json} is not {expects}"));
    let slot = value.slot();
    let expects = slot.expects();
    match (slot, json) {
        (Slot::Bool(place), Json::Bool(value)) => *place = *value,
        (Slot::Integer(place), Json::Number(number)) => match number.as_i64().map(i32::try_from) {
            Some(Ok(number)) => *place = number,
            _ => return misfit(expects),
        },
        (Slot::Long(place), Json::Number(number)) => match number.as_i64() {
            Some(number) => *place = number,
            None => return misfit(expects),
        },
        (Slot::Float(place), json) => match float(json) {
            #[expect(clippy::cast_possible_truncation, reason = "the suite's numbers are short")]
            Some(number) => *place = number as f32,
            None => return misfit(expects),
        },
        (Slot::Double(place), json) => match float(json) {
            Some(number) => *place = number,
            None => return misfit(expects),
        },
        (Slot::String(place), Json::String(text)) => place.clone_from(text),
        // A JSON value that travels as text.
        (Slot::String(place), json) => *place = json.to_string(),
        (Slot::Enum(place), Json::String(text)) => place.set(text),
        (Slot::Blob(place), Json::String(text)) => *place = Blob::from(text.clone().into_bytes()),
        (Slot::Timestamp(place), json) => match timestamp(json) {
            Some(time) => *place = time,
            None => return misfit(expects),
        },
        (Slot::Document(place), json) => {
            *place = Document::from_json(json.to_string().as_bytes())
                .map_err(|error| error.to_string())?;
        }
        (Slot::Structure(structure), Json::Object(_)) => return fill(structure, json),
        (Slot::Union(union), Json::Object(entries)) => {
            let [(name, json)] = &entries[..] else { return misfit(expects) };
            let index = union.schema().index_of(name);
            let member = index.and_then(|index| union.activate(index));
            let member = member.ok_or_else(|| format!(": there is no member {name}"))?;
            return fill_value(member, json);
        }
        (Slot::List(list), Json::Array(items)) => return fill_list(list, items),
        (Slot::Map(map), Json::Object(entries)) => return fill_map(map, entries),
        _ => return misfit(expects),
    }
    Ok(())
}

fn fill_list(list: &mut dyn List, items: &[Json]) -> Result<(), String> {
    for (index, json) in items.iter().enumerate() {
        let item = list.push();
        if *json != Json::Null {
            fill_value(item, json).map_err(|error| format!("[{index}]{error}"))?;
        } else if !item.set_null() {
            list.pop();
        }
    }
    Ok(())
}

fn fill_map(map: &mut dyn Map, entries: &[(String, Json)]) -> Result<(), String> {
    for (key, json) in entries {
        let value = map.insert(key);
        if *json != Json::Null {
            fill_value(value, json).map_err(|error| format!("[{key}]{error}"))?;
        } else if !value.set_null() {
            map.remove(key);
        }
    }
    Ok(())
}

fn float(json: &Json) -> Option<f64> {
    match json {
        Json::Number(number) => number.as_f64(),
        Json::String(text) => match text.as_str() {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        _ => None,
    }
}

fn timestamp(json: &Json) -> Option<Timestamp> {
    match json {
        Json::Number(number) => Timestamp::from_epoch_number(number.as_f64()?),
        Json::String(text) => {
            let formats = [
                TimestampFormat::DateTime,
                TimestampFormat::HttpDate,
                TimestampFormat::EpochSeconds,
            ];
            formats.into_iter().find_map(|format| Timestamp::parse(text, format).ok())
        }
        _ => None,
    }
}

/// How blobs and timestamps are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As text, and as seconds since the epoch.
    Suite,
    /// As base64, and as in RFC 3339.
    Model,
}

/// A structure as JSON. What is absent is left out.
pub fn show(structure: &dyn Structure, style: Style) -> Json {
    let (schema, members) = structure.split();
    let members = schema.members.iter().enumerate().filter_map(|(index, member)| {
        let value = members.member(index)?;
        Some((member.name.clone().into_owned(), show_value(value, style)?))
    });
    Json::Object(members.collect())
}

fn show_value(value: &dyn Value, style: Style) -> Option<Json> {
    Some(match value.view() {
        View::Absent => return None,
        View::Null => Json::Null,
        View::Bool(value) => Json::Bool(value),
        View::Integer(number) => Json::Number(number.into()),
        View::Long(number) => Json::Number(number.into()),
        // As the shortest text that stands for it, which is what the suites say.
        View::Float(number) => show_float(number.to_string().parse().unwrap_or(f64::NAN)),
        View::Double(number) => show_float(number),
        View::String(text) => Json::String(text.to_owned()),
        View::Blob(bytes) if style == Style::Model => Json::String(STANDARD.encode(bytes)),
        View::Blob(bytes) => Json::String(String::from_utf8_lossy(bytes).into_owned()),
        View::Timestamp(time) if style == Style::Model => Json::String(time.to_string()),
        View::Timestamp(time) => show_float(time.to_epoch_number()),
        View::Document(document) => serde_json::from_str(&document.to_json()).unwrap_or(Json::Null),
        View::Structure(structure) => show(structure, style),
        View::Union(union) => show_union(union, style),
        View::List(list) => {
            let items = (0..list.len()).filter_map(|index| list.item(index));
            Json::Array(items.map(|item| show_value(item, style).unwrap_or(Json::Null)).collect())
        }
        View::Map(map) => {
            let entries = (0..map.len()).filter_map(|index| map.entry(index));
            let entry = |(key, value): (&str, &dyn Value)| {
                (key.to_owned(), show_value(value, style).unwrap_or(Json::Null))
            };
            Json::Object(entries.map(entry).collect())
        }
    })
}

/// A member that the schema does not know has the name that botocore gives it.
fn show_union(union: &dyn Union, style: Style) -> Json {
    let (schema, active) = union.active();
    match active {
        Some(Active::Member(index, value)) => {
            let name = schema.members.get(index).map_or("", |member| &*member.name);
            Json::Object(vec![(name.to_owned(), show_value(value, style).unwrap_or(Json::Null))])
        }
        Some(Active::Unknown(member)) => {
            let name = Json::Object(vec![("name".to_owned(), Json::String(member.name().into()))]);
            Json::Object(vec![("SDK_UNKNOWN_MEMBER".to_owned(), name)])
        }
        None => Json::Object(Vec::new()),
    }
}

fn show_float(number: f64) -> Json {
    let text = match number {
        _ if number.is_nan() => "NaN",
        f64::INFINITY => "Infinity",
        f64::NEG_INFINITY => "-Infinity",
        _ => {
            let number = serde_json::Number::from_f64(number);
            return number.map_or(Json::Null, Json::Number);
        }
    };
    Json::String(text.to_owned())
}
