//! The server's place.

use bytes::Bytes;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use typefoundry::BoxFuture;
use typefoundry::transport::{Transport, TransportError, TransportErrorKind};

/// Keeps the request that is sent, and answers as it was told. Clones share both.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wiretap(Arc<Mutex<Line>>);

#[derive(Debug, Default)]
struct Line {
    sent: Option<http::Request<Bytes>>,
    answer: Option<http::Response<Bytes>>,
}

impl Wiretap {
    /// What the next request is answered; without it the connection breaks.
    pub(crate) fn answer(&self, answer: Option<http::Response<Bytes>>) {
        *self.line() = Line { sent: None, answer };
    }

    /// The request that was sent.
    pub(crate) fn sent(&self) -> Option<http::Request<Bytes>> {
        self.line().sent.take()
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Wiretap {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let mut line = self.line();
        line.sent = Some(request);
        let answer = line.answer.take();
        let silence = || TransportError::new(TransportErrorKind::Other, "nobody answers");
        Box::pin(std::future::ready(answer.ok_or_else(silence)))
    }
}
