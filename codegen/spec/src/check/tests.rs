#![allow(clippy::panic, reason = "that is how tests fail")]

use super::values::{blob_length, fits};
use crate::json::Json;
use crate::model::Kind;

fn json(text: &str) -> Json {
    match serde_json::from_str(text) {
        Ok(json) => json,
        Err(error) => panic!("{text}: {error}"),
    }
}

#[test]
fn numbers_fit_their_width() {
    let cases = [
        ("2147483647", true, true, true),
        ("2147483648", false, true, true),
        ("-2147483648", true, true, true),
        ("-2147483649", false, true, true),
        ("9223372036854775807", false, true, true),
        ("9223372036854775808", false, false, true),
        ("-9223372036854775808", false, true, true),
        ("-9223372036854775809", false, false, true),
        ("18446744073709551615", false, false, true),
        ("1e30", false, false, true),
        ("1.0", false, false, true),
        ("0.5", false, false, true),
        ("-0", false, false, true),
        ("0", true, true, true),
        ("\"0\"", false, false, false),
        ("null", false, false, false),
    ];
    for (text, integer, long, double) in cases {
        let value = json(text);
        assert_eq!(fits(&Kind::Integer, &value), integer, "{text} as an integer");
        assert_eq!(fits(&Kind::Long, &value), long, "{text} as a long");
        assert_eq!(fits(&Kind::Double, &value), double, "{text} as a double");
        assert_eq!(fits(&Kind::Float, &value), double, "{text} as a float");
    }
}

#[test]
fn timestamps_are_rfc_3339() {
    let cases = [
        ("2026-01-31T09:30:00Z", true),
        ("2026-01-31T09:30:00.123456789Z", true),
        ("2026-01-31T09:30:00+09:00", true),
        ("2026-01-31T09:30:00-00:00", true),
        ("2024-02-29T00:00:00Z", true),
        ("2000-02-29T00:00:00Z", true),
        ("2016-12-31T23:59:60Z", true),
        ("2026-02-29T00:00:00Z", false),
        ("1900-02-29T00:00:00Z", false),
        ("2026-04-31T00:00:00Z", false),
        ("2026-00-01T00:00:00Z", false),
        ("2026-13-01T00:00:00Z", false),
        ("2026-01-00T00:00:00Z", false),
        ("2026-01-01T24:00:00Z", false),
        ("2026-01-01T00:60:00Z", false),
        ("2026-01-01T00:00:61Z", false),
        ("2026-01-01T00:00Z", false),
        ("2026-01-01T00:00:00", false),
        ("2026-01-01T00:00:00.Z", false),
        ("2026-01-01T00:00:00+24:00", false),
        ("2026-01-01T00:00:00+0900", false),
        ("2026-01-01T00:00:00Z ", false),
        ("2026-1-01T00:00:00Z", false),
        ("+026-01-01T00:00:00Z", false),
        ("26-01-01T00:00:00Z", false),
        ("2026-01-01 00:00:00Z", false),
        ("2026-01-01T00:00:00+é:00", false),
        ("2026-01-01", false),
        ("T", false),
        ("", false),
    ];
    for (text, expected) in cases {
        let value = Json::String(text.to_owned());
        assert_eq!(fits(&Kind::Timestamp(None), &value), expected, "{text}");
    }
    assert!(!fits(&Kind::Timestamp(None), &json("1769851800")), "a number is not in model form");
}

#[test]
fn blobs_are_base64() {
    let cases = [
        ("", Some(0)),
        ("aA==", Some(1)),
        ("aGU=", Some(2)),
        ("aGVs", Some(3)),
        ("+/+/", Some(3)),
        ("aGVsbG8=", Some(5)),
        ("aGVsbG8", None),
        ("a===", None),
        ("====", None),
        ("aGV_", None),
        ("aG=l", None),
        ("é===", None),
    ];
    for (text, expected) in cases {
        assert_eq!(blob_length(text), expected, "{text}");
    }
}

#[test]
fn kinds_take_their_own_json_type() {
    let values = ["null", "true", "5", "\"text\"", "[]", "{}"];
    let cases: &[(Kind, &[&str])] = &[
        (Kind::String, &["\"text\""]),
        (Kind::Enum(Vec::new()), &["\"text\""]),
        (Kind::Boolean, &["true"]),
        (Kind::Integer, &["5"]),
        (Kind::Double, &["5"]),
        (Kind::Document, &values),
        (Kind::Structure { members: Vec::new(), error: None }, &["{}"]),
        (Kind::Union { members: Vec::new() }, &["{}"]),
    ];
    for (kind, fitting) in cases {
        for value in values {
            assert_eq!(
                fits(kind, &json(value)),
                fitting.contains(&value),
                "{value} as {}",
                kind.word()
            );
        }
    }
}
