//! What the calls of a client share.

use super::*;
use crate::transport::Timeout;

fn policy() -> Arc<StandardRetry> {
    Arc::new(StandardRetry::default())
}

/// A policy that a test can look at from outside.
#[derive(Debug)]
struct Seen(Arc<StandardRetry>);

impl RetryPolicy for Seen {
    fn retry_after(&self, attempt: &mut Attempt<'_>, error: &Error) -> Option<Duration> {
        self.0.retry_after(attempt, error)
    }

    fn ended(&self, attempt: &Attempt<'_>, error: Option<&Error>) {
        self.0.ended(attempt, error);
    }
}

fn seen(replay: &Replay, policy: &Arc<StandardRetry>) -> Core {
    let seen = Seen(Arc::clone(policy));
    client_with("aws/test", replay, &Time::default(), |config| config.retry(seen))
}

#[test]
fn retries_end_where_nothing_succeeds() {
    let replay = (0..200).fold(Replay::new(), |replay, _| replay.answer(500, ""));
    let policy = policy();
    let core = seen(&replay, &policy);
    for number in 1..=50 {
        assert_eq!(call(&core).unwrap_err().attempts(), 3);
        assert_eq!(policy.quota.left(), 500 - number * 10);
    }
    assert_eq!(call(&core).unwrap_err().attempts(), 1);
    assert_eq!(replay.requests().len(), 151);
}

#[test]
fn success_gives_back() {
    let late = || TransportError::timeout(Timeout::Read, Duration::from_secs(1));
    let policy = policy();
    // The answers, and what is left behind
    let steps = [
        (Replay::new().answer(500, "").answer(500, "").answer(500, ""), 490),
        (Replay::new().answer(200, "{}"), 491),
        // Only what the last retry took comes back.
        (Replay::new().answer(500, "").answer(500, "").answer(200, "{}"), 486),
        (Replay::new().answer(500, "").answer(200, "{}"), 486),
        // A limit costs twice as much.
        (Replay::new().failure(late()).failure(late()).failure(late()), 466),
        (Replay::new().failure(late()).answer(200, "{}"), 466),
        // No answer of 2xx, nothing back
        (Replay::new().answer(404, ""), 466),
        (Replay::new().answer(500, "").answer(404, ""), 461),
    ];
    for (step, (replay, left)) in steps.into_iter().enumerate() {
        let _ = call(&seen(&replay, &policy));
        assert_eq!(policy.quota.left(), left, "step {step}");
    }
}

#[test]
fn a_quota_is_never_more_than_at_the_start() {
    let quota = quota::Quota::new();
    quota.release(7);
    assert_eq!(quota.left(), 500);
    assert!(quota.acquire(500));
    assert!(!quota.acquire(1));
    quota.release(3);
    assert!(!quota.acquire(4));
    assert!(quota.acquire(3));
    quota.release(10_000);
    assert_eq!(quota.left(), 500);
}

#[test]
fn an_adaptive_client_waits_once_it_is_throttled() {
    let replay = (0..20).fold(Replay::new(), |replay, _| replay.answer(200, "{}"));
    let replay = replay.response(coded(400, "ThrottlingException"));
    let replay = (0..20).fold(replay, |replay, _| replay.answer(200, "{}"));
    let time = Time::default();
    let core = client_with("aws/test", &replay, &time, |config| {
        config.retry_mode(RetryMode::Adaptive).random(0.0)
    });
    for _ in 0..20 {
        call(&core).unwrap();
        time.pass(Duration::from_millis(100));
    }
    assert_eq!(time.slept(), []);
    let done = call(&core).unwrap();
    assert_eq!(done.attempts(), 2);
    for _ in 0..7 {
        call(&core).unwrap();
    }
    // What botocore's limiter waits in the same calls
    let waited = time.slept().iter().sum::<Duration>().as_secs_f64();
    assert!((waited - 0.753_102).abs() < 1e-4, "{waited}");
}
