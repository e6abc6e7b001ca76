//! Every kind of slot against every kind of JSON.

use super::*;
use std::fmt::Write;

const VALUES: &[&str] = &[
    "null",
    "true",
    "0",
    "-7",
    "2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "1e2",
    "1.5",
    "1e300",
    r#""""#,
    r#""RED""#,
    r#""7""#,
    r#""NaN""#,
    r#""-Infinity""#,
    r#""AAEC""#,
    r#""2015-08-30T12:36:00Z""#,
    r#""Sun, 30 Aug 2015 12:36:00 GMT""#,
    "[]",
    "[1, 2]",
    "[null, 1]",
    r#"["x"]"#,
    "{}",
    r#"{"RED": 1, "BLUE": 2}"#,
    r#"{"RED": null, "BLUE": 1}"#,
    r#"{"x-on-the-wire": 1}"#,
    r#"{"text": "t"}"#,
    r#"{"__type": "x", "text": null}"#,
    r#"{"new": [1, {"a": 2}]}"#,
];

const MEMBERS: &[&str] = &[
    "boolean",
    "integer",
    "long",
    "float",
    "double",
    "string",
    "color",
    "blob",
    "seconds",
    "millis",
    "time",
    "httpDate",
    "document",
    "nullable",
    "list",
    "sparseList",
    "map",
    "sparseMap",
    "structure",
    "choice",
];

/// What is taken, with the value as it is written again; anything else is refused for the reasons
/// at the end. What is written is read again as the same value.
#[test]
fn every_slot_with_every_kind_of_json() {
    let mut table = String::new();
    for member in MEMBERS {
        let _ = writeln!(table, "{member}");
        let mut reasons = Vec::new();
        for value in VALUES {
            let json = format!(r#"{{"{member}": {value}}}"#);
            match read_as::<Every>(&json, WIRE, STRICT) {
                Ok((every, _)) => {
                    let written = text(&every, WIRE);
                    let (again, _) = read_as::<Every>(&written, WIRE, STRICT).unwrap();
                    // NaN is not itself, so texts are compared.
                    assert_eq!(text(&again, WIRE), written, "{json}");
                    let became = match written.strip_prefix(&format!(r#"{{"{member}":"#)) {
                        Some(rest) => rest.strip_suffix('}').unwrap(),
                        None => "absent",
                    };
                    let _ = writeln!(table, "  {value:<34} {became}");
                }
                Err(DecodeError::Mismatch { path, expected, .. }) => {
                    let reason = format!("{path}: expected {expected}");
                    if !reasons.contains(&reason) {
                        reasons.push(reason);
                    }
                }
                Err(error) => panic!("{json}: {error}"),
            }
        }
        for reason in reasons {
            let _ = writeln!(table, "  ! {reason}");
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn numbers_at_the_edges() {
    let cases = [
        (r#"{"integer":2147483647}"#, Ok(r#"{"integer":2147483647}"#)),
        (r#"{"integer":-2147483648}"#, Ok(r#"{"integer":-2147483648}"#)),
        (
            r#"{"integer":-2147483649}"#,
            Err("integer: expected a whole number of 32 bits, found -2147483649"),
        ),
        (r#"{"integer":1.0}"#, Ok(r#"{"integer":1}"#)),
        (r#"{"integer":-0}"#, Ok(r#"{"integer":0}"#)),
        (
            r#"{"integer":1e10}"#,
            Err("integer: expected a whole number of 32 bits, found 10000000000"),
        ),
        (r#"{"long":-9223372036854775808}"#, Ok(r#"{"long":-9223372036854775808}"#)),
        (r#"{"long":9007199254740993}"#, Ok(r#"{"long":9007199254740993}"#)),
        (
            r#"{"document":{"n":18446744073709551615}}"#,
            Ok(r#"{"document":{"n":18446744073709551615}}"#),
        ),
        (r#"{"float":3.4028235e38}"#, Ok(r#"{"float":3.4028235e+38}"#)),
        (r#"{"float":3.5e38}"#, Err("float: expected a number of 32 bits, found 3.5e+38")),
        (r#"{"float":"NaN"}"#, Ok(r#"{"float":"NaN"}"#)),
        (r#"{"double":"inf"}"#, Err(r#"double: expected a number, found "inf""#)),
        (r#"{"double":1e400}"#, Err("not JSON: a number is out of range at line 1 column 15")),
        (r#"{"double":18446744073709551615}"#, Ok(r#"{"double":1.8446744073709552e+19}"#)),
        (r#"{"seconds":1440938160.25}"#, Ok(r#"{"seconds":1440938160.25}"#)),
        (r#"{"seconds":1e300}"#, Err("seconds: expected seconds since the epoch, found 1e+300")),
        (r#"{"millis":1440938160250}"#, Ok(r#"{"millis":1440938160250}"#)),
        (r#"{"time":1440938160}"#, Ok(r#"{"time":"2015-08-30T12:36:00Z"}"#)),
        (r#"{"blob":"A"}"#, Err(r#"blob: expected a base64 string, found "A""#)),
    ];
    for (json, expected) in cases {
        let got = read_as::<Every>(json, WIRE, STRICT).map(|(every, _)| text(&every, WIRE));
        let got = got.map_err(|error| error.to_string());
        assert_eq!(got, expected.map(str::to_owned).map_err(str::to_owned), "{json}");
    }
}

#[test]
fn long_texts_are_cut_short_where_they_are_told() {
    let json = format!(r#"{{"integer":"{}"}}"#, "한".repeat(1000));
    let error = read_as::<Every>(&json, WIRE, STRICT).unwrap_err().to_string();
    assert_eq!(
        error,
        format!("integer: expected a whole number of 32 bits, found \"{}…", "한".repeat(63))
    );
}
