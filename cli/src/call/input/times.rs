//! Times as they are written in an input: botocore's `parse_to_aware_datetime`, in the forms that
//! are used. A time without an offset is one of the local zone.

use super::param::Param;
use typefoundry::{Timestamp, TimestampFormat};
use tz::TimeZone;

/// The time that a value is; nothing if it is none.
pub(in crate::call) fn read(value: &Param) -> Option<Timestamp> {
    read_in(value, || TimeZone::local().ok())
}

fn read_in(value: &Param, zone: impl FnOnce() -> Option<TimeZone>) -> Option<Timestamp> {
    match value {
        Param::Integer(seconds) => {
            let millis = seconds.checked_mul(1000)?;
            Timestamp::from_millis(i64::try_from(millis).ok()?)
        }
        Param::Float(seconds) => Timestamp::from_epoch_number(*seconds),
        Param::Text(text) => from_text(text.trim(), zone),
        _ => None,
    }
}

fn from_text(text: &str, zone: impl FnOnce() -> Option<TimeZone>) -> Option<Timestamp> {
    if let Some(seconds) = crate::call::arguments::numbers::float(text) {
        return Timestamp::from_epoch_number(seconds);
    }
    let formats = [TimestampFormat::DateTime, TimestampFormat::HttpDate];
    let read = |text: &str| formats.iter().find_map(|format| Timestamp::parse(text, *format).ok());
    if let Some(time) = read(text).or_else(|| read(&with_seconds(text)?)) {
        return Some(time);
    }
    // Less than a whole time: a day, a time of a day to the minute, a time without an offset.
    let local = [format!("{text}Z"), format!("{text}:00Z"), format!("{text}T00:00:00Z")];
    let shown = local.iter().find_map(|text| read(text))?;
    Some(zone().and_then(|zone| shown_in(&zone, shown)).unwrap_or(shown))
}

/// When the clocks of a zone show what those of UTC show at a time.
fn shown_in(zone: &TimeZone, shown: Timestamp) -> Option<Timestamp> {
    let offset = |seconds: i64| {
        let kind = zone.find_local_time_type(seconds).ok()?;
        Some(i64::from(kind.ut_offset()))
    };
    // The offset is that of the time that is looked for, which is near the one of the offset there.
    let near = shown.seconds() - offset(shown.seconds())?;
    Timestamp::new(shown.seconds() - offset(near)?, shown.subsec_nanos())
}

/// `2026-03-14T09:26Z` or `2026-03-14T09:26+01:00` with its seconds.
fn with_seconds(text: &str) -> Option<String> {
    let zone = text.len() - text.strip_suffix('Z').map_or(6, |_| 1).min(text.len());
    let (time, zone) = (text.get(..zone)?, text.get(zone..)?);
    Some(format!("{time}:00{zone}"))
}

#[cfg(test)]
mod tests {
    use super::{Param, Timestamp, read, read_in};
    use tz::TimeZone;

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
            let time = read_in(&Param::Text(text.to_owned()), || Some(TimeZone::utc()));
            let seconds = time.map(|time| time.to_millis().div_euclid(1000));
            assert_eq!(seconds, expected, "{text}");
        }
        assert!(read(&Param::Bool(true)).is_none());
        assert!(read(&Param::Float(f64::NAN)).is_none());
    }

    /// What `dateutil` gives, in a zone an hour before UTC and two in summer.
    #[test]
    fn times_without_an_offset_are_local() {
        for (text, expected) in [
            ("2026-03-14T10:26:53", 1_773_480_413),
            ("2026-03-14 10:26", 1_773_480_360),
            ("2026-03-14T09:26:53Z", 1_773_480_413),
            ("2026-07-14T11:26:53", 1_784_021_213),
            ("2026-07-14", 1_783_980_000),
            // The clocks go from two to three on this day.
            ("2026-03-29T01:59:59", 1_774_745_999),
            ("2026-03-29T03:00:00", 1_774_746_000),
        ] {
            let zone = || TimeZone::from_posix_tz("CET-1CEST,M3.5.0,M10.5.0/3").ok();
            let time = read_in(&Param::Text(text.to_owned()), zone);
            assert_eq!(time.map(Timestamp::seconds), Some(expected), "{text}");
        }
    }
}
