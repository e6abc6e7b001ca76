//! Times as they are written in an input: botocore's `parse_to_aware_datetime`, in the forms that
//! are used. A time without an offset is one of UTC.

use super::param::Param;
use typefoundry::{Timestamp, TimestampFormat};

/// The time that a value is; nothing if it is none.
pub(in crate::call) fn read(value: &Param) -> Option<Timestamp> {
    match value {
        Param::Integer(seconds) => {
            let millis = seconds.checked_mul(1000)?;
            Timestamp::from_millis(i64::try_from(millis).ok()?)
        }
        Param::Float(seconds) => Timestamp::from_epoch_number(*seconds),
        Param::Text(text) => from_text(text.trim()),
        _ => None,
    }
}

fn from_text(text: &str) -> Option<Timestamp> {
    if let Some(seconds) = crate::call::arguments::numbers::float(text) {
        return Timestamp::from_epoch_number(seconds);
    }
    let formats = [TimestampFormat::DateTime, TimestampFormat::HttpDate];
    let read = |text: &str| formats.iter().find_map(|format| Timestamp::parse(text, *format).ok());
    // Less than a whole time: a day, a time of a day to the minute, a time without an offset.
    let whole = [
        text.to_owned(),
        format!("{text}Z"),
        format!("{text}:00Z"),
        format!("{text}T00:00:00Z"),
        with_seconds(text).unwrap_or_default(),
    ];
    whole.iter().find_map(|text| read(text))
}

/// `2026-03-14T09:26Z` or `2026-03-14T09:26+01:00` with its seconds.
fn with_seconds(text: &str) -> Option<String> {
    let zone = text.len() - text.strip_suffix('Z').map_or(6, |_| 1).min(text.len());
    let (time, zone) = (text.get(..zone)?, text.get(zone..)?);
    Some(format!("{time}:00{zone}"))
}

#[cfg(test)]
mod tests {
    use super::{Param, read};

    #[test]
    fn times_are_read_in_many_forms() {
        for (text, expected) in [
            ("2026-03-14T09:26:53Z", Some(1_773_480_413)),
            ("2026-03-14T10:26:53+01:00", Some(1_773_480_413)),
            ("2026-03-14 09:26:53", Some(1_773_480_413)),
            ("2026-03-14T09:26:53", Some(1_773_480_413)),
            ("2026-03-14T09:26", Some(1_773_480_360)),
            ("2026-03-14T09:26Z", Some(1_773_480_360)),
            ("2026-03-14T10:26+01:00", Some(1_773_480_360)),
            ("2026-03-14", Some(1_773_446_400)),
            ("20260314T092653Z", Some(1_773_480_413)),
            ("Sat, 14 Mar 2026 09:26:53 GMT", Some(1_773_480_413)),
            ("1773480413", Some(1_773_480_413)),
            ("1773480413.5", Some(1_773_480_413)),
            ("soon", None),
            ("", None),
            ("ä", None),
        ] {
            let time = read(&Param::Text(text.to_owned()));
            let seconds = time.map(|time| time.to_millis().div_euclid(1000));
            assert_eq!(seconds, expected, "{text}");
        }
        assert!(read(&Param::Bool(true)).is_none());
        assert!(read(&Param::Float(f64::NAN)).is_none());
    }
}
