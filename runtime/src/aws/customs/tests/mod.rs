//! Customs against what botocore 1.43 sends for the same parameters, and makes of the same answers.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod answers;
mod inputs;
mod presigned;
mod requests;

use super::*;
use crate::schema::OperationTraits;
use std::borrow::Cow;

fn service(traits: &'static [Cow<'static, str>]) -> ServiceSchema {
    ServiceSchema {
        version: Cow::Borrowed("2012-06-01"),
        traits: Cow::Borrowed(traits),
        ..ServiceSchema::default()
    }
}

fn operation(named: &str) -> OperationSchema {
    let named = named.split(' ').filter(|it| !it.is_empty());
    let named = named.map(|it| Cow::Owned(it.to_owned())).collect();
    let traits = OperationTraits { named, ..OperationTraits::default() };
    OperationSchema {
        name: Cow::Borrowed("Do"),
        method: Cow::Borrowed("POST"),
        uri: Cow::Borrowed("/"),
        status: 0,
        idempotent: false,
        secret: false,
        pages: None,
        traits: Some(Cow::Owned(traits)),
    }
}

fn request(method: &str, uri: &str, body: &str) -> Request<Bytes> {
    let body = Bytes::copy_from_slice(body.as_bytes());
    Request::builder().method(method).uri(uri).body(body).expect("a request")
}

#[test]
fn traits_of_the_service_go_before_those_of_the_operation() {
    let service = service(&[Cow::Borrowed("accept-json"), Cow::Borrowed("no-such-trait:x")]);
    let operation = operation("api-version-header:x-version no-other");
    let found: Vec<_> = customs(&service, &operation).map(|(_, argument)| argument).collect();
    assert_eq!(found, ["", "x-version"]);
}

#[test]
fn a_name_is_known_with_and_without_its_argument() {
    assert!(is_known("accept-json") && is_known("base64-text:UserData"));
    assert!(!is_known("") && !is_known("base64"));
}

/// Specs are checked against a list of the same names.
#[cfg(feature = "dynamic")]
#[test]
fn the_traits_of_specs_are_those_that_are_carried_out() {
    use typefoundry_spec::CUSTOMS as SPECS;
    for name in SPECS {
        assert!(is_known(name), "{name}");
    }
    for (name, _) in super::CUSTOMS {
        assert!(SPECS.contains(name), "{name}");
    }
}
