//! A clock that is corrected by what services say.

use super::Clock;
use crate::{Timestamp, TimestampFormat};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Services take a signature that is off by less.
const TOLERANCE_MILLIS: u64 = 5 * 60 * 1_000;

/// A clock, and by how much it is off.
#[derive(Debug)]
pub(super) struct Corrected {
    clock: Arc<dyn Clock>,
    millis: AtomicI64,
}

impl Corrected {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, millis: AtomicI64::new(0) }
    }

    /// The time as the clock has it.
    pub(super) fn uncorrected(&self) -> Timestamp {
        self.clock.now()
    }

    /// By how many milliseconds the clock is behind an answer that came just now.
    pub(super) fn behind(&self, headers: &http::HeaderMap) -> Option<i64> {
        Some(date(headers)?.to_millis() - self.uncorrected().to_millis())
    }

    /// Corrects the clock by the `Date` of an answer to a request that was signed for `signed`, if
    /// they are far enough apart for that to be why it was refused.
    pub(super) fn correct(&self, headers: &http::HeaderMap, signed: Timestamp) -> bool {
        let Some(date) = date(headers) else { return false };
        if date.to_millis().abs_diff(signed.to_millis()) < TOLERANCE_MILLIS {
            return false;
        }
        let off = date.to_millis() - self.uncorrected().to_millis();
        self.millis.store(off, Ordering::Relaxed);
        true
    }
}

/// When an answer was given, by the service's clock.
fn date(headers: &http::HeaderMap) -> Option<Timestamp> {
    let date = headers.get(http::header::DATE)?.to_str().ok()?;
    Timestamp::parse(date, TimestampFormat::HttpDate).ok()
}

impl Clock for Corrected {
    fn now(&self) -> Timestamp {
        let now = self.uncorrected();
        match self.millis.load(Ordering::Relaxed) {
            0 => now,
            off => Timestamp::from_millis(now.to_millis() + off).unwrap_or(now),
        }
    }
}
