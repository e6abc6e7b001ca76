//! What comes twice, not at all, or without a place.

use super::*;

#[derive(Model)]
struct Strict {
    id: String,
    items: Vec<Needs>,
    note: Option<String>,
}

#[derive(Model)]
struct Needs {
    name: String,
    #[model(sensitive)]
    secrets: Option<Map<String, i32>>,
}

#[test]
fn a_member_that_comes_twice_is_what_came_last() {
    let cases = [
        (r#"{"list":[1,2],"list":[3]}"#, r#"{"list":[3]}"#),
        (
            r#"{"sparseList":[1],"list":[1],"sparseList":[null]}"#,
            r#"{"list":[1],"sparseList":[null]}"#,
        ),
        (r#"{"map":{"a":1},"map":{"b":2}}"#, r#"{"map":{"b":2}}"#),
        (r#"{"map":{"a":1,"b":2,"a":3}}"#, r#"{"map":{"a":3,"b":2}}"#),
        (r#"{"map":{"a":1,"a":null}}"#, r#"{"map":{}}"#),
        (r#"{"structure":{"x-on-the-wire":1},"structure":{}}"#, r#"{"structure":{}}"#),
        (r#"{"choice":{"text":"a"},"choice":{"inner":{}}}"#, r#"{"choice":{"inner":{}}}"#),
        (r#"{"string":"a","string":null}"#, "{}"),
        (r#"{"nullable":1,"nullable":null}"#, r#"{"nullable":null}"#),
        (r#"{"integer":1,"integer":2}"#, r#"{"integer":2}"#),
    ];
    for (json, expected) in cases {
        let (every, _) = read_as::<Every>(json, WIRE, LOOSE).unwrap();
        assert_eq!(text(&every, WIRE), expected, "{json}");
    }
    let (strict, report) =
        read_as::<Strict>(r#"{"id":"a","id":null,"items":[]}"#, WIRE, LOOSE).unwrap();
    assert_eq!(strict.id, "");
    assert_eq!(report.missing, ["id"]);
}

#[test]
fn what_is_required_and_missing_is_listed_or_refused() {
    let cases: &[(&str, &[&str])] = &[
        (r#"{"id":"a","items":[]}"#, &[]),
        ("{}", &["id", "items"]),
        ("null", &["id", "items"]),
        (
            r#"{"id":null,"items":[{},{"name":"n"},{"name":null}]}"#,
            &["items[0].name", "items[2].name", "id"],
        ),
        (r#"{"id":"a","items":[null,{}]}"#, &["items[1].name"]),
    ];
    for (json, missing) in cases {
        let (_, report) = read_as::<Strict>(json, WIRE, LOOSE).unwrap();
        assert_eq!(report.missing, *missing, "{json}");
        let strict = read_as::<Strict>(json, WIRE, STRICT);
        match missing.first() {
            None => assert!(strict.is_ok(), "{json}"),
            Some(first) => assert_eq!(
                strict.unwrap_err().to_string(),
                format!("{first}: it is required and not there"),
                "{json}"
            ),
        }
    }
}

#[test]
fn what_has_no_place_is_kept_if_asked_for() {
    let json = r#"{"id":"a","new":{"b":[1]},"items":[{"name":"n","more":null}]}"#;
    let (_, report) = read_as::<Strict>(json, WIRE, KEEPING).unwrap();
    let unplaced: Vec<_> =
        report.unplaced.iter().map(|(path, value)| (path.as_str(), value.to_json())).collect();
    assert_eq!(
        unplaced,
        [("new", r#"{"b":[1]}"#.to_owned()), ("items[0].more", "null".to_owned())]
    );
    let (_, report) = read_as::<Strict>(json, WIRE, LOOSE).unwrap();
    assert!(report.unplaced.is_empty());
}

#[test]
fn lenient_reading_puts_aside_what_does_not_fit() {
    let cases: &[(&str, &str, &[&str])] = &[
        (r#"{"integer":"HIDDEN","string":"s"}"#, r#"{"string":"s"}"#, &["integer"]),
        (r#"{"list":[1,"x",2]}"#, r#"{"list":[1,2]}"#, &["list[1]"]),
        (r#"{"sparseList":["x"]}"#, r#"{"sparseList":[]}"#, &["sparseList[0]"]),
        (r#"{"map":{"a":"x","b":1}}"#, r#"{"map":{"b":1}}"#, &[r#"map["a"]"#]),
        (r#"{"structure":"HIDDEN"}"#, "{}", &["structure"]),
        (r#"{"choice":"HIDDEN"}"#, "{}", &["choice"]),
        (r#"{"choice":{"inner":"HIDDEN"}}"#, "{}", &["choice.inner"]),
        (r#"{"choice":{"inner":1,"text":"t"}}"#, r#"{"choice":{"text":"t"}}"#, &["choice.inner"]),
        (r#"{"map":[1]}"#, "{}", &["map"]),
    ];
    for (json, expected, unplaced) in cases {
        let (every, report) = read_as::<Every>(json, WIRE, LENIENT).unwrap();
        assert_eq!(text(&every, WIRE), *expected, "{json}");
        let paths: Vec<_> = report.unplaced.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, *unplaced, "{json}");
    }
    // A required member that was put aside is missing as well.
    let (_, report) = read_as::<Strict>(r#"{"id":{},"items":[]}"#, WIRE, LENIENT).unwrap();
    assert_eq!(report.missing, ["id"]);
    assert!(read_as::<Every>("{", WIRE, LENIENT).is_err(), "a body that is no JSON stays an error");
}

#[test]
fn a_union_has_one_member() {
    let several =
        "choice: expected an object with exactly one member, found an object with several members";
    let cases = [
        (r#"{"choice":{"text":"a","new":1}}"#, Err(several)),
        (r#"{"choice":{"new":1,"text":"a"}}"#, Err(several)),
        (r#"{"choice":{"text":"a","text":"b"}}"#, Err(several)),
        (
            r#"{"choice":{"text":"a","inner":null,"new":null,"__type":"x"}}"#,
            Ok(r#"{"choice":{"text":"a"}}"#),
        ),
        (r#"{"choice":{"new":{"a": [1,2]}}}"#, Ok(r#"{"choice":{"new":{"a": [1,2]}}}"#)),
        (
            r#"{"choice":{"nested":{"nested":{"text":"t"}}}}"#,
            Ok(r#"{"choice":{"nested":{"nested":{"text":"t"}}}}"#),
        ),
        (
            r#"{"choice":{"inner":{"x-on-the-wire":"a"}}}"#,
            Err(r#"choice.inner.x: expected a whole number of 32 bits, found "a""#),
        ),
    ];
    for (json, expected) in cases {
        let got = read_as::<Every>(json, WIRE, STRICT).map(|(every, _)| text(&every, WIRE));
        let got = got.map_err(|error| error.to_string());
        assert_eq!(got, expected.map(str::to_owned).map_err(str::to_owned), "{json}");
    }
}

#[test]
fn lists_and_maps_of_unions_and_documents_with_nulls() {
    let (choices, _) =
        read_as::<Vec<Choice>>(r#"[null,{},{"text":null},{"text":"t"}]"#, WIRE, STRICT).unwrap();
    assert_eq!(choices, [Choice::Text("t".to_owned())], "a dense list has no place for nothing");
    let (choices, _) =
        read_as::<Vec<Option<Choice>>>(r#"[null,{},{"text":"t"}]"#, WIRE, STRICT).unwrap();
    assert_eq!(choices, [None, None, Some(Choice::Text("t".to_owned()))]);
    let (documents, _) = read_as::<Vec<Document>>("[null,1]", WIRE, STRICT).unwrap();
    assert_eq!(documents, [Document::Null, Document::from(1)]);
    let (map, _) = read_as::<Map<String, Option<i32>>>(r#"{"a":null}"#, WIRE, STRICT).unwrap();
    assert_eq!(map.get("a"), Some(&None));
}

#[test]
fn nothing_secret_is_told() {
    let cases = [
        (
            r#"{"id":"a","items":[{"name":"n","secrets":"hunter2"}]}"#,
            "items[0].secrets: expected an object, found a string",
        ),
        (
            r#"{"id":"a","items":[{"name":"n","secrets":{"hunter2":"hunter2"}}]}"#,
            r#"items[0].secrets["<redacted>"]: expected a whole number of 32 bits, found a string"#,
        ),
        (r#"{"id":"a","items":["hunter2"]}"#, "items[0]: expected an object, found a string"),
        (r#"{"id":"a","items":"hunter2"}"#, "items: expected an array, found a string"),
        (r#""hunter2""#, "expected an object, found a string"),
    ];
    for (json, expected) in cases {
        let error = read_as::<Strict>(json, WIRE, STRICT).unwrap_err();
        assert_eq!(error.to_string(), expected, "{json}");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
    let error = read_as::<Choice>(r#"{"secret":["hunter2"]}"#, WIRE, STRICT).unwrap_err();
    assert_eq!(error.to_string(), "secret: expected a string, found an array");
}
