//! Messages that name their operation in a header or in the body.

use super::{operation, service};
use crate::binding::{is_call_of, read_request, read_response, write_request, write_response};
use crate::codec::{DecodeError, Reading, Report};
use crate::schema::{OperationSchema, OperationTraits, Protocol, ServiceSchema};
use crate::value::{Empty, Structure};
use crate::{Model, Timestamp};
use bytes::Bytes;
use std::borrow::Cow;

#[derive(Model)]
struct Thing {
    #[model(name = "Name")]
    name: Option<String>,
    #[model(name = "At")]
    at: Option<Timestamp>,
    #[model(name = "Ratio")]
    ratio: Option<f64>,
    #[model(name = "Tags")]
    tags: Option<Vec<String>>,
}

#[derive(Model)]
struct Nothing {}

fn a_service(protocol: Protocol) -> ServiceSchema {
    ServiceSchema {
        version: Cow::Borrowed("2020-01-08"),
        target: Cow::Borrowed("Things_2020"),
        ..service(protocol)
    }
}

fn an_operation() -> OperationSchema {
    let traits = OperationTraits {
        wire: Cow::Borrowed("MakeThing"),
        result: Cow::Borrowed("MakeThingResult"),
        ..OperationTraits::default()
    };
    OperationSchema { traits: Some(Cow::Owned(traits)), ..operation("POST", "/?ignored=1") }
}

fn thing() -> Thing {
    Thing {
        name: Some("a b&ü".to_owned()),
        at: Timestamp::new(1_422_172_800, 5_000_000),
        ratio: Some(1e21),
        tags: Some(vec!["x".to_owned(), "y".to_owned()]),
    }
}

fn request(service: &ServiceSchema, input: &dyn Structure) -> http::Request<Bytes> {
    write_request(service, &an_operation(), input, "https://rpc.example", "").unwrap()
}

fn read<T: Structure + Empty>(
    protocol: Protocol,
    body: &str,
    strict: bool,
) -> Result<(T, Report), DecodeError> {
    let response = http::Response::new(Bytes::from(body.to_owned()));
    let mut output = T::empty();
    let reading = Reading { strict, keep_unplaced: true, lenient: false };
    let service = a_service(protocol);
    let report = read_response(&service, &an_operation(), &response, &mut output, reading)?;
    Ok((output, report))
}

#[test]
fn requests_go_to_the_root_and_name_their_operation() {
    let form = "application/x-www-form-urlencoded; charset=utf-8";
    let json = r#"{"Name":"a b&ü","At":1422172800.005,"Ratio":1e+21,"Tags":["x","y"]}"#;
    let target = Some("Things_2020.MakeThing");
    let cases = [
        (Protocol::Json10, "application/x-amz-json-1.0", target, json, "{}"),
        (Protocol::Json11, "application/x-amz-json-1.1", target, json, "{}"),
        #[cfg(feature = "xml")]
        (
            Protocol::Query,
            form,
            None,
            "Action=MakeThing&Version=2020-01-08&Name=a+b%26%C3%BC&\
             At=2015-01-25T08%3A00%3A00.005000Z&Ratio=1e%2B21&Tags.member.1=x&Tags.member.2=y",
            "Action=MakeThing&Version=2020-01-08",
        ),
        #[cfg(feature = "xml")]
        (
            Protocol::Ec2Query,
            form,
            None,
            "Action=MakeThing&Version=2020-01-08&Name=a+b%26%C3%BC&\
             At=2015-01-25T08%3A00%3A00.005000Z&Ratio=1e%2B21&Tags.1=x&Tags.2=y",
            "Action=MakeThing&Version=2020-01-08",
        ),
    ];
    let _ = form;
    for (protocol, media, target, body, empty) in cases {
        let service = a_service(protocol);
        let written = request(&service, &thing());
        assert_eq!(written.uri(), "https://rpc.example/", "{protocol:?}");
        assert_eq!(written.headers()["content-type"], media, "{protocol:?}");
        let header = written.headers().get("x-amz-target").map(|it| it.to_str().unwrap());
        assert_eq!(header, target, "{protocol:?}");
        assert!(!written.headers().contains_key("x-amzn-query-mode"), "{protocol:?}");
        assert_eq!(written.body(), body, "{protocol:?}");
        assert_eq!(request(&service, &Nothing {}).body(), empty, "{protocol:?}");
        assert_eq!(request(&service, &Thing::default()).body(), empty, "{protocol:?}");

        assert!(is_call_of(&service, &an_operation(), &written), "{protocol:?}");
        let other = OperationSchema { traits: None, ..an_operation() };
        assert!(!is_call_of(&service, &other, &written), "{protocol:?}");
        let mut again = Thing::default();
        let report = read_request(&service, &an_operation(), &written, &mut again).unwrap();
        assert_eq!((again, report), (thing(), Report::default()), "{protocol:?}");
    }
}

#[test]
fn an_endpoint_with_a_path_is_called_at_that_path() {
    for (endpoint, uri) in [
        ("https://a", "https://a/"),
        ("https://a/", "https://a/"),
        ("https://a/base", "https://a/base"),
        ("https://a/base/", "https://a/base/"),
    ] {
        let service = a_service(Protocol::Json10);
        let request = write_request(&service, &an_operation(), &Nothing {}, endpoint, "").unwrap();
        assert_eq!(request.uri(), uri);
    }
}

#[test]
fn what_was_a_query_service_is_told_so() {
    let service = ServiceSchema {
        traits: Cow::Borrowed(&[Cow::Borrowed("query-compatible")]),
        ..a_service(Protocol::Json10)
    };
    assert_eq!(request(&service, &Nothing {}).headers()["x-amzn-query-mode"], "true");
}

#[test]
fn json_answers_are_read_and_written() {
    let body = r#"{"Name":"a b&ü","At":1422172800.005,"Ratio":1e+21,"Tags":["x","y"]}"#;
    for protocol in [Protocol::Json10, Protocol::Json11] {
        assert_eq!(read::<Thing>(protocol, body, true).unwrap().0, thing());
        assert_eq!(read::<Thing>(protocol, "", true).unwrap().0, Thing::default());
        let response = write_response(&a_service(protocol), &an_operation(), &thing());
        assert_eq!(response.headers()["content-type"], protocol.media());
        assert_eq!(response.body(), body);
    }
}

#[cfg(feature = "xml")]
#[test]
fn query_answers_are_read_with_and_without_their_wrapper() {
    let members = "<Name>a b&amp;ü</Name><At>2015-01-25T08:00:00.005Z</At><Ratio>1e21</Ratio>\
                   <Tags><member>x</member><anything>y</anything></Tags>";
    let metadata = "<ResponseMetadata><RequestId>id</RequestId></ResponseMetadata>";
    for body in [
        format!("<R xmlns='urn:a'><MakeThingResult>{members}</MakeThingResult>{metadata}</R>"),
        format!("<MakeThingResult>{members}</MakeThingResult>"),
        format!("<?xml version='1.0' encoding='UTF-8'?>\n<!-- c --><R>{members}</R>\n"),
    ] {
        let (output, report) = read::<Thing>(Protocol::Query, &body, true).unwrap();
        assert_eq!((output, report), (thing(), Report::default()), "{body}");
    }
    let body = format!("<R><requestId>id</requestId>{members}</R>");
    assert_eq!(read::<Thing>(Protocol::Ec2Query, &body, true).unwrap().0, thing());
    for protocol in [Protocol::Query, Protocol::Ec2Query] {
        assert_eq!(read::<Thing>(protocol, "", true).unwrap().0, Thing::default());
        let operation = an_operation();
        let response = write_response(&a_service(protocol), &operation, &thing());
        assert_eq!(response.headers()["content-type"], "text/xml");
        let body = std::str::from_utf8(response.body()).unwrap();
        assert_eq!(read::<Thing>(protocol, body, true).unwrap().0, thing(), "{body}");
        assert!(body.starts_with("<MakeThingResponse>"), "{body}");
    }
}

#[cfg(not(feature = "cbor"))]
#[test]
fn a_build_without_a_protocol_says_what_it_lacks() {
    let service = a_service(Protocol::RpcV2Cbor);
    let written = write_request(&service, &an_operation(), &Nothing {}, "https://a", "");
    assert_eq!(
        written.map(|_| ()).unwrap_err().to_string(),
        "this build does not speak `rpc-v2-cbor`: enable the feature `cbor` of `typefoundry`"
    );
}

#[cfg(not(feature = "xml"))]
#[test]
fn a_build_without_xml_says_so_before_anything_is_sent() {
    for (protocol, name) in [
        (Protocol::RestXml, "rest-xml"),
        (Protocol::Query, "query"),
        (Protocol::Ec2Query, "ec2-query"),
    ] {
        let service = a_service(protocol);
        let written = write_request(&service, &an_operation(), &Nothing {}, "https://a", "");
        let expected = format!(
            "this build does not speak `{name}`: enable the feature `xml` of `typefoundry`"
        );
        assert_eq!(written.map(|_| ()).unwrap_err().to_string(), expected);
        let error = read::<Thing>(protocol, "<a/>", false).unwrap_err().to_string();
        assert_eq!(error, "this build cannot read XML: enable the feature `xml` of `typefoundry`");
    }
}
