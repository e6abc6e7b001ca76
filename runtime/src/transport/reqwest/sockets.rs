//! Requests over sockets.

use super::ReqwestTransport;
use crate::transport::{Transport, TransportError, TransportErrorKind, without_query};
use crate::{BoxFuture, ByteStream, StreamError};
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

impl ReqwestTransport {
    async fn answer(
        &self,
        url: &http::Uri,
        request: http::Request<impl Into<reqwest::Body>>,
    ) -> Result<(http::Response<()>, reqwest::Response), TransportError> {
        let request = reqwest::Request::try_from(request).map_err(|it| failure(url, it))?;
        let answer = self.0.execute(request).await;
        let mut answer = answer.map_err(|error| failure(url, error))?;
        let mut response = http::Response::new(());
        *response.status_mut() = answer.status();
        std::mem::swap(response.headers_mut(), answer.headers_mut());
        Ok((response, answer))
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let url = request.uri().clone();
            let (response, answer) = self.answer(&url, request).await?;
            let body = answer.bytes().await.map_err(|error| failure(&url, error))?;
            Ok(response.map(|()| body))
        })
    }

    fn stream(
        &self,
        request: http::Request<ByteStream>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, TransportError>> {
        Box::pin(async move {
            let url = request.uri().clone();
            let request = request.map(|body| match body.as_bytes() {
                Some(bytes) => reqwest::Body::from(bytes.clone()),
                None => reqwest::Body::wrap(Outgoing(Mutex::new(body))),
            });
            let (response, answer) = self.answer(&url, request).await?;
            let length = answer.content_length();
            let body = ByteStream::new(Incoming { body: answer.into(), url });
            Ok(response.map(|()| match length {
                Some(length) => body.with_length(length),
                None => body,
            }))
        })
    }
}

/// A body on its way out. One task reads it, so the lock is never waited for; it only lets a stream
/// that is no `Sync` be part of a request that must be.
struct Outgoing(Mutex<ByteStream>);

impl Body for Outgoing {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let stream = self.get_mut().0.get_mut();
        let stream = stream.unwrap_or_else(PoisonError::into_inner);
        Pin::new(stream).poll_next(cx).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.0.lock().map_or(None, |stream| stream.length());
        length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A body on its way in.
struct Incoming {
    body: reqwest::Body,
    url: http::Uri,
}

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
            return Poll::Ready(match frame {
                None => None,
                Some(Err(error)) => Some(Err(failure(&self.url, error))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) => Some(Ok(bytes)),
                    // Trailers are no part of the body.
                    Err(_) => continue,
                },
            });
        }
    }
}

fn failure(url: &http::Uri, error: reqwest::Error) -> TransportError {
    // The error repeats the URL, and both may hold a query with a signature.
    let error = error.without_url();
    let shown = without_query(url);
    let (kind, message) = if error.is_connect() {
        (TransportErrorKind::Connect, format!("could not connect to the endpoint URL: \"{shown}\""))
    } else if error.is_timeout() {
        (TransportErrorKind::Timeout, format!("no answer in time from \"{shown}\""))
    } else if error.is_request() || error.is_body() || error.is_decode() {
        let message =
            format!("the connection broke before the whole answer of \"{shown}\" was there");
        (TransportErrorKind::Broken, message)
    } else if error.is_builder() {
        let message = format!("\"{shown}\" is not a URL that requests can be sent to");
        (TransportErrorKind::Other, message)
    } else {
        (TransportErrorKind::Other, format!("the request to \"{shown}\" failed"))
    };
    TransportError::new(kind, message).with_source(error)
}
