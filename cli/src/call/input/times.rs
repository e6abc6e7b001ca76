//! Times as they are written in an input: botocore's `parse_to_aware_datetime`. A time without an
//! offset is one of UTC, wherever the machine is.

use super::param::Param;
use crate::call::dates;
use typefoundry::Timestamp;

/// The time that a value is; nothing if it is none.
pub(in crate::call) fn read(value: &Param) -> Option<Timestamp> {
    match value {
        Param::Integer(seconds) => {
            let millis = seconds.checked_mul(1000)?;
            Timestamp::from_millis(i64::try_from(millis).ok()?)
        }
        Param::Float(seconds) => Timestamp::from_epoch_number(*seconds),
        Param::Text(text) => {
            let seconds = crate::call::arguments::numbers::float(text.trim());
            if let Some(time) = seconds.and_then(Timestamp::from_epoch_number) {
                return Some(time);
            }
            // Too many seconds may be the digits of a date.
            dates::read(text, Timestamp::now(), dates::zone())?.time()
        }
        _ => None,
    }
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
            ("20260314092653", Some(1_773_480_413)),
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
