//! Requests that go by a proxy and are not encrypted.

use super::super::sockets::by;
use super::server::{ANSWER, Server, head};
use super::*;
use crate::transport::http_client::Trust;
use hyper_util::client::proxy::matcher::{Builder, Matcher};
use std::io::{Read, Write};

fn going_by(proxies: Builder) -> HttpTransport {
    by(Some(proxies.build()), None, Trust::System).map(HttpTransport).unwrap()
}

#[tokio::test]
async fn a_proxy_is_told_the_whole_url() {
    let proxy = Server::start(1, |mut stream| {
        let heard = head(&mut stream);
        stream.write_all(ANSWER).unwrap();
        heard
    });
    let transport =
        going_by(Matcher::builder().http(format!("http://ann:secret@{}", proxy.address)));
    assert_eq!(asked(&transport, "http://pets.example/a?b=c").await.unwrap(), "hi");
    assert!(!format!("{transport:?}").contains("secret"), "{transport:?}");
    let [heard] = &proxy.heard()[..] else { panic!("one connection is enough") };
    assert!(heard.starts_with("GET http://pets.example/a?b=c HTTP/1.1\r\n"), "{heard}");
    assert!(heard.contains("\r\nproxy-authorization: Basic YW5uOnNlY3JldA==\r\n"), "{heard}");
    assert!(heard.contains("\r\nhost: pets.example\r\n"), "{heard}");
}

#[tokio::test]
async fn some_places_are_reached_without_a_proxy() {
    let server = Server::start(1, |mut stream| {
        let heard = head(&mut stream);
        stream.write_all(ANSWER).unwrap();
        heard
    });
    // Nobody is there.
    let transport = going_by(Matcher::builder().all("http://127.0.0.1:1").no("127.0.0.0/8"));
    assert_eq!(asked(&transport, &format!("http://{}/a", server.address)).await.unwrap(), "hi");
    assert!(server.heard()[0].starts_with("GET /a HTTP/1.1\r\n"));
    let error = failure(&transport, "http://pets.example/").await;
    assert_eq!(error.kind(), TransportErrorKind::Connect);
}

/// Version 5 of SOCKS, in which the proxy looks the name up (RFC 1928, §3, §4 and §6; the name and
/// password are RFC 1929's).
#[tokio::test]
async fn by_socks() {
    let proxy = Server::start(1, |mut stream| {
        let read = |length: usize| {
            let mut bytes = vec![0; length];
            (&stream).read_exact(&mut bytes).unwrap();
            bytes
        };
        assert_eq!(read(3), [5, 1, 2], "name and password are what is offered");
        (&stream).write_all(&[5, 2]).unwrap();
        assert_eq!(read(12), b"\x01\x03ann\x06secret");
        (&stream).write_all(&[1, 0]).unwrap();
        assert_eq!(read(19), b"\x05\x01\x00\x03\x0cpets.example\x00\x50");
        (&stream).write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 80]).unwrap();
        let heard = head(&mut stream);
        stream.write_all(ANSWER).unwrap();
        heard
    });
    let transport =
        going_by(Matcher::builder().all(format!("socks5h://ann:secret@{}", proxy.address)));
    assert_eq!(asked(&transport, "http://pets.example/a").await.unwrap(), "hi");
    assert!(proxy.heard()[0].starts_with("GET /a HTTP/1.1\r\n"));
}

/// A tunnel that a proxy refuses is a connection that cannot be made.
#[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc", feature = "native-tls"))]
#[tokio::test]
async fn a_proxy_that_refuses() {
    let proxy = Server::start(1, |mut stream| {
        let heard = head(&mut stream);
        let refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(refusal).unwrap();
        heard
    });
    let transport = going_by(Matcher::builder().https(format!("http://{}", proxy.address)));
    let error = failure(&transport, "https://pets.example/").await;
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    let why = std::iter::successors(std::error::Error::source(&error), |it| it.source());
    assert_eq!(why.last().unwrap().to_string(), "tunnel error: proxy authorization required");
    assert!(proxy.heard()[0].starts_with("CONNECT pets.example:443 "));
}
