//! The server's place.

use bytes::Bytes;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use typefoundry::BoxFuture;
use typefoundry::transport::{Transport, TransportError, TransportErrorKind};

/// Keeps the request that is sent, and answers as it was told. Clones share both.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wiretap(Arc<Mutex<Line>>);

#[derive(Debug, Default)]
struct Line {
    sent: Option<http::Request<Bytes>>,
    answers: VecDeque<http::Response<Bytes>>,
    /// The last one is the answer to all that follows.
    repeats: bool,
}

impl Wiretap {
    /// What the next request is answered; without it the connection breaks.
    pub(crate) fn answer(&self, answer: Option<http::Response<Bytes>>) {
        *self.line() = Line { sent: None, answers: answer.into_iter().collect(), repeats: false };
    }

    /// What the next requests are answered, and the last of these from then on.
    pub(crate) fn answers(&self, answers: Vec<http::Response<Bytes>>) {
        *self.line() = Line { sent: None, answers: answers.into(), repeats: true };
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
        let is_kept = line.repeats && line.answers.len() == 1;
        let answer = if is_kept { line.answers.front().cloned() } else { line.answers.pop_front() };
        let silence = || TransportError::new(TransportErrorKind::Other, "nobody answers");
        Box::pin(std::future::ready(answer.ok_or_else(silence)))
    }
}
