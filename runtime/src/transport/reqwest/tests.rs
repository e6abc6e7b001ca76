#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::ReqwestTransport;
use crate::transport::{Transport, TransportError, TransportErrorKind};
use bytes::Bytes;

async fn failure(transport: &ReqwestTransport, url: &str) -> TransportError {
    let request = http::Request::get(url).body(Bytes::new()).unwrap();
    transport.send(request).await.unwrap_err()
}

/// Whatever speaks TLS, its handshake comes to an end where nobody answers it in TLS.
#[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc", feature = "native-tls"))]
#[tokio::test]
async fn a_server_without_tls() {
    use std::io::{Read, Write};
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    let answered = std::thread::spawn(move || {
        let (mut connection, _) = server.accept().unwrap();
        let hello = connection.read(&mut [0; 1024]).unwrap();
        connection.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").unwrap();
        hello
    });
    let transport = ReqwestTransport::without_proxies().unwrap();
    let error = failure(&transport, &format!("https://{address}/a?b=secret")).await;
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    let expected = format!("could not connect to the endpoint URL: \"https://{address}/a\"");
    assert_eq!(error.to_string(), expected);
    assert!(answered.join().unwrap() > 0, "nobody said hello");
}

/// A build without TLS says so, at the first attempt.
#[cfg(not(any(feature = "rustls-ring", feature = "rustls-aws-lc", feature = "native-tls")))]
#[tokio::test]
async fn https_without_tls() {
    let bare =
        ReqwestTransport::from_client(reqwest::Client::builder().no_proxy().build().unwrap());
    for transport in [ReqwestTransport::without_proxies().unwrap(), bare] {
        let error = failure(&transport, "https://127.0.0.1:1/a?b=secret").await;
        assert_eq!(error.kind(), TransportErrorKind::Other);
        assert_eq!(
            error.to_string(),
            "\"https://127.0.0.1:1/a\" needs TLS, which this client lacks: turn on `rustls-ring`, \
             `rustls-aws-lc` or `native-tls` of `typefoundry`, or hand over a client that has it"
        );
    }
}
