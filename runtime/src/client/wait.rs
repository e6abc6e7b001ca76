//! Waiting with an operation's own types.

use super::{Build, Call, Client, Operation, Response, Service, unconfigured};
use crate::BoxFuture;
use crate::value::Empty;
use crate::waiter::{Failure, Limits, WaitError};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// Waiting that is being put together: the operation's setters, and then `send`.
pub type FluentWait<O> = <O as Build>::Builder<Until<<O as Operation>::Service>>;

/// What a builder waits with.
#[derive(Clone, Debug)]
pub struct Until<S> {
    client: Client<S>,
    waiter: &'static str,
}

impl<S: Service> Until<S> {
    fn new(client: Client<S>, waiter: &'static str) -> Self {
        Self { client, waiter }
    }

    /// Waits with a finished input.
    pub fn wait<O: Operation<Service = S>>(self, input: O) -> Wait<O> {
        Wait { call: self.client.prepare(input), waiter: self.waiter, limits: Limits::default() }
    }
}

/// Calls of one operation until a waiter is done.
#[must_use = "nothing is waited for until it is sent"]
pub struct Wait<O: Operation> {
    call: Call<O>,
    waiter: &'static str,
    limits: Limits,
}

impl<O: Operation> Wait<O> {
    /// How long at most, in place of the number of calls that the spec has. The call that is under
    /// way then is broken off.
    pub fn max_wait(mut self, limit: Duration) -> Self {
        self.limits.max_wait = Some(limit);
        self
    }

    /// How many calls at most, in place of the number that the spec has.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.limits.max_attempts = Some(attempts);
        self
    }

    /// The pause between two calls, in place of the spec's.
    pub fn delay(self, delay: Duration) -> Self {
        self.delays(delay, delay)
    }

    /// The shortest and the longest pause between two calls, in place of the spec's: they double,
    /// and each is a random part of that.
    pub fn delays(mut self, least: Duration, most: Duration) -> Self {
        self.limits.delay = Some((least, most));
        self
    }

    /// Changes how each call is made: its region, endpoint, headers, retries.
    pub fn each_call(mut self, change: impl FnOnce(Call<O>) -> Call<O>) -> Self {
        self.call = change(self.call);
        self
    }

    /// Calls until the waiter is done.
    pub fn send(self) -> Waiting<O> {
        Waiting(Box::pin(self.run()))
    }

    async fn run(self) -> Result<Waited<O>, WaitError<<O::Service as Service>::Error>> {
        self.untyped().await.map_err(|error| error.map(Into::into))
    }

    async fn untyped(self) -> Result<Waited<O>, WaitError> {
        let Self { call, waiter, limits } = self;
        let schema = O::schema();
        let early = |message: String| {
            Err(Failure::before_it_began(waiter, &unconfigured(message)).with(None))
        };
        let Some(known) = schema.waiters().iter().find(|known| known.name == waiter) else {
            let known: Vec<_> = schema.waiters().iter().map(|known| &*known.name).collect();
            let name = &schema.name;
            return early(match &known[..] {
                [] => format!("{name} has no waiters"),
                known => format!("{name} has no such waiter; it has {}", known.join(", ")),
            });
        };
        let (client, mut input, overrides, invalid) = call.into_parts();
        if let Some(invalid) = invalid {
            return early(invalid);
        }
        let mut output = O::Output::empty();
        let values = (&mut input as _, &mut output as _);
        let ended = client.core().wait_with(schema, known, limits, values, overrides).await?;
        Ok(Waited {
            outcome: match ended.outcome {
                Ok(metadata) => Ok(Response::new(output, metadata)),
                Err(error) => Err(error.into()),
            },
            attempts: ended.attempts,
            time: ended.waited,
        })
    }
}

impl<O: Operation> fmt::Debug for Wait<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("waiter", &self.waiter)
            .field("input", self.call.input())
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// What is waited for has come.
pub struct Waited<O: Operation> {
    outcome: Result<Response<O::Output>, <O::Service as Service>::Error>,
    attempts: u32,
    time: Duration,
}

impl<O: Operation> Waited<O> {
    /// The last output; nothing if an error was waited for, such as that of something that is gone.
    pub fn output(&self) -> Option<&Response<O::Output>> {
        self.outcome.as_ref().ok()
    }

    /// The last output; nothing if an error was waited for.
    pub fn into_output(self) -> Option<Response<O::Output>> {
        self.outcome.ok()
    }

    /// The error that was waited for, if it was one.
    pub fn error(&self) -> Option<&<O::Service as Service>::Error> {
        self.outcome.as_ref().err()
    }

    /// How many calls were made.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long it took.
    pub fn waited(&self) -> Duration {
        self.time
    }
}

impl<O: Operation> fmt::Debug for Waited<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waited")
            .field("outcome", &self.outcome)
            .field("attempts", &self.attempts)
            .field("waited", &self.time)
            .finish()
    }
}

/// What waiting gives in the end.
type End<O> = Result<Waited<O>, WaitError<<<O as Operation>::Service as Service>::Error>>;

/// Waiting that is under way: a future of its end. It does nothing until it is awaited, and dropping
/// it ends the waiting.
#[must_use = "nothing is waited for until it is awaited"]
pub struct Waiting<O: Operation>(BoxFuture<'static, End<O>>);

impl<O: Operation> Future for Waiting<O> {
    type Output = End<O>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

impl<O: Operation> fmt::Debug for Waiting<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Waiting").field(&O::schema().name).finish()
    }
}

impl<S: Service> Client<S> {
    /// Waits by calling an operation with a finished input, by the name that the waiter has in the
    /// spec.
    pub fn wait<O: Operation<Service = S>>(&self, input: O, waiter: &'static str) -> Wait<O> {
        Until::new(self.clone(), waiter).wait(input)
    }

    /// Waiting that is put together by setters.
    pub fn wait_until<O>(&self, waiter: &'static str) -> FluentWait<O>
    where
        O: Operation<Service = S> + Build,
    {
        O::start(Until::new(self.clone(), waiter))
    }
}
