//! A cursor without any calls.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod kept;
mod paths;

use super::*;
use crate::schema::{OperationSchema, PageSchema, PageToken, Paging};
use crate::{Document, ErrorKind, Map, Model};
use std::borrow::Cow;

#[derive(Model)]
struct Input {
    token: Option<String>,
    number: Option<i32>,
    size: Option<i64>,
    document: Option<Document>,
    map: Option<Map<String, i32>>,
}

#[derive(Model)]
struct Output {
    items: Option<Vec<i32>>,
    entries: Option<Map<String, i32>>,
    token: Option<String>,
    document: Option<Document>,
    map: Option<Map<String, i32>>,
    total: Option<i64>,
}

fn cursor(paging: Paging, items: &'static str) -> Cursor {
    let operation = OperationSchema {
        name: Cow::Borrowed("List"),
        method: Cow::Borrowed("GET"),
        uri: Cow::Borrowed("/"),
        status: 0,
        idempotent: true,
        secret: false,
        pages: Some(PageSchema { paging, items: items.into(), size: Cow::Borrowed("size") }),
        traits: None,
    };
    Cursor::new(&operation).unwrap()
}

fn tokens(name: &'static str) -> Cursor {
    paired(&[(name, name)], "")
}

fn paired(pairs: &[(&'static str, &'static str)], more: &'static str) -> Cursor {
    let token = |(input, output): &(&'static str, &'static str)| PageToken {
        input: (*input).into(),
        output: (*output).into(),
    };
    let tokens = pairs.iter().map(token).collect();
    cursor(Paging::Token { tokens, more: more.into() }, "items")
}

fn numbers(total: &'static str, items: &'static str) -> Cursor {
    cursor(Paging::Number { input: Cow::Borrowed("number"), total: total.into() }, items)
}

fn output(token: &str) -> Output {
    Output { token: Some(token.to_owned()), ..Output::default() }
}

#[test]
fn the_first_page_is_asked_for_as_it_is() {
    let cursor = tokens("token");
    let mut input = Input { token: Some("mine".to_owned()), ..Input::default() };
    cursor.apply(&mut input).unwrap();
    assert_eq!(input.token.as_deref(), Some("mine"));
    assert_eq!(cursor.position(), &Document::Null);
    assert_eq!(cursor.items(), "items");
    assert!(!cursor.is_done());
}

#[test]
fn a_token_of_any_type_leads_on() {
    let mut cursor = tokens("document");
    let document = Document::from_json(br#"{"a":[1,null]}"#).unwrap();
    let page = Output { document: Some(document.clone()), ..Output::default() };
    cursor.advance(&Input::default(), &page).unwrap();
    let mut input = Input::default();
    cursor.apply(&mut input).unwrap();
    assert_eq!(input.document, Some(document));

    // A token replaces what the caller began with; nothing of that stays in it.
    let mut cursor = tokens("map");
    let one = |key: &str| Some(Map::from_iter([(key.to_owned(), 1)]));
    let page = Output { map: one("b"), ..Output::default() };
    let mut input = Input { map: one("a"), ..Input::default() };
    cursor.advance(&input, &page).unwrap();
    cursor.apply(&mut input).unwrap();
    assert_eq!(input.map, one("b"));
}

#[test]
fn what_is_no_token_ends_the_pages() {
    for page in [Output::default(), output("")] {
        let mut cursor = tokens("token");
        cursor.advance(&Input::default(), &page).unwrap();
        assert!(cursor.is_done(), "{page:?}");
    }
}

#[test]
fn a_circle_of_any_length_is_found_and_a_long_list_is_none() {
    for (before, length) in [(0, 1), (0, 2), (3, 5), (10, 1), (7, 30)] {
        let mut cursor = tokens("token");
        let mut pages = 0;
        let error = loop {
            let index = if pages < before { pages } else { before + (pages - before) % length };
            match cursor.advance(&Input::default(), &output(&format!("t{index}"))) {
                Ok(()) => pages += 1,
                Err(error) => break error,
            }
            assert!(pages < 200, "{before} {length}");
        };
        assert_eq!(error.kind(), ErrorKind::Pages);
        assert_eq!(error.operation(), Some("List"));
        assert!(cursor.is_done());
    }
    let mut cursor = tokens("token");
    for page in 0..10_000 {
        cursor.advance(&Input::default(), &output(&format!("t{page}"))).unwrap();
    }
}

#[test]
fn seeking_begins_anew() {
    let mut cursor = tokens("token");
    for token in ["a", "b"] {
        cursor.advance(&Input::default(), &output(token)).unwrap();
    }
    cursor.advance(&Input::default(), &Output::default()).unwrap();
    assert!(cursor.is_done());
    cursor.seek(Document::from("a"));
    assert!(!cursor.is_done());
    cursor.advance(&Input::default(), &output("b")).unwrap();
    assert_eq!(cursor.position(), &Document::from("b"));
}

#[test]
fn numbers_count_what_was_seen() {
    let page = |items: usize, total| Output {
        items: Some(vec![0; items]),
        entries: Some((0..items).map(|index| (index.to_string(), 0)).collect()),
        total,
        ..Output::default()
    };
    // From a place in the middle, without a size: the page's own length stands for it.
    for items in ["items", "entries"] {
        let mut cursor = numbers("total", items);
        cursor.seek(Document::from(3));
        let mut input = Input::default();
        cursor.apply(&mut input).unwrap();
        assert_eq!(input.number, Some(3));
        cursor.advance(&input, &page(2, Some(7))).unwrap();
        assert_eq!(cursor.position(), &Document::from(4));
        cursor.advance(&input, &page(1, Some(7))).unwrap();
        assert!(cursor.is_done());
        // What was seen before a seek does not count behind it.
        cursor.seek(Document::from(1));
        cursor.advance(&input, &page(2, Some(7))).unwrap();
        assert_eq!(cursor.position(), &Document::from(2));
    }
    let mut cursor = numbers("", "items");
    cursor.advance(&Input::default(), &page(2, None)).unwrap();
    assert!(!cursor.is_done());
    cursor.advance(&Input::default(), &page(0, None)).unwrap();
    assert!(cursor.is_done());
    // Numbers that no service would send end the pages rather than wrap.
    let mut cursor = numbers("total", "items");
    let input = Input { number: Some(i32::MAX), size: Some(i64::MAX), ..Input::default() };
    cursor.advance(&input, &page(1, Some(i64::MAX))).unwrap();
    assert!(cursor.is_done() || cursor.apply(&mut input.clone()).is_err());
    let mut cursor = numbers("total", "items");
    cursor.advance(&Input { number: Some(-5), ..input }, &page(1, Some(-1))).unwrap();
    assert_eq!(cursor.position(), &Document::from(-4), "a total below zero is none");
}

#[test]
fn a_member_that_is_not_there_is_an_error() {
    let mut cursor = tokens("nothing");
    let error = cursor.advance(&Input::default(), &output("a")).unwrap_err();
    assert_eq!(error.to_string(), "List: the operation has no member `nothing` to page by");
    cursor.seek(Document::from("a"));
    assert!(cursor.apply(&mut Input::default()).is_err());
}

#[test]
fn resume_tokens_are_text() {
    for text in ["0:null", r#"3:"a:b\n한""#, "12:7", r#"0:{"a":[1]}"#] {
        let token: ResumeToken = text.parse().unwrap();
        assert_eq!(token.to_string(), text);
    }
    for text in [
        "",
        ":",
        "null",
        "1",
        "x:null",
        "-1:null",
        "1:",
        "1:nul",
        "0:null x",
        "99999999999999999999:1",
    ] {
        assert!(text.parse::<ResumeToken>().is_err(), "{text}");
    }
}
