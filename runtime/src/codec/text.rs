//! Scalars as text: for labels, queries and headers.

use crate::value::{Slot, View};
use crate::{Blob, Timestamp, TimestampFormat};
use std::borrow::Cow;

/// The text of a scalar; nothing for what is absent or no scalar.
pub(crate) fn write<'a>(view: &View<'a>, format: TimestampFormat) -> Option<Cow<'a, str>> {
    Some(match view {
        View::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        View::Integer(value) => Cow::Owned(value.to_string()),
        View::Long(value) => Cow::Owned(value.to_string()),
        View::Float(value) => Cow::Owned(float(f64::from(*value), || value.to_string())),
        View::Double(value) => Cow::Owned(float(*value, || value.to_string())),
        View::String(text) => Cow::Borrowed(text),
        View::Blob(bytes) => Cow::Owned(Blob::from(*bytes).to_base64()),
        View::Timestamp(timestamp) => Cow::Owned(timestamp.format(format)),
        _ => return None,
    })
}

/// The three values that JSON and HTTP have no number for have names in every AWS protocol.
pub(crate) fn special(value: f64) -> Option<&'static str> {
    match value {
        value if value.is_nan() => Some("NaN"),
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        _ => None,
    }
}

/// The value that one of the three names stands for.
pub(crate) fn from_special(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

fn float(value: f64, finite: impl FnOnce() -> String) -> String {
    special(value).map_or_else(finite, str::to_owned)
}

/// Fills a scalar from text; says what was expected if it does not fit.
pub(crate) fn read(slot: Slot<'_>, text: &str, format: TimestampFormat) -> Result<(), String> {
    fn number<T: std::str::FromStr>(
        place: &mut T,
        text: &str,
        expects: &str,
    ) -> Result<(), String> {
        *place = text.trim().parse().map_err(|_| expects.to_owned())?;
        Ok(())
    }
    /// Rust reads `inf` and what is too large as infinite, which no protocol does.
    fn finite<T: std::str::FromStr + Copy>(
        place: &mut T,
        text: &str,
        is_finite: fn(T) -> bool,
        expects: &str,
    ) -> Result<(), String> {
        let mut value = *place;
        number(&mut value, text, expects)?;
        if !is_finite(value) {
            return Err(expects.to_owned());
        }
        *place = value;
        Ok(())
    }
    let expects = slot.expects();
    match slot {
        Slot::Bool(place) => {
            *place = match text {
                "true" => true,
                "false" => false,
                _ => return Err(expects.to_owned()),
            };
            Ok(())
        }
        Slot::Integer(place) => number(place, text, expects),
        Slot::Long(place) => number(place, text, expects),
        #[expect(clippy::cast_possible_truncation, reason = "the three stay themselves")]
        Slot::Float(place) => match from_special(text) {
            Some(value) => {
                *place = value as f32;
                Ok(())
            }
            None => finite(place, text, f32::is_finite, expects),
        },
        Slot::Double(place) => match from_special(text) {
            Some(value) => {
                *place = value;
                Ok(())
            }
            None => finite(place, text, f64::is_finite, expects),
        },
        Slot::String(place) => {
            text.clone_into(place);
            Ok(())
        }
        Slot::Enum(place) => {
            place.set(text);
            Ok(())
        }
        Slot::Blob(place) => {
            *place = Blob::from_base64(text).ok_or(expects)?;
            Ok(())
        }
        Slot::Timestamp(place) => {
            *place = Timestamp::parse(text, format).map_err(|_| format.expects().to_owned())?;
            Ok(())
        }
        _ => Err(expects.to_owned()),
    }
}
