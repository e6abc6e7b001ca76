//! One call as a state machine without input or output.
//!
//! It says what to do next, and is told what came of it. The async client drives it; a blocking
//! one can drive it just as well.

use super::Core;
use super::core::Target;
use crate::ByteStream;
use crate::auth::Credentials;
use crate::error::Error;
use crate::schema::OperationSchema;
use crate::transport::TransportError;
use bytes::Bytes;
use std::fmt;
use std::time::Duration;

/// What to do next.
pub enum Step {
    /// Send this, and tell with [`Exchange::answered`].
    Send(http::Request<Bytes>),
    /// Wait, then ask with [`Exchange::next`].
    Wait(Duration),
    /// The service answered with success.
    Done(http::Response<Bytes>),
    /// The call failed.
    Failed(Error),
}

/// One call, from a request to its last answer.
pub struct Exchange<'c> {
    core: &'c Core,
    operation: &'c OperationSchema,
    target: Target,
    request: http::Request<Bytes>,
    credentials: Option<Credentials>,
    /// The body, where it is a stream: it is sent once.
    stream: Option<ByteStream>,
    streams: bool,
    /// Whether the stream is one of messages, which are signed one by one.
    events: bool,
    attempts: u32,
}

impl<'c> Exchange<'c> {
    pub(super) fn new(
        core: &'c Core,
        operation: &'c OperationSchema,
        target: Target,
        request: http::Request<Bytes>,
        credentials: Option<Credentials>,
        stream: Option<(ByteStream, bool)>,
    ) -> Self {
        let streams = stream.is_some();
        let (stream, events) = stream.map_or((None, false), |(stream, it)| (Some(stream), it));
        let attempts = 0;
        Self { core, operation, target, request, credentials, stream, streams, events, attempts }
    }

    /// Whether the body of the request is a stream.
    pub fn streams(&self) -> bool {
        self.streams
    }

    /// A request with the body that is to be sent. A stream goes with the first attempt.
    ///
    /// Errors: the auth scheme cannot sign the events that the stream is of.
    pub fn with_stream(
        &mut self,
        request: http::Request<Bytes>,
    ) -> Result<http::Request<ByteStream>, Error> {
        let stream = match self.stream.take() {
            Some(stream) if self.events => Some(self.signed(request.headers(), stream)?),
            stream => stream,
        };
        Ok(request.map(|bytes| stream.unwrap_or_else(|| bytes.into())))
    }

    #[cfg(feature = "event-stream")]
    fn signed(&self, headers: &http::HeaderMap, stream: ByteStream) -> Result<ByteStream, Error> {
        self.core.sign_events(headers, &self.target, self.credentials.as_ref(), stream)
    }

    #[cfg(not(feature = "event-stream"))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the other form signs")]
    fn signed(&self, _: &http::HeaderMap, stream: ByteStream) -> Result<ByteStream, Error> {
        Ok(stream)
    }

    /// How many attempts were made.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The next attempt, signed for the present time.
    #[expect(clippy::should_implement_trait, reason = "a step that waits is no end of anything")]
    pub fn next(&mut self) -> Step {
        self.attempts += 1;
        let mut request = self.request.clone();
        match self.core.sign(self.operation, &mut request, &self.target, self.credentials.as_ref())
        {
            Ok(()) => {
                if let Some(observer) = self.core.observer() {
                    observer.request(self.operation, &request);
                }
                Step::Send(request)
            }
            Err(error) => Step::Failed(error.of(&self.operation.name)),
        }
    }

    /// What came of an attempt.
    pub fn answered(&mut self, mut answer: Result<http::Response<Bytes>, TransportError>) -> Step {
        if let Ok(response) = &mut answer {
            self.core.before_read(self.operation, response);
        }
        if let Some(observer) = self.core.observer() {
            observer.response(self.operation, answer.as_ref());
        }
        let error = match answer {
            Ok(response) if self.is_success(response.status()) => return Step::Done(response),
            Ok(response) => Error::service(self.core.service(), response),
            Err(error) => Error::from(error),
        };
        let error = error.of(&self.operation.name);
        match self.core.retry().retry_after(self.attempts, &error) {
            Some(pause) if !self.streams => Step::Wait(pause),
            _ => Step::Failed(error),
        }
    }

    /// Any 2xx: services answer with another one than their model says.
    pub(super) fn is_success(&self, status: http::StatusCode) -> bool {
        status.is_success() || status.as_u16() == self.operation.status
    }
}

/// Bodies, paths and queries may hold secrets, so none of them is shown.
impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send(request) => f.debug_tuple("Send").field(&Sent(request)).finish(),
            Self::Wait(pause) => f.debug_tuple("Wait").field(pause).finish(),
            Self::Done(response) => {
                let status = response.status().as_u16();
                write!(f, "Done(HTTP {status}, {} bytes)", response.body().len())
            }
            Self::Failed(error) => f.debug_tuple("Failed").field(error).finish(),
        }
    }
}

impl fmt::Debug for Exchange<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("operation", &self.operation.name)
            .field("target", &self.target)
            .field("request", &Sent(&self.request))
            .field("credentials", &self.credentials)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

struct Sent<'a>(&'a http::Request<Bytes>);

impl fmt::Debug for Sent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.0.uri().host().unwrap_or_default();
        write!(f, "{} to {host}, {} bytes", self.0.method(), self.0.body().len())
    }
}
