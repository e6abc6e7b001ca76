//! Signature Version 4a: ECDSA instead of HMAC, for a set of regions at once.
//!
//! Source: "How the `SigV4a` algorithm works" in AWS's IAM user guide; the key's derivation is the
//! counter mode of NIST SP 800-108 with HMAC-SHA-256.

use super::presign::{TOKEN_PARAMETER, presign_with};
use super::{Scope, Signature, SigningError, SigningParams, TERMINATOR, hex, sign_with};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use p256::ecdsa::signature::Signer;
#[cfg(feature = "dynamic")]
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{self, SigningKey};
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

#[cfg(test)]
mod tests;

const ALGORITHM: &str = "AWS4-ECDSA-P256-SHA256";
/// The order of the curve, less two (FIPS 186-4, D.1.2.3).
const ORDER_LESS_TWO: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x4f,
];
/// A client has one identity, and briefly two when credentials change.
const KEPT_KEYS: usize = 4;

/// A cache of keys, to be shared by all calls of a client. A key is made of an access key alone.
///
/// Secrets are compared only as SHA-256 digests, and `Debug` shows nothing.
#[derive(Default)]
pub struct EcdsaKeys {
    /// The most recently made last.
    entries: Mutex<Vec<([u8; 32], SigningKey)>>,
}

/// What [`sign`](super::sign) does, with Signature Version 4a: `params.region` is a list of regions,
/// separated by commas, in which `*` stands for any text. It is sent as `x-amz-region-set`.
pub fn sign_v4a(
    request: &mut Request<Bytes>,
    params: &SigningParams<'_>,
    keys: &EcdsaKeys,
) -> Result<Signature, SigningError> {
    let key = keys.key(params)?;
    sign_with(request, params, &scope(params), &|text| signature(&key, text))
}

/// What [`presign`](super::presign) does, with Signature Version 4a.
pub fn presign_v4a(
    request: &mut Request<Bytes>,
    params: &SigningParams<'_>,
    expires: Duration,
    keys: &EcdsaKeys,
) -> Result<(), SigningError> {
    let key = keys.key(params)?;
    let sign = |text: &str| signature(&key, text);
    presign_with(request, params, expires, &scope(params), TOKEN_PARAMETER, &sign)
}

/// Whether a signature, in hexadecimal digits, is that of a text by the key of `params`.
#[cfg(feature = "dynamic")]
pub(crate) fn is_signed_v4a(params: &SigningParams<'_>, text: &str, signature: &str) -> bool {
    let digits = |at: usize| u8::from_str_radix(signature.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..signature.len()).step_by(2).map(digits).collect();
    let signature = bytes.and_then(|bytes| ecdsa::Signature::from_der(&bytes).ok());
    let key = EcdsaKeys::new().key(params).ok();
    signature.zip(key).is_some_and(|(signature, key)| {
        key.verifying_key().verify(text.as_bytes(), &signature).is_ok()
    })
}

impl EcdsaKeys {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    fn key(&self, params: &SigningParams<'_>) -> Result<SigningKey, SigningError> {
        let mut identity = Sha256::new();
        identity.update(Sha256::digest(params.access_key_id));
        identity.update(params.secret_access_key);
        let identity: [u8; 32] = identity.finalize().into();
        // Whoever panicked while holding the lock left whole entries behind.
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, key)) = entries.iter().find(|(known, _)| *known == identity) {
            return Ok(key.clone());
        }
        let bytes = derive(params.access_key_id, params.secret_access_key);
        let bytes = bytes.ok_or(SigningError::Key)?;
        let key = SigningKey::from_slice(&bytes).map_err(|_| SigningError::Key)?;
        if entries.len() >= KEPT_KEYS {
            entries.remove(0);
        }
        entries.push((identity, key.clone()));
        Ok(key)
    }
}

impl fmt::Debug for EcdsaKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EcdsaKeys").finish_non_exhaustive()
    }
}

fn scope(params: &SigningParams<'_>) -> Scope {
    let date_time = params.time.to_basic();
    let day = date_time.split_once('T').map_or("", |(day, _)| day);
    let text = format!("{day}/{}/{TERMINATOR}", params.service);
    let region_set = Some(params.region.to_owned());
    Scope { algorithm: ALGORITHM, date_time, text, region_set }
}

fn signature(key: &SigningKey, text: &str) -> Result<String, SigningError> {
    let signature: ecdsa::Signature =
        key.try_sign(text.as_bytes()).map_err(|_| SigningError::Key)?;
    Ok(hex(signature.to_der().as_bytes()))
}

/// The private key: one more than the first candidate that is at most the order less two.
fn derive(access_key_id: &str, secret: &str) -> Option<[u8; 32]> {
    let secret = format!("AWS4A{secret}");
    (1..=254_u8).find_map(|counter| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
        mac.update(&1_u32.to_be_bytes());
        mac.update(ALGORITHM.as_bytes());
        mac.update(&[0]);
        mac.update(access_key_id.as_bytes());
        mac.update(&[counter]);
        mac.update(&256_u32.to_be_bytes());
        let mut candidate: [u8; 32] = mac.finalize().into_bytes().into();
        if candidate > ORDER_LESS_TWO {
            return None;
        }
        for byte in candidate.iter_mut().rev() {
            let (sum, carry) = byte.overflowing_add(1);
            *byte = sum;
            if !carry {
                break;
            }
        }
        Some(candidate)
    })
}
