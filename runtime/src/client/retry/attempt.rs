//! An attempt, and the call that it is part of.

use crate::client::dialect::Dialect;
use crate::client::{Clock, Random};
use crate::error::Error;
use crate::transport::TransportErrorKind;
use crate::{Timestamp, TimestampFormat};
use std::fmt;
use std::time::Duration;

/// The longest pause that a service can ask for in `Retry-After`: whoever wants more is asked again
/// after this, and may say so again.
const LONGEST_ASKED: Duration = Duration::from_secs(20);

/// An attempt of a call: what a policy decides by, besides the error.
pub struct Attempt<'a> {
    pub(in crate::client) number: u32,
    pub(in crate::client) most: Option<u32>,
    pub(in crate::client) repeatable: bool,
    pub(in crate::client) corrected: bool,
    clock: &'a dyn Clock,
    pub(in crate::client) dialect: &'a dyn Dialect,
    pub(in crate::client) random: &'a dyn Random,
    spent: u32,
}

impl<'a> Attempt<'a> {
    pub(in crate::client) fn new(
        dialect: &'a dyn Dialect,
        clock: &'a dyn Clock,
        random: &'a dyn Random,
    ) -> Self {
        Self {
            number: 0,
            most: None,
            repeatable: true,
            corrected: false,
            clock,
            dialect,
            random,
            spent: 0,
        }
    }

    /// Which attempt of its call it was, from one.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How many attempts the call may make, if it says so.
    pub fn max_attempts(&self) -> Option<u32> {
        self.most
    }

    /// The time by the client's clock, as it is set.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Whether nothing happens twice if the service carried the attempt out and it is sent again.
    ///
    /// That is so where nothing was sent, where the service refused because it has too much to do,
    /// and of every operation that is idempotent by its spec, by its HTTP method (RFC 9110, section
    /// 9.2.2; REST protocols alone) or by an idempotency token in its input. AWS's own clients send
    /// every operation again, so that all of AWS's count as such.
    pub fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    /// Whether the service refused for the time that the request was signed with, and the client's
    /// clock was corrected since. It is so once in a call.
    pub fn is_clock_corrected(&self) -> bool {
        self.corrected
    }

    /// A number that nobody can foretell, from 0 up to 1: for pauses that differ between clients.
    pub fn random(&self) -> f64 {
        self.random.fraction()
    }

    /// What the call has taken for its last retry from something that is shared with others.
    pub fn spent(&self) -> u32 {
        self.spent
    }

    /// Keeps in mind what the call took from something that is shared.
    pub fn spend(&mut self, amount: u32) {
        self.spent = amount;
    }

    /// The pause before the next attempt: `backoff`, or what the service asked for.
    ///
    /// `Retry-After` (RFC 9110, section 10.2.3) makes it longer, never shorter, and 20 seconds at
    /// most; a provider may have headers of its own.
    pub fn pause(&self, backoff: Duration, error: &Error) -> Duration {
        if let Some(asked) = self.dialect.pause(error, backoff) {
            return asked;
        }
        let asked = error.headers().and_then(|headers| asked(headers, self.now()));
        asked.map_or(backoff, |asked| backoff.max(asked.min(LONGEST_ASKED)))
    }
}

/// The pause that `Retry-After` asks for, in seconds or by a date.
fn asked(headers: &http::HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim_ascii();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number has are a long time.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = Timestamp::parse(text, TimestampFormat::HttpDate).ok()?;
    let millis = date.to_millis().saturating_sub(now.to_millis());
    Some(Duration::from_millis(u64::try_from(millis).unwrap_or(0)))
}

/// Whether an attempt that failed so was never carried out.
pub(in crate::client) fn was_not_carried_out(error: &Error) -> bool {
    matches!(error.transport(), Some(TransportErrorKind::Connect | TransportErrorKind::Tls))
        || error.is_throttling()
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("number", &self.number)
            .field("max_attempts", &self.most)
            .field("repeatable", &self.repeatable)
            .field("corrected", &self.corrected)
            .field("spent", &self.spent)
            .finish_non_exhaustive()
    }
}
