//! JSON in headers, and labels of the host.

use super::{operation, service};
use crate::binding::{read_request, read_response, write_request, write_response};
use crate::codec::Reading;
use crate::schema::{OperationSchema, OperationTraits, Protocol};
use crate::value::Structure;
use crate::{Document, Model};
use std::borrow::Cow;

#[derive(Model)]
struct Notes {
    #[model(header = "x-document", json_text)]
    document: Option<Document>,
    #[model(header = "x-text", json_text)]
    text: Option<String>,
}

#[test]
fn json_travels_in_headers_as_base64() {
    let (service, operation) = (service(Protocol::RestJson), operation("GET", "/"));
    let document = Document::from_json(r#"{"a": ["é", 1, "😹"]}"#.as_bytes()).unwrap();
    let notes = Notes { document: Some(document), text: Some("{\"x\":1}".to_owned()) };
    let request = write_request(&service, &operation, &notes, "https://a", "").unwrap();
    // {"a":["\u00e9",1,"\ud83d\ude39"]}
    let expected = "eyJhIjpbIlx1MDBlOSIsMSwiXHVkODNkXHVkZTM5Il19";
    assert_eq!(request.headers()["x-document"], expected);
    assert_eq!(request.headers()["x-text"], "eyJ4IjoxfQ==");
    let mut again = Notes::default();
    read_request(&service, &operation, &request, &mut again).unwrap();
    assert_eq!(again, notes);

    let mut response = write_response(&service, &operation, &notes);
    let mut again = Notes::default();
    read_response(&service, &operation, &response, &mut again, Reading::default()).unwrap();
    assert_eq!(again, notes);
    for wrong in ["%", "e30", "YQ=="] {
        response.headers_mut().insert("x-document", wrong.parse().unwrap());
        let read = read_response(&service, &operation, &response, &mut again, Reading::default());
        assert_eq!(
            read.unwrap_err().to_string(),
            "document: expected JSON as base64, found another text in the header `x-document`"
        );
    }
}

#[derive(Model)]
struct Labelled {
    #[model(name = "AccountId", host_label)]
    account: Option<String>,
}

fn prefixed(prefix: &'static str) -> OperationSchema {
    let traits = OperationTraits { host_prefix: Cow::Borrowed(prefix), ..Default::default() };
    OperationSchema { traits: Some(Cow::Owned(traits)), ..operation("POST", "/p") }
}

#[test]
fn a_prefix_stands_in_front_of_the_host() {
    let uri = |prefix, input: &dyn Structure| {
        let service = service(Protocol::RestJson);
        let request = write_request(&service, &prefixed(prefix), input, "http://h:1/base", "");
        request.map(|it| it.uri().to_string()).map_err(|error| error.to_string())
    };
    let account = |text: &str| Labelled { account: Some(text.to_owned()) };
    assert_eq!(uri("data.", &account("a")).unwrap(), "http://data.h:1/base/p");
    assert_eq!(uri("{AccountId}.x-", &account("1-2")).unwrap(), "http://1-2.x-h:1/base/p");
    let refused = "AccountId: it is part of the host, which is letters, digits, hyphens and dots \
                   alone";
    for wrong in [account(""), account("a/b"), account("a@b"), account("é"), Labelled::default()] {
        assert_eq!(uri("{AccountId}.", &wrong).unwrap_err(), refused, "{wrong:?}");
    }
}
