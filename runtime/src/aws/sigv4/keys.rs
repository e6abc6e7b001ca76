//! Signing keys, which cost more to derive than to use.

use super::TERMINATOR;
use super::hash::{HmacKey, hmac_sha256};
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// How many signing keys are kept. A client has one per region and service that it talks to, and
/// briefly two around midnight UTC or when credentials change.
pub(super) const KEPT_KEYS: usize = 8;

/// A cache of derived signing keys, to be shared by all calls of a client.
///
/// A key is valid for one secret, day (UTC), region and service, and costs four HMACs to derive. The
/// last eight that were used are kept. Secrets are kept and compared only as SHA-256 digests, and
/// `Debug` shows nothing.
#[derive(Default)]
pub struct SigningKeys {
    /// The most recently used last.
    pub(super) entries: Mutex<Vec<KeyEntry>>,
}

pub(super) struct KeyEntry {
    secret_digest: [u8; 32],
    day: String,
    pub(super) region: String,
    service: String,
    key: HmacKey,
}

impl SigningKeys {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// The key of a day, region and service.
    pub(crate) fn signing_key(
        &self,
        secret: &str,
        day: &str,
        region: &str,
        service: &str,
    ) -> HmacKey {
        let secret_digest = Sha256::digest(secret).into();
        // Whoever panicked while holding the lock left whole entries behind.
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let found = entries.iter().position(|entry| {
            entry.secret_digest == secret_digest
                && entry.day == day
                && entry.region == region
                && entry.service == service
        });
        let entry = match found {
            Some(index) => entries.remove(index),
            None => KeyEntry {
                secret_digest,
                day: day.to_owned(),
                region: region.to_owned(),
                service: service.to_owned(),
                key: HmacKey::new(&derive_key(secret, day, region, service)),
            },
        };
        let key = entry.key.clone();
        if entries.len() >= KEPT_KEYS {
            entries.remove(0);
        }
        entries.push(entry);
        key
    }
}

impl fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKeys").finish_non_exhaustive()
    }
}

pub(super) fn derive_key(secret: &str, day: &str, region: &str, service: &str) -> [u8; 32] {
    let key = format!("AWS4{secret}");
    [region, service, TERMINATOR]
        .iter()
        .fold(hmac_sha256(key.as_bytes(), day.as_bytes()), |key, part| {
            hmac_sha256(&key, part.as_bytes())
        })
}
