#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use super::local::{offset, zone_of};
use super::read;
use std::ffi::OsString;
use typefoundry::{Timestamp, TimestampFormat};
use tz::TimeZone;

fn time(text: &str) -> Timestamp {
    Timestamp::parse(text, TimestampFormat::DateTime).expect("a time")
}

/// As Python's `isoformat`.
fn shown(text: &str, zone: &TimeZone) -> Option<String> {
    let date = read(text, time("2026-11-26T10:00:00Z"), zone)?;
    let clock = date.shown.to_iso_offset();
    let clock = clock.strip_suffix("+00:00").expect("the offset of UTC");
    let Some(offset) = date.offset else { return Some(clock.to_owned()) };
    let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs() / 60);
    Some(format!("{clock}{sign}{:02}:{:02}", minutes / 60, minutes % 60))
}

/// What python-dateutil 2.9 makes of them on 26 November 2026.
#[test]
fn dates_are_read_as_dateutil_reads_them() {
    for (text, expected) in DATES {
        assert_eq!(shown(text, &TimeZone::utc()).as_deref(), *expected, "{text}");
    }
}

#[rustfmt::skip]
const DATES: &[(&str, Option<&str>)] = &[
    ("Jan 5 2020", Some("2020-01-05T00:00:00")),
    ("January 5, 2020", Some("2020-01-05T00:00:00")),
    ("5 Jan 2020", Some("2020-01-05T00:00:00")),
    ("5 January 2020 10:30 pm", Some("2020-01-05T22:30:00")),
    ("Jan 5 10:30:15 2020", Some("2020-01-05T10:30:15")),
    ("1/5/2020", Some("2020-01-05T00:00:00")),
    ("13/5/2020", Some("2020-05-13T00:00:00")),
    ("2020/1/5", Some("2020-01-05T00:00:00")),
    ("1/5", Some("2026-01-05T00:00:00")),
    ("1/5/20", Some("2020-01-05T00:00:00")),
    ("1/5/99", Some("1999-01-05T00:00:00")),
    ("1.5.2020", Some("2020-01-05T00:00:00")),
    ("2020.01.05", Some("2020-01-05T00:00:00")),
    ("2020-01", Some("2020-01-26T00:00:00")),
    ("2020-1-5", Some("2020-01-05T00:00:00")),
    ("2020-13-01", None),
    ("01-Jan-2020", Some("2020-01-01T00:00:00")),
    ("2020-Jan-05", Some("2020-01-05T00:00:00")),
    ("Jan-05-2020", Some("2020-01-05T00:00:00")),
    ("Jan of 20", Some("2020-01-26T00:00:00")),
    ("5th of January 2020", Some("2020-01-05T00:00:00")),
    ("Sep.20.2009", Some("2009-09-20T00:00:00")),
    ("2020", Some("2020-11-26T00:00:00")),
    ("20", Some("2026-11-20T00:00:00")),
    ("10:30", Some("2026-11-26T10:30:00")),
    ("10:30:15", Some("2026-11-26T10:30:15")),
    ("10:30:15.5", Some("2026-11-26T10:30:15.500000")),
    ("10:30:15,5", Some("2026-11-26T10:30:15.500000")),
    ("10:30 am", Some("2026-11-26T10:30:00")),
    ("12 am", Some("2026-11-26T00:00:00")),
    ("12pm", Some("2026-11-26T12:00:00")),
    ("3 PM", Some("2026-11-26T15:00:00")),
    ("13 pm", Some("2026-11-26T13:00:00")),
    ("13:30 pm", None),
    ("10.5h", Some("2026-11-26T10:30:00")),
    ("10h30m15s", Some("2026-11-26T10:30:15")),
    ("10h 30", Some("2026-11-26T10:30:00")),
    ("5 minutes", Some("2026-11-26T00:05:00")),
    ("Monday", Some("2026-11-30T00:00:00")),
    ("Thu", Some("2026-11-26T00:00:00")),
    ("Fri 10:00", Some("2026-11-27T10:00:00")),
    ("Sat, 14 Mar 2026 09:26:53 GMT", Some("2026-03-14T09:26:53+00:00")),
    ("Sat Mar 14 09:26:53 2026", Some("2026-03-14T09:26:53")),
    ("Sat Mar 14 09:26:53 UTC 2026", Some("2026-03-14T09:26:53+00:00")),
    ("2020-01-01T10:00:00 UTC", Some("2020-01-01T10:00:00+00:00")),
    ("2020-01-01T10:00:00Z", Some("2020-01-01T10:00:00+00:00")),
    ("2020-01-01T10:00:00z", Some("2020-01-01T10:00:00+00:00")),
    ("2020-01-01T10:00:00+02:00", Some("2020-01-01T10:00:00+02:00")),
    ("2020-01-01T10:00:00-0330", Some("2020-01-01T10:00:00-03:30")),
    ("2020-01-01T10:00:00+2", Some("2020-01-01T10:00:00+02:00")),
    ("2020-01-01T10:00:00.123456789+02:00", Some("2020-01-01T10:00:00.123456+02:00")),
    ("2020-01-01 10:00 GMT+3", Some("2020-01-01T10:00:00-03:00")),
    ("2020-01-01 10:00 +0300 (MSK)", Some("2020-01-01T10:00:00+03:00")),
    ("2020-01-01 10:00 +03:00 UTC", None),
    ("2020-01-01 10:00 +25:00", None),
    ("20200105T1030", Some("2020-01-05T10:30:00")),
    ("20200105T103015", Some("2020-01-05T10:30:15")),
    ("20200105T103015.25Z", Some("2020-01-05T10:30:15.250000+00:00")),
    ("202001051030", Some("2020-01-05T10:30:00")),
    ("20200105103015", Some("2020-01-05T10:30:15")),
    ("20200105 10", Some("2020-01-05T10:00:00")),
    ("200105", Some("2005-01-20T00:00:00")),
    ("Feb 2020", Some("2020-02-26T00:00:00")),
    ("Feb", Some("2026-02-26T00:00:00")),
    ("Feb 30", None),
    ("Feb 29 2019", None),
    ("2020-02-30", None),
    ("2020-01-01T24:00:00", None),
    ("2020-01-01T23:59:60", None),
    ("0000-01-01", None),
    ("99", Some("1999-11-26T00:00:00")),
    ("Jan 5th, 2020 at 10:30am", Some("2020-01-05T10:30:00")),
    ("on 5 Jan 2020 and 10:30", Some("2020-01-05T10:30:00")),
    ("tomorrow", None),
    ("now", None),
    ("soon", None),
    ("T", None),
    ("-", None),
    ("1/2/3/4", None),
    ("1 2 3 4", None),
    ("Jan Feb", None),
    ("2020 2021 5", None),
    ("10:30 10", Some("2026-11-10T10:30:00")),
    ("12,345.6", None),
    ("5.5", Some("2026-11-05T00:00:00")),
    ("nan", None),
    ("-5", Some("2026-11-05T00:00:00")),
    ("", None),
];

#[test]
fn names_of_the_local_zone_are_known() {
    let zone = TimeZone::from_posix_tz("EST5EDT,M3.2.0,M11.1.0").expect("a zone");
    for (text, expected) in [
        ("2020-01-01 10:00 EST", Some("2020-01-01T10:00:00-05:00")),
        ("2020-07-01 10:00 EDT", Some("2020-07-01T10:00:00-04:00")),
        ("2020-07-01 10:00 EST", Some("2020-07-01T10:00:00-04:00")),
        // The hour that there is twice.
        ("2020-11-01 01:30 EDT", Some("2020-11-01T01:30:00-04:00")),
        ("2020-11-01 01:30 EST", Some("2020-11-01T01:30:00-05:00")),
        ("2020-01-01 10:00 UTC", Some("2020-01-01T10:00:00+00:00")),
        // dateutil takes it for none, and warns.
        ("2020-01-01 10:00 PST", None),
    ] {
        assert_eq!(shown(text, &zone).as_deref(), expected, "{text}");
    }
}

#[test]
fn what_is_not_said_is_of_the_local_day() {
    let zone = TimeZone::from_posix_tz("<+14>-14").expect("a zone");
    let date = read("10:30", time("2026-12-31T10:00:00Z"), &zone).expect("a date");
    assert_eq!(date.shown, time("2027-01-01T10:30:00Z"));
    assert_eq!(date.time(), Some(time("2027-01-01T10:30:00Z")));
}

/// As the C library of GNU reads the variable; files are those of the machine, if it has any.
#[test]
#[cfg(unix)]
fn the_zone_is_that_of_the_environment() {
    for (said, expected) in [
        ("", 0),
        (":", 0),
        ("EST5", -5 * 3600),
        ("EST5EDT,M3.2.0,M11.1.0", -5 * 3600),
        (":EST5EDT,M3.2.0,M11.1.0", -5 * 3600),
        ("XST5XDT", -5 * 3600),
        ("<+0330>-3:30", 12_600),
        ("No/Such", 0),
        ("/etc/hostname", 0),
    ] {
        let zone = zone_of(|name| (name == "TZ").then(|| said.into()));
        assert_eq!(offset(&zone, time("2020-01-01T00:00:00Z")), expected, "{said}");
    }
    let summer = zone_of(|name| (name == "TZ").then(|| "XST5XDT".into()));
    assert_eq!(offset(&summer, time("2020-07-01T00:00:00Z")), -4 * 3600);
}

/// A file of the format's first version, whose one zone is an hour and a half before UTC.
#[test]
#[cfg(unix)]
fn zones_are_read_in_the_folder_that_is_named() {
    let folder = std::env::temp_dir().join(format!("typefoundry-zones-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut file = b"TZif".to_vec();
    file.resize(20, 0);
    for count in [0_u32, 0, 0, 0, 1, 4] {
        file.extend(count.to_be_bytes());
    }
    file.extend(5400_i32.to_be_bytes());
    file.extend(b"\0\0TST\0");
    std::fs::write(folder.join("Test"), file).expect("a file");
    for said in ["Test".into(), ":Test".into(), folder.join("Test").into_os_string()] {
        let zone = zone_of(|name| match name {
            "TZ" => Some(OsString::clone(&said)),
            _ => Some(folder.clone().into_os_string()),
        });
        assert_eq!(offset(&zone, time("2020-01-01T00:00:00Z")), 5400, "{}", said.display());
    }
    std::fs::remove_dir_all(&folder).expect("the folder is there");
}
