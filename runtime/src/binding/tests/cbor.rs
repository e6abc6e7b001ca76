//! Smithy RPC v2 CBOR. Bodies are those of the protocol's test suite.

use super::{operation, service};
use crate::binding::{
    read_error, read_error_members, read_request, read_response, write_error, write_request,
};
use crate::codec::Reading;
use crate::schema::{ErrorSchema, OperationSchema, OperationTraits, Protocol, ServiceSchema};
use crate::{Blob, Model, Timestamp};
use bytes::Bytes;
use std::borrow::Cow;

#[derive(Model)]
struct Io {
    #[model(name = "stringValue")]
    string_value: Option<String>,
    datetime: Option<Timestamp>,
}

#[derive(Model)]
struct Nothing {}

#[derive(Model)]
struct InvalidGreeting {
    #[model(name = "Message")]
    message: Option<String>,
    at: Option<Timestamp>,
}

fn rpc(traits: &'static [Cow<'static, str>]) -> ServiceSchema {
    ServiceSchema {
        target: Cow::Borrowed("RpcV2Protocol"),
        traits: Cow::Borrowed(traits),
        errors: Cow::Borrowed(const { &[GREETING] }),
        ..service(Protocol::RpcV2Cbor)
    }
}

const QUERY_COMPATIBLE: &[Cow<'static, str>] = &[Cow::Borrowed("query-compatible")];

const GREETING: ErrorSchema = ErrorSchema {
    shape: Cow::Borrowed("InvalidGreeting"),
    codes: Cow::Borrowed(&[Cow::Borrowed("InvalidGreeting"), Cow::Borrowed("Customized")]),
    status: 400,
    has: Cow::Borrowed(""),
    message: Cow::Borrowed("Message"),
    retryable: false,
    throttling: false,
};

fn with(traits: OperationTraits) -> OperationSchema {
    OperationSchema { traits: Some(Cow::Owned(traits)), ..operation("GET", "/ignored") }
}

fn blob(base64: &str) -> Bytes {
    Blob::from_base64(base64).unwrap().into_vec().into()
}

#[test]
fn a_request_is_a_post_to_the_operation() {
    let no_input = OperationTraits {
        named: Cow::Borrowed(&[Cow::Borrowed("no-input")]),
        ..Default::default()
    };
    let events = OperationTraits { streams_output: true, ..OperationTraits::default() };
    let full = Io { string_value: Some("simple".to_owned()), datetime: None };
    let empty = "accept: application/cbor, content-type: application/cbor";
    let cases = [
        (with(OperationTraits::default()), rpc(&[]), Io::default(), "a0", empty),
        (
            with(OperationTraits::default()),
            rpc(&[]),
            full,
            "a16b737472696e6756616c75656673696d706c65",
            empty,
        ),
        (with(no_input), rpc(&[]), Io::default(), "", "accept: application/cbor"),
        (
            with(events),
            rpc(&[]),
            Io::default(),
            "a0",
            "accept: application/vnd.amazon.eventstream, content-type: application/cbor",
        ),
        (
            with(OperationTraits::default()),
            rpc(QUERY_COMPATIBLE),
            Io::default(),
            "a0",
            "accept: application/cbor, content-type: application/cbor, x-amzn-query-mode: true",
        ),
    ];
    for (operation, service, input, body, expected) in cases {
        let request =
            write_request(&service, &operation, &input, "https://h.example/base/", "r").unwrap();
        assert_eq!(request.method(), "POST");
        assert_eq!(
            request.uri().to_string(),
            "https://h.example/base/service/RpcV2Protocol/operation/Do"
        );
        let digits = format!("{:02x?}", &request.body()[..]).replace(['[', ']', ',', ' '], "");
        assert_eq!(digits, body);
        let mut headers: Vec<String> = (request.headers().iter())
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        headers.sort();
        let position = headers.iter().position(|header| header == "smithy-protocol: rpc-v2-cbor");
        headers.remove(position.unwrap());
        assert_eq!(headers.join(", "), expected);
        let mut again = Io::default();
        read_request(&service, &operation, &request, &mut again).unwrap();
        assert_eq!(again, input);
    }
}

#[test]
fn a_response_is_a_body() {
    let time = Timestamp::from_millis(946_845_296_123);
    let cases = [
        ("", None),
        ("v/8=", None),
        ("v2tzdHJpbmdWYWx1Zfb/", None),
        ("v2hkYXRldGltZcH7Qcw32zgPvnf/", time),
    ];
    for (body, datetime) in cases {
        for protocol in [Some("rpc-v2-cbor"), None, Some("rpc-v2-json")] {
            let mut response = http::Response::new(blob(body));
            if let Some(protocol) = protocol {
                response.headers_mut().insert("smithy-protocol", protocol.parse().unwrap());
            }
            let mut output = Io::default();
            let read = read_response(
                &rpc(&[]),
                &operation("GET", "/"),
                &response,
                &mut output,
                Reading::default(),
            );
            if protocol == Some("rpc-v2-json") {
                assert_eq!(
                    read.unwrap_err().to_string(),
                    r#"not Smithy RPC v2 CBOR: the response's protocol is "rpc-v2-json""#
                );
            } else {
                read.unwrap();
                assert_eq!(output, Io { string_value: None, datetime }, "{body}");
            }
        }
    }
    let response = http::Response::new(blob("v/8="));
    let mut nothing = Nothing::default();
    read_response(&rpc(&[]), &operation("GET", "/"), &response, &mut nothing, Reading::default())
        .unwrap();
}

#[test]
fn an_error_says_its_type_in_the_body() {
    let greeting = "v2ZfX3R5cGV4LnNtaXRoeS5wcm90b2NvbHRlc3RzLnJwY3YyQ2JvciNJbnZhbGlkR3JlZXRpbmdn\
                    TWVzc2FnZWJIaf8=";
    let cases = [
        (greeting, None, Some("InvalidGreeting"), Some("Hi"), Some("InvalidGreeting")),
        (
            greeting,
            Some("Customized;Sender"),
            Some("Customized"),
            Some("Hi"),
            Some("InvalidGreeting"),
        ),
        (greeting, Some(";Sender"), Some("InvalidGreeting"), Some("Hi"), Some("InvalidGreeting")),
        (greeting, Some("nothing"), Some("InvalidGreeting"), Some("Hi"), Some("InvalidGreeting")),
        ("oA==", None, None, None, None),
        ("", None, None, None, None),
        ("/w==", Some("Customized;Sender"), Some("Customized"), None, Some("InvalidGreeting")),
    ];
    for (body, query, code, message, shape) in cases {
        let mut response = http::Response::new(blob(body));
        *response.status_mut() = http::StatusCode::BAD_REQUEST;
        if let Some(query) = query {
            response.headers_mut().insert("x-amzn-query-error", query.parse().unwrap());
        }
        let facts = read_error(&rpc(&[]), &response);
        assert_eq!(facts.code.as_deref(), code, "{body}");
        assert_eq!(facts.message.as_deref(), message, "{body}");
        assert_eq!(facts.shape.as_deref(), shape, "{body}");
    }
}

#[test]
fn an_error_that_is_written_is_read_again() {
    let error =
        InvalidGreeting { message: Some("Hi".to_owned()), at: Timestamp::from_millis(1_500) };
    for traits in [&[], QUERY_COMPATIBLE] {
        let response = write_error(&rpc(traits), &GREETING, &error);
        assert_eq!(response.status(), 400);
        let facts = read_error(&rpc(traits), &response);
        assert_eq!(facts.code.as_deref(), Some("InvalidGreeting"));
        assert_eq!(facts.message.as_deref(), Some("Hi"));
        let mut again = InvalidGreeting::default();
        read_error_members(&rpc(traits), &response, &mut again, Reading::default()).unwrap();
        assert_eq!(again, error);
    }
}
