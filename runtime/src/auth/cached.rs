//! Credentials that are fetched once, and again before they expire.

use super::flight::Flight;
use super::{Credentials, CredentialsError, ProvideCredentials};
use crate::client::{Clock, trace};
use crate::{BoxFuture, Timestamp};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Keeps the credentials of a provider until shortly before they expire.
///
/// As botocore's `RefreshableCredentials`: from 15 minutes before their end on they are fetched
/// anew, and whoever asks meanwhile has the old ones, as does everyone if that fails. From 10
/// minutes before their end on the new ones are waited for, and a failure is an error. Unlike
/// botocore's, new ones are not asked for more than once a minute as long as the old ones hold, so
/// that those that live for a short time alone are not fetched for each call.
///
/// Many tasks that ask at the same time share one fetch. It goes on as long as any of them waits,
/// whichever of them is dropped.
#[derive(Debug)]
pub struct Cached {
    provider: Arc<dyn ProvideCredentials>,
    clock: Arc<dyn Clock>,
    windows: Windows,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    credentials: Option<Credentials>,
    flight: Option<Arc<Fetch>>,
    /// When there was last a try that left the old ones in place, or brought new ones.
    settled: Option<Timestamp>,
}

type Fetch = Flight<Result<Credentials, CredentialsError>>;

/// When new credentials are fetched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Windows {
    /// From this long before the end on, new ones are fetched.
    pub(crate) advisory: Duration,
    /// From this long before the end on, new ones are waited for.
    pub(crate) mandatory: Duration,
    /// Between two fetches, where the old ones hold.
    pub(crate) between: Duration,
}

const USUAL: Windows = Windows {
    advisory: Duration::from_mins(15),
    mandatory: Duration::from_mins(10),
    between: Duration::from_mins(1),
};

/// How urgent a fetch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    None,
    Advisory,
    Mandatory,
}

impl Cached {
    /// Keeps what a provider gives, by a clock.
    pub fn new(provider: impl ProvideCredentials + 'static, clock: Arc<dyn Clock>) -> Self {
        Self::with_windows(provider, clock, USUAL)
    }

    pub(crate) fn with_windows(
        provider: impl ProvideCredentials + 'static,
        clock: Arc<dyn Clock>,
        windows: Windows,
    ) -> Self {
        Self { provider: Arc::new(provider), clock, windows, state: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The credentials as they are, or the fetch to wait for.
    fn start(&self) -> Result<Credentials, (Arc<Fetch>, Option<Credentials>)> {
        let mut state = self.lock();
        let need = state.need(self.clock.now(), self.windows);
        let kept = state.credentials.clone();
        match (need, kept) {
            (Need::None, Some(credentials)) => Ok(credentials),
            (Need::Advisory, Some(credentials)) if state.flight.is_some() => Ok(credentials),
            (need, kept) => {
                let flight = state.flight.get_or_insert_with(|| {
                    let provider = Arc::clone(&self.provider);
                    let fetched = Box::pin(async move { provider.provide().await });
                    Arc::new(Flight::new(fetched, panicked))
                });
                // Under the lock, so that nobody takes it for abandoned.
                flight.enter();
                Err((Arc::clone(flight), kept.filter(|_| need == Need::Advisory)))
            }
        }
    }

    /// What came of a fetch. Only the first who hears of it has something to do.
    fn land(
        &self,
        flight: &Arc<Fetch>,
        result: &Result<Credentials, CredentialsError>,
        kept: bool,
    ) {
        let mut state = self.lock();
        if !state.flight.as_ref().is_some_and(|it| Arc::ptr_eq(it, flight)) {
            return;
        }
        state.flight = None;
        match result {
            Ok(credentials) => {
                trace::fetched(credentials);
                state.credentials = Some(credentials.clone());
            }
            Err(_) => trace::not_fetched(kept),
        }
        if kept || result.is_ok() {
            state.settled = Some(self.clock.now());
        }
    }

    /// A fetch that nobody waits for any more is over: what it left half done may not keep.
    fn abandon(&self, flight: &Arc<Fetch>) {
        let mut state = self.lock();
        let same = state.flight.as_ref().is_some_and(|it| Arc::ptr_eq(it, flight));
        if same && !flight.is_awaited() {
            state.flight = None;
        }
    }
}

impl State {
    fn need(&self, now: Timestamp, windows: Windows) -> Need {
        let Some(credentials) = &self.credentials else { return Need::Mandatory };
        let Some(expires) = credentials.expires() else { return Need::None };
        let left = until(now, expires);
        let recent = self.settled.is_some_and(|it| until(it, now) < windows.between);
        match left {
            _ if left.is_zero() => Need::Mandatory,
            _ if left >= windows.advisory || recent => Need::None,
            _ if left >= windows.mandatory => Need::Advisory,
            _ => Need::Mandatory,
        }
    }
}

fn panicked() -> Result<Credentials, CredentialsError> {
    Err(CredentialsError::broken("their source", "it panicked"))
}

/// How long it is from one instant to another; zero if it is none.
fn until(from: Timestamp, to: Timestamp) -> Duration {
    let millis = to.to_millis().saturating_sub(from.to_millis());
    Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}

/// Someone who waits, and may stop to.
struct Waiter<'a> {
    cached: &'a Cached,
    flight: Arc<Fetch>,
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.flight.leave();
        self.cached.abandon(&self.flight);
    }
}

impl ProvideCredentials for Cached {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async move {
            let (flight, kept) = match self.start() {
                Ok(credentials) => return Ok(credentials),
                Err(awaited) => awaited,
            };
            let waiter = Waiter { cached: self, flight };
            let mut result = waiter.flight.result().await;
            if let Ok(credentials) = &result
                && let Some(expires) = credentials.expires()
                && until(self.clock.now(), expires).is_zero()
            {
                let reason = format!("they are new, and have expired at {expires} already");
                result = Err(CredentialsError::broken("their source", reason));
            }
            self.land(&waiter.flight, &result, kept.is_some());
            match (result, kept) {
                (Err(_), Some(kept)) => Ok(kept),
                (result, _) => result,
            }
        })
    }
}

#[cfg(test)]
mod tests;
