#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::client::{Config, Core};
use crate::schema::{
    AuthOption, Checksum, OperationSchema, OperationTraits, Protocol, ServiceSchema,
};
use crate::transport::Replay;
use crate::{ByteStream, Credentials, ErrorKind, Model};
use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use std::borrow::Cow;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

#[derive(Model)]
struct Nothing {}

struct Words(&'static [&'static str]);

impl Stream for Words {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some((first, rest)) = self.0.split_first() else { return Poll::Ready(None) };
        self.0 = rest;
        Poll::Ready(Some(Ok(Bytes::from(*first))))
    }
}

fn body(replayable: bool) -> ByteStream {
    let words = || Words(&["one ", "two"]);
    let body = if replayable { ByteStream::replayable(words) } else { ByteStream::new(words()) };
    body.with_length(7)
}

fn service(name: &'static str) -> ServiceSchema {
    let name = Cow::Owned(vec![(Cow::Borrowed("name"), Cow::Borrowed(name))]);
    ServiceSchema {
        id: Cow::Borrowed("aws/test"),
        protocol: Protocol::Rest,
        auth: vec![AuthOption { scheme: "sigv4".into(), settings: name }].into(),
        ..ServiceSchema::default()
    }
}

fn operation(checksum: bool, named: &'static str) -> OperationSchema {
    let checksum = checksum.then_some(Checksum {
        algorithm: Cow::Borrowed("ChecksumAlgorithm"),
        required: false,
        mode: Cow::Borrowed(""),
        response: Cow::Borrowed(&[]),
    });
    let named = if named.is_empty() { Vec::new() } else { vec![Cow::Borrowed(named)] };
    let traits = OperationTraits {
        checksum,
        streams_input: Some(false),
        named: named.into(),
        ..OperationTraits::default()
    };
    OperationSchema {
        name: Cow::Borrowed("Put"),
        method: Cow::Borrowed("PUT"),
        uri: Cow::Borrowed("/"),
        status: 0,
        idempotent: true,
        secret: false,
        pages: None,
        traits: Some(Cow::Owned(traits)),
    }
}

/// The headers that a stream is sent with.
async fn sent(
    config: crate::client::ConfigBuilder,
    service: ServiceSchema,
    operation: &OperationSchema,
    body: ByteStream,
) -> Result<HeaderMap, crate::Error> {
    let replay = Replay::new().answer(200, "");
    let config = config.region("us-east-1").credentials(Credentials::new("AKIDEXAMPLE", "secret"));
    let core = Core::new(service, config.transport(replay.clone()).build()?)?;
    let (mut input, mut output) = (Nothing {}, Nothing {});
    core.call_with_streams(operation, &mut input, &mut output, Some(body), false).await?;
    Ok(replay.requests().remove(0).headers().clone())
}

/// `_should_sha256_sign_payload` in botocore's `auth.py`; what it cannot read twice it cannot send at
/// all without a trailer.
#[tokio::test]
async fn a_stream_is_not_signed_as_nothing() {
    let digest = crate::aws::sigv4::sha256_hex(b"one two");
    let sum = crate::checksum::Algorithm::Crc32.sum(b"one two");
    let trailer = Some("STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    let (digest, unsigned) = (Some(&*digest), Some("UNSIGNED-PAYLOAD"));
    let (s3, other) = (("s3", true), ("ivs", false));
    let cases = [
        ("https", s3, "when_supported", (trailer, None), (trailer, None)),
        ("https", s3, "when_required", (digest, None), (unsigned, None)),
        ("http", s3, "when_supported", (digest, Some(&*sum)), (None, None)),
        ("http", s3, "when_required", (digest, None), (None, None)),
        ("HTTP", s3, "when_required", (digest, None), (None, None)),
        ("https", other, "when_supported", (digest, None), (None, None)),
        ("http", other, "when_supported", (digest, None), (None, None)),
    ];
    for (scheme, (name, checksum), when, again, once) in cases {
        for (replayable, (signed, sum)) in [(true, again), (false, once)] {
            let case = format!("{scheme} {name} {when} {replayable}");
            let config = Config::builder()
                .endpoint(format!("{scheme}://h.example"))
                .setting("request_checksum_calculation", when);
            let operation = operation(checksum, "");
            let headers = sent(config, service(name), &operation, body(replayable)).await;
            let Some(signed) = signed else {
                let error = headers.expect_err(&case);
                assert_eq!(error.kind(), ErrorKind::Input, "{case}");
                assert!(error.to_string().contains("`x-amz-content-sha256`"), "{error}");
                continue;
            };
            let headers = headers.expect(&case);
            assert_eq!(headers["x-amz-content-sha256"], signed, "{case}");
            let found = headers.get("x-amz-checksum-crc32").map(|sum| sum.to_str().unwrap());
            assert_eq!(found, sum, "{case}");
        }
    }
}

/// What botocore takes for the length of a body that it cannot tell the length of.
#[tokio::test]
async fn the_callers_own_length_is_that_of_the_body_in_chunks() {
    let unknown = || ByteStream::new(Words(&["one ", "two"]));
    for (said, body) in [(None, body(false)), (Some("7"), unknown()), (None, unknown())] {
        let known = said.is_some() || body.length().is_some();
        let mut config = Config::builder().endpoint("https://h.example");
        if let Some(said) = said {
            config = config.header("content-length", said);
        }
        let headers = sent(config, service("s3"), &operation(true, ""), body).await.unwrap();
        let lengths = ["x-amz-decoded-content-length", "content-length"];
        let found = lengths.map(|name| headers.get(name).map(|it| it.to_str().unwrap()));
        assert_eq!(found, if known { [Some("7"), Some("48")] } else { [None; 2] }, "{said:?}");
    }
}

/// What the caller says is signed as it is.
#[tokio::test]
async fn the_callers_own_digest_is_signed() {
    let config = Config::builder()
        .endpoint("http://h.example")
        .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    let headers = sent(config, service("ivs"), &operation(false, ""), body(false)).await.unwrap();
    assert_eq!(headers["x-amz-content-sha256"], "UNSIGNED-PAYLOAD");
    let unsigned = Config::builder().endpoint("http://h.example").unsigned();
    let headers = sent(unsigned, service("ivs"), &operation(false, ""), body(false)).await.unwrap();
    assert!(!headers.contains_key("x-amz-content-sha256"), "nothing is signed");
}

/// `add_glacier_checksums` in botocore's `handlers.py`.
#[tokio::test]
async fn a_streams_tree_is_summed_up() {
    let operation = operation(false, "tree-hash");
    let config = || Config::builder().endpoint("https://h.example");
    let headers = sent(config(), service("glacier"), &operation, body(true)).await.unwrap();
    // A tree of one leaf is its digest.
    let digest = crate::aws::sigv4::sha256_hex(b"one two");
    assert_eq!(headers["x-amz-sha256-tree-hash"], digest);
    assert_eq!(headers["x-amz-content-sha256"], digest);
    let own = config().header("x-amz-sha256-tree-hash", "mine");
    let headers = sent(own, service("glacier"), &operation, body(true)).await.unwrap();
    assert_eq!(headers["x-amz-sha256-tree-hash"], "mine");
    let error = sent(config(), service("glacier"), &operation, body(false)).await.unwrap_err();
    assert!(error.to_string().contains("`aws::customs::TreeHash`"), "{error}");
}

/// Reading for a digest is no progress.
#[tokio::test]
async fn progress_is_told_of_what_is_sent() {
    let told = Arc::new(AtomicU64::new(0));
    let tell = Arc::clone(&told);
    let body = body(true).on_progress(move |_, _| {
        tell.fetch_add(1, Ordering::SeqCst);
    });
    let config = Config::builder().endpoint("http://h.example");
    sent(config, service("ivs"), &operation(false, ""), body).await.unwrap();
    assert_eq!(told.load(Ordering::SeqCst), 2);
}
