//! The text around a value that does not fit, and what is left out of it.

use super::{WIRE, read_as};
use crate::codec::{DecodeError, Form, Reading};
use crate::{Document, Map, Model};

#[derive(Model)]
struct Answer {
    events: Option<Vec<Event>>,
    people: Option<Vec<Person>>,
    numbers: Option<Vec<i32>>,
    tags: Option<Map<String, i32>>,
    #[model(sensitive)]
    keys: Option<Map<String, i32>>,
    #[model(sensitive)]
    owner: Option<Event>,
    choice: Option<Choice>,
}

#[derive(Model)]
struct Event {
    name: Option<String>,
    #[model(wire = "no")]
    number: Option<i32>,
    text: Option<String>,
    person: Option<Box<Person>>,
    anything: Option<Document>,
}

/// Somebody with a secret
#[derive(Model)]
struct Person {
    name: Option<String>,
    age: Option<i32>,
    #[model(sensitive)]
    token: Option<String>,
}

#[derive(Model)]
enum Choice {
    #[model(name = "number")]
    Number(i32),
    #[model(unknown)]
    Unknown(crate::UnknownMember),
}

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
    let cases = [
        r#"{"people":[{"name":"Rex","age":"hush","token":"hush"}]}"#,
        r#"{"people":[{"name":"Rex","age":"hush"}]}"#,
        r#"{"people":[{"token":["hush"],"name":"Rex"}]}"#,
        r#"{"events":[{"name":"a","person":{"age":"hush","token":"hush"}}]}"#,
        r#"{"keys":{"a":1,"hush":"hush"}}"#,
        r#"{"owner":{"name":"hush","no":"hush","text":"hush"}}"#,
        // Where a container is due, what comes may hold its secrets.
        r#"{"people":"hush","numbers":[1]}"#,
        r#"{"events":[{"person":"hush","name":"a"}]}"#,
        // Of what stands beside a union's member nobody knows a thing.
        r#"{"choice":{"number":"b","token":"hush"}}"#,
        // Nothing stands beside it.
        r#"{"numbers":["hush"]}"#,
    ];
    for json in cases {
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
