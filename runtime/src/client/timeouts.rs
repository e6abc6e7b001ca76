//! Time limits.

use super::Sleep;
use crate::transport::{Timeout, TransportError, TransportErrorKind};
use crate::{BoxFuture, ByteStream, StreamError};
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// The limits of a call. There are none but those that are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Limits {
    /// For a connection to be there
    pub(super) connect: Option<Duration>,
    /// Between sending and the first bytes of the answer, and from then on from bytes to bytes
    pub(super) read: Option<Duration>,
    /// For one attempt, up to the end of the answer, or of its headers where its body is a stream
    pub(super) attempt: Option<Duration>,
    /// For all attempts and the pauses between
    pub(super) call: Option<Duration>,
    /// The most bytes that an answer may have that is read into memory
    pub(super) body: Option<u64>,
}

impl Limits {
    /// Whether anything but the transport has to look at the clock.
    pub(super) fn need_sleep(&self) -> bool {
        self.read.is_some() || self.attempt.is_some() || self.call.is_some()
    }
}

/// The limits of a call, and what tells that they are reached.
#[derive(Clone, Copy)]
pub(super) struct Pace<'a> {
    pub(super) limits: Limits,
    pub(super) sleep: Option<&'a Arc<dyn Sleep>>,
}

impl Pace<'_> {
    /// Whether the body of an answer has to be watched as it comes.
    pub(super) fn watches_bodies(&self) -> bool {
        self.limits.read.is_some() || self.limits.body.is_some()
    }

    /// What comes of `future`, or an error if that takes longer than `timeout` allows.
    ///
    /// It is lent, and not handed over, because what an `async fn` is given and then waits for is in
    /// it twice: limits within limits would be large.
    pub(super) async fn within<T>(
        &self,
        timeout: Timeout,
        mut future: Pin<&mut impl Future<Output = Result<T, TransportError>>>,
    ) -> Result<T, TransportError> {
        let limit = match timeout {
            Timeout::Connect => None,
            Timeout::Read => self.limits.read,
            Timeout::Attempt => self.limits.attempt,
            Timeout::Call => self.limits.call,
        };
        let (Some(limit), Some(sleep)) = (limit, self.sleep) else { return future.await };
        let mut timer = sleep.sleep(limit);
        poll_fn(|cx| {
            if let Poll::Ready(done) = future.as_mut().poll(cx) {
                return Poll::Ready(done);
            }
            timer.as_mut().poll(cx).map(|()| Err(TransportError::timeout(timeout, limit)))
        })
        .await
    }

    /// A whole answer.
    pub(super) async fn collect(
        &self,
        response: http::Response<ByteStream>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let (parts, mut body) = response.into_parts();
        if let (Some(most), Some(length)) = (self.limits.body, body.length())
            && length > most
        {
            return Err(too_long(most));
        }
        if let Some(whole) = body.as_bytes() {
            return Ok(http::Response::from_parts(parts, whole.clone()));
        }
        let mut all = BytesMut::new();
        loop {
            let next = pin!(async { body.next().await.transpose().map_err(broken) });
            let Some(chunk) = self.within(Timeout::Read, next).await? else { break };
            let length = u64::try_from(all.len().saturating_add(chunk.len())).unwrap_or(u64::MAX);
            if let Some(most) = self.limits.body
                && length > most
            {
                return Err(too_long(most));
            }
            all.extend_from_slice(&chunk);
        }
        Ok(http::Response::from_parts(parts, all.freeze()))
    }

    /// A body that breaks if nothing comes for too long.
    pub(super) fn watch(&self, body: ByteStream) -> ByteStream {
        let (Some(limit), Some(sleep)) = (self.limits.read, self.sleep) else { return body };
        let length = body.length();
        let watched = Watched { body, sleep: Arc::clone(sleep), limit, timer: None };
        let watched = ByteStream::new(watched);
        match length {
            Some(length) => watched.with_length(length),
            None => watched,
        }
    }
}

fn too_long(most: u64) -> TransportError {
    let message = format!("the answer is longer than {most} bytes, the limit that is set");
    TransportError::new(TransportErrorKind::Other, message)
}

/// A transport's own error says more.
fn broken(error: StreamError) -> TransportError {
    match error.into_source().downcast::<TransportError>() {
        Ok(error) => *error,
        Err(source) => {
            let message = "the connection broke before the whole answer was there";
            TransportError::new(TransportErrorKind::Broken, message).with_source(source)
        }
    }
}

/// A body whose bytes must not be too far apart.
struct Watched {
    body: ByteStream,
    sleep: Arc<dyn Sleep>,
    limit: Duration,
    /// Runs while somebody waits for bytes, so that whoever reads slowly may.
    timer: Option<BoxFuture<'static, ()>>,
}

impl Stream for Watched {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if let Poll::Ready(next) = Pin::new(&mut this.body).poll_next(cx) {
            this.timer = None;
            return Poll::Ready(next.map(|chunk| chunk.map_err(broken)));
        }
        let limit = this.limit;
        let timer = this.timer.get_or_insert_with(|| {
            let sleep = Arc::clone(&this.sleep);
            Box::pin(async move { sleep.sleep(limit).await })
        });
        timer.as_mut().poll(cx).map(|()| Some(Err(TransportError::timeout(Timeout::Read, limit))))
    }
}
