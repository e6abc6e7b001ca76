//! How much memory a test leaves behind.

use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

const MOST: usize = 1024 * 1024;

/// Memory as it is now.
pub(crate) struct Before(usize);

impl Before {
    pub(crate) fn now() -> Self {
        ALLOCATED.reset_peak_usage();
        Self(ALLOCATED.current_usage())
    }

    /// Whether memory is as it was, but for a megabyte.
    pub(crate) fn check(&self, name: &str) {
        let more = ALLOCATED.current_usage().saturating_sub(self.0);
        assert!(more < MOST, "{name}: {more} bytes are left behind");
    }

    /// How much more there was at once.
    pub(crate) fn peak(&self) -> usize {
        ALLOCATED.peak_usage().saturating_sub(self.0)
    }
}
