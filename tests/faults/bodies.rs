//! Bodies that are too much, and bodies that are sent twice.

use crate::memory::Before;
use crate::server::{Act, Server, answer, ok, send};
use crate::sockets::{config, millis};
use crate::{alone, shown};
use bytes::Bytes;
use futures_core::Stream;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use typefoundry::ByteStream;
use typefoundry_clients::aws::{ivs, s3};

const PIECE: &[u8] = &[b' '; 64 * 1024];
/// As many pieces as a gigabyte has
const PIECES: usize = 16 * 1024;
const MEGABYTE: u64 = 1024 * 1024;

/// An answer of a gigabyte, or as much of it as the client takes.
fn gigabyte(status: u16, said: bool) -> Vec<Act> {
    let head = format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n");
    if said {
        let length = PIECE.len() * PIECES;
        return vec![
            send(&format!("{head}content-length: {length}\r\n\r\n")),
            Act::Repeat(PIECE, PIECES),
        ];
    }
    // The end of the connection is the end of the body.
    vec![send(&format!("{head}connection: close\r\n\r\n")), Act::Repeat(PIECE, PIECES), Act::Close]
}

#[tokio::test]
async fn a_gigabyte_is_not_read_into_memory() {
    let _alone = alone().await;
    let mut text = String::new();
    let cases = [
        ("whose length is said", gigabyte(200, true)),
        ("whose length is not said", gigabyte(200, false)),
        ("of an error", gigabyte(503, false)),
    ];
    for (name, script) in cases {
        let before = Before::now();
        let server = Server::start(vec![script]).await;
        let client = config(&server.url).body_limit(MEGABYTE).build().unwrap();
        let client = ivs::Client::new(client).unwrap();
        let error = client.list_channels().send().await.unwrap_err();
        text += &format!("{name}: {}\n", shown(error.as_error(), &server.url));
        drop((client, error));
        server.left_alone(name).await;
        assert!(before.peak() < 6 * 1024 * 1024, "{name}: {} bytes at once", before.peak());
        drop(server);
        tokio::task::yield_now().await;
        before.check(name);
    }
    insta::assert_snapshot!(text);
}

#[tokio::test]
async fn a_gigabyte_comes_piece_by_piece() {
    let _alone = alone().await;
    let before = Before::now();
    let server = Server::start(vec![gigabyte(200, true)]).await;
    // The limit is one of what is read into memory.
    let client = config(&server.url).body_limit(MEGABYTE).read_timeout(millis(2_000)).build();
    let client = s3::Client::new(client.unwrap()).unwrap();
    let object = client.get_object().bucket("pail").key("k").send().await.unwrap();
    let mut body = object.into_body();
    assert_eq!(body.length(), Some((PIECE.len() * PIECES) as u64));
    let mut read = 0;
    while read < 64 * 1024 * 1024 {
        read += body.next().await.unwrap().unwrap().len();
    }
    assert!(before.peak() < 6 * 1024 * 1024, "{} bytes at once", before.peak());
    // The rest is not wanted.
    drop((body, client));
    server.left_alone("a download").await;
    drop(server);
    tokio::task::yield_now().await;
    before.check("a download");
}

#[tokio::test]
async fn a_download_that_stops_breaks() {
    let _alone = alone().await;
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\nhello";
    let mut text = String::new();
    for (name, end) in [("silent", Act::Hang), ("closed", Act::Close), ("reset", Act::Reset)] {
        let pause = crate::server::pause(10);
        let server = Server::start(vec![vec![send(head), pause, end]]).await;
        let client = config(&server.url).read_timeout(millis(60)).build().unwrap();
        let client = s3::Client::new(client).unwrap();
        let object = client.get_object().bucket("pail").key("k").send().await.unwrap();
        let mut body = object.into_body();
        assert_eq!(body.next().await.unwrap().unwrap(), "hello");
        let error = body.next().await.unwrap().unwrap_err();
        text += &format!("{name}: {error}\n").replace(&server.url, "http://server");
        drop((body, client));
        server.left_alone(name).await;
        // What began is not begun again.
        assert_eq!(server.requests(), 1);
    }
    insta::assert_snapshot!(text);
}

/// Pieces of a body, counted as they go.
struct Pieces(usize, Arc<AtomicUsize>);

impl Stream for Pieces {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.0 == 0 {
            return Poll::Ready(None);
        }
        self.0 -= 1;
        self.1.fetch_add(1, Ordering::SeqCst);
        Poll::Ready(Some(Ok(Bytes::from_static(b"piece"))))
    }
}

#[tokio::test]
async fn a_body_is_sent_again_if_it_can_be_had_again() {
    let _alone = alone().await;
    let taken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&taken);
    let replayable = ByteStream::replayable(move || Pieces(3, Arc::clone(&count))).with_length(15);
    let once = ByteStream::new(Pieces(3, Arc::default())).with_length(15);
    let cases = [
        ("bytes", ByteStream::from("piecepiecepiece"), 3),
        ("a stream that can be had again", replayable, 3),
        ("any other stream", once, 1),
    ];
    for (name, body, attempts) in cases {
        let down = vec![answer(503, "", "")];
        let server = Server::start(vec![down.clone(), down, vec![answer(200, "", "")]]).await;
        // Nobody could know the digest of what is there once.
        let config = config(&server.url).header("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        let client = s3::Client::new(config.build().unwrap()).unwrap();
        let sent = client.put_object().bucket("pail").key("k").body(body).send().await;
        assert_eq!(sent.is_ok(), attempts == 3, "{name}: {sent:?}");
        assert_eq!(server.requests(), attempts, "{name}");
        drop(client);
        server.left_alone(name).await;
    }
    // Before the attempts it was read for its checksum, which is in a header without TLS.
    assert_eq!(taken.load(Ordering::SeqCst), 12);
}

#[tokio::test]
async fn connections_are_used_again() {
    let _alone = alone().await;
    let server = Server::start(vec![ok()]).await;
    let client = ivs::Client::new(config(&server.url).build().unwrap()).unwrap();
    let before = Before::now();
    for _ in 0..1_000 {
        client.list_channels().send().await.unwrap();
    }
    before.check("a thousand calls");
    assert_eq!(server.requests(), 1_000);
    assert_eq!(server.connections(), 1);
}
