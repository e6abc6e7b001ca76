#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::schema::{OperationSchema, OperationTraits, ServiceSchema};
use std::borrow::Cow;
use std::io::Read;

fn operation(compressed: bool, streams_input: Option<bool>) -> OperationSchema {
    let traits = OperationTraits { compressed, streams_input, ..OperationTraits::default() };
    OperationSchema {
        name: Cow::Borrowed("Put"),
        method: Cow::Borrowed("POST"),
        uri: Cow::Borrowed("/"),
        status: 0,
        idempotent: false,
        secret: false,
        pages: None,
        traits: Some(Cow::Owned(traits)),
    }
}

fn unzipped(bytes: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut all).unwrap();
    all
}

/// The encoding of a body of that length, and whether its bytes are as they were.
fn sent(
    operation: &OperationSchema,
    length: usize,
    others: &[(String, Setting)],
) -> Result<Option<String>, Error> {
    let body = Bytes::from(vec![b'x'; length]);
    let mut request = http::Request::new(body.clone());
    if length % 2 == 1 {
        request.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("custom"));
    }
    let service = ServiceSchema::default();
    let cx = Cx { service: &service, operation };
    let settings = Settings {
        region: "",
        is_fips: false,
        endpoint: None,
        signs: true,
        account_id: None,
        others,
    };
    compress(cx, settings, &mut request, &mut None)?;
    let encoding = request.headers().get(CONTENT_ENCODING);
    let encoding = encoding.map(|value| value.to_str().unwrap().to_owned());
    if encoding.as_deref().is_some_and(|it| it.ends_with("gzip")) {
        assert_eq!(unzipped(request.body()), body);
    } else {
        assert_eq!(request.body(), &body);
    }
    Ok(encoding)
}

type Case<'a> = (&'a OperationSchema, usize, &'a [(String, Setting)], Option<&'a str>);

#[test]
fn a_body_is_compressed_if_it_is_large_enough() {
    let off = [("disable_request_compression".to_owned(), Setting::Bool(true))];
    let least = |text: &str| [(MINIMUM.to_owned(), Setting::from(text))];
    let (plain, sized) = (operation(true, None), operation(true, Some(true)));
    let cases: [Case<'_>; 9] = [
        (&plain, 10_240, &[], Some("gzip")),
        (&plain, 10_239, &[], Some("custom")),
        (&plain, 10_241, &[], Some("custom,gzip")),
        (&plain, 20_000, &off, None),
        (&plain, 2, &least("2"), Some("gzip")),
        (&plain, 10_240, &least("10242"), None),
        (&operation(false, None), 20_000, &[], None),
        (&operation(true, Some(false)), 2, &[], Some("gzip")),
        (&sized, 20_000, &[], None),
    ];
    for (operation, length, settings, expected) in cases {
        let found = sent(operation, length, settings).unwrap();
        assert_eq!(found.as_deref(), expected, "{length} bytes, {settings:?}");
    }
    let error = sent(&plain, 2, &least("much")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
}

struct Given(Vec<Result<Bytes, std::io::Error>>);

impl Stream for Given {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop())
    }
}

fn stream(chunks: Vec<Result<Bytes, std::io::Error>>) -> ByteStream {
    let mut stream = Some(ByteStream::new(Given(chunks)).with_length(9));
    let service = ServiceSchema::default();
    let operation = operation(true, Some(false));
    let cx = Cx { service: &service, operation: &operation };
    let settings = Settings {
        region: "",
        is_fips: false,
        endpoint: None,
        signs: true,
        account_id: None,
        others: &[],
    };
    let mut request = http::Request::new(Bytes::new());
    compress(cx, settings, &mut request, &mut stream).unwrap();
    assert_eq!(request.headers()[CONTENT_ENCODING], "gzip");
    stream.unwrap()
}

#[tokio::test]
async fn a_stream_is_compressed_as_it_comes() {
    let compressed = stream(vec![Ok("c".repeat(70_000).into()), Ok("".into()), Ok("ab".into())]);
    assert_eq!(compressed.length(), None);
    let all = compressed.collect().await.unwrap();
    assert_eq!(unzipped(&all), format!("ab{}", "c".repeat(70_000)).as_bytes());
    let broken = stream(vec![Err(std::io::Error::other("the cable")), Ok("ab".into())]);
    assert!(broken.collect().await.unwrap_err().to_string().contains("the cable"));
}
