//! A call that can be adjusted before it is sent.

use super::core::{Input, Overrides, Streams};
use super::headers::header;
use super::timeouts::Limits;
use super::{
    Answer, Client, Interceptor, NoRetry, Operation, Paged, Response, RetryPolicy, Sending,
    StreamsInput,
};
use crate::ByteStream;
use crate::error::{Error, ErrorKind};
use crate::pager::{Items, Pages};
use crate::value::Empty;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A call of one operation, with what it does differently from its client.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call<O: Operation> {
    client: Client<O::Service>,
    input: O,
    overrides: Overrides,
    invalid: Option<String>,
}

impl<O: Operation> Call<O> {
    pub(super) fn new(client: Client<O::Service>, input: O) -> Self {
        Self { client, input, overrides: Overrides::default(), invalid: None }
    }

    /// The region, for this call.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.overrides.region = Some(region.into());
        self
    }

    /// The base URL, for this call.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.overrides.endpoint = Some(url.into());
        self
    }

    /// A header, for this call; it replaces one of the same name. What cannot be a header is an
    /// error when the call is sent.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match header(name, value) {
            Ok((name, value)) => {
                self.overrides.headers.insert(name, value);
            }
            Err(invalid) => self.invalid = Some(invalid),
        }
        self
    }

    /// Adds one that is asked and told at the turns of this call, behind those of the client.
    pub fn interceptor(mut self, interceptor: impl Interceptor + 'static) -> Self {
        self.overrides.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Decides whether failed attempts of this call are followed by others.
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.overrides.retry = Some(Arc::new(policy));
        self
    }

    /// How many attempts this call may make, the first one included.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.overrides.max_attempts = Some(attempts);
        self
    }

    /// Makes one attempt only.
    pub fn no_retry(self) -> Self {
        self.retry(NoRetry)
    }

    /// How long nothing may come, for this call: see
    /// [`ConfigBuilder::read_timeout`](super::ConfigBuilder::read_timeout).
    pub fn read_timeout(self, limit: Duration) -> Self {
        self.limited(|limits| limits.read = Some(limit))
    }

    /// How long one attempt of this call may take: see
    /// [`ConfigBuilder::attempt_timeout`](super::ConfigBuilder::attempt_timeout).
    pub fn attempt_timeout(self, limit: Duration) -> Self {
        self.limited(|limits| limits.attempt = Some(limit))
    }

    /// How long this call may take, with all its attempts and the pauses between.
    pub fn call_timeout(self, limit: Duration) -> Self {
        self.limited(|limits| limits.call = Some(limit))
    }

    /// How many bytes the answer may have if it is read into memory.
    pub fn body_limit(self, bytes: u64) -> Self {
        self.limited(|limits| limits.body = Some(bytes))
    }

    /// Without the time limits of the client, but for that of connections, which calls share.
    pub fn no_timeouts(self) -> Self {
        self.limited(|limits| {
            *limits = Limits { connect: limits.connect, body: limits.body, ..Limits::default() };
        })
    }

    fn limited(mut self, change: impl FnOnce(&mut Limits)) -> Self {
        let limits = self.client.core().config().limits;
        change(self.overrides.limits.get_or_insert(limits));
        self
    }

    /// The input as it stands.
    pub fn input(&self) -> &O {
        &self.input
    }

    /// Sends the call.
    pub fn send(mut self) -> Sending<O> {
        Sending::new(async move {
            let mut input = std::mem::replace(&mut self.input, O::empty());
            Ok(self.exchange(&mut input, Input::Whole).await?)
        })
    }

    /// What it is made of, and what is wrong with it.
    #[cfg(feature = "waiters")]
    pub(super) fn into_parts(self) -> (Client<O::Service>, O, Overrides, Option<String>) {
        (self.client, self.input, self.overrides, self.invalid)
    }

    /// One page of many, which is no stream.
    pub(crate) async fn send_page(&self, input: &mut O) -> Result<Response<O::Output>, Error> {
        self.exchange(input, Input::Whole).await
    }

    /// A call that sends messages with events.
    #[cfg(feature = "event-stream")]
    pub(super) async fn exchange_events(
        mut self,
        messages: ByteStream,
    ) -> Result<O::Response, Error> {
        let mut input = std::mem::replace(&mut self.input, O::empty());
        self.exchange(&mut input, Input::Events(messages)).await
    }

    async fn exchange<A: Answer<O::Output>>(&self, input: &mut O, body: Input) -> Result<A, Error> {
        if let Some(invalid) = &self.invalid {
            return Err(Error::new(ErrorKind::Input, invalid.clone()).of(&O::schema().name));
        }
        let mut output = O::Output::empty();
        let core = self.client.core();
        core.fill_tokens(input);
        let streams = Streams { input: body, output: A::WANTS };
        let (metadata, body) =
            core.call_with(O::schema(), input, &mut output, &self.overrides, streams).await?;
        A::of(output, metadata, body).map_err(|error| error.of(&O::schema().name))
    }
}

impl<O: StreamsInput> Call<O> {
    /// The body of the request: bytes, or a stream of them.
    ///
    /// Bytes are signed and can be sent again, as can be what [`ByteStream::replayable`] makes; any
    /// other stream is sent once, as it comes, and the call makes one attempt.
    pub fn body(self, body: impl Into<ByteStream>) -> StreamingCall<O> {
        StreamingCall { call: self, body: body.into() }
    }
}

/// A call whose request has a stream as its body.
#[must_use = "a call does nothing until it is sent"]
pub struct StreamingCall<O: Operation> {
    call: Call<O>,
    body: ByteStream,
}

impl<O: Operation> fmt::Debug for StreamingCall<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { call, body } = self;
        let input = &call.input;
        f.debug_struct("StreamingCall").field("input", input).field("body", body).finish()
    }
}

impl<O: Operation> StreamingCall<O> {
    /// Sends the call.
    pub fn send(mut self) -> Sending<O> {
        Sending::new(async move {
            let mut input = std::mem::replace(&mut self.call.input, O::empty());
            Ok(self.call.exchange(&mut input, Input::Bytes(self.body)).await?)
        })
    }
}

impl<O: Paged> Call<O> {
    /// The pages, one call each.
    pub fn pages(self) -> Pages<O> {
        Pages::new(self)
    }

    /// The items of all pages.
    pub fn items(self) -> Items<O> {
        Items::new(self.pages())
    }
}

#[cfg(test)]
mod tests;
