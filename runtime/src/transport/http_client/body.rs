//! Bodies on their way out and in.

use super::failure::broken;
use crate::transport::TransportError;
use crate::{ByteStream, StreamError};
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A body on its way out.
#[derive(Debug)]
pub(super) enum Outgoing {
    Whole(Bytes),
    Stream(ByteStream),
}

impl Outgoing {
    pub(super) fn of(body: ByteStream) -> Self {
        match body.as_bytes() {
            Some(bytes) => Self::Whole(bytes.clone()),
            None => Self::Stream(body),
        }
    }

    fn length(&self) -> Option<u64> {
        match self {
            Self::Whole(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Stream(stream) => stream.length(),
        }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        match self.get_mut() {
            Self::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Self::Stream(stream) => Pin::new(stream)
                .poll_next(cx)
                .map(|chunk| chunk.map(|chunk| chunk.map(Frame::data))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        self.length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A body on its way in.
pub(super) fn incoming(body: Incoming, url: http::Uri) -> ByteStream {
    let length = body.size_hint().exact();
    let stream = ByteStream::new(Chunks { body, url });
    match length {
        Some(length) => stream.with_length(length),
        None => stream,
    }
}

/// All of a body. What comes in one piece is not copied.
pub(super) async fn whole(mut body: Incoming) -> Result<Bytes, hyper::Error> {
    let Some(first) = chunk(&mut body).await? else { return Ok(Bytes::new()) };
    let Some(second) = chunk(&mut body).await? else { return Ok(first) };
    let mut all = BytesMut::from(first);
    all.extend_from_slice(&second);
    while let Some(next) = chunk(&mut body).await? {
        all.extend_from_slice(&next);
    }
    Ok(all.freeze())
}

async fn chunk(body: &mut Incoming) -> Result<Option<Bytes>, hyper::Error> {
    poll_fn(|cx| poll_chunk(body, cx)).await.transpose()
}

fn poll_chunk(
    body: &mut Incoming,
    cx: &mut Context<'_>,
) -> Poll<Option<Result<Bytes, hyper::Error>>> {
    loop {
        let Some(frame) = ready!(Pin::new(&mut *body).poll_frame(cx)) else {
            return Poll::Ready(None);
        };
        match frame.map(Frame::into_data) {
            // HTTP/2 may end with no bytes; trailers are no part of the body.
            Ok(Ok(chunk)) if chunk.is_empty() => {}
            Ok(Err(_)) => {}
            Ok(Ok(chunk)) => return Poll::Ready(Some(Ok(chunk))),
            Err(error) => return Poll::Ready(Some(Err(error))),
        }
    }
}

struct Chunks {
    body: Incoming,
    url: http::Uri,
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(poll_chunk(&mut self.body, cx));
        Poll::Ready(chunk.map(|chunk| chunk.map_err(|error| broken(&self.url, error))))
    }
}
