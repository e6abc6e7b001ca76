//! Bodies that are sent, and signed, in chunks: `Content-Encoding: aws-chunked`.
//!
//! The request's own signature is the seed, and each chunk's signature covers the one before it.
//! Nothing here sends anything. Source: "Signature calculations for the authorization header:
//! transferring payload in multiple chunks" in Amazon S3's API reference.

use super::hash::{HmacKey, hex, sha256_hex};
use super::{Scope, Signature, SigningKeys, SigningParams};
use std::fmt::Write as _;

#[cfg(test)]
mod tests;

/// The SHA-256 digest of nothing.
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// The least size of a chunk but the last one, says S3.
pub const SMALLEST_CHUNK: usize = 8 * 1024;

/// Signs the chunks of one body, in their order.
///
/// `Debug` does not show the key.
#[derive(Clone)]
pub struct ChunkSigner {
    key: HmacKey,
    scope: Scope,
    previous: String,
}

impl ChunkSigner {
    /// The signer of a body whose request was signed with `params` and has `seed` for a signature.
    pub fn new(params: &SigningParams<'_>, keys: &SigningKeys, seed: Signature) -> Self {
        let scope = Scope::of(params);
        let key = scope.key(params, keys);
        Self { key, scope, previous: seed.into_string() }
    }

    /// The signature of the next chunk. The last one is empty.
    pub fn sign(&mut self, chunk: &[u8]) -> &str {
        let digest = sha256_hex(chunk);
        self.advance("AWS4-HMAC-SHA256-PAYLOAD", &[EMPTY, &digest])
    }

    /// The signature of the trailing headers, which stand behind the empty chunk. Names are in lower
    /// case, and sorted.
    pub fn sign_trailers(&mut self, trailers: &[(&str, &str)]) -> &str {
        let digest = sha256_hex(trailer_lines(trailers, "\n").as_bytes());
        self.advance("AWS4-HMAC-SHA256-TRAILER", &[&digest])
    }

    fn advance(&mut self, algorithm: &str, digests: &[&str]) -> &str {
        let Scope { date_time, text, .. } = &self.scope;
        let mut to_sign = format!("{algorithm}\n{date_time}\n{text}\n{}", self.previous);
        for digest in digests {
            to_sign.push('\n');
            to_sign.push_str(digest);
        }
        self.previous = hex(&self.key.sign(to_sign.as_bytes()));
        &self.previous
    }
}

impl std::fmt::Debug for ChunkSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChunkSigner").field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// A chunk as it is sent. `signature` is there in `STREAMING-AWS4-HMAC-SHA256-PAYLOAD…`, and not in
/// `STREAMING-UNSIGNED-PAYLOAD-TRAILER`. What ends the body is [`encode_end`].
pub fn encode_chunk(chunk: &[u8], signature: Option<&str>) -> Vec<u8> {
    let mut sent = head(chunk.len(), signature).into_bytes();
    sent.extend_from_slice(chunk);
    sent.extend_from_slice(b"\r\n");
    sent
}

/// The end of a body: the empty chunk with its signature, and the trailing headers with theirs.
pub fn encode_end(
    signature: Option<&str>,
    trailers: &[(&str, &str)],
    trailer_signature: Option<&str>,
) -> Vec<u8> {
    let mut sent = head(0, signature);
    sent.push_str(&trailer_lines(trailers, "\r\n"));
    if let Some(signature) = trailer_signature {
        // Writing into a `String` cannot fail.
        let _ = write!(sent, "x-amz-trailer-signature:{signature}\r\n");
    }
    sent.push_str("\r\n");
    sent.into_bytes()
}

/// How many bytes a body of `length` bytes in chunks of `chunk` bytes takes on the wire, which is
/// the request's `content-length`; `x-amz-decoded-content-length` is `length`.
pub fn encoded_length(
    length: u64,
    chunk: u64,
    signed: bool,
    trailers: &[(&str, &str)],
    signed_trailers: bool,
) -> u64 {
    const SIGNATURE: u64 = 64;
    let line = |size: u64| {
        let digits = u64::from(size.checked_ilog2().unwrap_or(0) / 4 + 1);
        digits + if signed { ";chunk-signature=".len() as u64 + SIGNATURE } else { 0 } + 2
    };
    let (whole, rest) = (length / chunk.max(1), length % chunk.max(1));
    let mut all = whole * (line(chunk) + chunk + 2);
    if rest > 0 {
        all += line(rest) + rest + 2;
    }
    let trailers: usize = trailers.iter().map(|(name, value)| name.len() + value.len() + 3).sum();
    let signature =
        if signed_trailers { "x-amz-trailer-signature:".len() as u64 + SIGNATURE + 2 } else { 0 };
    all + line(0) + trailers as u64 + signature + 2
}

fn head(size: usize, signature: Option<&str>) -> String {
    match signature {
        Some(signature) => format!("{size:x};chunk-signature={signature}\r\n"),
        None => format!("{size:x}\r\n"),
    }
}

fn trailer_lines(trailers: &[(&str, &str)], end: &str) -> String {
    trailers.iter().fold(String::new(), |mut text, (name, value)| {
        // Writing into a `String` cannot fail.
        let _ = write!(text, "{name}:{value}{end}");
        text
    })
}
