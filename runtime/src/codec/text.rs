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
        View::Float(value) => {
            Cow::Owned(float(f64::from(*value), || python_float(&format!("{value:e}"))))
        }
        View::Double(value) => Cow::Owned(float(*value, || python_float(&format!("{value:e}")))),
        View::String(text) => Cow::Borrowed(text),
        View::Blob(bytes) => Cow::Owned(Blob::from(*bytes).to_base64()),
        View::Timestamp(at) => Cow::Owned(timestamp(*at, format)),
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

/// A timestamp as AWS's own clients send it: a fraction in RFC 3339 is six digits (botocore's
/// `ISO8601_MICRO`).
pub(crate) fn timestamp(at: Timestamp, format: TimestampFormat) -> String {
    let micros = at.subsec_nanos() / 1_000;
    match (format, Timestamp::from_seconds(at.seconds())) {
        (TimestampFormat::DateTime, Some(whole)) if micros != 0 => {
            let whole = whole.format(format);
            format!("{}.{micros:06}Z", whole.trim_end_matches('Z'))
        }
        _ => at.format(format),
    }
}

/// The instant that a text stands for: in the format that is due, or in any other that servers
/// are known to send in its place. Without an offset it is in UTC, as botocore reads it.
pub(crate) fn parse_timestamp(text: &str, format: TimestampFormat) -> Option<Timestamp> {
    const OTHERS: [TimestampFormat; 3] =
        [TimestampFormat::DateTime, TimestampFormat::HttpDate, TimestampFormat::EpochSeconds];
    let mut formats = std::iter::once(format).chain(OTHERS);
    formats.find_map(|format| Timestamp::parse(text, format).ok()).or_else(|| {
        let text = format!("{}Z", text.trim_ascii());
        Timestamp::parse(&text, TimestampFormat::DateTime).ok()
    })
}

/// A number as Python prints it, from Rust's shortest digits with an exponent: `1.5e21`. AWS's
/// own clients for Python send this text, and their servers read it.
fn python_float(shortest: &str) -> String {
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((shortest, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    if !(-4..16).contains(&exponent) {
        let way = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{mantissa}e{way}{:02}", exponent.unsigned_abs());
    }
    let digits = mantissa.replace('.', "");
    let Ok(whole) = usize::try_from(exponent) else {
        let zeros = "0".repeat(exponent.unsigned_abs() as usize - 1);
        return format!("{sign}0.{zeros}{digits}");
    };
    if digits.len() <= whole + 1 {
        return format!("{sign}{digits:0<width$}.0", width = whole + 1);
    }
    format!("{sign}{}.{}", &digits[..=whole], &digits[whole + 1..])
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
            // Some servers break the lines of long base64.
            let text: Cow<'_, str> = if text.contains(|c: char| c.is_ascii_whitespace()) {
                text.split_ascii_whitespace().collect()
            } else {
                text.into()
            };
            *place = Blob::from_base64(&text).ok_or(expects)?;
            Ok(())
        }
        Slot::Timestamp(place) => {
            *place = parse_timestamp(text, format).ok_or_else(|| format.expects().to_owned())?;
            Ok(())
        }
        _ => Err(expects.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{View, parse_timestamp, timestamp, write};
    use crate::{Timestamp, TimestampFormat};

    #[test]
    fn floats_are_written_as_python_prints_them() {
        let cases = [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (-1.5, "-1.5"),
            (100.0, "100.0"),
            (123.456, "123.456"),
            (0.1, "0.1"),
            (0.0001, "0.0001"),
            (0.000_01, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.234e21, "1.234e+21"),
            (1e100, "1e+100"),
            (5e-324, "5e-324"),
            (1_234_567_890_123_456.7, "1234567890123456.8"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        for (value, expected) in cases {
            let text = write(&View::Double(value), TimestampFormat::DateTime);
            assert_eq!(text.as_deref(), Some(expected));
        }
        let text = write(&View::Float(1.1), TimestampFormat::DateTime);
        assert_eq!(text.as_deref(), Some("1.1"));
    }

    #[test]
    fn timestamps_are_written_with_six_digits_or_none() {
        let cases = [
            (0, TimestampFormat::DateTime, "1970-01-01T00:00:00Z"),
            (250_000_000, TimestampFormat::DateTime, "1970-01-01T00:00:00.250000Z"),
            (999, TimestampFormat::DateTime, "1970-01-01T00:00:00Z"),
            (250_000_000, TimestampFormat::HttpDate, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (0, TimestampFormat::EpochSeconds, "0"),
        ];
        for (nanos, format, expected) in cases {
            let at = Timestamp::new(0, nanos).unwrap_or(Timestamp::MAX);
            assert_eq!(timestamp(at, format), expected);
        }
    }

    #[test]
    fn timestamps_are_read_in_any_format() {
        let expected = Timestamp::from_seconds(1_398_796_238);
        for text in [
            "2014-04-29T18:30:38Z",
            "2014-04-29T18:30:38",
            "2014-04-29T18:30:38+00:00",
            "Tue, 29 Apr 2014 18:30:38 GMT",
            "1398796238",
            " 1398796238.0 ",
        ] {
            assert_eq!(parse_timestamp(text, TimestampFormat::DateTime), expected, "{text}");
        }
        for text in ["", "soon", "2014-04-29"] {
            assert_eq!(parse_timestamp(text, TimestampFormat::DateTime), None, "{text}");
        }
    }
}
