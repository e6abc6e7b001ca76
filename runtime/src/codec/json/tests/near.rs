//! The text around a value that does not fit, and what is left out of it.

use super::{WIRE, read_as};
use crate::codec::samples::near::{Answer, SECRET};
use crate::codec::{DecodeError, Form, Reading};

fn near(json: &str, form: Form) -> Option<String> {
    match read_as::<Answer>(json, form, Reading::default()) {
        Err(DecodeError::Mismatch { near, .. }) => near,
        other => panic!("{json}: {:?}", other.map(|(_, report)| report)),
    }
}

#[test]
fn what_stands_beside_a_value() {
    let long = "x".repeat(200);
    let cases = [
        // Beside members that are no secret, however they are written
        (r#"{"events":[{"name":"a","no":"b","text":"c"}]}"#, r#""name":"a","no":"b","text":"c""#),
        (
            "{\"events\": [{ \"name\" :\n \"a\",\r\n\t\"no\": \"\\\"}{\" }]}",
            r#""name":"a","no":"\"}{""#,
        ),
        // Elements and entries
        (r#"{"numbers":[1,2,"3",4]}"#, r#"1,2,"3",4"#),
        (r#"{"tags":{"a":1,"b":"2","c":3}}"#, r#""a":1,"b":"2","c":3"#),
        (r#"{"numbers":[1,{"token":"hush"},3]}"#, "1,{…},3"),
        // What lies deeper is left out, and so is what nobody knows
        (
            r#"{"events":[{"person":{"token":"hush"},"no":"b","anything":["hush"]}]}"#,
            r#""person":{…},"no":"b","anything":[…]"#,
        ),
        (
            r#"{"events":[{"newToken":"hush","other":{"a":"hush"},"no":"b","secretly":["hush"]}]}"#,
            r#"…,"no":"b",…"#,
        ),
        // A body that is broken behind it
        (r#"{"events":[{"no":"b","text":"c"#, r#""no":"b","text":"c"#),
        (r#"{"events":[{"no":"b",:"text""#, r#""no":"b",…"#),
        // Long texts
        (
            &format!(r#"{{"events":[{{"name":"{long}","no":"b","text":"{long}"}}]}}"#),
            &format!(r#"…{}","no":"b","text":"{}…"#, "x".repeat(38), "x".repeat(31)),
        ),
        (
            &format!(r#"{{"events":[{{"name":"a","no":"{long}","text":"c"}}]}}"#),
            &format!(r#""name":"a","no":"{}…,"text":"c""#, "x".repeat(34)),
        ),
    ];
    for (json, expected) in cases {
        assert_eq!(near(json, WIRE).as_deref(), Some(expected), "{json}");
    }
}

/// No text at all where the value is a secret, or a secret may stand beside it.
#[test]
fn nothing_where_a_secret_is_near() {
    for json in SECRET {
        assert_eq!(near(json, WIRE), None, "{json}");
    }
    let input = r#"{"events":[{"name":"a","number":"b"}]}"#;
    assert_eq!(near(input, Form::Model), None, "what a user wrote is there to be looked at");
}

#[test]
fn the_whole_error() {
    let json = r#"{"events":[{"name":"a"},{"name":"b","no":"soon","text":"c"}]}"#;
    let error = read_as::<Answer>(json, WIRE, Reading::default()).err();
    assert_eq!(
        error.map(|error| error.to_string()).as_deref(),
        Some(
            r#"events[1].number: expected a whole number of 32 bits, found "soon", in `"name":"b","no":"soon","text":"c"`"#
        )
    );
}
