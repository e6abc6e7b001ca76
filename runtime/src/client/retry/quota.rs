//! How many retries the calls of a client have together.

use std::sync::atomic::{AtomicU32, Ordering};

/// What there is at the start, and at most (`INITIAL_CAPACITY` in botocore 1.43.67's
/// `retries/quota.py`).
pub(super) const CAPACITY: u32 = 500;

/// A number that retries take from and success gives back to: where nothing succeeds any more,
/// retries end.
#[derive(Debug)]
pub(super) struct Quota {
    left: AtomicU32,
}

impl Quota {
    pub(super) fn new() -> Self {
        Self { left: AtomicU32::new(CAPACITY) }
    }

    /// Takes an amount; false if there is less.
    pub(super) fn acquire(&self, amount: u32) -> bool {
        let taken = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(amount));
        taken.is_ok()
    }

    /// Gives an amount back, up to what there was at the start.
    pub(super) fn release(&self, amount: u32) {
        // Where nothing fails, nothing is written.
        if self.left.load(Ordering::Relaxed) == CAPACITY {
            return;
        }
        let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            Some(left.saturating_add(amount).min(CAPACITY))
        });
    }

    #[cfg(test)]
    pub(super) fn left(&self) -> u32 {
        self.left.load(Ordering::Relaxed)
    }
}
