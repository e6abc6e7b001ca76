//! One call as a state machine without input or output.
//!
//! It says what to do next, and is told what came of it. The async client drives it; a blocking
//! one can drive it just as well.

use super::core::Overrides;
use super::dialect::{Caller, Cx, Reason, Sums, Turn};
pub(super) use super::discovery::Discovery;
use super::interceptor::{Interceptors, Retry};
use super::retry::{Attempt, was_not_carried_out};
use super::target::Target;
use super::{Clock, Core, RetryPolicy, trace};
use crate::auth::{Credentials, ProvideCredentials};
use crate::error::{Error, ErrorKind};
use crate::schema::OperationSchema;
use crate::transport::{TransportError, TransportErrorKind};
use crate::{ByteStream, Timestamp};
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What to do next.
pub enum Step {
    /// Ask where the attempt goes with [`Exchange::discover`], and tell with
    /// [`Exchange::discovered`].
    Discover,
    /// Ask [`Exchange::identity`] for credentials, or the client's provider if there is none, and tell with [`Exchange::identified`].
    Credentials,
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
    /// Who says where attempts go, if anyone does
    discovery: Option<Box<Discovery>>,
    /// What it is of that may have moved elsewhere
    followed: Option<String>,
    /// The body, where it is a stream: it is sent once, unless it can be had again.
    stream: Option<ByteStream>,
    /// What is to be said of the stream, until it is said
    sums: Option<Box<dyn Sums>>,
    sends: Sends,
    interceptors: Interceptors<'c>,
    attempt: Attempt<'c>,
    /// What it is known by, if the dialect names calls
    name: String,
    retries: Retries<'c>,
    /// By how many milliseconds the clock is behind that of the last answer
    behind: Option<i64>,
    /// Whether the attempt that is next has waited for its turn
    held: bool,
    /// The time that the last attempt was signed for
    signed: Timestamp,
    /// Whether the clock was corrected
    corrected: bool,
    /// Why the last attempt failed
    last: Option<Error>,
}

/// What the body of a request is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sends {
    Whole,
    Stream,
    /// Messages, which are signed one by one
    Events,
}

/// A body that is a stream.
pub(super) struct Body {
    pub(super) stream: ByteStream,
    /// Whether it is of messages
    pub(super) events: bool,
    pub(super) sums: Option<Box<dyn Sums>>,
}

/// How a call tries again.
#[derive(Clone, Copy)]
pub(super) struct Retries<'c> {
    pub(super) policy: &'c dyn RetryPolicy,
    pub(super) max_attempts: Option<u32>,
    /// How long the client waits for an answer
    pub(super) patience: Option<Duration>,
    /// Whether sending the call twice does what sending it once does.
    pub(super) repeatable: bool,
}

impl<'c> Exchange<'c> {
    pub(super) fn new(
        core: &'c Core,
        operation: &'c OperationSchema,
        target: Target,
        request: http::Request<Bytes>,
        body: Option<Body>,
        retries: Retries<'c>,
        interceptors: Interceptors<'c>,
    ) -> Self {
        let (stream, sums, sends) = match body {
            None => (None, None, Sends::Whole),
            Some(Body { stream, events: false, sums }) => (Some(stream), sums, Sends::Stream),
            Some(Body { stream, events: true, sums }) => (Some(stream), sums, Sends::Events),
        };
        let mut attempt =
            Attempt::new(core.dialect(), &*core.config().clock, &*core.config().random);
        attempt.most = retries.max_attempts;
        let names = core.dialect().names_calls();
        let name = if names { core.config().tokens.token() } else { String::new() };
        Self {
            core,
            operation,
            target,
            request,
            credentials: None,
            discovery: None,
            followed: None,
            stream,
            sums,
            sends,
            interceptors,
            attempt,
            name,
            retries,
            behind: None,
            held: false,
            signed: Timestamp::UNIX_EPOCH,
            corrected: false,
            last: None,
        }
    }

    /// Has someone say where its attempts go.
    pub(super) fn ask(&mut self, discovery: Discovery) {
        self.discovery = Some(Box::new(discovery));
    }

    /// Has it follow something, once.
    pub(super) fn follow(&mut self, followed: Option<String>) {
        self.followed = followed;
    }

    /// Whether the call is to be made once more, somewhere else, after it failed.
    pub(super) async fn has_moved(&mut self, error: &Error, overrides: &Overrides) -> bool {
        let Some(followed) = self.followed.take() else { return false };
        let caller = Caller { core: self.core, overrides };
        match self.core.dialect().follow(self.cx(), &followed, error, caller) {
            Some(asked) => {
                // What is known where the time is up meanwhile
                self.last = Some(error.again());
                asked.await
            }
            None => false,
        }
    }

    /// Is the same call as `before`, which went elsewhere.
    pub(super) fn goes_on(&mut self, before: Self, error: Error) {
        self.name = before.name;
        self.attempt.number = before.attempt.number;
        self.behind = before.behind;
        self.corrected = before.corrected;
        self.last = Some(error);
        self.followed = None;
    }

    /// Whether the body of the request is a stream.
    pub fn streams(&self) -> bool {
        self.sends != Sends::Whole
    }

    /// Reads a stream for what the request has to say of it, before the first attempt.
    ///
    /// Errors: the stream broke.
    pub async fn sum_up(&mut self) -> Result<(), Error> {
        let Some(mut sums) = self.sums.take() else { return Ok(()) };
        let unwatched = self.stream.as_ref().and_then(ByteStream::again_unwatched);
        let Some(mut body) = unwatched else { return Ok(()) };
        while let Some(chunk) = body.next().await {
            let chunk = chunk.map_err(|error| {
                let error = Error::from(crate::transport::unsent(error));
                error.of(&self.operation.name)
            })?;
            sums.update(&chunk);
        }
        sums.finish(self.request.headers_mut());
        Ok(())
    }

    /// A request with the body that is to be sent. A stream goes with the first attempt, and with
    /// others if it can be had again.
    ///
    /// Errors: the auth scheme cannot sign the events that the stream is of.
    pub fn with_stream(
        &mut self,
        request: http::Request<Bytes>,
    ) -> Result<http::Request<ByteStream>, Error> {
        let again = self.stream.as_ref().and_then(ByteStream::again);
        let stream = match again.or_else(|| self.stream.take()) {
            Some(stream) if self.sends == Sends::Events => {
                Some(self.signed_events(request.headers(), stream)?)
            }
            stream => stream,
        };
        Ok(request.map(|bytes| stream.unwrap_or_else(|| bytes.into())))
    }

    #[cfg(feature = "event-stream")]
    fn signed_events(
        &self,
        headers: &http::HeaderMap,
        stream: ByteStream,
    ) -> Result<ByteStream, Error> {
        self.core.sign_events(headers, &self.target, self.credentials.as_ref(), stream)
    }

    #[cfg(not(feature = "event-stream"))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the other form signs")]
    fn signed_events(&self, _: &http::HeaderMap, stream: ByteStream) -> Result<ByteStream, Error> {
        Ok(stream)
    }

    /// How many attempts were made.
    pub fn attempts(&self) -> u32 {
        self.attempt.number
    }

    /// The next attempt.
    #[expect(clippy::should_implement_trait, reason = "a step that waits is no end of anything")]
    pub fn next(&mut self) -> Step {
        if !std::mem::replace(&mut self.held, true) {
            let pause = self.retries.policy.hold(&self.attempt);
            if !pause.is_zero() {
                return Step::Wait(pause);
            }
        }
        self.held = false;
        if self.discovery.is_some() { Step::Discover } else { self.identify() }
    }

    /// Where the attempt goes, as the service says; nothing if it goes where it would go anyway.
    ///
    /// Errors: the service did not say it, and has to.
    pub async fn discover(&mut self) -> Result<Option<String>, Error> {
        match &self.discovery {
            Some(discovery) => discovery.endpoint().await,
            None => Ok(None),
        }
    }

    /// What came of asking where the attempt goes.
    pub fn discovered(&mut self, endpoint: Result<Option<String>, Error>) -> Step {
        let placed = endpoint.and_then(|endpoint| match &mut self.discovery {
            Some(discovery) => discovery.place(self.request.uri_mut(), endpoint.as_deref()),
            None => Ok(()),
        });
        match placed {
            Ok(()) => self.identify(),
            Err(error) => self.refused(error),
        }
    }

    fn identify(&mut self) -> Step {
        // They are asked for each time, since they may end between two attempts.
        if self.target.is_signed() { Step::Credentials } else { self.send() }
    }

    /// Whose credentials sign the call, if not the client's.
    pub fn identity(&self) -> Option<Arc<dyn ProvideCredentials>> {
        self.target.identity.clone()
    }

    /// What came of asking for credentials.
    pub fn identified(&mut self, credentials: Result<Credentials, Error>) -> Step {
        match credentials {
            Ok(credentials) => {
                self.credentials = Some(credentials);
                self.send()
            }
            Err(error) => self.refused(error),
        }
    }

    /// The request, signed for the present time.
    fn send(&mut self) -> Step {
        self.attempt.number += 1;
        self.signed = self.core.clock().now();
        match self.signed_request() {
            Ok(request) => Step::Send(request),
            // It was not made.
            Err(error) => {
                Step::Failed(error.of(&self.operation.name).after(self.attempt.number - 1))
            }
        }
    }

    fn signed_request(&self) -> Result<http::Request<Bytes>, Error> {
        let mut request = self.request.clone();
        self.core.dialect().before_attempt(&mut request, self.turn());
        self.interceptors.before_signing(self.cx(), &mut request)?;
        let credentials = self.credentials.as_ref();
        let (streams, target) = (self.sends == Sends::Stream, &self.target);
        self.core.sign(self.operation, &mut request, streams, target, credentials, self.signed)?;
        self.interceptors.before_sending(self.cx(), &request)?;
        Ok(request)
    }

    fn turn(&self) -> Turn<'_> {
        let now = self.core.clock().uncorrected().to_millis();
        // A body that is a stream may take its time.
        let patience = self.retries.patience.filter(|_| !self.streams());
        let patience = patience.and_then(|patience| i64::try_from(patience.as_millis()).ok());
        let ends = patience.zip(self.behind);
        let ends = ends.and_then(|(patience, behind)| {
            Timestamp::from_millis(now.checked_add(patience)?.checked_add(behind)?)
        });
        Turn {
            call: &self.name,
            attempt: self.attempt.number,
            max_attempts: self.max_attempts(),
            ends,
        }
    }

    fn max_attempts(&self) -> Option<u32> {
        self.retries.max_attempts.or_else(|| self.retries.policy.max_attempts())
    }

    fn cx(&self) -> Cx<'c> {
        Cx { service: self.core.service(), operation: self.operation }
    }

    /// What came of an attempt.
    pub fn answered(&mut self, mut answer: Result<http::Response<Bytes>, TransportError>) -> Step {
        if let Ok(response) = &mut answer {
            self.core.before_read(self.operation, response);
        }
        let cx = self.cx();
        if let Err(error) = self.interceptors.after_answer(cx, answer.as_ref()) {
            return self.refused(error);
        }
        let error = match answer {
            Ok(response) if self.core.dialect().is_damaged(cx, &response) => {
                let message = "the answer is not what its checksum says";
                Error::from(TransportError::new(TransportErrorKind::Broken, message))
            }
            Ok(response) if self.success().includes(response.status()) => {
                self.retries.policy.ended(&self.attempt, None);
                return Step::Done(response);
            }
            Ok(response) => Error::service(self.core.service(), response),
            Err(error) => Error::from(error).at(self.request.uri().clone()),
        };
        self.failed(error)
    }

    fn failed(&mut self, error: Error) -> Step {
        let mut error = error.of(&self.operation.name).after(self.attempt.number);
        if self.max_attempts().is_some_and(|most| self.attempt.number >= most) {
            error.set_exhausted();
        }
        self.attempt.corrected = false;
        match self.core.dialect().reason(self.cx(), &error) {
            Some(Reason::Throttling) => error.set_throttling(),
            Some(Reason::Transient) => error.set_retryable(),
            Some(Reason::Clock) => self.attempt.corrected = self.correct_clock(&error),
            None => {}
        }
        self.behind = error.headers().and_then(|it| self.core.clock().behind(it)).or(self.behind);
        self.attempt.repeatable = self.retries.repeatable || was_not_carried_out(&error);
        self.retries.policy.ended(&self.attempt, Some(&error));
        if self.streams() && self.stream.is_none() {
            return Step::Failed(error);
        }
        let is_gone = self.discovery.as_mut().is_some_and(|it| it.is_gone(&error));
        let pause = if is_gone {
            Duration::ZERO
        } else if let Some(pause) = self.retries.policy.retry_after(&mut self.attempt, &error) {
            pause
        } else {
            return Step::Failed(error);
        };
        let retry = Retry { attempt: self.attempt.number, error: &error, pause };
        trace::retry(self.operation, retry);
        if let Err(error) = self.interceptors.on_retry(self.cx(), retry) {
            return self.refused(error);
        }
        self.last = Some(error);
        if pause.is_zero() { self.next() } else { Step::Wait(pause) }
    }

    /// The call ends between two attempts. The error may be that of another call, which this one
    /// depends on.
    fn refused(&self, error: Error) -> Step {
        let attempts = error.attempts().max(self.attempt.number);
        Step::Failed(error.of(&self.operation.name).after(attempts))
    }

    /// Whether the clock was corrected just now, which helps once.
    fn correct_clock(&mut self, error: &Error) -> bool {
        let correct = |headers| self.core.clock().correct(headers, self.signed);
        let first = !self.corrected && error.headers().is_some_and(correct);
        self.corrected |= first;
        first
    }

    /// The error of a call whose time is up; what failed before lies behind it.
    pub fn give_up(&mut self, late: TransportError) -> Error {
        let late = match self.last.take() {
            Some(last) => late.with_source(last),
            None => late,
        };
        Error::from(late).of(&self.operation.name).after(self.attempt.number)
    }

    /// The error of a call that has to wait, of a client that cannot.
    pub fn cannot_wait(&mut self) -> Error {
        self.last.take().unwrap_or_else(|| {
            let message = "the call has to wait for its turn, and nothing that waits is configured";
            Error::new(ErrorKind::Configuration, message).of(&self.operation.name)
        })
    }

    pub(super) fn success(&self) -> Success {
        Success { modelled: self.operation.status }
    }
}

/// What is success.
#[derive(Clone, Copy)]
pub(super) struct Success {
    modelled: u16,
}

impl Success {
    /// Any 2xx: services answer with another one than their model says.
    pub(super) fn includes(self, status: http::StatusCode) -> bool {
        status.is_success() || status.as_u16() == self.modelled
    }
}

/// Bodies, paths and queries may hold secrets, so none of them is shown.
impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Discover => f.write_str("Discover"),
            Self::Credentials => f.write_str("Credentials"),
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
            .field("attempt", &self.attempt)
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
