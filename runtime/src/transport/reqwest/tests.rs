#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::ReqwestTransport;
use crate::ByteStream;
use crate::transport::{Transport, TransportErrorKind};
use bytes::Bytes;
use std::io::{Read, Write};
use std::net::TcpListener;

fn transport() -> ReqwestTransport {
    ReqwestTransport::from_client(reqwest::Client::builder().no_proxy().build().unwrap())
}

#[tokio::test]
async fn both_ways() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/a?b=c", listener.local_addr().unwrap());
    let serving = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        for _ in 0..2 {
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"hello") {
                stream.read_exact(&mut byte).unwrap();
                request.extend(byte);
            }
            assert!(request.starts_with(b"PUT /a?b=c HTTP/1.1\r\n"));
            let answer = "HTTP/1.1 200 OK\r\nx-a: b\r\ncontent-length: 2\r\n\r\nhi";
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    let transport = transport();
    let request = http::Request::put(&url).body(Bytes::from("hello")).unwrap();
    let response = transport.send(request.clone()).await.unwrap();
    assert_eq!(response.headers()["x-a"], "b");
    assert_eq!(response.body(), "hi");
    let response = transport.stream(request.map(ByteStream::from)).await.unwrap();
    assert_eq!(response.body().length(), Some(2));
    assert_eq!(response.into_body().collect().await.unwrap(), "hi");
    serving.join().unwrap();
}

#[tokio::test]
async fn what_fails_says_where_and_not_what() {
    let cases = [
        (
            "http://127.0.0.1:1/a?b=secret",
            TransportErrorKind::Connect,
            "could not connect to the \
          endpoint URL: \"http://127.0.0.1:1/a\"",
        ),
        (
            "/a?b=secret",
            TransportErrorKind::Other,
            "\"/a\" is not a URL that requests can be sent to",
        ),
    ];
    for (url, kind, message) in cases {
        let request = http::Request::get(url).body(Bytes::new()).unwrap();
        let error = transport().send(request).await.unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }
}
