//! Time, as something that a test can stand in for.

use crate::{BoxFuture, Timestamp};
use std::fmt;
use std::time::Duration;

/// Tells the time.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The present instant
    fn now(&self) -> Timestamp;
}

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still.
impl Clock for Timestamp {
    fn now(&self) -> Timestamp {
        *self
    }
}

/// Waits.
pub trait Sleep: fmt::Debug + Send + Sync {
    /// Waits for a while.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}

/// Waits with tokio's timer, or outside of its runtime with a thread that sleeps.
#[cfg(all(feature = "http-client", not(all(target_arch = "wasm32", target_os = "unknown"))))]
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioSleep;

#[cfg(all(feature = "http-client", not(all(target_arch = "wasm32", target_os = "unknown"))))]
impl Sleep for TokioSleep {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        if tokio::runtime::Handle::try_current().is_ok() {
            return Box::pin(tokio::time::sleep(duration));
        }
        // Tokio's timer would panic.
        let (done, over) = tokio::sync::oneshot::channel();
        let asleep = std::thread::Builder::new().spawn(move || {
            std::thread::sleep(duration);
            let _ = done.send(());
        });
        Box::pin(async move {
            if asleep.is_ok() {
                let _ = over.await;
            }
        })
    }
}

#[cfg(all(test, feature = "http-client"))]
mod tests;
