//! Values of the model's types as JSON: examples and defaults.
//!
//! In a model they are loose: times as numbers or text, blobs as text.

use super::Cx;
use super::ast::{self, Member, Shape};
use crate::build::text;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use typefoundry_spec::Json;

/// What the service assumes where a member is absent; nothing where that is nothing.
pub(super) fn default(cx: &Cx<'_>, member: &Member) -> Option<Json> {
    let given = member.traits.get("default").filter(|given| **given != Json::Null)?;
    value(cx, &member.target, given, "", true).ok()
}

/// A value in the format's own form, or the place that does not fit. Blobs of defaults are in
/// base64, those of examples in plain text.
pub(super) fn value(
    cx: &Cx<'_>,
    target: &str,
    given: &Json,
    place: &str,
    base64: bool,
) -> Result<Json, String> {
    let shape = cx.ast.get(target);
    let kind = shape.map(|shape| shape.kind.as_str());
    let kind = kind.map(|kind| ast::simple(kind).unwrap_or(kind)).or(ast::base_type(target));
    let misfit = || Err(place.to_owned());
    match (kind.unwrap_or_default(), given) {
        ("structure" | "union", Json::Object(entries)) => {
            structure(cx, shape, entries, place, base64)
        }
        ("list", Json::Array(items)) => match shape.and_then(|it| it.member("member")) {
            Some(item) => {
                let values = items.iter().map(|it| value(cx, &item.target, it, place, base64));
                values.collect::<Result<_, _>>().map(Json::Array)
            }
            None => misfit(),
        },
        ("map", Json::Object(entries)) => match shape.and_then(|it| it.member("value")) {
            Some(item) => {
                let entries = entries.iter().map(|(key, given)| {
                    let value = value(cx, &item.target, given, place, base64)?;
                    Ok((key.clone(), value))
                });
                entries.collect::<Result<_, String>>().map(Json::Object)
            }
            None => misfit(),
        },
        ("string", Json::String(word)) if is_value(shape, word) => Ok(given.clone()),
        ("document", _) | ("boolean", Json::Bool(_)) | ("float" | "double", Json::Number(_)) => {
            Ok(given.clone())
        }
        ("integer", Json::Number(number))
            if number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()) =>
        {
            Ok(given.clone())
        }
        ("long", Json::Number(number)) if number.is_i64() => Ok(given.clone()),
        ("integer" | "long", Json::Number(number)) => {
            // A whole number may be written as a fraction: 10.0.
            match whole(number.as_f64()) {
                Some(whole) => value(cx, target, &Json::Number(whole.into()), place, base64),
                None => misfit(),
            }
        }
        ("blob", Json::String(_)) if base64 => Ok(given.clone()),
        ("blob", Json::String(raw)) => Ok(text(&STANDARD.encode(raw))),
        ("timestamp", Json::String(raw)) if is_date_time(raw) => Ok(given.clone()),
        ("timestamp", Json::Number(number)) => match whole(number.as_f64()) {
            Some(seconds) => Ok(text(&date_time(seconds))),
            None => misfit(),
        },
        _ => misfit(),
    }
}

fn structure(
    cx: &Cx<'_>,
    shape: Option<&Shape>,
    entries: &[(String, Json)],
    place: &str,
    base64: bool,
) -> Result<Json, String> {
    let Some(shape) = shape else { return Err(place.to_owned()) };
    let mut made = Vec::new();
    for (name, given) in entries {
        let place = format!("{place}.{name}");
        match shape.member(name) {
            Some(member) => {
                made.push((name.clone(), value(cx, &member.target, given, &place, base64)?));
            }
            None => return Err(place),
        }
    }
    let is_missing = |member: &&Member| {
        let needed = member.traits.has("required") && !member.traits.has("idempotencyToken");
        needed && !made.iter().any(|(name, _)| *name == member.name)
    };
    match shape.members.iter().find(is_missing) {
        Some(missing) => Err(format!("{place}.{}", missing.name)),
        None => Ok(Json::Object(made)),
    }
}

/// Whether a word is among the values of an enum, if the shape is one.
fn is_value(shape: Option<&Shape>, word: &str) -> bool {
    let Some(shape) = shape else { return true };
    let values = shape.members.iter().map(|it| it.traits.text("enumValue").unwrap_or(&it.name));
    if shape.kind == "enum" {
        return values.into_iter().any(|value| value == word);
    }
    match shape.traits.get("enum") {
        Some(Json::Array(values)) => {
            values.iter().any(|it| it.get("value").and_then(Json::as_str) == Some(word))
        }
        _ => true,
    }
}

/// A number without a fraction that a double holds exactly.
#[expect(clippy::cast_possible_truncation, reason = "checked to fit")]
fn whole(number: Option<f64>) -> Option<i64> {
    let number = number.filter(|it| it.fract() == 0.0 && it.abs() < 9e15)?;
    Some(number as i64)
}

/// `2026-01-31T09:30:00Z`, perhaps with a fraction or an offset.
fn is_date_time(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let form = b"dddd-dd-ddTdd:dd:dd";
    bytes.len() > form.len()
        && form.iter().zip(bytes).all(|(form, byte)| match form {
            b'd' => byte.is_ascii_digit(),
            form => form == byte,
        })
        && (raw.ends_with('Z') || matches!(bytes.get(bytes.len() - 6), Some(b'+' | b'-')))
}

/// Seconds since the epoch as RFC 3339, by the rule of Gregorian years: 146,097 days in four
/// centuries, counted from a March, so that the odd day comes last.
fn date_time(seconds: i64) -> String {
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = day + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march = (5 * of_year + 2) / 153;
    let date = of_year - (153 * march + 2) / 5 + 1;
    let month = if march < 10 { march + 3 } else { march - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::date_time;

    /// The moments are what `date -u -d @SECONDS` prints.
    #[test]
    fn seconds_become_dates() {
        let cases = [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_582_934_400, "2020-02-29T00:00:00Z"),
            (1_767_225_599, "2025-12-31T23:59:59Z"),
            (-1, "1969-12-31T23:59:59Z"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(date_time(seconds), expected, "of {seconds}");
        }
    }
}
