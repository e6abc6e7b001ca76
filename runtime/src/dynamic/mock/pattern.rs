//! Patterns of texts, as far as this build can run them.

#[cfg(feature = "mock")]
use std::collections::HashMap;
#[cfg(feature = "mock")]
use std::sync::{Mutex, PoisonError};

/// Patterns that have been met.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    #[cfg(feature = "mock")]
    known: Mutex<HashMap<String, Option<regex_lite::Regex>>>,
}

impl Patterns {
    /// Whether a text has what a pattern asks for. Patterns are written for other languages: what
    /// cannot be read here fits everything.
    #[cfg(feature = "mock")]
    pub(super) fn fits(&self, pattern: &str, text: &str) -> bool {
        // Whoever panicked while holding the lock left whole entries behind.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let compile = || regex_lite::Regex::new(pattern).ok();
        let regex = known.entry(pattern.to_owned()).or_insert_with(compile);
        regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }

    #[cfg(not(feature = "mock"))]
    #[expect(clippy::unused_self, reason = "with the feature `mock` it is needed")]
    pub(super) fn fits(&self, _: &str, _: &str) -> bool {
        true
    }
}
