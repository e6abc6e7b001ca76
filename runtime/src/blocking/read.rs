//! Bodies of answers as readers.

use super::Wait;
use crate::ByteStream;
use bytes::{Buf, Bytes};
use std::io::{self, BufRead, Read};

/// The bytes of a stream, for whoever blocks: see [`ByteStream::into_read`].
///
/// A stream that broke is an [`io::Error`] with the stream's own as its source.
#[derive(Debug)]
pub struct Reader {
    stream: ByteStream,
    /// What has come and was not read yet
    left: Bytes,
}

impl Reader {
    pub(super) fn new(stream: ByteStream) -> Self {
        Self { stream, left: Bytes::new() }
    }
}

impl BufRead for Reader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.left.is_empty() {
            match self.stream.next().wait() {
                Some(Ok(chunk)) => self.left = chunk,
                Some(Err(error)) => return Err(io::Error::other(error)),
                None => break,
            }
        }
        Ok(&self.left)
    }

    fn consume(&mut self, count: usize) {
        self.left.advance(count.min(self.left.len()));
    }
}

impl Read for Reader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}
