//! How times are shown: as ISO 8601, or as they came.

use crate::call::dates;
use typefoundry::{Timestamp, TimestampFormat};
use typefoundry_jmespath::{Number, Value};

/// `cli_timestamp_format`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Times {
    Iso8601,
    /// As they came
    Wire,
}

impl Times {
    /// A time as it came, in the form in which it is shown. What is no time stays as it is.
    pub(super) fn shown(self, sent: Value, format: Option<TimestampFormat>) -> Value {
        if self == Self::Wire {
            return sent;
        }
        let iso = match &sent {
            Value::Number(number) if format == Some(TimestampFormat::EpochMillis) => {
                since_epoch(Number::Float(number.as_f64() / 1000.0))
            }
            Value::Number(number) => since_epoch(*number),
            // Python's `float` reads numbers in text, too.
            Value::Text(text) => match text.trim().parse::<f64>() {
                Ok(number) => since_epoch(Number::Float(number)),
                Err(_) => from_text(text.trim()),
            },
            _ => None,
        };
        iso.map_or(sent, Value::Text)
    }
}

/// Seconds since the epoch, in the local time zone: as Python's
/// `datetime.fromtimestamp(…, tzlocal()).isoformat()`.
fn since_epoch(number: Number) -> Option<String> {
    let time = match number {
        Number::Whole(seconds) => Timestamp::from_seconds(seconds)?,
        number => Timestamp::from_epoch_number(number.as_f64())?,
    };
    in_zone(time, dates::offset(dates::zone(), time))
}

/// In the zone of that many seconds before UTC.
fn in_zone(time: Timestamp, offset: i64) -> Option<String> {
    let local = Timestamp::new(time.seconds() + offset, time.subsec_nanos())?;
    let text = local.to_iso_offset();
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.abs() / 60;
    Some(format!("{}{sign}{:02}:{:02}", text.strip_suffix("+00:00")?, minutes / 60, minutes % 60))
}

/// A text keeps the zone that it names; one that names none is shown without one.
fn from_text(text: &str) -> Option<String> {
    if let Ok(time) = Timestamp::parse(text, TimestampFormat::HttpDate) {
        return Some(time.to_iso_offset());
    }
    let start = text.find(['T', 't', ' '])? + 1;
    let clock = text.get(start..)?;
    let zone = clock.find(['Z', 'z', '+', '-']).map_or("", |at| &clock[at..]);
    let offset = match zone {
        "" | "Z" | "z" => 0,
        zone => {
            let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
            let (hours, minutes) = digits.split_at_checked(2)?;
            // No zone has more digits.
            if minutes.len() > 2 {
                return None;
            }
            let minutes: i64 = if minutes.is_empty() { 0 } else { minutes.parse().ok()? };
            let seconds = hours.parse::<i64>().ok()? * 3600 + minutes * 60;
            if zone.starts_with('-') { -seconds } else { seconds }
        }
    };
    let with_zone = if zone.is_empty() { format!("{text}Z") } else { text.to_owned() };
    let time = Timestamp::parse(&with_zone, TimestampFormat::DateTime).ok()?;
    let shown = in_zone(time, offset)?;
    if zone.is_empty() { shown.strip_suffix("+00:00").map(str::to_owned) } else { Some(shown) }
}
