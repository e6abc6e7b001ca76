//! Requests over sockets.

use super::{ReqwestBuilder, ReqwestTransport, outgoing, tls, unsendable, without_query};
use crate::transport::{Timeout, Transport, TransportError, TransportErrorKind};
use crate::{BoxFuture, ByteStream, StreamError};
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, ready};

/// A client as the builder says.
pub(super) fn client(settings: &ReqwestBuilder) -> Result<reqwest::Client, TransportError> {
    let mut builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    // Only HTTP/2 has refusals that `reqwest` answers by itself, for which it keeps a copy of
    // each request.
    #[cfg(not(feature = "http2"))]
    {
        builder = builder.retry(reqwest::retry::never().max_retries_per_request(0));
    }
    if !settings.proxies {
        builder = builder.no_proxy();
    }
    if let Some(limit) = settings.connect_timeout {
        builder = builder.connect_timeout(limit);
    }
    tls::chosen(builder, &settings.trust)?.build().map_err(|error| {
        TransportError::new(TransportErrorKind::Other, "the HTTP client cannot be set up")
            .with_source(error)
    })
}

impl ReqwestTransport {
    fn failure(&self, url: &http::Uri, error: reqwest::Error) -> TransportError {
        match self.connect_timeout {
            Some(limit) if error.is_connect() && error.is_timeout() => {
                TransportError::timeout(Timeout::Connect, limit).with_source(error.without_url())
            }
            _ => failure(url, error),
        }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let url = request.uri().clone();
            let request = outgoing(request)?;
            let mut answer =
                self.client.execute(request).await.map_err(|error| self.failure(&url, error))?;
            let mut response = http::Response::new(Bytes::new());
            *response.status_mut() = answer.status();
            std::mem::swap(response.headers_mut(), answer.headers_mut());
            *response.body_mut() = answer.bytes().await.map_err(|error| failure(&url, error))?;
            Ok(response)
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
            let request = outgoing(request)?;
            let mut answer =
                self.client.execute(request).await.map_err(|error| self.failure(&url, error))?;
            let mut response = http::Response::new(ByteStream::default());
            *response.status_mut() = answer.status();
            std::mem::swap(response.headers_mut(), answer.headers_mut());
            let length = answer.content_length();
            let mut body = ByteStream::new(Incoming { body: answer.into(), url });
            if let Some(length) = length {
                body = body.with_length(length);
            }
            *response.body_mut() = body;
            Ok(response)
        })
    }
}

/// A body on its way out. One task reads it, so the lock is never waited for; it only lets a stream
/// that is no `Sync` be part of a request that must be.
struct Outgoing(Mutex<ByteStream>);

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let stream = self.get_mut().0.get_mut();
        let stream = stream.unwrap_or_else(std::sync::PoisonError::into_inner);
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
    // The error repeats the URL, and may hold a query with a signature.
    let error = error.without_url();
    let shown = without_query(url);
    let (kind, message) = if error.is_connect() && tls::is_missing(&error) {
        let message = format!(
            "\"{shown}\" needs TLS, which this client lacks: turn on `rustls-ring`, `rustls-aws-lc` \
             or `native-tls` of `typefoundry`, or hand over a client that has it"
        );
        (TransportErrorKind::Other, message)
    } else if error.is_connect() {
        (TransportErrorKind::Connect, format!("could not connect to the endpoint URL: \"{shown}\""))
    } else if error.is_timeout() {
        (TransportErrorKind::Timeout, format!("no answer in time from \"{shown}\""))
    } else if is_no_http(&error) {
        let message = format!("the answer of \"{shown}\" cannot be read as HTTP");
        (TransportErrorKind::Broken, message)
    } else if error.is_request() || error.is_body() || error.is_decode() {
        let message =
            format!("the connection broke before the whole answer of \"{shown}\" was there");
        (TransportErrorKind::Broken, message)
    } else if error.is_builder() {
        (TransportErrorKind::Other, unsendable(url))
    } else {
        (TransportErrorKind::Other, format!("the request to \"{shown}\" failed"))
    };
    TransportError::new(kind, message).with_source(error)
}

/// Whether an answer came that is none, or has more headers than a client takes.
fn is_no_http(error: &reqwest::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        if error.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse) {
            return true;
        }
        source = error.source();
    }
    false
}
