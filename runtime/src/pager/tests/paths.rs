//! Several tokens, paths to them, and what says whether there are more.

use super::{cursor, paired};
use crate::schema::Paging;
use crate::value::Empty;
use crate::{Document, ErrorKind, Map, Model, json};

#[derive(Model)]
struct Input {
    key: Option<String>,
    version: Option<i64>,
    page: Option<i32>,
}

#[derive(Model)]
struct Output {
    next: Option<String>,
    number: Option<i64>,
    more: Option<bool>,
    contents: Option<Vec<Content>>,
    shelf: Option<Box<Shelf>>,
    words: Option<Vec<String>>,
    entries: Option<Map<String, String>>,
    any: Option<Document>,
}

#[derive(Model)]
struct Content {
    key: Option<String>,
}

#[derive(Default, Model)]
struct Shelf {
    next: Option<String>,
    more: Option<bool>,
    total: Option<i64>,
    books: Vec<Content>,
    inner: Option<Box<Shelf>>,
}

fn output(json: &str) -> Output {
    json::from_slice(json.as_bytes()).unwrap()
}

/// Where a first page with this answer leads: null if it is the last one.
fn leads(tokens: &[(&'static str, &'static str)], more: &'static str, answer: &str) -> String {
    let mut cursor = paired(tokens, more);
    match cursor.advance(&Input::empty(), &output(answer)) {
        Ok(()) if cursor.is_done() => "end".to_owned(),
        Ok(()) => cursor.position().to_json(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn paths_find_tokens_as_botocore_does() {
    let s3 = "next || contents[-1].key";
    for (path, answer, expected) in [
        (s3, r#"{"next":"n","contents":[{"key":"a"}]}"#, r#""n""#),
        (s3, r#"{"contents":[{"key":"a"},{"key":"b"}]}"#, r#""b""#),
        (s3, r#"{"next":"","contents":[{"key":"b"}]}"#, r#""b""#),
        (s3, r#"{"contents":[{}]}"#, "end"),
        (s3, r#"{"contents":[]}"#, "end"),
        (s3, "{}", "end"),
        ("contents[0].key", r#"{"contents":[{"key":"a"},{"key":"b"}]}"#, r#""a""#),
        ("contents[-2].key", r#"{"contents":[{"key":"a"},{"key":"b"}]}"#, r#""a""#),
        ("contents[2].key", r#"{"contents":[{"key":"a"},{"key":"b"}]}"#, "end"),
        ("contents[-3].key", r#"{"contents":[{"key":"a"},{"key":"b"}]}"#, "end"),
        ("words[-1]", r#"{"words":["x","y"]}"#, r#""y""#),
        ("shelf.next", r#"{"shelf":{"next":"n","books":[]}}"#, r#""n""#),
        ("shelf.next", r#"{"shelf":{"books":[]}}"#, "end"),
        ("shelf.next", "{}", "end"),
        ("shelf.inner.next", r#"{"shelf":{"books":[]}}"#, "end"),
        ("shelf.inner.next", r#"{"shelf":{"books":[],"inner":{"next":"n","books":[]}}}"#, r#""n""#),
        ("shelf.books[-1].key", r#"{"shelf":{"books":[{"key":"k"}]}}"#, r#""k""#),
        // Python takes these for false, and botocore ends.
        ("number", r#"{"number":0}"#, "end"),
        ("entries", r#"{"entries":{}}"#, "end"),
        ("words", r#"{"words":[]}"#, "end"),
        ("more", r#"{"more":false}"#, "end"),
        ("any", r#"{"any":{}}"#, "end"),
        ("any", r#"{"any":0}"#, "end"),
        ("any", r#"{"any":[0]}"#, "[0]"),
        ("number", r#"{"number":-1}"#, "-1"),
    ] {
        assert_eq!(leads(&[("key", path)], "", answer), expected, "{path} {answer}");
    }
}

#[test]
fn a_path_that_no_answer_has_is_an_error() {
    let answer = r#"{"next":"n","words":["x"],"shelf":{"books":[]}}"#;
    for (path, name) in [
        ("nxt", "nxt"),
        ("nxt || next", "nxt"),
        ("shelf.nxt", "nxt"),
        ("next.more", "more"),
        ("next[0]", "next[0]"),
        ("words[*]", "words[*]"),
        ("words[0].key", "key"),
        ("shelf..next", ""),
        ("", ""),
    ] {
        let expected = format!("List: the operation has no member `{name}` to page by");
        assert_eq!(leads(&[("key", path)], "", answer), expected, "{path}");
    }
}

#[test]
fn what_says_that_there_are_no_more_is_believed() {
    let tokens = [("key", "next")];
    for (more, answer, expected) in [
        ("more", r#"{"next":"n","more":true}"#, r#""n""#),
        ("more", r#"{"next":"n","more":false}"#, "end"),
        ("more", r#"{"next":"n"}"#, "end"),
        ("more", r#"{"more":true}"#, "end"),
        ("shelf.more", r#"{"next":"n","shelf":{"more":true,"books":[]}}"#, r#""n""#),
        ("shelf.more", r#"{"next":"n","shelf":{"books":[]}}"#, "end"),
        ("shelf.more", r#"{"next":"n"}"#, "end"),
    ] {
        assert_eq!(leads(&tokens, more, answer), expected, "{more} {answer}");
    }
    let error = leads(&tokens, "mor", r#"{"next":"n"}"#);
    assert_eq!(error, "List: the operation has no member `mor` to page by");
}

const PAIRS: &[(&str, &str)] = &[("key", "next"), ("version", "number")];

#[test]
fn several_tokens_make_one_place() {
    let mut cursor = paired(PAIRS, "");
    let own = Input { key: Some("mine".to_owned()), version: Some(7), page: Some(1) };
    let pages = [
        (r#"{"next":"a","number":1}"#, Some("a"), Some(1), r#"{"key":"a","version":1}"#),
        // A token that a page does not give is not sent again, nor is the caller's own.
        (r#"{"next":"b"}"#, Some("b"), None, r#"{"key":"b"}"#),
        (r#"{"next":"","number":2}"#, None, Some(2), r#"{"version":2}"#),
        (r#"{"next":"b","number":2}"#, Some("b"), Some(2), r#"{"key":"b","version":2}"#),
    ];
    for (answer, key, version, place) in pages {
        cursor.advance(&own, &output(answer)).unwrap();
        assert_eq!(cursor.position().to_json(), place);
        let mut input = own.clone();
        cursor.apply(&mut input).unwrap();
        assert_eq!((input.key.as_deref(), input.version, input.page), (key, version, Some(1)));
    }
    cursor.advance(&own, &output(r#"{"number":0}"#)).unwrap();
    assert!(cursor.is_done());
}

#[test]
fn several_tokens_are_the_same_if_all_are() {
    let own = Input { key: Some("k".to_owned()), version: Some(1), page: None };
    for (answer, same) in [
        (r#"{"next":"k","number":1}"#, true),
        (r#"{"next":"k","number":2}"#, false),
        (r#"{"next":"k"}"#, false),
    ] {
        let mut cursor = paired(PAIRS, "");
        let advanced = cursor.advance(&own, &output(answer));
        assert_eq!(advanced.is_err(), same, "the caller's own, {answer}");
        assert_eq!(cursor.is_done(), same);
        let mut cursor = paired(PAIRS, "");
        cursor.advance(&Input::default(), &output(r#"{"next":"k","number":1}"#)).unwrap();
        let advanced = cursor.advance(&Input::default(), &output(answer));
        assert_eq!(advanced.is_err(), same, "the page's before, {answer}");
    }
}

#[test]
fn a_stored_place_of_other_tokens_does_not_fit() {
    let mut cursor = paired(PAIRS, "");
    for (place, expected) in [
        (r#""a""#, "the page token is no object of `key` and `version`"),
        (r#"{"key":"a","page":1}"#, "the page token is no object of `key` and `version`"),
        (
            r#"{"version":"a"}"#,
            "the page token does not fit `version`: expected a whole number of 64 bits, found \"a\"",
        ),
    ] {
        cursor.seek(Document::from_json(place.as_bytes()).unwrap());
        let error = cursor.apply(&mut Input::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Pages);
        assert_eq!(error.to_string(), format!("List: {expected}"));
    }
}

#[test]
fn numbered_pages_count_what_is_in_structures() {
    let paging = Paging::Number { input: "page".into(), total: "shelf.total".into() };
    let mut cursor = cursor(paging, "shelf.books");
    assert_eq!(cursor.items(), "shelf.books");
    let page = output(r#"{"shelf":{"total":3,"books":[{},{}]}}"#);
    cursor.advance(&Input::default(), &page).unwrap();
    assert_eq!(cursor.position(), &Document::from(2));
    cursor.advance(&Input::default(), &page).unwrap();
    assert!(cursor.is_done());
}
