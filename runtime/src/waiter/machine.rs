//! A waiter as a state machine, which neither calls nor sleeps.

use super::error::{Failure, WaitErrorKind};
use super::judge::{self, Judge};
use crate::Timestamp;
use crate::client::Random;
use crate::error::Error;
use crate::schema::{WaiterSchema, WaiterState};
use crate::value::Structure;
use std::time::Duration;

/// What is set about waiting; what is not is as the spec has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How long at most. With it, the spec's number of calls does not count.
    pub max_wait: Option<Duration>,
    /// How many calls at most
    pub max_attempts: Option<u32>,
    /// The pause between two calls, and the longest one; pauses grow from the one to the other.
    pub delay: Option<(Duration, Duration)>,
}

/// What a call brought.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'v> {
    /// What was sent
    pub input: &'v dyn Structure,
    /// The output with its HTTP status, or the error
    pub outcome: Result<(&'v dyn Structure, u16), &'v Error>,
}

impl Answer<'_> {
    pub(super) fn status(&self) -> Option<u16> {
        match self.outcome {
            Ok((_, status)) => Some(status),
            Err(error) => error.status(),
        }
    }
}

/// What comes next.
#[derive(Debug)]
pub enum Step {
    /// A pause, and another call
    Wait(Duration),
    /// The answer is what was waited for.
    Done,
    /// It is no use to wait on.
    Failed(Failure),
}

/// A waiter on its way.
#[derive(Clone, Debug)]
pub struct Waiter<'w> {
    schema: &'w WaiterSchema,
    judges: Vec<Judge<'w>>,
    limits: Limits,
    started: Timestamp,
    attempts: u32,
    /// Whether an acceptor has fitted so far
    has_fitted: bool,
    /// The pauses so far: a clock may stand still, or go back.
    slept: Duration,
}

impl<'w> Waiter<'w> {
    /// A waiter before its first call.
    ///
    /// Errors: a path that cannot be read, and waiting without any limit.
    pub fn new(schema: &'w WaiterSchema, limits: Limits, now: Timestamp) -> Result<Self, Error> {
        let judges = judge::judges(schema)?;
        if schema.attempts == 0 && limits.max_wait.is_none() && limits.max_attempts.is_none() {
            let name = &schema.name;
            let message = format!("the waiter {name} has no limit: say how long with `max_wait`");
            return Err(crate::client::unconfigured(message));
        }
        Ok(Self {
            schema,
            judges,
            limits,
            started: now,
            attempts: 0,
            has_fitted: false,
            slept: Duration::ZERO,
        })
    }

    /// How many answers there were.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long it has waited.
    pub fn waited(&self, now: Timestamp) -> Duration {
        self.slept.max(between(self.started, now))
    }

    /// How long it may still wait, if there is a limit.
    pub fn remaining(&self, now: Timestamp) -> Option<Duration> {
        self.limits.max_wait.map(|limit| limit.saturating_sub(self.waited(now)))
    }

    /// Takes note of an answer.
    pub fn answered(&mut self, answer: &Answer<'_>, now: Timestamp, random: &dyn Random) -> Step {
        self.attempts = self.attempts.saturating_add(1);
        let fits = self.judges.iter().position(|judge| judge.fits(answer));
        self.has_fitted |= fits.is_some();
        let judge = fits.and_then(|fits| self.judges.get(fits));
        match judge.map(|judge| judge.state) {
            Some(WaiterState::Success) => return Step::Done,
            Some(WaiterState::Failure) => {
                let words = judge.map(Judge::words).unwrap_or_default();
                return Step::Failed(self.failure(WaitErrorKind::Failed, words, fits, now));
            }
            None if answer.outcome.is_err() && !self.is_late(now) => {
                let words = judge::state(&self.judges, answer);
                return Step::Failed(self.failure(WaitErrorKind::Call, words, None, now));
            }
            Some(WaiterState::Retry) | None => {}
        }
        let Some(pause) = self.pause(now, random).filter(|_| !self.is_last()) else {
            let words = judge::state(&self.judges, answer);
            let last = self.judges.len().checked_sub(1);
            let told = fits.or(last).filter(|_| self.has_fitted);
            return Step::Failed(self.failure(WaitErrorKind::GaveUp, words, told, now));
        };
        self.slept = self.slept.saturating_add(pause);
        Step::Wait(pause)
    }

    fn failure(
        &self,
        kind: WaitErrorKind,
        words: String,
        acceptor: Option<usize>,
        now: Timestamp,
    ) -> Failure {
        Failure {
            kind,
            waiter: self.schema.name.clone(),
            words,
            acceptor,
            attempts: self.attempts,
            waited: self.waited(now),
        }
    }

    fn is_late(&self, now: Timestamp) -> bool {
        self.remaining(now) == Some(Duration::ZERO)
    }

    fn is_last(&self) -> bool {
        let of_spec = || (self.limits.max_wait.is_none()).then_some(self.schema.attempts);
        let most = self.limits.max_attempts.or_else(of_spec).filter(|most| *most > 0);
        most.is_some_and(|most| self.attempts >= most)
    }

    /// The next pause; nothing if there is no time for one.
    ///
    /// Where pauses grow, it is somewhere between the shortest one and twice that of the time
    /// before, and no call comes so late that it would stand alone:
    /// <https://smithy.io/2.0/additional-specs/waiters.html#waiter-retries>.
    fn pause(&self, now: Timestamp, random: &dyn Random) -> Option<Duration> {
        let of_spec = || {
            let seconds = |seconds: u32| Duration::from_secs(seconds.into());
            (seconds(self.schema.delay), seconds(self.schema.max_delay))
        };
        let (least, most) = self.limits.delay.unwrap_or_else(of_spec);
        let grows = most > least;
        let mut pause = least;
        if grows {
            let doubled = 2_u32.checked_pow(self.attempts.saturating_sub(1));
            let ceiling = doubled.and_then(|factor| least.checked_mul(factor));
            let ceiling = ceiling.unwrap_or(most).min(most);
            let chance = random.fraction();
            let chance = if (0.0..=1.0).contains(&chance) { chance } else { 1.0 };
            pause += ceiling.saturating_sub(least).mul_f64(chance);
        }
        let Some(remaining) = self.remaining(now) else { return Some(pause) };
        let kept = if grows { least } else { Duration::ZERO };
        let latest = remaining.saturating_sub(kept);
        (!latest.is_zero()).then_some(pause.min(latest))
    }
}

/// How much later the one is than the other.
fn between(earlier: Timestamp, later: Timestamp) -> Duration {
    let nanos = |time: Timestamp| {
        i128::from(time.seconds()) * 1_000_000_000 + i128::from(time.subsec_nanos())
    };
    let passed = u128::try_from(nanos(later) - nanos(earlier)).unwrap_or_default();
    let seconds = u64::try_from(passed / 1_000_000_000).unwrap_or(u64::MAX);
    let rest = u32::try_from(passed % 1_000_000_000).unwrap_or_default();
    Duration::new(seconds, rest)
}
