#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod sources;

use super::ByteStream;
use bytes::Bytes;
use futures_core::Stream;
use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Chunks that are given, and perhaps an error at the end.
struct Given(VecDeque<Result<Bytes, io::Error>>);

impl Stream for Given {
    type Item = Result<Bytes, io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn given(chunks: &[&'static str], error: Option<&str>) -> ByteStream {
    let chunks = chunks.iter().map(|chunk| Ok(Bytes::from_static(chunk.as_bytes())));
    let error = error.map(|error| Err(io::Error::other(error.to_owned())));
    ByteStream::new(Given(chunks.chain(error).collect()))
}

#[tokio::test]
async fn chunks_come_one_by_one_or_all_together() {
    let mut stream = given(&["a", "", "bc"], None);
    assert_eq!(stream.next().await.unwrap().unwrap(), "a");
    assert_eq!(stream.collect().await.unwrap(), "bc");
    assert_eq!(given(&[], None).collect().await.unwrap(), "");
}

#[tokio::test]
async fn what_is_there_as_a_whole_is_one_chunk() {
    let mut stream = ByteStream::from("abc");
    assert_eq!((stream.length(), stream.as_bytes().map(Bytes::len)), (Some(3), Some(3)));
    assert_eq!(stream.next().await.unwrap().unwrap(), "abc");
    assert!(stream.next().await.is_none());
    assert!(ByteStream::default().next().await.is_none());
}

#[tokio::test]
async fn a_stream_that_breaks_says_why() {
    let error = given(&["a"], Some("the cable")).collect().await.unwrap_err();
    assert_eq!(error.to_string(), "the stream broke: the cable");
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn nothing_of_it_is_shown() {
    assert_eq!(format!("{:?}", ByteStream::from("secret")), "ByteStream(6 bytes)");
    assert_eq!(format!("{:?}", given(&["secret"], None)), "ByteStream(..)");
    assert_eq!(format!("{:?}", given(&[], None).with_length(7)), "ByteStream(7 bytes)");
}
