//! Answers from a list, for tests.

use super::{Transport, TransportError, TransportErrorKind};
use crate::BoxFuture;
use bytes::Bytes;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Answers requests in turn from a list, and keeps the requests to look at.
///
/// Clones share the list.
#[derive(Clone, Default)]
pub struct Replay {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answers: VecDeque<Result<http::Response<Bytes>, TransportError>>,
    requests: Vec<http::Request<Bytes>>,
}

/// A request that was sent.
pub type Recorded = http::Request<Bytes>;

impl Replay {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an answer.
    pub fn answer(self, status: u16, body: impl Into<Bytes>) -> Self {
        let mut response = http::Response::new(body.into());
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
        self.response(response)
    }

    /// Adds an answer with everything it has.
    pub fn response(self, response: http::Response<Bytes>) -> Self {
        self.lock().answers.push_back(Ok(response));
        self
    }

    /// Adds a failure.
    pub fn failure(self, error: TransportError) -> Self {
        self.lock().answers.push_back(Err(error));
        self
    }

    /// The requests that were sent so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.lock().requests.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Requests and answers are counted, not shown: they may hold secrets.
impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        f.debug_struct("Replay")
            .field("answers", &state.answers.len())
            .field("requests", &state.requests.len())
            .finish()
    }
}

impl Transport for Replay {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let mut state = self.lock();
        let sent = state.requests.len() + 1;
        let line = format!("{} {}", request.method(), request.uri());
        state.requests.push(request);
        let answer = state.answers.pop_front().unwrap_or_else(|| {
            let message = format!("no answer is left for request {sent}, {line}");
            Err(TransportError::new(TransportErrorKind::Other, message))
        });
        Box::pin(std::future::ready(answer))
    }
}
