//! Things that are kept as long as they are used.

use std::sync::{Mutex, PoisonError};

/// As many are kept as botocore keeps sessions of buckets (`S3ExpressIdentityCache` in its
/// `utils.py`).
const MOST: usize = 100;

/// The things that were used last, each under what it is known by.
#[derive(Debug)]
pub(super) struct Recent<K, V>(Mutex<Vec<(K, V)>>);

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K, V: Clone> Recent<K, V> {
    /// The one that is asked for, made if it is not there. `make` sees all that are.
    pub(super) fn get_or_make(
        &self,
        is_it: impl Fn(&K) -> bool,
        make: impl FnOnce(&[(K, V)]) -> (K, V),
    ) -> V {
        // Whoever panicked while holding the lock left whole entries behind.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = match kept.iter().rposition(|(key, _)| is_it(key)) {
            Some(index) => kept.remove(index),
            None => make(&kept),
        };
        let found = entry.1.clone();
        kept.push(entry);
        if kept.len() > MOST {
            kept.remove(0);
        }
        found
    }
}
