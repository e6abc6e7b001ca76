//! Servers with TLS. Their certificates are made once, for a hundred years, with `openssl req -x509
//! -newkey ec -pkeyopt ec_paramgen_curve:prime256v1` and `openssl x509 -req`; nobody has the key of
//! the authority any more.

use super::super::sockets::by;
use super::server::{ANSWER, Server, head};
use super::*;
use crate::transport::http_client::{Trust, tls};
use hyper_util::client::proxy::matcher::Matcher;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

const AUTHORITY: &[u8] = include_bytes!("certificates/authority.pem");
const SERVER: &[u8] = include_bytes!("certificates/server.pem");
const SERVER_KEY: &[u8] = include_bytes!("certificates/server-key.pem");

/// For somebody who connects to `127.0.0.1` or `pets.example`.
fn config() -> rustls::ServerConfig {
    let certificate = CertificateDer::from_pem_slice(SERVER).unwrap();
    let key = PrivateKeyDer::from_pem_slice(SERVER_KEY).unwrap();
    rustls::ServerConfig::builder_with_provider(tls::provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap()
}

/// One conversation.
fn talk(mut stream: TcpStream) -> String {
    let mut connection = rustls::ServerConnection::new(Arc::new(config())).unwrap();
    let mut stream = rustls::Stream::new(&mut connection, &mut stream);
    let heard = head(&mut stream);
    if !heard.is_empty() {
        stream.write_all(ANSWER).unwrap();
    }
    heard
}

#[tokio::test]
async fn servers_are_trusted_by_their_certificates() {
    let server = Server::start(4, talk);
    let url = format!("https://{}/a?b=secret", server.address);
    let straight = || HttpTransport::builder().without_proxies();
    // The system does not know the authority, and the server is no authority.
    for distrusted in [straight(), straight().certificates(SERVER)] {
        let error = failure(&distrusted.build().unwrap(), &url).await;
        assert_eq!(error.kind(), TransportErrorKind::Tls);
        assert!(!error.to_string().contains("secret"), "{error}");
        let why = std::iter::successors(std::error::Error::source(&error), |it| it.source());
        let why = why.last().unwrap().to_string();
        assert!(why.starts_with("invalid peer certificate: "), "{why}");
    }
    for trusted in [straight().certificates(AUTHORITY), straight().without_verification()] {
        assert_eq!(asked(&trusted.build().unwrap(), &url).await.unwrap(), "hi");
    }
    let heard = server.heard();
    assert_eq!(heard[..2], ["", ""], "a server that is not trusted was told something");
    assert!(heard[2].starts_with("GET /a?b=secret HTTP/1.1\r\n"), "{}", heard[2]);
}

/// The name of a server is checked as well.
#[tokio::test]
async fn a_server_of_another_name() {
    let server = Server::start(1, talk);
    let port = server.address.port();
    let transport = HttpTransport::builder().without_proxies().certificates(AUTHORITY);
    let error = failure(&transport.build().unwrap(), &format!("https://localhost:{port}/")).await;
    assert_eq!(error.kind(), TransportErrorKind::Tls);
    assert_eq!(server.heard(), [""]);
}

/// A proxy is told where to connect to, and hears nothing of what goes over the connection.
#[tokio::test]
async fn through_a_tunnel() {
    let server = Server::start(1, talk);
    let place = server.address;
    let proxy = Server::start(1, move |mut near| {
        let heard = head(&mut near);
        near.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").unwrap();
        let far = TcpStream::connect(place).unwrap();
        let (mut from, mut to) = (near.try_clone().unwrap(), far.try_clone().unwrap());
        let there = std::thread::spawn(move || std::io::copy(&mut from, &mut to));
        let mut back = far;
        std::io::copy(&mut back, &mut near).unwrap();
        let _ = near.shutdown(std::net::Shutdown::Both);
        // Who ends first may leave the other one with nobody to write to.
        let _ = there.join().unwrap();
        heard
    });
    let proxies = Matcher::builder().https(format!("http://ann:secret@{}", proxy.address)).build();
    let transport = by(Some(proxies), None, Trust::Only(AUTHORITY.to_vec())).map(HttpTransport);
    assert_eq!(asked(&transport.unwrap(), "https://pets.example/a").await.unwrap(), "hi");
    let [heard] = &proxy.heard()[..] else { panic!("one connection is enough") };
    assert!(heard.starts_with("CONNECT pets.example:443 HTTP/1.1\r\n"), "{heard}");
    assert!(heard.contains("Proxy-Authorization: Basic YW5uOnNlY3JldA==\r\n"), "{heard}");
    let heard = server.heard();
    assert!(heard[0].contains("\r\nhost: pets.example\r\n"), "{heard:?}");
    assert!(!heard[0].to_lowercase().contains("proxy-authorization"), "{heard:?}");
}

/// The handshake comes to an end where nobody answers it in TLS.
#[tokio::test]
async fn a_server_without_tls() {
    let server = Server::start(1, |mut stream| {
        let hello = stream.read(&mut [0; 1024]).unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").unwrap();
        hello.to_string()
    });
    let transport = HttpTransport::without_proxies().unwrap();
    let error = failure(&transport, &format!("https://{}/a?b=secret", server.address)).await;
    assert_eq!(error.kind(), TransportErrorKind::Tls);
    let expected =
        format!("could not connect to the endpoint URL: \"https://{}/a\"", server.address);
    assert_eq!(error.to_string(), expected);
    assert_ne!(server.heard(), ["0"], "nobody said hello");
}

/// Where both sides can, they speak HTTP/2, in which an answer begins before the request has ended.
#[cfg(all(feature = "http2", feature = "mock"))]
#[tokio::test]
async fn in_http_2() {
    use crate::ByteStream;
    use hyper_util::rt::{TokioExecutor, TokioIo};
    use std::convert::Infallible;

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/a", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut config = config();
        config.alpn_protocols = vec![b"h2".to_vec()];
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
        let stream = acceptor.accept(listener.accept().await.unwrap().0).await.unwrap();
        let echo = hyper::service::service_fn(async |request: http::Request<_>| {
            assert_eq!(request.version(), http::Version::HTTP_2);
            Ok::<_, Infallible>(http::Response::new(request.into_body()))
        });
        let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
        server.serve_connection(TokioIo::new(stream), echo).await.unwrap();
    });
    let transport = HttpTransport::builder().without_proxies().certificates(AUTHORITY);
    let (chunks, body) = tokio::sync::mpsc::channel(1);
    let request = http::Request::post(&url).body(ByteStream::new(Given(body))).unwrap();
    let answer = transport.build().unwrap().stream(request).await.unwrap();
    assert_eq!(answer.version(), http::Version::HTTP_2);
    let mut answer = answer.into_body();
    for word in ["here", "and", "back"] {
        chunks.send(Bytes::from(word)).await.unwrap();
        assert_eq!(answer.next().await.unwrap().unwrap(), word);
    }
    drop(chunks);
    assert_eq!(answer.next().await.map(Result::unwrap), None);
}

/// A body that is said word by word.
#[cfg(all(feature = "http2", feature = "mock"))]
struct Given(tokio::sync::mpsc::Receiver<Bytes>);

#[cfg(all(feature = "http2", feature = "mock"))]
impl futures_core::Stream for Given {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_recv(cx).map(|chunk| chunk.map(Ok))
    }
}
