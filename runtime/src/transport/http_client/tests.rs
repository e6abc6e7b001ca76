#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[cfg(all(any(feature = "rustls-ring", feature = "rustls-aws-lc"), not(feature = "native-tls")))]
mod encrypted;
mod proxies;
mod server;

use super::HttpTransport;
use crate::transport::{Transport, TransportError, TransportErrorKind};
use bytes::Bytes;

async fn asked(transport: &HttpTransport, url: &str) -> Result<Bytes, TransportError> {
    let request = http::Request::get(url).body(Bytes::new()).unwrap();
    Ok(transport.send(request).await?.into_body())
}

async fn failure(transport: &HttpTransport, url: &str) -> TransportError {
    asked(transport, url).await.unwrap_err()
}

/// A build without TLS says so, at the first attempt.
#[cfg(not(any(feature = "rustls-ring", feature = "rustls-aws-lc", feature = "native-tls")))]
#[tokio::test]
async fn https_without_tls() {
    let transport = HttpTransport::without_proxies().unwrap();
    let error = failure(&transport, "https://127.0.0.1:1/a?b=secret").await;
    assert_eq!(error.kind(), TransportErrorKind::Other);
    assert_eq!(
        error.to_string(),
        "\"https://127.0.0.1:1/a\" needs TLS, which this client lacks: turn on `rustls-ring`, \
         `rustls-aws-lc` or `native-tls` of `typefoundry`, or use a transport that has it"
    );
}

#[tokio::test]
async fn urls_without_a_server() {
    let transport = HttpTransport::without_proxies().unwrap();
    for url in ["/a?b=secret", "ftp://127.0.0.1/a?b=secret"] {
        let error = failure(&transport, url).await;
        assert_eq!(error.kind(), TransportErrorKind::Other);
        let shown = url.trim_end_matches("?b=secret");
        let expected = format!("\"{shown}\" is not a URL that requests can be sent to");
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn outside_of_a_runtime() {
    let transport = HttpTransport::without_proxies().unwrap();
    let mut asked = std::pin::pin!(failure(&transport, "http://127.0.0.1:1/"));
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(error) = asked.as_mut().poll(&mut cx) else {
        panic!("it waits for what never comes");
    };
    assert_eq!(
        error.to_string(),
        "the sockets of the default transport are tokio's, and this is not called in a runtime of it"
    );
}
