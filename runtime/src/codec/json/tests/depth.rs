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
}

#[test]
fn bytes_that_are_no_text_are_named_by_their_place() {
    let cases: [(&[u8], usize); 6] = [
        (b"\xff", 0),
        (b"{\"string\":\"\xff\"}", 11),
        (b"{\"\xff\":1}", 2),
        (b"{\"string\xc3\":1}", 8),
        (b"{\"unknown\":{\"map\":\"\xed\xa0\x80\"}}", 19),
        (b"{\"choice\":{\"\xff\":1}}", 12),
    ];
    for form in [WIRE, Form::Model, Form::Audit] {
        for (json, place) in cases {
            let error = read(json, &mut Every::default(), form, KEEPING).unwrap_err();
            assert_eq!(error.to_string(), format!("not JSON: it is not UTF-8 after {place} bytes"));
        }
    }
}

/// JSON can escape half of a surrogate pair (RFC 8259, §8.2), which no text holds.
#[test]
fn a_name_with_half_of_a_surrogate_pair_is_a_mistake() {
    let cases = [
        (r#"{"\ud800":1}"#, "unexpected text at line 1 column 9"),
        (r#"{"string":"s","string\udc00":{}}"#, "unexpected text at line 1 column 27"),
        (r#"{"\ud800string":1}"#, "unexpected text at line 1 column 9"),
        (r#"{"\ud800\ud800":1}"#, "unexpected text at line 1 column 14"),
        (r#"{"map":{"\ud800":1}}"#, "unexpected text at line 1 column 16"),
        (r#"{"choice":{"\ud800":1}}"#, "unexpected text at line 1 column 19"),
        (r#"{"document":{"\ud800":1}}"#, "unexpected text at line 1 column 21"),
        (r#"{"\ud8"#, "it ends in the middle of a value, after 6 bytes"),
    ];
    for form in [WIRE, Form::Model, Form::Audit] {
        for reading in [STRICT, LENIENT] {
            for (json, expected) in cases {
                let error = read_as::<Every>(json, form, reading).unwrap_err();
                assert_eq!(error.to_string(), format!("not JSON: {expected}"), "{json}");
            }
            let json = r#"{"\ud83d\ude00":"a whole pair","unknown":{"\ud800":1},"string":"s"}"#;
            let read = read_as::<Every>(json, form, Reading { keep_unplaced: false, ..reading });
            assert_eq!(text(&read.unwrap().0, WIRE), r#"{"string":"s"}"#);
        }
    }
}
