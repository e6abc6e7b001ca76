//! Bodies as tokio's readers.

use super::ByteStream;
use bytes::{Buf, Bytes};
use futures_core::Stream;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

/// The bytes of a stream as tokio's [`AsyncRead`] and [`AsyncBufRead`]: see
/// [`ByteStream::into_async_read`].
///
/// A stream that broke is an [`io::Error`] with the stream's own as its source.
#[derive(Debug)]
pub struct AsyncReader {
    stream: ByteStream,
    /// What has come and was not read yet
    left: Bytes,
}

impl ByteStream {
    /// The bytes as tokio's `AsyncRead`, for whoever reads them so.
    pub fn into_async_read(self) -> AsyncReader {
        AsyncReader { stream: self, left: Bytes::new() }
    }
}

impl AsyncBufRead for AsyncReader {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        while this.left.is_empty() {
            match ready!(Pin::new(&mut this.stream).poll_next(cx)) {
                Some(Ok(chunk)) => this.left = chunk,
                Some(Err(error)) => return Poll::Ready(Err(io::Error::other(error))),
                None => break,
            }
        }
        Poll::Ready(Ok(&this.left))
    }

    fn consume(self: Pin<&mut Self>, count: usize) {
        let left = &mut self.get_mut().left;
        left.advance(count.min(left.len()));
    }
}

impl AsyncRead for AsyncReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let there = ready!(self.as_mut().poll_fill_buf(cx))?;
        let count = there.len().min(into.remaining());
        into.put_slice(there.get(..count).unwrap_or_default());
        self.consume(count);
        Poll::Ready(Ok(()))
    }
}
