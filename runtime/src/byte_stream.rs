//! Bodies that are bytes one after another.

#[cfg(feature = "http-client")]
mod async_read;
mod progress;
mod source;

#[cfg(feature = "http-client")]
pub use async_read::AsyncReader;

use crate::auth::BoxError;
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// A body: bytes that are there as a whole, or come one after another and are never held together.
///
/// It is a [`Stream`] of chunks; [`next`](Self::next) gives one without any other crate, and
/// [`collect`](Self::collect) all of them.
pub struct ByteStream {
    body: Body,
    length: Option<u64>,
    /// The same bytes, without anybody being told how many were taken
    unwatched: Option<Box<ByteStream>>,
}

enum Body {
    Whole(Bytes),
    Chunks(Chunks),
    /// Chunks that can be had as often as one likes
    Source(Source),
}

type Source = Arc<dyn Fn() -> Chunks + Send + Sync>;

impl ByteStream {
    /// A body of chunks.
    pub fn new<S, E>(chunks: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::of(Body::Chunks(Box::pin(Errors(Box::pin(chunks)))), None)
    }

    /// A body of chunks that can be had again: each attempt of a call asks for them anew, as does a
    /// signature that needs their digest before they are sent.
    pub fn replayable<S, E>(chunks: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        let source: Source = Arc::new(move || Box::pin(Errors(Box::pin(chunks()))));
        Self::of(Body::Source(source), None)
    }

    /// The same body from its beginning, if it can be had.
    pub fn again(&self) -> Option<Self> {
        let body = match &self.body {
            Body::Whole(bytes) => Body::Whole(bytes.clone()),
            Body::Source(source) => Body::Source(Arc::clone(source)),
            Body::Chunks(_) => return None,
        };
        let unwatched = self.unwatched.as_ref().and_then(|body| body.again()).map(Box::new);
        Some(Self { body, length: self.length, unwatched })
    }

    /// As [`again`](Self::again), for somebody who only looks at the bytes: it is no progress.
    pub(crate) fn again_unwatched(&self) -> Option<Self> {
        self.unwatched.as_deref().unwrap_or(self).again()
    }

    fn of(body: Body, length: Option<u64>) -> Self {
        Self { body, length, unwatched: None }
    }

    /// The body that `change` makes of this one. It can be had again if this one can.
    pub(crate) fn map<S, E>(self, change: impl Fn(Self) -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        let length = self.length;
        let again: Box<dyn Fn() -> Self + Send + Sync> = match self.body {
            Body::Chunks(_) => return Self::new(change(self)),
            Body::Whole(bytes) => Box::new(move || Self::from(bytes.clone())),
            Body::Source(source) => {
                Box::new(move || Self::of(Body::Source(Arc::clone(&source)), length))
            }
        };
        Self::replayable(move || change(again()))
    }

    /// Says how many bytes there will be. Some operations need to know before they begin.
    pub fn with_length(mut self, length: u64) -> Self {
        self.length = Some(length);
        self
    }

    /// How many bytes there will be, where that is known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The bytes, if they are there as a whole.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.body {
            Body::Whole(bytes) => Some(bytes),
            Body::Chunks(_) | Body::Source(_) => None,
        }
    }

    /// The next chunk; nothing at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, StreamError>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// All the bytes that are left, in memory.
    ///
    /// Errors: the stream broke.
    pub async fn collect(mut self) -> Result<Bytes, StreamError> {
        if let Body::Whole(bytes) = self.body {
            return Ok(bytes);
        }
        let mut all = BytesMut::new();
        while let Some(chunk) = self.next().await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all.freeze())
    }
}

impl Default for ByteStream {
    fn default() -> Self {
        Bytes::new().into()
    }
}

impl<T: Into<Bytes>> From<T> for ByteStream {
    fn from(bytes: T) -> Self {
        let bytes = bytes.into();
        let length = u64::try_from(bytes.len()).ok();
        Self::of(Body::Whole(bytes), length)
    }
}

/// What is in it may be secret, and reading it would use it up.
impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            Some(length) => write!(f, "ByteStream({length} bytes)"),
            None => f.write_str("ByteStream(..)"),
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Body::Source(source) = &self.body {
            self.body = Body::Chunks(source());
        }
        match &mut self.body {
            Body::Source(_) => Poll::Ready(None),
            Body::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Body::Whole(bytes) => Poll::Ready(Some(Ok(std::mem::take(bytes)))),
            Body::Chunks(chunks) => {
                let next = chunks.as_mut().poll_next(cx);
                next.map(|chunk| chunk.map(|chunk| chunk.map_err(StreamError)))
            }
        }
    }
}

/// A stream that broke: less came than was to come.
#[derive(Debug)]
pub struct StreamError(BoxError);

impl StreamError {
    /// With what lies behind it.
    pub fn new(source: impl Into<BoxError>) -> Self {
        Self(source.into())
    }

    pub(crate) fn into_source(self) -> BoxError {
        self.0
    }
}

/// A stream that nobody may wait for, where the bytes of it were to be waited for.
impl From<crate::Error> for StreamError {
    fn from(error: crate::Error) -> Self {
        Self::new(error)
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the stream broke: {}", self.0)
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

/// Chunks whose errors are boxed.
struct Errors<S>(Pin<Box<S>>);

impl<S, E> Stream for Errors<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx).map(|chunk| chunk.map(|chunk| chunk.map_err(Into::into)))
    }
}

#[cfg(test)]
mod tests;
