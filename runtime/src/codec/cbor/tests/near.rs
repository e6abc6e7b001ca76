//! The items around one that does not fit, and what is left out of them.

use super::{STRICT, WIRE, cbor};
use crate::codec::cbor::read;
use crate::codec::samples::near::{Answer, SECRET};
use crate::codec::{DecodeError, Form};
use crate::value::Empty;

fn failed(cbor: &[u8], form: Form) -> DecodeError {
    match read(cbor, &mut Answer::empty(), form, STRICT) {
        Err(error) => error,
        Ok(report) => panic!("{cbor:x?}: {report:?}"),
    }
}

fn near_in(cbor: &[u8]) -> Option<String> {
    match failed(cbor, WIRE) {
        DecodeError::Mismatch { near, .. } => near,
        other => panic!("{cbor:x?}: {other}"),
    }
}

#[test]
fn what_stands_beside_an_item() {
    let long = "x".repeat(200);
    let cases = [
        // Beside members that are no secret
        (r#"{"events":[{"name":"a","no":"b","text":"c"}]}"#, r#""name":"a","no":"b","text":"c""#),
        // Elements and entries
        (r#"{"numbers":[1,2,"3",4]}"#, r#"1,2,"3",4"#),
        (r#"{"tags":{"a":1,"b":"2","c":null}}"#, r#""a":1,"b":"2","c":null"#),
        // What lies deeper is left out, and so is what nobody knows
        (
            r#"{"events":[{"person":{"token":"hush"},"no":"b","text":["hush"]}]}"#,
            r#""person":{…},"no":"b","text":[…]"#,
        ),
        (
            r#"{"events":[{"newToken":"hush","other":{"a":"hush"},"no":"b","secretly":["hush"]}]}"#,
            r#"…,"no":"b",…"#,
        ),
        // Long texts
        (
            &format!(r#"{{"events":[{{"name":"{long}","no":"b","text":"{long}"}}]}}"#),
            &format!(r#"…{}","no":"b","text":"{}…"#, "x".repeat(38), "x".repeat(31)),
        ),
    ];
    for (json, expected) in cases {
        assert_eq!(near_in(&cbor(json)).as_deref(), Some(expected), "{json}");
    }
}

#[test]
fn bytes_are_not_told_and_broken_ones_end_it() {
    let event = |fields: &[u8]| [b"\xa1\x66events\x81\xbf", fields].concat();
    // Of indefinite length: {_ "blob": h'6875', "no": "b", "text": "c"}
    let whole = event(b"\x64blob\x42hu\x62no\x61b\x64text\x61c\xff");
    let expected = r#""blob":h'…',"no":"b","text":"c""#;
    assert_eq!(near_in(&whole).as_deref(), Some(expected));
    let cut = event(b"\x64blob\x42hu\x62no\x61b\x64text");
    assert_eq!(near_in(&cut).as_deref(), Some(r#""blob":h'…',"no":"b""#));
    let no_key = event(b"\x64blob\x42hu\x62no\x61b\x01\x61c\xff");
    assert_eq!(near_in(&no_key).as_deref(), Some(r#""blob":h'…',"no":"b""#));
}

/// Nothing at all where the value is a secret, or a secret may stand beside it.
#[test]
fn nothing_where_a_secret_is_near() {
    for json in SECRET {
        let cbor = cbor(json);
        assert_eq!(near_in(&cbor), None, "{json}");
        assert!(!failed(&cbor, WIRE).to_string().contains("hush"), "{json}");
    }
}

#[test]
fn the_whole_error() {
    let cbor = cbor(r#"{"events":[{"name":"b","no":"soon","text":"c"}]}"#);
    assert_eq!(
        failed(&cbor, WIRE).to_string(),
        r#"events[0].number: expected a whole number of 32 bits, found "soon", in `"name":"b","no":"soon","text":"c"`"#
    );
}
