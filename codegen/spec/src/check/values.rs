//! Whether JSON values can stand for values of the model.

use crate::json::Json;
use crate::model::Kind;

/// Whether a JSON value can stand for a value of the kind, its parts aside.
pub(super) fn fits(kind: &Kind, value: &Json) -> bool {
    match (kind, value) {
        (Kind::String | Kind::Enum(_), Json::String(_))
        | (Kind::Boolean, Json::Bool(_))
        | (Kind::Float | Kind::Double, Json::Number(_))
        | (Kind::Document, _)
        | (Kind::List(_), Json::Array(_))
        | (Kind::Map(_) | Kind::Structure { .. } | Kind::Union { .. }, Json::Object(_)) => true,
        (Kind::Integer, Json::Number(number)) => {
            number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
        }
        (Kind::Long, Json::Number(number)) => number.is_i64(),
        (Kind::Timestamp(_), Json::String(text)) => is_date_time(text),
        (Kind::Blob, Json::String(text)) => blob_length(text).is_some(),
        _ => false,
    }
}

/// What is wrong with a value that does not fit.
pub(super) fn misfit(kind: &Kind, value: &Json) -> String {
    match (kind, value) {
        (Kind::Timestamp(_), Json::String(text)) => format!("`{text}` is no moment"),
        (Kind::Blob, Json::String(text)) => format!("`{text}` is not base64"),
        (Kind::Integer | Kind::Long, Json::Number(number)) if number.is_f64() => {
            format!("{number} is no whole number")
        }
        (Kind::Integer, Json::Number(number)) => format!("{number} has more than 32 bits"),
        (Kind::Long, Json::Number(number)) => format!("{number} has more than 64 bits"),
        _ => format!("this is {}", value.kind()),
    }
}

/// How a value of the kind is written.
pub(super) fn way(kind: &Kind) -> &'static str {
    match kind {
        Kind::String => "write it in double quotes",
        Kind::Enum(_) => "write one of the enum's values, in double quotes",
        Kind::Integer => "write a whole number from -2147483648 to 2147483647, without quotes",
        Kind::Long => "write a whole number of at most 64 bits, without quotes",
        Kind::Float | Kind::Double => "write a number, without quotes",
        Kind::Boolean => "write true or false, without quotes",
        Kind::Timestamp(_) => "write it in RFC 3339, like \"2026-01-31T09:30:00Z\"",
        Kind::Blob => "write it in base64, like \"aGVsbG8=\"",
        Kind::Document => "write any value",
        Kind::List(_) => "write it in brackets, like [\"…\"]",
        Kind::Map(_) | Kind::Structure { .. } | Kind::Union { .. } => {
            "write it in braces, like {\"…\": …}"
        }
    }
}

/// RFC 3339, with a day that exists. A leap second may stand at the end of any minute.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone);
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (clock, None),
    };
    let is_fraction =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let is_date = match (fields(date, '-'), date.len()) {
        (Some([year, month @ 1..=12, day]), 10) => (1..=days(year, month)).contains(&day),
        _ => false,
    };
    let is_clock = matches!((fields(clock, ':'), clock.len()), (Some([..=23, ..=59, ..=60]), 8));
    let is_zone =
        zone == "Z" || zone.len() == 6 && matches!(fields(&zone[1..], ':'), Some([..=23, ..=59]));
    is_date && is_clock && is_zone && fraction.is_none_or(is_fraction)
}

/// Numbers between separators: the first of any length, the others of two digits.
fn fields<const N: usize>(text: &str, separator: char) -> Option<[u32; N]> {
    let mut fields = [0; N];
    let mut parts = text.split(separator);
    for (index, field) in fields.iter_mut().enumerate() {
        let part = parts.next()?;
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        *field = part.parse().ok().filter(|_| is_number && (index == 0 || part.len() == 2))?;
    }
    parts.next().is_none().then_some(fields)
}

fn days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// How many bytes base64 text stands for (RFC 4648, §4, with padding).
pub(super) fn blob_length(text: &str) -> Option<u64> {
    let body = text.trim_end_matches('=');
    let padding = text.len() - body.len();
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let is_whole = text.len().is_multiple_of(4) && padding <= 2;
    (is_whole && body.bytes().all(is_digit)).then(|| (text.len() / 4 * 3 - padding) as u64)
}
