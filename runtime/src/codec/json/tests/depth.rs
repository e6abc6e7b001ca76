//! Bodies that nest deeply, and bodies that are cut or changed anywhere.

use super::*;

fn nested(open: &str, middle: &str, close: &str, depth: usize) -> String {
    format!("{}{middle}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn deep_nesting_fails_cleanly() {
    for depth in [200, 20_000] {
        let cases = [
            nested(r#"{"nested":"#, r#"{"text":"t"}"#, "}", depth),
            format!(r#"{{"inner":{}}}"#, nested(r#"{"a":"#, "1", "}", depth)),
        ];
        let error = read_as::<Choice>(&cases[0], WIRE, STRICT).unwrap_err().to_string();
        assert!(error.starts_with("not JSON: it nests too deeply"), "{error}");
        // What is not looked at may be as deep as it likes, and goes back as it came.
        assert!(read_as::<Choice>(&cases[1], WIRE, STRICT).is_ok());
        let unknown = format!(r#"{{"new":{}}}"#, nested("[", "", "]", depth));
        let (choice, _) = read_as::<Choice>(&unknown, WIRE, STRICT).unwrap();
        assert_eq!(text(&choice, WIRE), unknown);
        let document = nested("[", "", "]", depth);
        let error = read_as::<Document>(&document, WIRE, STRICT).unwrap_err().to_string();
        assert!(error.starts_with("not JSON: it nests too deeply"), "{error}");
    }
    let shallow = nested(r#"{"nested":"#, r#"{"text":"t"}"#, "}", 100);
    let (choice, _) = read_as::<Choice>(&shallow, WIRE, STRICT).unwrap();
    assert_eq!(text(&choice, WIRE), shallow);
}

#[test]
fn a_body_that_ends_anywhere_says_so() {
    let json = r#"{"string":"한","list":[1,2],"choice":{"text":"t"},"map":{"a":1}}"#;
    for end in 1..json.len() {
        let cut = &json.as_bytes()[..end];
        let error = read(cut, &mut Every::default(), WIRE, STRICT).unwrap_err();
        let expected = format!("not JSON: it ends in the middle of a value, after {end} bytes");
        assert_eq!(error.to_string(), expected);
    }
    for empty in ["", " \n"] {
        let error = read(empty.as_bytes(), &mut Every::default(), WIRE, STRICT).unwrap_err();
        assert_eq!(error.to_string(), "not JSON: the body is empty");
    }
}

#[test]
fn text_that_is_no_json_is_named_by_its_place_alone() {
    let cases = [
        ("<html>", "not JSON: unexpected text at line 1 column 1"),
        ("{\n  \"a\": hunter2}", "not JSON: unexpected text at line 2 column 8"),
        ("{} hunter2", "not JSON: unexpected text at line 1 column 4"),
        (r#"{"string":"\ud800"}"#, "not JSON: unexpected text at line 1 column 18"),
        (r#"{"a":1,}"#, "not JSON: unexpected text at line 1 column 8"),
    ];
    for (json, expected) in cases {
        assert_eq!(read_as::<Every>(json, WIRE, STRICT).unwrap_err().to_string(), expected);
    }
    let error = read(b"{\"string\":\"\xff\"}", &mut Every::default(), WIRE, STRICT).unwrap_err();
    assert_eq!(error.to_string(), "not JSON: unexpected text at line 1 column 12");
}
