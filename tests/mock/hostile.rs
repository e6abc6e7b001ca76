//! Requests of any kind, none of which brings a mock down.

use super::{SPECS, apis};
use bytes::Bytes;
use http::Request;
use std::sync::Arc;
use typefoundry::binding::write_request;
use typefoundry::dynamic::{Api, Mock};
use typefoundry::schema::{Protocol, ServiceSchema};
use typefoundry_tests::api;

/// Numbers that look random and are the same every time (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most)).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}

fn pick<'a>(random: &mut Random, all: &[&'a str]) -> &'a str {
    all[random.below(all.len())]
}

/// A good request of any operation, in its protocol or in another one.
fn good(random: &mut Random, apis: &[Arc<Api>]) -> Request<Bytes> {
    let api = &apis[random.below(apis.len())];
    let operation = &api.operations()[random.below(api.operations().len())];
    let protocols = [api.service().protocol, Protocol::RpcV2Cbor, Protocol::Query];
    let protocol = protocols[random.below(protocols.len())];
    let service = ServiceSchema { protocol, ..api.service().clone() };
    let input = api.sample_input(operation);
    write_request(&service, &operation.schema, &input, "http://localhost", "here").unwrap()
}

/// Changes a request in one way or another.
fn spoil(random: &mut Random, request: &mut Request<Bytes>) {
    let mut body = request.body().to_vec();
    match random.below(9) {
        0 => body.truncate(random.below(body.len())),
        1 => body = random.bytes(200),
        2 if !body.is_empty() => {
            let place = random.below(body.len());
            body[place] = random.next().to_le_bytes()[0];
        }
        3 => {
            let place = random.below(body.len());
            let extra = random.bytes(20);
            body.splice(place..place, extra);
        }
        4 => {
            let media = [
                "text/plain",
                "application/json",
                "application/cbor",
                "",
                "x/y; z",
                "application/x-www-form-urlencoded",
                "application/vnd.amazon.eventstream",
            ];
            let media = pick(random, &media).parse().unwrap();
            request.headers_mut().insert("content-type", media);
        }
        5 => {
            let names = [
                "x-amz-target",
                "authorization",
                "x-typefoundry-error",
                "content-encoding",
                "smithy-protocol",
                "x-amz-date",
                "host",
            ];
            let values = [
                "AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request, SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 ",
                "aws-chunked",
                "gzip, aws-chunked",
                "",
                "ü",
                "20260314T092653Z",
                "DynamoDB_20120810.ListTables",
                "pets.localhost:1",
                "[::1]:80",
                "…",
            ];
            let name = pick(random, &names);
            let value = http::HeaderValue::from_bytes(pick(random, &values).as_bytes()).unwrap();
            request.headers_mut().insert(name, value);
        }
        6 => {
            let paths = [
                "/",
                "//",
                "/a//b?x&y=%zz&=",
                "/%ff%fe?uploads",
                "/b/k?partNumber=x&uploadId=",
                "/service/X/operation/Y",
                "/?Action=GetCallerIdentity&Version=2011-06-15",
                "/b?list-type=2&max-keys=-9",
                "/?X-Amz-Credential=a/b/c/d&X-Amz-Expires=9&X-Amz-Date=2&X-Amz-Signature=a&X-Amz-SignedHeaders=q",
            ];
            *request.uri_mut() = pick(random, &paths).parse().unwrap();
        }
        7 => {
            let methods = ["GET", "PUT", "HEAD", "DELETE", "PATCH", "BREW", "OPTIONS"];
            *request.method_mut() = pick(random, &methods).parse().unwrap();
        }
        _ => {
            let deep = [
                b"[".repeat(5000),
                b"{\"a\":".repeat(5000),
                b"\xa1\x61a".repeat(5000),
                b"<a>".repeat(5000),
                b"A.1.".repeat(5000),
            ];
            body.clone_from(&deep[random.below(deep.len())]);
        }
    }
    *request.body_mut() = body.into();
}

#[test]
fn nothing_that_is_sent_brings_it_down() {
    let apis = apis();
    assert_eq!(apis.len(), SPECS.len());
    let strict = Mock::of(apis.clone());
    let mocks = [strict.clone(), strict.clone().seed(9).verify("a", "b"), strict.checked(false)];
    let mut random = Random(1);
    let mut refused = 0;
    for round in 0..6000 {
        let mut request = good(&mut random, &apis);
        for _ in 0..=random.below(3) {
            spoil(&mut random, &mut request);
        }
        let answer = mocks[round % mocks.len()].answer(&request);
        assert!(answer.status().as_u16() < 500, "{request:?} {answer:?}");
        refused += usize::from(!answer.status().is_success());
    }
    // Some are good nevertheless, but most are not.
    assert!((2000..5900).contains(&refused), "{refused}");
}

#[test]
fn a_mock_of_nothing_answers_that_there_is_nothing() {
    let mock = Mock::of([]);
    assert_eq!(mock.answer(&Request::new(Bytes::new())).status(), 404);
    assert_eq!(
        Mock::new(Arc::new(api("aws/sts"))).answer(&Request::new(Bytes::new())).status(),
        400
    );
}
