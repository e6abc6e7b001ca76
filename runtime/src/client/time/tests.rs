//! Waiting, wherever that is.

use super::*;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Wake};
use std::thread::{Thread, current, park};
use std::time::Instant;

/// Wakes a thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

#[test]
fn tokios_timer_is_not_needed_to_wait() {
    let waker = Arc::new(Unpark(current())).into();
    let mut sleep = pin!(TokioSleep.sleep(Duration::from_millis(20)));
    let start = Instant::now();
    while sleep.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
        park();
    }
    assert!(start.elapsed() >= Duration::from_millis(20));
}

#[tokio::test(start_paused = true)]
async fn in_tokios_runtime_its_clock_counts() {
    let start = Instant::now();
    TokioSleep.sleep(Duration::from_hours(1)).await;
    assert!(start.elapsed() < Duration::from_mins(1));
}
