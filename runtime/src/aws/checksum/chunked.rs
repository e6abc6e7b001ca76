//! Bodies in chunks, with what can only be known at the end behind them.
//!
//! Source: "Signature calculations for the Authorization header: transferring payload in multiple
//! chunks", in the Amazon S3 API reference, and botocore 1.43.67 (`AwsChunkedWrapper`).

use crate::checksum::{Algorithm, Hasher};
use bytes::Bytes;
use http::HeaderName;

/// Writes a body as `aws-chunked`, unsigned: each chunk behind its length, and at the end the sum.
///
/// All chunks but the last are 64 KiB, whatever the parts are that the bytes come in, so that the
/// length of the whole is known before. S3 takes none below 8 KiB.
#[derive(Clone, Debug)]
pub struct Chunked {
    trailer: Option<(HeaderName, Hasher)>,
    /// What does not make a chunk yet
    waiting: Vec<u8>,
}

const CHUNK: usize = 64 * 1024;
const END: &[u8] = b"\r\n";

impl Chunked {
    /// Nothing yet, with a trailer of that name for the sum.
    pub fn new(trailer: Option<(HeaderName, Algorithm)>) -> Self {
        let trailer = trailer.map(|(name, algorithm)| (name, Hasher::new(algorithm)));
        Self { trailer, waiting: Vec::new() }
    }

    /// Takes the next bytes, and gives the chunks that are full.
    pub fn push(&mut self, mut bytes: &[u8]) -> Bytes {
        if let Some((_, hasher)) = &mut self.trailer {
            hasher.update(bytes);
        }
        let mut out = Vec::new();
        while let Some((part, rest)) = bytes.split_at_checked(CHUNK - self.waiting.len()) {
            write(&mut out, &[&self.waiting, part]);
            self.waiting.clear();
            bytes = rest;
        }
        self.waiting.extend_from_slice(bytes);
        out.into()
    }

    /// The last chunk, the end, and the trailer.
    pub fn finish(self) -> Bytes {
        let mut out = Vec::new();
        if !self.waiting.is_empty() {
            write(&mut out, &[&self.waiting]);
        }
        out.extend_from_slice(b"0\r\n");
        if let Some((name, hasher)) = self.trailer {
            out.extend_from_slice(name.as_str().as_bytes());
            out.push(b':');
            out.extend_from_slice(hasher.to_base64().as_bytes());
            out.extend_from_slice(END);
        }
        out.extend_from_slice(END);
        out.into()
    }

    /// The length of the whole that bytes of a length become; nothing if it has no number.
    pub fn length_of(&self, length: u64) -> Option<u64> {
        let framed = |length: u64| {
            let digits = u64::from(length.checked_ilog(16).unwrap_or(0)) + 1;
            digits + 4 + length
        };
        let last = match length % CHUNK as u64 {
            0 => 0,
            rest => framed(rest),
        };
        let end = Self { waiting: Vec::new(), ..self.clone() }.finish().len() as u64;
        (length / CHUNK as u64).checked_mul(framed(CHUNK as u64))?.checked_add(last + end)
    }
}

fn write(out: &mut Vec<u8>, parts: &[&[u8]]) {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    out.extend_from_slice(format!("{length:x}").as_bytes());
    out.extend_from_slice(END);
    out.extend(parts.iter().copied().flatten());
    out.extend_from_slice(END);
}
