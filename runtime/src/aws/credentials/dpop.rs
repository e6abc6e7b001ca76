//! Proof that whoever renews a token has its key (RFC 9449).

use crate::auth::BoxError;
use crate::client::dialect::Cx;
use crate::client::{Clock, Interceptor};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use std::fmt;
use std::sync::Arc;

/// Adds the header `DPoP` to each attempt.
pub(super) struct Dpop {
    key: SigningKey,
    clock: Arc<dyn Clock>,
}

impl Dpop {
    /// With a private key in PEM: of RFC 5915 (`EC PRIVATE KEY`), or of PKCS #8.
    pub(super) fn new(pem: &str, clock: Arc<dyn Clock>) -> Option<Self> {
        let lines = pem.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
        let der = STANDARD.decode(lines.collect::<String>()).ok()?;
        let key = SigningKey::from_slice(private_key(&der)?).ok()?;
        Some(Self { key, clock })
    }

    fn header(&self, method: &http::Method, url: &str) -> Result<String, BoxError> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let coordinate = |it: Option<&p256::FieldBytes>| it.map(|it| URL_SAFE_NO_PAD.encode(it));
        let (x, y) = (coordinate(point.x()), coordinate(point.y()));
        let header = json!({
            "typ": "dpop+jwt",
            "alg": "ES256",
            "jwk": {"kty": "EC", "x": x, "y": y, "crv": "P-256"},
        });
        let claims = json!({
            "htm": method.as_str(),
            "htu": url,
            "iat": self.clock.now().seconds(),
            "jti": uuid::Uuid::new_v4().to_string(),
        });
        let part = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature: Signature = self.key.try_sign(signed.as_bytes())?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes())))
    }
}

impl Interceptor for Dpop {
    fn name(&self) -> &'static str {
        "DPoP"
    }

    fn before_signing(
        &self,
        _: Cx<'_>,
        request: &mut http::Request<Bytes>,
    ) -> Result<(), BoxError> {
        let header = self.header(request.method(), &request.uri().to_string())?;
        let mut header = http::HeaderValue::try_from(header)?;
        header.set_sensitive(true);
        request.headers_mut().insert("dpop", header);
        Ok(())
    }
}

impl fmt::Debug for Dpop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dpop").finish_non_exhaustive()
    }
}

const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const SEQUENCE: u8 = 0x30;

/// The private key in DER: a version and the bytes of the key; or in PKCS #8 a version, an algorithm,
/// and bytes that hold the former.
fn private_key(der: &[u8]) -> Option<&[u8]> {
    let (sequence, _) = element(der, SEQUENCE)?;
    let (_, rest) = element(sequence, INTEGER)?;
    let Some((_, rest)) = element(rest, SEQUENCE) else {
        return element(rest, OCTETS).map(|(key, _)| key);
    };
    let (inner, _) = element(rest, OCTETS)?;
    let (sequence, _) = element(inner, SEQUENCE)?;
    let (_, rest) = element(sequence, INTEGER)?;
    element(rest, OCTETS).map(|(key, _)| key)
}

/// The content of the element at the front, if it is of that kind, and what comes behind.
fn element(der: &[u8], kind: u8) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = der.split_first()?;
    let (&length, rest) = rest.split_first()?;
    let (length, rest) = match length {
        0..=0x7f => (length, rest),
        0x81 => rest.split_first().map(|(&length, rest)| (length, rest))?,
        _ => return None,
    };
    if first == kind { rest.split_at_checked(usize::from(length)) } else { None }
}

#[cfg(test)]
mod tests;
