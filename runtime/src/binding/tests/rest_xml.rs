//! REST XML: bodies with a root, payloads, headers and empty bodies.

use super::{operation, service};
use crate::binding::{read_request, read_response, write_request, write_response};
use crate::codec::{DecodeError, Reading};
use crate::schema::{OperationSchema, OperationTraits, Protocol, XmlName};
use crate::value::{Empty, Structure};
use crate::{Blob, Map, Model, Timestamp, UnknownMember};
use bytes::Bytes;
use std::borrow::Cow;

#[derive(Model)]
struct Put {
    #[model(label)]
    id: Option<String>,
    #[model(header = "x-when")]
    when: Option<Timestamp>,
    #[model(name = "Name")]
    name: Option<String>,
    #[model(name = "On")]
    on: Option<bool>,
    #[model(name = "Empty")]
    list: Option<Vec<String>>,
}

#[derive(Model)]
struct Grant {
    #[model(name = "Type", wire = "xsi:type", attribute)]
    kind: Option<String>,
    #[model(name = "Id")]
    id: Option<String>,
}

#[derive(Model)]
struct GrantPayload {
    #[model(
        name = "Grant",
        payload,
        wire = "Grantee",
        namespace("http://www.w3.org/2001/XMLSchema-instance", "xsi")
    )]
    grant: Option<Grant>,
    #[model(status)]
    status: Option<i32>,
}

#[derive(Model)]
enum Choice {
    #[model(name = "a")]
    A(String),
    #[model(unknown)]
    Unknown(UnknownMember),
}

#[derive(Model)]
struct ChoicePayload {
    #[model(name = "choice", payload)]
    choice: Option<Choice>,
}

#[derive(Model)]
struct Bytes_ {
    #[model(payload)]
    body: Option<Blob>,
    #[model(header_prefix = "x-amz-meta-")]
    meta: Option<Map<String, String>>,
}

fn put(uri: &'static str, namespace: &'static str) -> OperationSchema {
    let root = XmlName { name: Cow::Borrowed("PutRequest"), namespace: Cow::Borrowed(namespace) };
    let traits = OperationTraits { root: Some(root), ..OperationTraits::default() };
    OperationSchema { traits: Some(Cow::Owned(traits)), ..operation("PUT", uri) }
}

fn write(operation: &OperationSchema, input: &dyn Structure) -> http::Request<Bytes> {
    write_request(&service(Protocol::RestXml), operation, input, "https://x.example", "").unwrap()
}

fn read<T: Structure + Empty>(body: &'static str) -> Result<T, DecodeError> {
    let response = http::Response::new(Bytes::from_static(body.as_bytes()));
    let mut output = T::empty();
    let (service, operation) = (service(Protocol::RestXml), operation("GET", "/"));
    read_response(&service, &operation, &response, &mut output, Reading::default())?;
    Ok(output)
}

#[test]
fn the_root_has_the_operations_name_and_namespace() {
    let input = Put {
        id: Some("a/b".to_owned()),
        when: Timestamp::from_seconds(784_111_777),
        name: Some("<&>\"'\r\n ".to_owned()),
        on: Some(false),
        list: Some(Vec::new()),
    };
    for (namespace, attribute) in [("", ""), ("urn:a&b", " xmlns=\"urn:a&amp;b\"")] {
        let operation = put("/things/{id}?acl", namespace);
        let request = write(&operation, &input);
        assert_eq!(request.uri(), "https://x.example/things/a%2Fb?acl");
        assert_eq!(request.headers()["x-when"], "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(request.headers()["content-type"], "application/xml");
        let expected = format!(
            "<PutRequest{attribute}><Name>&lt;&amp;&gt;\"'&#xD;\n </Name><On>false</On>\
             <Empty /></PutRequest>"
        );
        assert_eq!(request.body(), expected.as_bytes());
        let mut again = Put::default();
        read_request(&service(Protocol::RestXml), &operation, &request, &mut again).unwrap();
        assert_eq!(again, input);
    }
}

#[test]
fn nothing_to_say_is_no_body() {
    let input = Put { id: Some("a".to_owned()), ..Put::default() };
    for request in [
        write(&put("/{id}", ""), &input),
        write(&operation("PUT", "/"), &GrantPayload::default()),
        write(&operation("PUT", "/"), &Bytes_::default()),
    ] {
        assert_eq!(request.body(), "");
        assert!(!request.headers().contains_key("content-type"));
    }
    let empty = GrantPayload { grant: Some(Grant::default()), status: None };
    let request = write(&operation("PUT", "/"), &empty);
    let xsi = "http://www.w3.org/2001/XMLSchema-instance";
    assert_eq!(request.body(), &format!("<Grantee xmlns:xsi=\"{xsi}\" />"));
}

#[test]
fn a_payload_is_the_root_with_its_attributes() {
    let grant = Grant { kind: Some("Canonical\"User".to_owned()), id: Some("1".to_owned()) };
    let input = GrantPayload { grant: Some(grant), status: None };
    let request = write(&operation("PUT", "/"), &input);
    assert_eq!(
        request.body(),
        "<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:type=\"Canonical&quot;User\"><Id>1</Id></Grantee>"
    );
    let mut again = GrantPayload::default();
    let rest_xml = service(Protocol::RestXml);
    read_request(&rest_xml, &operation("PUT", "/"), &request, &mut again).unwrap();
    assert_eq!(again, input);
    // Whatever the prefix is called there.
    let other = "<G xmlns:i='urn:i' type='no' i:type='T'><Id/></G>";
    let output: GrantPayload = read(other).unwrap();
    let grant = output.grant.unwrap();
    assert_eq!((grant.kind.as_deref(), grant.id.as_deref()), (Some("T"), Some("")));
    assert_eq!(output.status, Some(200));
}

#[test]
fn a_union_keeps_what_it_does_not_know() {
    let known = ChoicePayload { choice: Some(Choice::A("x".to_owned())) };
    assert_eq!(read::<ChoicePayload>("<c><a>x</a></c>").unwrap(), known);
    let output: ChoicePayload = read("<c><b k='1'>x<y/></b></c>").unwrap();
    let Some(Choice::Unknown(member)) = &output.choice else { unreachable!("{output:?}") };
    assert_eq!((member.name(), member.codec()), ("b", "xml"));
    assert_eq!(member.raw(), b"<b k='1'>x<y/></b>");
    let request = write(&operation("PUT", "/"), &output);
    assert_eq!(request.body(), "<choice><b k='1'>x<y/></b></choice>");
    assert_eq!(
        crate::json::to_string(&output.choice.unwrap()),
        r#"{"b":{"y":""}}"#,
        "where only JSON can be shown"
    );
    let error = read::<ChoicePayload>("<c><a>x</a><b/></c>").unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected an element with exactly one member, found an element with several members"
    );
    assert_eq!(read::<ChoicePayload>("<c> </c>").unwrap(), ChoicePayload::default());
}

#[test]
fn bytes_are_the_body_as_they_are() {
    let meta: Map<_, _> = [("a".to_owned(), "b".to_owned())].into_iter().collect();
    let input = Bytes_ { body: Some(Blob::from("<not xml".as_bytes())), meta: Some(meta) };
    let request = write(&operation("PUT", "/"), &input);
    assert_eq!(request.body(), "<not xml");
    assert_eq!(request.headers()["x-amz-meta-a"], "b");
    assert!(!request.headers().contains_key("content-type"), "a service may keep it");
    let response = write_response(&service(Protocol::RestXml), &operation("GET", "/"), &input);
    let mut again = Bytes_::default();
    let (rest_xml, operation) = (service(Protocol::RestXml), operation("GET", "/"));
    read_response(&rest_xml, &operation, &response, &mut again, Reading::default()).unwrap();
    assert_eq!(again, input);
    // Other clients show a map of headers even if there are none.
    assert_eq!(read::<Bytes_>("").unwrap(), Bytes_ { body: None, meta: Some(Map::new()) });
}

#[test]
fn what_is_no_xml_is_told_by_its_place() {
    for (body, reason) in [
        ("<a><b></a>", "not XML: unexpected text at line 1 column 7"),
        ("{\"a\": 1}", "not XML: unexpected text at line 1 column 1"),
        (" \n", "not XML: the body is empty"),
        ("<a>&unknown;</a>", "not XML: unexpected text at line 1 column 4"),
        (
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "not XML: it has a document type, which is refused",
        ),
    ] {
        assert_eq!(read::<Put>(body).unwrap_err().to_string(), reason, "{body}");
    }
}
