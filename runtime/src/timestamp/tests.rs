//! Tables: what is read, what is refused, what is written.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::time::{Duration, SystemTime};

use super::TimestampFormat::{DateTime, EpochMillis, EpochSeconds, HttpDate};
use super::{Civil, Timestamp, TimestampFormat};

fn at(seconds: i64, nanos: u32) -> Timestamp {
    Timestamp::new(seconds, nanos).unwrap_or_else(|| panic!("{seconds}, {nanos} is out of range"))
}

#[test]
fn reads_what_servers_send() {
    let half = 500_000_000;
    let cases: &[(TimestampFormat, &str, i64, u32)] = &[
        (DateTime, "1970-01-01T00:00:00Z", 0, 0),
        (DateTime, "2015-08-30T12:36:00Z", 1_440_938_160, 0),
        (DateTime, "2015-08-30t12:36:00z", 1_440_938_160, 0),
        (DateTime, "2015-08-30 12:36:00Z", 1_440_938_160, 0),
        (DateTime, " 2015-08-30T12:36:00Z\n", 1_440_938_160, 0),
        (DateTime, "2015-08-30T21:36:00+09:00", 1_440_938_160, 0),
        (DateTime, "2015-08-30T21:36:00+0900", 1_440_938_160, 0),
        (DateTime, "2015-08-30T21:36:00+09", 1_440_938_160, 0),
        (DateTime, "2015-08-30T03:06:00-09:30", 1_440_938_160, 0),
        (DateTime, "2015-08-30T12:36:00-00:00", 1_440_938_160, 0),
        (DateTime, "2015-08-30T12:36:00.5Z", 1_440_938_160, half),
        (DateTime, "2015-08-30T12:36:00.000000001Z", 1_440_938_160, 1),
        (DateTime, "2015-08-30T12:36:00.5000000009Z", 1_440_938_160, half),
        (DateTime, "20131102T010628Z", 1_383_354_388, 0),
        (DateTime, "20131102T010628.5+0900", 1_383_321_988, half),
        (DateTime, "2016-12-31T23:59:60Z", 1_483_228_800, 0),
        (DateTime, "2017-01-01T08:59:60.5+09:00", 1_483_228_800, half),
        (DateTime, "2000-02-29T00:00:00Z", 951_782_400, 0),
        (DateTime, "0000-01-01T00:00:00Z", -62_167_219_200, 0),
        (DateTime, "9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999_999),
        (EpochSeconds, "1422172801", 1_422_172_801, 0),
        (EpochSeconds, "+1422172801.", 1_422_172_801, 0),
        (EpochSeconds, "1422172801.123", 1_422_172_801, 123_000_000),
        (EpochSeconds, "1.422172801123E9", 1_422_172_801, 123_000_000),
        (EpochSeconds, "1422172801123e-3", 1_422_172_801, 123_000_000),
        (EpochSeconds, "14221728e+2", 1_422_172_800, 0),
        (EpochSeconds, "1422172801.1234567899", 1_422_172_801, 123_456_789),
        (EpochSeconds, ".5", 0, half),
        (EpochSeconds, "-0.5", -1, half),
        (EpochSeconds, "-1.25", -2, 750_000_000),
        (EpochSeconds, "-0.0000000001", 0, 0),
        (EpochSeconds, "0e999999999999", 0, 0),
        (EpochSeconds, "1e-999999999999", 0, 0),
        (EpochMillis, "1234567890123", 1_234_567_890, 123_000_000),
        (EpochMillis, "1.234567890123e12", 1_234_567_890, 123_000_000),
        (EpochMillis, "-1", -1, 999_000_000),
        (EpochMillis, "0.5", 0, 500_000),
        (HttpDate, "Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777, 0),
        (HttpDate, "Sun, 06 Nov 1994 08:49:37.5 GMT", 784_111_777, half),
        (HttpDate, "sun, 6 nov 1994 08:49:37 utc", 784_111_777, 0),
        (HttpDate, "Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777, 0),
        (HttpDate, "Sun Nov  6 08:49:37 1994", 784_111_777, 0),
        (HttpDate, "Friday, 31-Dec-68 23:59:59 GMT", 3_124_223_999, 0),
        (HttpDate, "Wednesday, 01-Jan-69 00:00:00 GMT", -31_536_000, 0),
        (HttpDate, "Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800, 0),
    ];
    for &(format, text, seconds, nanos) in cases {
        assert_eq!(Timestamp::parse(text, format), Ok(at(seconds, nanos)), "{text}");
    }
}

#[test]
fn refuses_what_it_would_have_to_guess() {
    let cases: &[(TimestampFormat, &[&str])] = &[
        (
            DateTime,
            &[
                "",
                "soon",
                "2015-08-30",
                "2015-08-30T12:36:00",
                "2015-08-30T12:36Z",
                "2015-08-30T12:36:00.Z",
                "2015-08-30T12:36:00ZZ",
                "2015-08-30T12:36:00+09:",
                "2015-08-30T12:36:00+0",
                "2015-08-30T12:36:00+24:00",
                "2015-08-30T12:36:00+09:60",
                "2015-0830T12:36:00Z",
                "201508-30T123600Z",
                "20150830T12:36:00Z",
                "2015-13-01T00:00:00Z",
                "2015-00-01T00:00:00Z",
                "2015-02-29T00:00:00Z",
                "2100-02-29T00:00:00Z",
                "2015-04-31T00:00:00Z",
                "2015-04-00T00:00:00Z",
                "2015-08-30T24:00:00Z",
                "2015-08-30T12:60:00Z",
                "2015-08-30T12:36:61Z",
                "+015-08-30T12:36:00Z",
                "２015-08-30T12:36:00Z",
                "0000-01-01T00:00:00+00:01",
                "9999-12-31T23:59:60Z",
                "9999-12-31T23:59:59-00:01",
            ],
        ),
        (
            EpochSeconds,
            &[
                "",
                ".",
                "-",
                "e5",
                "1e",
                "1e5.5",
                "1.2.3",
                "--1",
                "- 1",
                "1 2",
                "0x10",
                "1_000",
                "NaN",
                "Infinity",
                "١",
                "1e12",
                "253402300800",
                "-62167219200.5",
                "1e999999999",
                "1e99999999999999999999",
            ],
        ),
        (EpochMillis, &["", "soon", "253402300800000", "9223372036854775808"]),
        (
            HttpDate,
            &[
                "",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 +0900",
                "Sun, 06 Nov 1994 08:49 GMT",
                "Sun, 06 Nov 194 08:49:37 GMT",
                "Sun, 06 Nov 19994 08:49:37 GMT",
                "Sun, 31 Nov 1994 08:49:37 GMT",
                "Sun, 06 Now 1994 08:49:37 GMT",
                "Son, 06 Nov 1994 08:49:37 GMT",
                "é, 06 Nov 1994 08:49:37 GMT",
                "06 Nov 1994 08:49:37 GMT",
            ],
        ),
    ];
    for &(format, texts) in cases {
        for &text in texts {
            let error = Timestamp::parse(text, format).expect_err(text);
            assert_eq!((error.expected(), error.found()), (format.expects(), text));
        }
    }
}

#[test]
fn an_error_says_what_was_expected_and_found() {
    let error = "soon".parse::<Timestamp>().expect_err("no date");
    assert_eq!(error.to_string(), r#"expected an RFC 3339 date-time, found "soon""#);
    let error = Timestamp::parse(&"é\n".repeat(1_000), HttpDate).expect_err("no date");
    assert_eq!(error.found(), "é\n".repeat(32));
    assert_eq!(
        error.to_string(),
        format!(r#"expected an HTTP date, found "{}""#, r"é\n".repeat(32))
    );
}

#[test]
fn writes_every_format() {
    let cases: &[(TimestampFormat, i64, u32, &str)] = &[
        (DateTime, 1_440_938_160, 0, "2015-08-30T12:36:00Z"),
        (DateTime, 1_440_938_160, 250_000_000, "2015-08-30T12:36:00.25Z"),
        (DateTime, 1_440_938_160, 1_000, "2015-08-30T12:36:00.000001Z"),
        (DateTime, 1_440_938_160, 999, "2015-08-30T12:36:00Z"),
        (DateTime, -62_167_219_200, 0, "0000-01-01T00:00:00Z"),
        (DateTime, 253_402_300_799, 999_999_999, "9999-12-31T23:59:59.999999Z"),
        (EpochSeconds, 1_422_172_801, 0, "1422172801"),
        (EpochSeconds, 1_422_172_801, 123_000_000, "1422172801.123"),
        (EpochSeconds, 0, 1_999, "0.000001"),
        (EpochSeconds, -1, 500_000_000, "-0.5"),
        (EpochSeconds, -2, 750_000_000, "-1.25"),
        (EpochSeconds, -2, 0, "-2"),
        (EpochMillis, 1_234_567_890, 123_999_999, "1234567890123"),
        (EpochMillis, -1, 999_500_000, "-1"),
        (HttpDate, 784_111_777, 999_999_999, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (HttpDate, -62_167_219_200, 0, "Sat, 01 Jan 0000 00:00:00 GMT"),
        (HttpDate, 253_402_300_799, 0, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ];
    for &(format, seconds, nanos, text) in cases {
        assert_eq!(at(seconds, nanos).format(format), text);
    }
}

#[test]
fn display_loses_nothing() {
    let instant = at(1_440_938_160, 123_456_789);
    assert_eq!(format!("{instant:?}"), instant.to_string());
    assert_eq!(instant.to_string(), "2015-08-30T12:36:00.123456789Z");
    for instant in [instant, Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH, at(-1, 1)] {
        assert_eq!(instant.to_string().parse(), Ok(instant));
    }
}

#[test]
fn every_day_of_the_calendar_has_its_own_date() {
    let days = (Timestamp::MIN.seconds()..=Timestamp::MAX.seconds()).step_by(86_400);
    let mut last = (-1, 12, 31);
    for midnight in days {
        let civil = Civil::at(midnight + 86_399);
        assert_eq!(civil.seconds(), Some(midnight + 86_399));
        let (year, month, day) = last;
        let (new_year, new_month) = ((year + 1, 1, 1), (year, month + 1, 1));
        last = (civil.year, civil.month, civil.day);
        assert!([(year, month, day + 1), new_month, new_year].contains(&last), "{last:?}");
    }
    assert_eq!(last, (9999, 12, 31));
}

#[test]
fn iso_offset_is_pythons_isoformat() {
    assert_eq!(at(1_682_541_388, 0).to_iso_offset(), "2023-04-26T20:36:28+00:00");
    assert_eq!(at(1_682_541_388, 120_000_000).to_iso_offset(), "2023-04-26T20:36:28.120000+00:00");
    assert_eq!(at(1_682_541_388, 999).to_iso_offset(), "2023-04-26T20:36:28+00:00");
}

#[test]
fn basic_form_is_what_signing_uses() {
    assert_eq!(at(1_440_938_160, 999_999_999).to_basic(), "20150830T123600Z");
    assert_eq!(Timestamp::MIN.to_basic(), "00000101T000000Z");
}

#[test]
fn numbers_round_to_what_an_f64_can_tell() {
    let cases: &[(f64, i64, u32)] = &[
        (1_422_172_801.123, 1_422_172_801, 123_000_000),
        (1_422_172_801.123_456, 1_422_172_801, 123_456_000),
        (1_688_560_107.857, 1_688_560_107, 857_000_000),
        (0.000_000_4, 0, 0),
        (0.999_999_9, 1, 0),
        (-0.5, -1, 500_000_000),
        (-1e-20, 0, 0),
        (8_589_934_591.999_999, 8_589_934_591, 999_999_000),
        (8_589_934_592.123, 8_589_934_592, 123_000_000),
        (253_402_300_799.999, 253_402_300_799, 999_000_000),
        (-62_167_219_200.0, -62_167_219_200, 0),
    ];
    for &(number, seconds, nanos) in cases {
        assert_eq!(Timestamp::from_epoch_number(number), Some(at(seconds, nanos)), "{number}");
    }
    for number in [f64::NAN, f64::INFINITY, -1e300, 253_402_300_800.0, -62_167_219_200.5] {
        assert_eq!(Timestamp::from_epoch_number(number), None, "{number}");
    }
}

#[test]
fn constructors_keep_the_range() {
    assert_eq!(Timestamp::new(0, 1_000_000_000), None);
    assert_eq!(Timestamp::from_seconds(i64::MAX), None);
    assert_eq!(Timestamp::from_millis(i64::MIN), None);
    assert_eq!(Timestamp::from_seconds(-62_167_219_201), None);
    assert_eq!(Timestamp::from_millis(-1), Some(at(-1, 999_000_000)));
    assert_eq!(at(-1, 999_999_999).to_millis(), -1);
    assert_eq!(Timestamp::MAX.to_millis(), 253_402_300_799_999);
    assert_eq!((at(-1, 7).seconds(), at(-1, 7).subsec_nanos()), (-1, 7));
}

#[test]
fn converts_to_and_from_the_systems_time() {
    for instant in [at(1_440_938_160, 500), at(-1, 500), at(-11_644_473_600, 0)] {
        assert_eq!(Timestamp::try_from(SystemTime::from(instant)), Ok(instant));
    }
    let before = SystemTime::UNIX_EPOCH - Duration::from_millis(1);
    assert_eq!(Timestamp::try_from(before), Ok(at(-1, 999_000_000)));
    if let Some(late) = SystemTime::UNIX_EPOCH.checked_add(Duration::from_hours(70_389_528)) {
        let error = Timestamp::try_from(late).expect_err("year 10000");
        assert_eq!(error.to_string(), "the time is outside the years 0000 to 9999");
    }
    assert!(Timestamp::now() > at(1_700_000_000, 0));
}
