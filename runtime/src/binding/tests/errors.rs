//! Failed responses of every protocol.

use super::service;
#[cfg(feature = "xml")]
use crate::Error;
use crate::Model;
use crate::binding::{ErrorFacts, read_error, read_error_members, write_error};
use crate::codec::Reading;
use crate::schema::{ErrorSchema, Protocol, ServiceSchema};
use std::borrow::Cow;

#[derive(Model)]
struct Gone {
    #[model(name = "Message", message)]
    message: Option<String>,
    #[model(name = "Things")]
    things: Option<Vec<i32>>,
    #[model(header = "x-why")]
    why: Option<String>,
}

fn a_service(protocol: Protocol, traits: &'static [Cow<'static, str>]) -> ServiceSchema {
    let gone = ErrorSchema {
        shape: Cow::Borrowed("GoneException"),
        codes: Cow::Borrowed(&[Cow::Borrowed("Thing.Gone"), Cow::Borrowed("GoneException")]),
        status: 404,
        has: Cow::Borrowed(""),
        message: Cow::Borrowed("Message"),
        retryable: false,
        throttling: false,
    };
    ServiceSchema { errors: vec![gone].into(), traits: Cow::Borrowed(traits), ..service(protocol) }
}

#[cfg(any(feature = "aws", feature = "xml"))]
fn response(
    status: u16,
    headers: &[(&'static str, &str)],
    body: &str,
) -> http::Response<bytes::Bytes> {
    let mut response = http::Response::new(bytes::Bytes::from(body.to_owned()));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
    for (name, value) in headers {
        response.headers_mut().insert(*name, value.parse().unwrap());
    }
    response
}

#[cfg(feature = "aws")]
type Headers<'a> = &'a [(&'static str, &'a str)];

/// Code, message and structure
type Facts<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a str>);

fn told(facts: &ErrorFacts) -> Facts<'_> {
    (facts.code.as_deref(), facts.message.as_deref(), facts.shape.as_deref())
}

#[cfg(feature = "aws")]
#[test]
fn json_errors_name_themselves_in_the_body_or_in_headers() {
    const KNOWN: Facts<'static> = (Some("GoneException"), Some("m"), Some("GoneException"));
    let kind = "x-amzn-errortype";
    let query = "x-amzn-query-error";
    let cases: &[(Headers<'_>, &str, Facts<'_>)] = &[
        (&[], r#"{"__type":"GoneException","message":"m"}"#, KNOWN),
        (&[], r#"{"__type":"com.a.v1#GoneException","Message":"m"}"#, KNOWN),
        (&[], r#"{"__type":"com.a#GoneException:http://b.com/","message":"m"}"#, KNOWN),
        (&[(kind, "GoneException:http://b.com/")], r#"{"message":"m"}"#, KNOWN),
        (&[], r#"{"code":"a#GoneException","message":"m"}"#, KNOWN),
        (&[], r#"{"__type":"Other","code":"GoneException"}"#, (Some("Other"), None, None)),
        (
            &[(query, "AWS.Gone;Sender")],
            r#"{"__type":"a#GoneException","message":"m"}"#,
            (Some("AWS.Gone"), Some("m"), Some("GoneException")),
        ),
        (&[(query, "Thing.Gone;Sender")], "{}", (Some("Thing.Gone"), None, Some("GoneException"))),
        (&[(query, "AWS.Gone")], r#"{"__type":"GoneException","message":"m"}"#, KNOWN),
        (&[(query, ";Sender")], r#"{"__type":"GoneException","message":"m"}"#, KNOWN),
        (&[], "[]", (None, None, None)),
        (&[], "<html>", (None, None, None)),
        (&[], "", (None, None, None)),
    ];
    for protocol in [Protocol::Json10, Protocol::Json11] {
        for (headers, body, expected) in cases {
            let facts = read_error(&a_service(protocol, &[]), &response(400, headers, body));
            assert_eq!(told(&facts), *expected, "{headers:?} {body}");
        }
    }
    // REST JSON goes by the header first, then by `code`.
    let body = r#"{"__type":"Other","code":"GoneException","Message":"m"}"#;
    let rest = a_service(Protocol::RestJson, &[]);
    assert_eq!(told(&read_error(&rest, &response(400, &[], body))), KNOWN);
    let facts = read_error(&rest, &response(400, &[(kind, "Third")], body));
    assert_eq!(told(&facts), (Some("Third"), Some("m"), None));
}

#[cfg(feature = "xml")]
#[test]
fn xml_errors_are_found_in_every_wrapper() {
    let members = "<Message>m</Message><Things><member>1</member><member>2</member></Things>";
    let error = format!("<Error><Type>Sender</Type><Code>Thing.Gone</Code>{members}</Error>");
    let bodies = [
        format!("<ErrorResponse xmlns=\"urn:a\">{error}<RequestId>id</RequestId></ErrorResponse>"),
        format!("<Response><Errors>{error}</Errors><RequestID>id</RequestID></Response>"),
        format!(
            "<ErrorResponse>{error}<ResponseMetadata><RequestId>id</RequestId>\
             </ResponseMetadata></ErrorResponse>"
        ),
        format!("<Error><Code>Thing.Gone</Code>{members}<RequestId>id</RequestId></Error>"),
    ];
    let expected = Gone {
        message: Some("m".to_owned()),
        things: Some(vec![1, 2]),
        why: Some("so".to_owned()),
    };
    for protocol in [Protocol::Query, Protocol::Ec2Query, Protocol::RestXml] {
        for body in &bodies {
            let service = a_service(protocol, &[]);
            let response = response(404, &[("x-why", "so")], body);
            let facts = read_error(&service, &response);
            let known = (Some("Thing.Gone"), Some("m"), Some("GoneException"));
            assert_eq!(told(&facts), known, "{body}");
            assert_eq!(facts.request_id.as_deref(), Some("id"), "{body}");
            let mut value = Gone::default();
            read_error_members(&service, &response, &mut value, Reading::default()).unwrap();
            assert_eq!(value, expected, "{protocol:?} {body}");
            assert_eq!(Error::service(&service, response).request_id(), Some("id"));
        }
    }
}

#[cfg(feature = "xml")]
#[test]
fn an_error_without_a_readable_body_is_known_by_its_status() {
    let page = "<html><body><b>Http/1.1 Service Unavailable</b><br></body></html>";
    let cases = [
        (Protocol::RestXml, 404, "", "404", "Not Found"),
        (Protocol::RestXml, 404, "{", "404", "the body is not XML (1 bytes)"),
        (Protocol::RestXml, 403, "<Error/>", "403", ""),
        (Protocol::RestXml, 503, page, "503", "Service Unavailable"),
        (Protocol::Query, 503, page, "503", "Service Unavailable"),
        (Protocol::Query, 400, page, "400", "the body is not XML (65 bytes)"),
        (Protocol::Ec2Query, 500, "", "500", "Internal Server Error"),
        (Protocol::Json10, 502, " ", "502", "Bad Gateway"),
        (Protocol::Json10, 502, page, "502", "Bad Gateway"),
        (Protocol::Json11, 400, "", "400", "the body is empty"),
        (Protocol::Json11, 400, "no", "400", "the body is not JSON (2 bytes)"),
        (Protocol::Rest, 503, "", "503", "the body is empty"),
    ];
    for (protocol, status, body, code, message) in cases {
        let error = Error::service(&a_service(protocol, &[]), response(status, &[], body));
        assert_eq!(error.code(), Some(code), "{protocol:?} {body}");
        assert_eq!(error.message().unwrap_or_default(), message, "{protocol:?} {body}");
        assert_eq!(error.status(), Some(status), "{protocol:?} {body}");
    }
}

#[test]
fn an_error_that_is_written_is_read_in_every_protocol() {
    let value = Gone {
        message: Some("it's <gone>".to_owned()),
        things: Some(vec![1, 2]),
        why: Some("so".to_owned()),
    };
    let cases: &[(Protocol, &[Cow<'static, str>], &str)] = &[
        #[cfg(feature = "aws")]
        (
            Protocol::Json10,
            &[],
            r#"{"__type":"Thing.Gone","Message":"it's <gone>","Things":[1,2]}"#,
        ),
        #[cfg(feature = "aws")]
        (
            Protocol::Json11,
            &[Cow::Borrowed("query-compatible")],
            r#"{"__type":"GoneException","Message":"it's <gone>","Things":[1,2]}"#,
        ),
        #[cfg(feature = "xml")]
        (
            Protocol::Query,
            &[],
            "<ErrorResponse><Error><Type>Sender</Type><Code>Thing.Gone</Code>\
             <Message>it's &lt;gone&gt;</Message>\
             <Things><member>1</member><member>2</member></Things></Error>\
             <RequestId>00000000-0000-0000-0000-000000000000</RequestId></ErrorResponse>",
        ),
        #[cfg(feature = "xml")]
        (
            Protocol::Ec2Query,
            &[],
            "<Response><Errors><Error><Code>Thing.Gone</Code>\
             <Message>it's &lt;gone&gt;</Message>\
             <Things><member>1</member><member>2</member></Things></Error></Errors>\
             <RequestID>00000000-0000-0000-0000-000000000000</RequestID></Response>",
        ),
        #[cfg(feature = "xml")]
        (
            Protocol::RestXml,
            &[Cow::Borrowed("no-error-wrapping")],
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <Error><Code>Thing.Gone</Code><Message>it's &lt;gone&gt;</Message>\
             <Things><member>1</member><member>2</member></Things>\
             <RequestId>00000000-0000-0000-0000-000000000000</RequestId>\
             <HostId>dHlwZWZvdW5kcnk=</HostId></Error>",
        ),
    ];
    for (protocol, traits, body) in cases {
        let service = a_service(*protocol, traits);
        let response = write_error(&service, &service.errors[0], &value);
        assert_eq!(response.status(), 404);
        assert_eq!(response.body(), body);
        let facts = read_error(&service, &response);
        let known = (Some("Thing.Gone"), Some("it's <gone>"), Some("GoneException"));
        assert_eq!(told(&facts), known, "{protocol:?}");
        let mut again = Gone::default();
        read_error_members(&service, &response, &mut again, Reading::default()).unwrap();
        assert_eq!(again, value, "{protocol:?}");
    }
}

/// Of an error whose structure has no member for the code, the format says where it is.
#[test]
fn a_plain_error_says_its_code() {
    #[derive(Model)]
    struct Coded {
        kind: Option<String>,
        text: Option<String>,
    }
    let mut service = a_service(Protocol::Rest, &[]);
    service.error_format.envelope = Cow::Borrowed("/error");
    service.error_format.code = Cow::Borrowed(&[Cow::Borrowed("code"), Cow::Borrowed("kind")]);
    let text = Some("t".to_owned());
    let cases = [
        (Coded::default(), r#"{"error":{"code":"Thing.Gone"}}"#),
        (Coded { text, ..Default::default() }, r#"{"error":{"code":"Thing.Gone","text":"t"}}"#),
        (
            Coded { kind: Some("GoneException".to_owned()), text: None },
            r#"{"error":{"kind":"GoneException"}}"#,
        ),
    ];
    for (value, body) in cases {
        let response = write_error(&service, &service.errors[0], &value);
        assert_eq!(response.body(), body);
        assert_eq!(read_error(&service, &response).shape.as_deref(), Some("GoneException"));
    }
    service.error_format.code = Cow::Borrowed(&[]);
    let response = write_error(&service, &service.errors[0], &Coded::default());
    assert_eq!(response.body(), r#"{"error":{}}"#);
}
