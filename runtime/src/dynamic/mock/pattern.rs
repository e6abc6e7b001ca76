//! Patterns of texts, as far as this build can run them.

#[cfg(all(test, feature = "mock"))]
mod tests;
#[cfg(feature = "mock")]
mod text;

#[cfg(feature = "mock")]
use std::collections::HashMap;
#[cfg(feature = "mock")]
use std::sync::{Mutex, PoisonError};

/// Patterns that have been met.
#[derive(Debug, Default)]
pub(in crate::dynamic) struct Patterns {
    #[cfg(feature = "mock")]
    known: Mutex<HashMap<String, Option<regex_lite::Regex>>>,
}

impl Patterns {
    /// Whether a text has what a pattern asks for. Patterns are written for other languages: what
    /// cannot be read here fits everything.
    #[cfg(feature = "mock")]
    pub(in crate::dynamic) fn fits(&self, pattern: &str, text: &str) -> bool {
        // Whoever panicked while holding the lock left whole entries behind.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let compile = || regex_lite::Regex::new(pattern).ok();
        let regex = known.entry(pattern.to_owned()).or_insert_with(compile);
        regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }

    /// A text of a pattern within a length, of those that a seed gives another one each; nothing if
    /// the pattern is none of the simple ones.
    #[cfg(feature = "mock")]
    pub(in crate::dynamic) fn text(
        &self,
        pattern: &str,
        length: (usize, usize),
        seed: u64,
    ) -> Option<String> {
        text::texts(pattern, length, seed).find(|text| self.fits(pattern, text))
    }

    #[cfg(not(feature = "mock"))]
    #[expect(clippy::unused_self, reason = "with the feature `mock` it is needed")]
    pub(in crate::dynamic) fn text(&self, _: &str, _: (usize, usize), _: u64) -> Option<String> {
        None
    }

    #[cfg(not(feature = "mock"))]
    #[expect(clippy::unused_self, reason = "with the feature `mock` it is needed")]
    pub(in crate::dynamic) fn fits(&self, _: &str, _: &str) -> bool {
        true
    }
}
