//! How fast a client sends: botocore 1.43.67's `retries/adaptive.py`, `throttling.py` and
//! `bucket.py`. Times are seconds.

use std::time::Duration;

#[cfg(test)]
mod tests;

/// How much of what it is a rate may become at once.
const STEEPEST: f64 = 2.0;
/// The lowest rate
const SLOWEST: f64 = 0.5;

/// Holds attempts back once a service has asked to slow down.
#[derive(Debug)]
pub(super) struct Limiter {
    on: bool,
    cubic: Cubic,
    meter: Meter,
    bucket: Bucket,
}

impl Limiter {
    pub(super) fn new(now: f64) -> Self {
        Self {
            on: false,
            cubic: Cubic::new(0.0, now),
            meter: Meter::new(now),
            bucket: Bucket::new(1.0, SLOWEST, now),
        }
    }

    /// How long an attempt waits for its turn, which is taken.
    pub(super) fn hold(&mut self, now: f64) -> Duration {
        if !self.on {
            return Duration::ZERO;
        }
        Duration::try_from_secs_f64(self.bucket.take(now)).unwrap_or_default()
    }

    pub(super) fn ended(&mut self, now: f64, throttled: bool) {
        let measured = self.meter.record(now);
        let rate = if throttled {
            let current = if self.on { measured.min(self.bucket.rate) } else { measured };
            self.on = true;
            self.cubic.throttled(current, now)
        } else {
            self.cubic.succeeded(now)
        };
        self.bucket.set_rate(rate.min(STEEPEST * measured), now);
    }
}

/// The rate that a service takes, along a cubic curve: fast back to where it was too much, slowly
/// beyond.
#[derive(Debug)]
struct Cubic {
    highest: f64,
    flat_at: f64,
    throttled_at: f64,
}

impl Cubic {
    const SCALE: f64 = 0.4;
    const BETA: f64 = 0.7;

    fn new(highest: f64, now: f64) -> Self {
        let mut cubic = Self { highest, flat_at: 0.0, throttled_at: now };
        cubic.find_flat();
        cubic
    }

    fn find_flat(&mut self) {
        self.flat_at = (self.highest * (1.0 - Self::BETA) / Self::SCALE).cbrt();
    }

    fn succeeded(&self, now: f64) -> f64 {
        let since = now - self.throttled_at;
        Self::SCALE * (since - self.flat_at).powi(3) + self.highest
    }

    fn throttled(&mut self, rate: f64, now: f64) -> f64 {
        self.highest = rate;
        self.find_flat();
        self.throttled_at = now;
        rate * Self::BETA
    }
}

/// Measures how fast attempts end, in steps of half a second.
#[derive(Debug)]
struct Meter {
    rate: f64,
    step: f64,
    count: f64,
}

impl Meter {
    const SMOOTHING: f64 = 0.8;
    const STEPS_PER_SECOND: f64 = 2.0;

    fn new(now: f64) -> Self {
        Self { rate: 0.0, step: now.floor(), count: 0.0 }
    }

    fn record(&mut self, now: f64) -> f64 {
        let step = (now * Self::STEPS_PER_SECOND).floor() / Self::STEPS_PER_SECOND;
        self.count += 1.0;
        if step > self.step {
            let current = self.count / (step - self.step);
            self.rate = current * Self::SMOOTHING + self.rate * (1.0 - Self::SMOOTHING);
            self.count = 0.0;
            self.step = step;
        }
        self.rate
    }
}

/// Turns that come at a rate and can be saved up.
#[derive(Debug)]
struct Bucket {
    rate: f64,
    slowest: f64,
    most: f64,
    /// Below zero where turns are taken that have not come yet.
    turns: f64,
    at: f64,
}

impl Bucket {
    fn new(rate: f64, slowest: f64, now: f64) -> Self {
        Self { rate: rate.max(slowest), slowest, most: rate.max(1.0), turns: 0.0, at: now }
    }

    fn refill(&mut self, now: f64) {
        // A clock that was set back brings no turns and takes none.
        let passed = (now - self.at).max(0.0);
        self.turns = (self.turns + passed * self.rate).min(self.most);
        self.at = now;
    }

    fn set_rate(&mut self, rate: f64, now: f64) {
        // What came so far came at the old rate.
        self.refill(now);
        self.rate = rate.max(self.slowest);
        self.most = rate.max(1.0);
        self.turns = self.turns.min(self.most);
    }

    /// Takes a turn, and says in how many seconds it comes.
    fn take(&mut self, now: f64) -> f64 {
        self.refill(now);
        self.turns -= 1.0;
        (-self.turns).max(0.0) / self.rate
    }
}
