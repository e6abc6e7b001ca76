//! Inputs to requests.

use super::{operation, service};
use crate::binding::{matches_uri, read_request, write_request};
use crate::codec::DecodeError;
use crate::schema::Protocol;
use crate::value::{Empty, Structure};
use crate::{Blob, Document, Map, Model, Timestamp, UnknownValue};
use bytes::Bytes;

#[derive(Model)]
struct Input {
    #[model(label)]
    id: Option<String>,
    #[model(label)]
    key: Option<String>,
    #[model(query = "q")]
    text: Option<String>,
    #[model(query = "many")]
    many: Option<Vec<i32>>,
    #[model(query = "at")]
    at: Option<Timestamp>,
    #[model(query = "ms", format = "epoch-millis")]
    millis: Option<Timestamp>,
    #[model(query = "")]
    params: Option<Map<String, String>>,
    #[model(header = "x-names")]
    names: Option<Vec<String>>,
    #[model(header = "x-days")]
    days: Option<Vec<Timestamp>>,
    #[model(header = "x-color")]
    color: Option<Color>,
    #[model(header = "x-secret", sensitive)]
    secret: Option<String>,
    #[model(header_prefix = "x-meta-")]
    meta: Option<Map<String, Color>>,
    #[model(wire = "n")]
    note: Option<String>,
}

#[derive(Model)]
enum Color {
    #[model(name = "RED")]
    Red,
    #[model(unknown)]
    Unknown(UnknownValue),
}

fn request(uri: &'static str, input: &dyn Structure) -> Result<http::Request<Bytes>, String> {
    let (service, operation) = (service(Protocol::RestJson), operation("POST", uri));
    write_request(&service, &operation, input, "https://binding.example/base/", "kr")
        .map_err(|error| error.to_string())
}

fn target(uri: &'static str, input: &Input) -> String {
    request(uri, input).unwrap().uri().path_and_query().unwrap().to_string()
}

fn back<T: Structure + Empty>(uri: &'static str, request: &http::Request<Bytes>) -> T {
    let (service, operation) = (service(Protocol::RestJson), operation("POST", uri));
    let mut input = T::empty();
    let path = request.uri().path_and_query().unwrap().as_str();
    let mut inside = request.clone();
    *inside.uri_mut() = path.strip_prefix("/base").unwrap().parse().unwrap();
    read_request(&service, &operation, &inside, &mut input).unwrap();
    input
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds).unwrap()
}

#[test]
fn labels_are_escaped_to_what_rfc_3986_leaves_alone() {
    let plain = "AZaz09-._~";
    let cases = [
        (plain, plain, plain),
        (" %+", "%20%25%2B", "%20%25%2B"),
        ("a/b", "a%2Fb", "a/b"),
        ("/", "%2F", "/"),
        ("!*'()", "%21%2A%27%28%29", "%21%2A%27%28%29"),
        ("?#[]@:&=;,$", "%3F%23%5B%5D%40%3A%26%3D%3B%2C%24", "%3F%23%5B%5D%40%3A%26%3D%3B%2C%24"),
        ("한\u{7f}\n", "%ED%95%9C%7F%0A", "%ED%95%9C%7F%0A"),
        ("a//b", "a%2F%2Fb", "a//b"),
        ("..a", "..a", "..a"),
    ];
    for (value, single, greedy) in cases {
        let input =
            Input { id: Some(value.to_owned()), key: Some(value.to_owned()), ..Input::default() };
        assert_eq!(target("/a/{id}/b/", &input), format!("/base/a/{single}/b/"), "{value}");
        assert_eq!(target("/a/{key+}/b", &input), format!("/base/a/{greedy}/b"), "{value}");
        let again: Input = back("/{id}/x/{key+}", &request("/{id}/x/{key+}", &input).unwrap());
        assert_eq!(again, input, "{value}");
    }
}

#[test]
fn queries_hold_values_lists_maps_and_times() {
    let input = Input::default();
    let map = |entries: &[(&str, &str)]| {
        Some(entries.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
    };
    let cases = [
        (input.clone(), ""),
        (
            Input { text: Some("a b&c=d+é".to_owned()), ..input.clone() },
            "?q=a%20b%26c%3Dd%2B%C3%A9",
        ),
        (Input { text: Some(String::new()), ..input.clone() }, "?q="),
        (Input { many: Some(vec![1, -2]), ..input.clone() }, "?many=1&many=-2"),
        (Input { at: Some(at(0)), ..input.clone() }, "?at=1970-01-01T00%3A00%3A00Z"),
        (Input { millis: Some(at(1)), ..input.clone() }, "?ms=1000"),
        (Input { params: map(&[("z", "1"), ("a &", "=")]), ..input.clone() }, "?z=1&a%20%26=%3D"),
    ];
    for (input, expected) in cases {
        assert_eq!(target("/p", &input), format!("/base/p{expected}"));
        let again: Input = back("/p", &request("/p", &input).unwrap());
        assert_eq!(again, input, "{expected}");
    }
    // What is constant or bound by name goes before what a map says.
    let params = map(&[("fixed", "no"), ("q", "no"), ("list", "no"), ("own", "yes")]);
    let both = Input { text: Some("yes".to_owned()), params, ..input };
    assert_eq!(target("/p?list&fixed=1", &both), "/base/p?list&fixed=1&q=yes&own=yes");
    let nameless = Input { text: None, ..both };
    assert_eq!(target("/p", &nameless), "/base/p?fixed=no&q=no&list=no&own=yes");
}

#[test]
fn header_lists_are_quoted_where_they_must() {
    let names: &[(&[&str], &str)] = &[
        (&["a", "b"], "a,b"),
        (&["a,b", "c"], r#""a,b",c"#),
        (&[r#"say "hi""#, r"back\slash"], r#""say \"hi\"",back\slash"#),
        (&[r#"\""#], r#""\\\"""#),
        (&[" a ", "b"], r#"" a ",b"#),
        (&["", "x", ""], ",x,"),
        (&[""], r#""""#),
        (&["한"], "한"),
    ];
    for (list, expected) in names {
        let list = list.iter().map(|name| (*name).to_owned()).collect();
        let input = Input { names: Some(list), ..Input::default() };
        let request = request("/p", &input).unwrap();
        assert_eq!(request.headers()["x-names"].as_bytes(), expected.as_bytes());
        assert_eq!(back::<Input>("/p", &request), input, "{expected}");
    }
    let input = Input { days: Some(vec![at(0), at(784_111_777)]), ..Input::default() };
    let request = request("/p", &input).unwrap();
    let days = "Thu, 01 Jan 1970 00:00:00 GMT,Sun, 06 Nov 1994 08:49:37 GMT";
    assert_eq!(request.headers()["x-days"], days);
    assert_eq!(back::<Input>("/p", &request), input);
}

#[test]
fn lists_are_read_as_servers_write_them() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["a,b", " c ,\td"], &["a", "b", "c", "d"]),
        (&[r#""a" , "b,c""#], &["a", "b,c"]),
        (&[r#"a"b, c"#], &["a\"b", "c"]),
        (&[r#""never closed"#], &["never closed"]),
        (&[""], &[]),
    ];
    for (values, expected) in cases {
        let mut request = http::Request::post("/p").body(Bytes::new()).unwrap();
        for value in *values {
            request.headers_mut().append("x-names", value.parse().unwrap());
        }
        let mut input = Input::default();
        let service = service(Protocol::RestJson);
        read_request(&service, &operation("POST", "/p"), &request, &mut input).unwrap();
        assert_eq!(input.names.unwrap(), *expected);
    }
}

#[test]
fn headers_prefixes_and_secrets() {
    let meta = [("a".to_owned(), Color::Red), ("b-c".to_owned(), "blue".into())];
    let input = Input {
        color: Some(Color::Red),
        secret: Some("hunter2".to_owned()),
        meta: Some(meta.into_iter().collect()),
        ..Input::default()
    };
    let request = request("/p", &input).unwrap();
    assert_eq!(request.headers()["x-color"], "RED");
    assert_eq!(request.headers()["x-meta-b-c"], "blue");
    assert_eq!(request.headers()["x-secret"], "hunter2");
    assert!(!format!("{request:?}").contains("hunter2"), "{request:?}");
    assert_eq!(back::<Input>("/p", &request), input);
}

#[derive(Model)]
struct BlobPayload {
    #[model(payload)]
    body: Option<Blob>,
    #[model(header = "Content-Type")]
    content_type: Option<String>,
}

#[derive(Model)]
struct StringPayload {
    #[model(payload)]
    body: Option<String>,
}

#[derive(Model)]
struct EnumPayload {
    #[model(payload)]
    body: Option<Color>,
}

#[derive(Model)]
struct StructurePayload {
    #[model(payload)]
    body: Option<Inner>,
}

#[derive(Model)]
struct DocumentPayload {
    #[model(payload)]
    body: Option<Document>,
}

#[derive(Model)]
struct Inner {
    x: Option<i32>,
}

#[derive(Model)]
struct Nothing {}

#[test]
fn payloads_are_the_whole_body() {
    fn check<T: Structure + Empty + PartialEq>(input: &T, body: &[u8], kind: Option<&str>) {
        let request = request("/p", input).unwrap();
        assert_eq!(request.body(), body, "{input:?}");
        let content_type = request.headers().get("content-type").map(|it| it.to_str().unwrap());
        assert_eq!(content_type, kind, "{input:?}");
        assert_eq!(&back::<T>("/p", &request), input);
    }
    let bytes = Blob::from(b"{\xff".as_slice());
    let blob = BlobPayload { body: Some(bytes), content_type: None };
    check(
        &BlobPayload { content_type: Some("a/b".to_owned()), ..blob.clone() },
        b"{\xff",
        Some("a/b"),
    );
    // What a client makes up here, a service may keep.
    check(&blob, b"{\xff", None);
    check(&BlobPayload::default(), b"", None);
    check(&StringPayload { body: Some("한 \"".to_owned()) }, "한 \"".as_bytes(), None);
    check(&EnumPayload { body: Some(Color::Red) }, b"RED", None);
    let json = Some("application/json");
    check(&StructurePayload { body: Some(Inner { x: Some(1) }) }, br#"{"x":1}"#, json);
    check(&StructurePayload { body: Some(Inner::default()) }, b"{}", json);
    check(&DocumentPayload { body: Some(Document::from("a")) }, br#""a""#, json);
    check(&DocumentPayload::default(), b"", None);
    check(&Nothing {}, b"", None);
}

#[test]
fn a_structure_that_is_not_there_is_an_empty_one() {
    let request = request("/p", &StructurePayload::default()).unwrap();
    assert_eq!(request.body(), "{}");
    assert_eq!(request.headers()["content-type"], "application/json");
    let plain = service(Protocol::Rest);
    let input = StructurePayload::default();
    let request = write_request(&plain, &operation("PUT", "/p"), &input, "http://a", "").unwrap();
    assert_eq!(request.body(), "", "which is REST JSON's own rule");
}

#[test]
fn a_body_is_there_as_soon_as_a_member_could_be() {
    let request = request("/p", &Input::default()).unwrap();
    assert_eq!(request.body(), "{}");
    let noted = Input { note: Some("n".to_owned()), ..Input::default() };
    let request = super::requests::request("/p", &noted).unwrap();
    assert_eq!(request.body(), r#"{"n":"n"}"#);
    assert_eq!(back::<Input>("/p", &request), noted);
}

#[derive(Model)]
struct Required {
    #[model(label)]
    id: String,
    #[model(query = "q")]
    filter: String,
    #[model(query = "l")]
    list: Vec<String>,
    #[model(header = "x-h")]
    header: i32,
    body: String,
}

#[test]
fn a_server_wants_what_is_required() {
    let read =
        |uri: &str, header: Option<&str>, body: &'static str| -> Result<Required, DecodeError> {
            let mut request =
                http::Request::post(uri).body(Bytes::from_static(body.as_bytes())).unwrap();
            if let Some(header) = header {
                request.headers_mut().insert("x-h", header.parse().unwrap());
            }
            let mut input = Required::empty();
            let service = service(Protocol::RestJson);
            read_request(&service, &operation("POST", "/p/{id}"), &request, &mut input)?;
            Ok(input)
        };
    let good = r#"{"body":"b"}"#;
    let cases = [
        (read("/p/i?q=f", Some("7"), good), None),
        (read("/p/i?q=", Some("7"), good), None),
        (read("/other", Some("7"), good), Some("id: it is required and not there")),
        (read("/p/i", Some("7"), good), Some("filter: it is required and not there")),
        (read("/p/i?q=f", None, good), Some("header: it is required and not there")),
        (
            read("/p/i?q=f", Some("x"), good),
            Some(
                "header: expected a whole number of 32 bits, found another text in the header `x-h`",
            ),
        ),
        (read("/p/i?q=f", Some("7"), ""), Some("body: it is required and not there")),
        (read("/p/i?q=f", Some("7"), "{}"), Some("body: it is required and not there")),
        (read("/p/i?q=f", Some("7"), "<"), Some("not JSON: unexpected text at line 1 column 1")),
    ];
    for (index, (got, expected)) in cases.into_iter().enumerate() {
        assert_eq!(got.err().map(|error| error.to_string()).as_deref(), expected, "{index}");
    }
}

#[test]
fn paths_find_their_operation() {
    let cases: &[(&str, &str, Option<&[&str]>)] = &[
        ("/", "/", Some(&[])),
        ("/a", "/a/", None),
        ("/a/", "/a/", Some(&[])),
        ("/a/{x}", "/a/b", Some(&["b"])),
        ("/a/{x}", "/a/", None),
        ("/a/{x}", "/a/b/c", None),
        ("/a/{x}/c", "/a/b%2F/c", Some(&["b/"])),
        ("/{x+}", "/a/b/c", Some(&["a/b/c"])),
        ("/{x+}/c", "/a/b/c", Some(&["a/b"])),
        ("/{x+}/c", "/c", None),
        ("/{x}/{y+}/z", "/1/2/3/z", Some(&["1", "2/3"])),
        ("/a?fixed", "/a", Some(&[])),
    ];
    for (template, path, expected) in cases {
        let labels = matches_uri(template, path);
        let values = labels.map(|labels| labels.into_iter().map(|(_, value)| value).collect());
        let expected = expected.map(|it| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        assert_eq!(values, expected, "{template} {path}");
    }
}
