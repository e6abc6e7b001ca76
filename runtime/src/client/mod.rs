//! A client: configuration, calls, and what comes back.

mod call;
mod config;
mod core;
pub mod dialect;
mod discovery;
mod drive;
#[cfg(feature = "event-stream")]
mod events;
mod exchange;
mod headers;
mod interceptor;
mod operation;
mod random;
mod response;
mod retry;
mod sending;
mod skew;
mod target;
#[cfg(test)]
mod tests;
mod time;
mod timeouts;
mod tokens;
pub(crate) mod trace;
mod untyped;
#[cfg(feature = "waiters")]
mod wait;
#[cfg(feature = "waiters")]
mod wait_loop;

#[cfg(all(feature = "http-client", target_arch = "wasm32", target_os = "unknown"))]
pub use crate::browser::BrowserSleep;
#[cfg(all(feature = "http-client", target_arch = "wasm32", target_os = "unknown"))]
pub(crate) use crate::browser::BrowserSleep as DefaultSleep;
pub use call::{Call, StreamingCall};
pub use config::{Config, ConfigBuilder};
pub use core::Core;
pub(crate) use dialect::FIPS;
pub use dialect::{Dialect, Setting};
#[cfg(feature = "event-stream")]
pub use events::{EventCall, EventResponse, EventStream, Events};
pub use exchange::{Exchange, Step};
pub(crate) use headers::APP_ID;
pub use interceptor::{Interceptor, Retry};
#[cfg(feature = "event-stream")]
pub use operation::SendsEvents;
pub use operation::{
    Answer, Build, Fluent, Operation, Paged, Service, StreamBody, StreamsInput, Wants,
};
#[doc(hidden)]
pub use operation::{Given, IntoItems, Missing, Part, ServiceErrors};
pub use random::{Random, SystemRandom};
pub use response::{Metadata, Response, Streamed};
pub(crate) use retry::RetrySettings;
pub use retry::{AdaptiveRetry, Attempt, NoRetry, RetryMode, RetryPolicy, StandardRetry};
pub use sending::Sending;
#[cfg(all(feature = "http-client", not(all(target_arch = "wasm32", target_os = "unknown"))))]
pub use time::TokioSleep;
#[cfg(all(feature = "http-client", not(all(target_arch = "wasm32", target_os = "unknown"))))]
pub(crate) use time::TokioSleep as DefaultSleep;
pub use time::{Clock, Sleep, SystemClock};
pub use tokens::{RandomTokens, Tokens};
#[cfg(feature = "waiters")]
pub use wait::{FluentWait, Until, Wait, Waited, Waiting};
#[cfg(feature = "waiters")]
pub use wait_loop::Ended;

use crate::error::Error;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// A client of a service. Generated clients wrap one; clones share connections and settings.
pub struct Client<S> {
    core: Arc<Core>,
    service: PhantomData<fn() -> S>,
}

impl<S: Service> Client<S> {
    /// With settings that were put together by hand.
    pub fn new(config: Config) -> Result<Self, S::Error> {
        let core = Core::new(S::schema(), config)?;
        Ok(Self { core: Arc::new(core), service: PhantomData })
    }

    /// With what the environment says, and the files of the service's provider: see
    /// [`Config::from_env`]. Servers are asked for credentials when a call needs them.
    #[expect(clippy::unused_async, reason = "sources of regions that wait may come behind it")]
    pub async fn from_env() -> Result<Self, S::Error> {
        Self::new(Config::from_env()?)
    }

    /// Calls an operation.
    pub async fn call<O>(&self, input: O) -> Result<O::Response, S::Error>
    where
        O: Operation<Service = S>,
    {
        self.prepare(input).send().await
    }

    /// A call that can be adjusted before it is sent.
    pub fn prepare<O>(&self, input: O) -> Call<O>
    where
        O: Operation<Service = S>,
    {
        Call::new(self.clone(), input)
    }

    /// A call that is put together by setters.
    pub fn fluent<O>(&self) -> Fluent<O>
    where
        O: Operation<Service = S> + Build,
    {
        O::start(self.clone())
    }

    /// What stands behind the client whatever its service.
    pub fn core(&self) -> &Core {
        &self.core
    }
}

impl<S> Clone for Client<S> {
    fn clone(&self) -> Self {
        Self { core: Arc::clone(&self.core), service: PhantomData }
    }
}

impl<S> fmt::Debug for Client<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("core", &self.core).finish()
    }
}

impl<S: Service> TryFrom<Config> for Client<S> {
    type Error = S::Error;

    fn try_from(config: Config) -> Result<Self, S::Error> {
        Self::new(config)
    }
}

/// The error of a client that could not be made for want of something.
pub(crate) fn unconfigured(message: impl Into<String>) -> Error {
    Error::new(crate::ErrorKind::Configuration, message)
}
