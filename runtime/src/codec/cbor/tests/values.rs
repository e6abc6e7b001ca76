//! Items to values: what fits, what does not, and what is said about it.

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
fn each_member_takes_what_fits_it() {
    // The member, the item, and the value as it is written again.
    let cases = [
        ("boolean", "f5", "true"),
        ("integer", "1a7fffffff", "2147483647"),
        ("integer", "3a7fffffff", "-2147483648"),
        ("integer", "f94000", "2"),
        ("long", "1b7fffffffffffffff", "9223372036854775807"),
        ("long", "3b7fffffffffffffff", "-9223372036854775808"),
        ("long", "fb40c3880000000000", "10000"),
        ("float", "f93e00", "1.5"),
        ("float", "fb3ff8000000000000", "1.5"),
        ("float", "03", "3.0"),
        ("double", "1bffffffffffffffff", "1.8446744073709552e+19"),
        ("string", "7f61616162ff", r#""ab""#),
        ("color", "63524544", r#""RED""#),
        ("color", "64424c5545", r#""BLUE""#),
        ("blob", "43000102", r#""AAEC""#),
        ("blob", "5f4100420102ff", r#""AAEC""#),
        ("time", "c11a55e2fc60", "1440939104"),
        ("time", "c1fb41d578bf18100000", "1440939104.25"),
        ("time", "1a55e2fc60", "1440939104"),
        ("time", "c120", "-1"),
        ("time", "c074323031352d30382d33305431323a33363a30305a", "1440938160"),
        ("document", "a1616181f6", r#"{"a":[null]}"#),
        ("document", "d82a43000102", r#""AAEC""#),
        ("nullable", "f6", "null"),
        ("nullable", "f7", "null"),
        ("list", "83f601f7", "[1]"),
        ("list", "9f0102ff", "[1,2]"),
        ("sparseList", "83f601f7", "[null,1,null]"),
        ("map", "a2616101 6162f6", r#"{"a":1}"#),
        ("sparseMap", "a263524544f6 616201", r#"{"RED":null,"b":1}"#),
        ("structure", "bf6d782d6f6e2d7468652d7769726507ff", r#"{"x-on-the-wire":7}"#),
        ("structure", "a16178 07", "{}"),
        ("choice", "a3647465787461 74 65696e6e6572f6 665f5f747970656178", r#"{"text":"t"}"#),
        ("choice", "a1636e6577c11903e8", r#"{"new":1000}"#),
        ("string", "f6", "absent"),
        ("structure", "f6", "absent"),
        ("choice", "a0", "absent"),
        ("choice", "a16474657874f6", "absent"),
    ];
    for (member, item, expected) in cases {
        let (every, _) = read_as::<Every>(&entry(member, item), WIRE, STRICT).unwrap();
        let whole = format!(r#"{{"{member}":{expected}}}"#);
        let whole = if expected == "absent" { "{}".to_owned() } else { whole };
        assert_eq!(text(&every), whole, "{item}");
        let (again, _) = read_as::<Every>(&write(&every, WIRE), WIRE, STRICT).unwrap();
        assert_eq!(again, every, "{item}");
    }
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    let cases = [
        ("boolean", "01", "boolean: expected true or false, found 1"),
        ("integer", "1a80000000", "integer: expected a whole number of 32 bits, found 2147483648"),
        ("integer", "f93e00", "integer: expected a whole number of 32 bits, found 1.5"),
        ("integer", "6137", r#"integer: expected a whole number of 32 bits, found "7""#),
        (
            "long",
            "1b8000000000000000",
            "long: expected a whole number of 64 bits, found 9223372036854775808",
        ),
        (
            "float",
            "fb7fefffffffffffff",
            "float: expected a number of 32 bits, found 1.7976931348623157e+308",
        ),
        ("double", "634e614e", r#"double: expected a number, found "NaN""#),
        ("string", "4161", "string: expected a string, found bytes"),
        ("blob", "6161", r#"blob: expected bytes, found "a""#),
        ("time", "c0 00", "time: expected a timestamp, found 0"),
        ("time", "c1 f97e00", "time: expected a timestamp, found null"),
        ("time", "c2 41 01", "time: expected a timestamp, found bytes"),
        ("list", "8201", "not CBOR: it ends in the middle of a value, after 8 bytes"),
        (
            "list",
            "82016161",
            r#"list[1]: expected a whole number of 32 bits, found "a", in `1,"a"`"#,
        ),
        ("list", "a0", "list: expected an array, found an object"),
        ("map", "a16161f5", r#"map["a"]: expected a whole number of 32 bits, found true"#),
        ("structure", "80", "structure: expected an object, found an array"),
        (
            "structure",
            "a16d782d6f6e2d7468652d77697265f5",
            "structure.x: expected a whole number of 32 bits, found true",
        ),
        ("choice", "00", "choice: expected an object with exactly one member, found a number"),
        (
            "choice",
            "a264746578746174636e657701",
            "choice: expected an object with exactly one member, found an object with several members",
        ),
    ];
    for (member, item, expected) in cases {
        let error = read_as::<Every>(&entry(member, item), WIRE, STRICT).unwrap_err();
        assert_eq!(error.to_string(), expected, "{item}");
    }
}

#[test]
fn a_member_that_comes_twice_is_what_came_last() {
    let twice = bytes("bf 646c69737481 01 646c6973748102 ff");
    assert_eq!(read_as::<Every>(&twice, WIRE, STRICT).unwrap().0.list, Some(vec![2]));
    let gone = bytes("bf 626964 6161 626964 f6 65697465 6d7380 ff");
    let (strict, report) = read_as::<Strict>(&gone, WIRE, KEEPING).unwrap();
    assert_eq!((strict.id.as_str(), report.missing), ("", vec!["id".to_owned()]));
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
    ];
    for (json, missing) in cases {
        let (_, report) = read_as::<Strict>(&cbor(json), WIRE, KEEPING).unwrap();
        assert_eq!(report.missing, *missing, "{json}");
        let strict = read_as::<Strict>(&cbor(json), WIRE, STRICT).map_err(|e| e.to_string());
        match missing.first() {
            None => assert!(strict.is_ok(), "{json}"),
            Some(first) => {
                let expected = format!("{first}: it is required and not there");
                assert_eq!(strict.unwrap_err(), expected, "{json}");
            }
        }
    }
}

#[test]
fn what_has_no_place_is_kept_if_asked_for() {
    let body = cbor(r#"{"id":"a","new":{"b":[1]},"items":[{"name":"n","more":null}]}"#);
    let (_, report) = read_as::<Strict>(&body, WIRE, KEEPING).unwrap();
    let unplaced: Vec<_> =
        report.unplaced.iter().map(|(path, value)| (path.as_str(), value.to_json())).collect();
    assert_eq!(
        unplaced,
        [("new", r#"{"b":[1]}"#.to_owned()), ("items[0].more", "null".to_owned())]
    );
    let (_, report) = read_as::<Strict>(&body, WIRE, STRICT).unwrap();
    assert!(report.unplaced.is_empty());
}

#[test]
fn lenient_reading_puts_aside_what_does_not_fit() {
    let cases: &[(&str, &str, &[&str])] = &[
        (r#"{"integer":"a","string":"s"}"#, r#"{"string":"s"}"#, &["integer"]),
        (r#"{"list":[1,"x",2]}"#, r#"{"list":[1,2]}"#, &["list[1]"]),
        (r#"{"sparseList":["x"]}"#, r#"{"sparseList":[]}"#, &["sparseList[0]"]),
        (r#"{"map":{"a":"x","b":1}}"#, r#"{"map":{"b":1}}"#, &[r#"map["a"]"#]),
        (r#"{"structure":"a"}"#, "{}", &["structure"]),
        (r#"{"choice":{"inner":1,"text":"t"}}"#, r#"{"choice":{"text":"t"}}"#, &["choice.inner"]),
        (r#"{"blob":[1]}"#, "{}", &["blob"]),
    ];
    for (json, expected, unplaced) in cases {
        let (every, report) = read_as::<Every>(&cbor(json), WIRE, LENIENT).unwrap();
        assert_eq!(text(&every), *expected, "{json}");
        let paths: Vec<_> = report.unplaced.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, *unplaced, "{json}");
    }
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
        (r#""hunter2""#, "expected an object, found a string"),
    ];
    for (json, expected) in cases {
        let error = read_as::<Strict>(&cbor(json), WIRE, STRICT).unwrap_err();
        assert_eq!(error.to_string(), expected, "{json}");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
    let error = read_as::<Choice>(&cbor(r#"{"secret":["hunter2"]}"#), WIRE, STRICT).unwrap_err();
    assert_eq!(error.to_string(), "secret: expected a string, found an array");
}

#[test]
fn an_unknown_member_goes_back_as_it_came() {
    // A head of nine bytes where one would do, and a string in chunks.
    let body = bytes("a1 636e6577 82 1b0000000000000001 7f6161ff");
    let (choice, _) = read_as::<Choice>(&body, WIRE, STRICT).unwrap();
    assert_eq!(write(&choice, WIRE), body);
    let Choice::Unknown(member) = &choice else { panic!("{choice:?}") };
    assert_eq!((member.name(), member.codec()), ("new", "cbor"));
    assert_eq!(crate::json::to_string(&choice), r#"{"new":[1,"a"]}"#);
    let from_json: Choice = crate::json::from_slice(br#"{"new":[1,"a"]}"#).unwrap();
    assert_eq!(hex(&write(&from_json, WIRE)), "a1636e657782016161");
}

fn entry(member: &str, item: &str) -> Vec<u8> {
    let mut body = vec![0xa1];
    body.extend(cbor(&format!("{member:?}")));
    body.extend(bytes(item));
    body
}
