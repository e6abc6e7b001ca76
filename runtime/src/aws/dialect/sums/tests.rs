use super::checked;
use crate::ByteStream;
use crate::aws::checksum::Expected;
use crate::checksum::Algorithm;
use bytes::Bytes;
use futures_core::Stream;
use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Given(VecDeque<Result<Bytes, io::Error>>);

impl Stream for Given {
    type Item = Result<Bytes, io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

/// What reading all of a stream of two chunks comes to, where its sum is that of `of`.
async fn read(of: &str, broken: bool) -> Result<Bytes, String> {
    let chunks = [Ok(Bytes::from("one ")), Ok(Bytes::from("two"))].into_iter();
    let error = broken.then(|| Err(io::Error::other("no more")));
    let body = ByteStream::new(Given(chunks.chain(error).collect())).with_length(7);
    let algorithm = Algorithm::Crc32;
    let body = checked(Expected { algorithm, sum: algorithm.sum(of.as_bytes()) }, body);
    assert_eq!(body.length(), Some(7));
    body.collect().await.map_err(|error| error.to_string())
}

#[tokio::test]
async fn a_stream_is_held_against_its_sum_at_its_end() {
    assert_eq!(read("one two", false).await.unwrap(), "one two");
    let refused = read("one 2", false).await.unwrap_err();
    assert!(refused.contains("checksum is not"), "{refused}");
    let broken = read("one 2", true).await.unwrap_err();
    assert!(broken.contains("no more"), "{broken}");
}

#[tokio::test]
async fn a_stream_that_is_refused_has_an_end() {
    let expected = Expected { algorithm: Algorithm::Crc32, sum: String::new() };
    let mut body = checked(expected, "text".into());
    assert_eq!(body.next().await.unwrap().unwrap(), "text");
    assert!(body.next().await.unwrap().is_err());
    assert!(body.next().await.is_none());
}
