//! Responses to outputs, and back.

use super::{operation, service};
use crate::binding::{read_error, read_error_members, read_response, write_error, write_response};
use crate::codec::{DecodeError, Reading, Report};
use crate::schema::{ErrorFormat, ErrorSchema, Protocol};
use crate::value::{Empty, Structure};
use crate::{Document, Map, Model, Timestamp};
use bytes::Bytes;
use std::borrow::Cow;

#[derive(Model)]
struct Output {
    /// In front of the headers, as members of a spec may stand in any order
    #[model(payload)]
    body: Option<Inner>,
    #[model(header = "x-count")]
    count: Option<i64>,
    #[model(header = "x-flags")]
    flags: Option<Vec<bool>>,
    #[model(header = "Last-Modified")]
    modified: Option<Timestamp>,
    #[model(header_prefix = "X-Meta-")]
    meta: Option<Map<String, String>>,
    #[model(status)]
    status: Option<i32>,
}

#[derive(Model)]
struct Inner {
    x: Option<i32>,
}

#[derive(Model)]
struct Plain {
    name: String,
    #[model(header = "x-note")]
    note: Option<String>,
    document: Option<Document>,
}

fn read<T: Structure + Empty>(
    response: &http::Response<Bytes>,
    strict: bool,
) -> Result<(T, Report), DecodeError> {
    let mut output = T::empty();
    let reading = Reading { strict, ..Reading::default() };
    let report = read_response(
        &service(Protocol::RestJson),
        &operation("GET", "/"),
        response,
        &mut output,
        reading,
    )?;
    Ok((output, report))
}

#[test]
fn every_part_of_a_response_is_read() {
    let response = http::Response::builder()
        .status(202)
        .header("x-count", "-7")
        .header("x-flags", "true, false")
        .header("x-flags", "true")
        .header("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT")
        .header("x-meta-Some-Key", "a")
        .header("x-other", "b")
        .body(Bytes::from_static(br#"{"x":1}"#))
        .unwrap();
    let (output, _) = read::<Output>(&response, false).unwrap();
    let expected = Output {
        body: Some(Inner { x: Some(1) }),
        count: Some(-7),
        flags: Some(vec![true, false, true]),
        modified: Timestamp::from_seconds(784_111_777),
        meta: Some([("some-key".to_owned(), "a".to_owned())].into_iter().collect()),
        status: Some(202),
    };
    assert_eq!(output, expected);
    let service = service(Protocol::RestJson);
    let again = write_response(&service, &operation("GET", "/"), &expected);
    assert_eq!(again.status(), 202);
    assert_eq!(read::<Output>(&again, false).unwrap().0, expected);
}

#[test]
fn empty_bodies_leave_what_is_required_missing() {
    for body in ["", "{}", "null"] {
        let response = http::Response::new(Bytes::from_static(body.as_bytes()));
        let (_, report) = read::<Plain>(&response, false).unwrap();
        assert_eq!(report.missing, ["name"], "{body}");
        let error = read::<Plain>(&response, true).unwrap_err();
        assert_eq!(error.to_string(), "name: it is required and not there", "{body}");
        let (output, _) = read::<Output>(&response, true).unwrap();
        assert_eq!(output.body.is_some(), body == "{}", "{body}");
    }
}

#[test]
fn a_header_of_the_wrong_type_is_named_but_not_shown() {
    let mut response = http::Response::new(Bytes::new());
    response.headers_mut().insert("x-count", "many".parse().unwrap());
    let error = read::<Output>(&response, false).unwrap_err();
    assert_eq!(
        error.to_string(),
        "count: expected a whole number of 64 bits, found another text in the header `x-count`"
    );
}

#[test]
fn a_status_without_content_has_no_body() {
    let mut operation = operation("DELETE", "/");
    operation.status = 204;
    let plain = Plain { name: "n".to_owned(), note: Some("o".to_owned()), document: None };
    let response = write_response(&service(Protocol::RestJson), &operation, &plain);
    assert_eq!(response.body(), "");
    assert!(!response.headers().contains_key("content-type"));
    assert_eq!(response.headers()["x-note"], "o");
    // No client takes 101 for an answer, so no mock gives it.
    let output = Output { status: Some(101), ..Output::default() };
    let response = write_response(&service(Protocol::RestJson), &operation, &output);
    assert_eq!(response.status(), 204);
}

#[derive(Model)]
struct Denied {
    #[model(wire = "exceptionMessage", message)]
    message: Option<String>,
    #[model(header = "x-why")]
    why: Option<String>,
}

fn denied(codes: &'static [Cow<'static, str>], has: &'static str) -> ErrorSchema {
    ErrorSchema {
        shape: Cow::Borrowed("Denied"),
        codes: Cow::Borrowed(codes),
        status: 403,
        has: Cow::Borrowed(has),
        message: Cow::Borrowed("exceptionMessage"),
        retryable: false,
        throttling: false,
    }
}

#[test]
fn an_error_that_is_written_is_read() {
    const CODES: &[Cow<'static, str>] = &[Cow::Borrowed("Denied")];
    for envelope in ["", "/error", "/a/b"] {
        let mut service = service(Protocol::RestJson);
        service.error_format = ErrorFormat { envelope: envelope.into(), ..ErrorFormat::PROTOCOL };
        service.errors = vec![denied(CODES, "exceptionMessage")].into();
        let value = Denied { message: Some("no".to_owned()), why: Some("so".to_owned()) };
        let response = write_error(&service, &service.errors[0], &value);
        assert_eq!(response.status(), 403);
        let facts = read_error(&service, &response);
        assert_eq!(facts.message.as_deref(), Some("no"), "{envelope}");
        assert_eq!(facts.shape.as_deref(), Some("Denied"), "{envelope}");
        let mut again = Denied::default();
        read_error_members(&service, &response, &mut again, Reading::default()).unwrap();
        assert_eq!(again, value, "{envelope}");
    }
}

/// Code, message and shape
type Facts<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a str>);

#[test]
fn codes_and_messages_are_found_where_servers_put_them() {
    const CODES: &[Cow<'static, str>] = &[Cow::Borrowed("Denied"), Cow::Borrowed("403")];
    let mut rest = service(Protocol::Rest);
    rest.errors = vec![denied(CODES, "reason")].into();
    rest.error_format = ErrorFormat {
        envelope: Cow::Borrowed("/error"),
        code: Cow::Borrowed(&[Cow::Borrowed("errorCode"), Cow::Borrowed("code")]),
        message: Cow::Borrowed(&[Cow::Borrowed("text")]),
    };
    let cases: &[(&str, Facts<'_>)] = &[
        (
            r#"{"error":{"errorCode":"Denied","exceptionMessage":"m"}}"#,
            (Some("Denied"), Some("m"), Some("Denied")),
        ),
        (r#"{"error":{"errorCode":403,"text":"t"}}"#, (Some("403"), Some("t"), Some("Denied"))),
        (r#"{"error":{"code":"New","text":"t"}}"#, (Some("New"), Some("t"), None)),
        (r#"{"error":{"reason":1,"message":"m"}}"#, (None, Some("m"), Some("Denied"))),
        (r#"{"error":{"errorCode":["x"],"text":""}}"#, (None, None, None)),
        (r#"{"errorCode":"Denied"}"#, (None, None, None)),
        (r#"{"error":"Denied"}"#, (None, None, None)),
        ("[]", (None, None, None)),
        ("<html>", (None, None, None)),
        ("", (None, None, None)),
    ];
    for (body, (code, message, shape)) in cases {
        let facts = read_error(&rest, &http::Response::new(Bytes::from_static(body.as_bytes())));
        let got = (facts.code.as_deref(), facts.message.as_deref(), facts.shape.as_deref());
        assert_eq!(got, (*code, *message, *shape), "{body}");
    }
}
