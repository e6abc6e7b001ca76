//! Telling how far a body is.

use super::{ByteStream, StreamError};
use bytes::Bytes;
use futures_core::Stream;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// The most bytes between two times that somebody is told.
const STEP: usize = 64 * 1024;

type Told = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

impl ByteStream {
    /// Tells, with each piece that is taken, how many bytes have been taken so far and how many there
    /// will be, where that is known. Each attempt of a call begins at 0 again.
    ///
    /// Bytes that are there as a whole become a stream, which is sent piece by piece and can still
    /// be sent again.
    pub fn on_progress(self, tell: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        let total = self.length();
        let tell: Told = Arc::new(tell);
        let unwatched = self.again_unwatched().map(Box::new);
        let mut told = self.map(move |body| Progress {
            body,
            left: Bytes::new(),
            taken: 0,
            total,
            tell: Arc::clone(&tell),
        });
        (told.length, told.unwatched) = (total, unwatched);
        told
    }
}

struct Progress {
    body: ByteStream,
    /// What is left of a long chunk
    left: Bytes,
    taken: u64,
    total: Option<u64>,
    tell: Told,
}

impl Stream for Progress {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.left.is_empty() {
            match ready!(Pin::new(&mut this.body).poll_next(cx)) {
                Some(Ok(chunk)) => this.left = chunk,
                other => return Poll::Ready(other),
            }
        }
        let piece = this.left.split_to(this.left.len().min(STEP));
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        this.taken = this.taken.saturating_add(length);
        (this.tell)(this.taken, this.total);
        Poll::Ready(Some(Ok(piece)))
    }
}
