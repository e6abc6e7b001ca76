//! Tokens of every kind, stored as text and read again.

use super::paired;
use crate::pager::ResumeToken;
use crate::value::UnknownMember;
use crate::{Blob, Document, ErrorKind, Map, Model, Nullable, Timestamp};

/// As a table's attributes in `DynamoDB` are, and the key that leads to its next page.
#[derive(Model)]
enum Attribute {
    S(String),
    N(String),
    B(Blob),
    Bs(Vec<Blob>),
    L(Vec<Attribute>),
    M(Map<String, Attribute>),
    Null(bool),
    #[model(unknown)]
    Unknown(UnknownMember),
}

#[derive(Model)]
struct Place {
    at: Option<Timestamp>,
    gaps: Option<Vec<Option<i32>>>,
    note: Nullable<String>,
}

#[derive(Model)]
struct Page {
    key: Option<Map<String, Attribute>>,
    text: Option<String>,
    long: Option<i64>,
    double: Option<f64>,
    float: Option<f32>,
    blob: Option<Blob>,
    time: Option<Timestamp>,
    place: Option<Place>,
    any: Option<Document>,
}

const PAIRS: &[(&str, &str)] = &[
    ("key", "key"),
    ("text", "text"),
    ("long", "long"),
    ("double", "double"),
    ("float", "float"),
    ("blob", "blob"),
    ("time", "time"),
    ("place", "place"),
    ("any", "any"),
];

fn keys() -> Map<String, Attribute> {
    let bytes = || Blob::from(vec![0, 255, 10, 128]);
    let inner = Map::from_iter([("a.b".to_owned(), Attribute::B(bytes()))]);
    Map::from_iter([
        ("zeta".to_owned(), Attribute::S("\u{0}\"한:".to_owned())),
        ("alpha".to_owned(), Attribute::N("38.00000000000000000000000000000000000001".to_owned())),
        ("empty".to_owned(), Attribute::S(String::new())),
        ("bytes".to_owned(), Attribute::Bs(vec![bytes(), Blob::default()])),
        ("list".to_owned(), Attribute::L(vec![Attribute::Null(true), Attribute::M(inner)])),
        (
            "new".to_owned(),
            Attribute::Unknown(UnknownMember::new("V", "json", br#"[1,{"x":null}]"#)),
        ),
    ])
}

fn pages() -> Vec<Page> {
    let none = Page::default;
    vec![
        Page { key: Some(keys()), ..none() },
        Page { text: Some("a:b \u{1f600}\u{7f}".to_owned()), ..none() },
        Page { long: Some(i64::MIN), ..none() },
        Page { long: Some(i64::MAX), ..none() },
        Page { double: Some(0.1 + 0.2), ..none() },
        Page { double: Some(1.797_693_134_862_315_7e308), ..none() },
        Page { double: Some(f64::NEG_INFINITY), ..none() },
        // A number that is read wrong by those who read fast.
        Page { double: Some(9.063_443_223_138_96e-38), ..none() },
        Page { float: Some(0.1), ..none() },
        Page { float: Some(f32::MIN_POSITIVE), ..none() },
        Page { blob: Some(Blob::from(vec![0, 1, 254, 255])), ..none() },
        Page { time: Timestamp::new(-1, 999_999_999), ..none() },
        Page {
            place: Some(Place {
                at: Timestamp::new(1_700_000_000, 123_456_000),
                gaps: Some(vec![None, Some(0)]),
                note: Nullable::Null,
            }),
            ..none()
        },
        Page {
            any: Some(Document::from_json(br#"[{"a":[]},18446744073709551615]"#).unwrap()),
            ..none()
        },
    ]
}

/// Stores the place that a page leads to, and asks for the next one elsewhere.
fn through_text(pairs: &[(&'static str, &'static str)], page: &Page) -> Page {
    let mut cursor = paired(pairs, "");
    cursor.advance(&Page::default(), page).unwrap();
    assert!(!cursor.is_done(), "{page:?}");
    let token = ResumeToken { page: cursor.position().clone(), skip: 3 };
    let read: ResumeToken = token.to_string().parse().unwrap();
    assert_eq!(read, token);
    let mut elsewhere = paired(pairs, "");
    elsewhere.seek(read.page);
    let mut input = Page::default();
    elsewhere.apply(&mut input).unwrap();
    input
}

#[test]
fn tokens_of_any_kind_are_stored_exactly() {
    for page in pages() {
        assert_eq!(through_text(PAIRS, &page), page);
        let single = PAIRS.iter().map(|pair| through_single(*pair, &page));
        assert_eq!(single.flatten().collect::<Vec<_>>(), [page]);
    }
}

fn through_single(pair: (&'static str, &'static str), page: &Page) -> Option<Page> {
    let mut cursor = paired(&[pair], "");
    cursor.advance(&Page::default(), page).unwrap();
    (!cursor.is_done()).then(|| through_text(&[pair], page))
}

#[test]
fn a_key_with_bytes_that_comes_again_is_found() {
    let page = Page { key: Some(keys()), ..Page::default() };
    let mut cursor = paired(&[("key", "key")], "");
    cursor.advance(&Page::default(), &page).unwrap();
    // The order of a map says nothing.
    let turned = keys().into_iter().rev().collect();
    let error = cursor.advance(&Page::default(), &Page { key: Some(turned), ..Page::default() });
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Pages);
}

/// The pages must not end as if there were no more.
#[test]
fn a_token_that_cannot_be_kept_is_an_error() {
    let raw = UnknownMember::new("V", "cbor", &[0xa0, 0xff]);
    let key = Map::from_iter([("k".to_owned(), Attribute::Unknown(raw))]);
    let page = Page { key: Some(key), ..Page::default() };
    let mut cursor = paired(&[("key", "key")], "");
    let error = cursor.advance(&Page::default(), &page).unwrap_err();
    assert_eq!(error.to_string(), "List: the page token for `key` cannot be sent back");
    assert!(cursor.is_done());
}
