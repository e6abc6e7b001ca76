//! Bodies whose chunks or events are signed, one after the other: each signature covers the one before
//! it, and the first the request's.
//!
//! Source: "Signature calculations for the authorization header: transferring payload in multiple
//! chunks" in Amazon S3's API reference, and its list of error codes.

use super::signed::{Algorithm, Signed};
use super::{DIGEST, Words};
use crate::aws::sigv4::{
    ChunkSigner, Payload, SMALLEST_CHUNK, Signature, SigningKeys, SigningParams,
};
use crate::dynamic::mock::chunks::{self, Chunk};
use crate::dynamic::mock::refuse::Refusal;
use bytes::Bytes;
use http::{HeaderMap, Request};

const LENGTH: &str = "x-amz-decoded-content-length";
const TRAILERS: &str = "x-amz-trailer";
const TRAILER_SIGNATURE: &str = "x-amz-trailer-signature";

/// What is wrong with a body.
#[derive(Debug)]
pub(super) enum Wrong {
    Signature(String),
    Other(&'static str, u16, String),
}

impl Wrong {
    pub(super) fn refusal(self, words: &Words) -> Refusal {
        match self {
            Self::Signature(what) => Refusal::new(words.mismatch, 403, what),
            Self::Other(code, status, what) => Refusal::new(code, status, what),
        }
    }
}

pub(super) fn verify(
    request: &Request<Bytes>,
    signed: &Signed,
    params: &SigningParams<'_>,
    keys: &SigningKeys,
) -> Result<(), Wrong> {
    let stated = text(request.headers(), DIGEST);
    let is = |payload: Payload| payload.constant() == Some(stated);
    let has_trailers = is(Payload::SignedChunksTrailer);
    #[cfg(feature = "event-stream")]
    let events = stated == crate::aws::event_signing::BODY_DIGEST;
    #[cfg(not(feature = "event-stream"))]
    let events = false;
    if stated.starts_with("STREAMING-AWS4-ECDSA-P256-SHA256-") {
        let what = "the signatures of chunks of Signature Version 4a cannot be checked here";
        return Err(Wrong::Other("NotImplemented", 501, what.to_owned()));
    }
    if !has_trailers && !is(Payload::SignedChunks) && !events {
        return Ok(());
    }
    if signed.algorithm != Algorithm::Hmac {
        let what = format!("`{DIGEST}` is of another algorithm than the request's signature");
        return Err(Wrong::Signature(what));
    }
    #[cfg(feature = "event-stream")]
    if events {
        return check_events(request.body(), &signed.signature, params, keys);
    }
    let seed = Signature::new(&*signed.signature);
    check_chunks(request, ChunkSigner::new(params, keys, seed), has_trailers)
}

fn check_chunks(
    request: &Request<Bytes>,
    mut signer: ChunkSigner,
    has_trailers: bool,
) -> Result<(), Wrong> {
    let incomplete = |what: &str| Wrong::Other("IncompleteBody", 400, what.to_owned());
    let (chunks, behind) = chunks::read(request.body())
        .ok_or_else(|| incomplete("the body is not in chunks that can be read"))?;
    let length: usize = chunks.iter().map(|chunk| chunk.data.len()).sum();
    if text(request.headers(), LENGTH).parse().ok() != Some(length) {
        return Err(incomplete(&format!("`{LENGTH}` is not {length}, the length of the body")));
    }
    for (number, Chunk { data, signature }) in (1..).zip(&chunks) {
        if data.len() < SMALLEST_CHUNK && number + 1 < chunks.len() {
            let what = format!("chunk {number} is smaller than {SMALLEST_CHUNK} bytes");
            return Err(Wrong::Other("InvalidChunkSizeError", 403, what));
        }
        let signature = signature
            .ok_or_else(|| Wrong::Signature(format!("chunk {number} has no signature")))?;
        if signer.sign(data) != signature {
            let what = format!("the signature of chunk {number} is not that of what is in it");
            return Err(Wrong::Signature(what));
        }
    }
    let mut trailers = chunks::trailers(behind)
        .ok_or_else(|| incomplete("what is behind the last chunk cannot be read"))?;
    let place = trailers.iter().position(|(name, _)| name == TRAILER_SIGNATURE);
    let signature = place.map(|place| trailers.remove(place).1);
    let announced: Vec<_> = text(request.headers(), TRAILERS)
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty())
        .collect();
    let mut names: Vec<_> = trailers.iter().map(|(name, _)| name).collect();
    names.sort();
    let mut expected: Vec<_> = announced.iter().collect();
    expected.sort();
    if names != expected {
        let what = format!("the headers behind the body are not those of `{TRAILERS}`");
        return Err(Wrong::Other("MalformedTrailerError", 400, what));
    }
    match (signature, has_trailers) {
        (None, false) => Ok(()),
        (Some(signature), true) => {
            let trailers: Vec<_> =
                trailers.iter().map(|(name, value)| (name.as_str(), *value)).collect();
            if signer.sign_trailers(&trailers) == signature {
                return Ok(());
            }
            let what = "the signature of the headers behind the body is not theirs";
            Err(Wrong::Signature(what.to_owned()))
        }
        (None, true) => {
            let what = format!("there is no `{TRAILER_SIGNATURE}` behind the body");
            Err(Wrong::Signature(what))
        }
        (Some(_), false) => {
            let what = format!("`{DIGEST}` says nothing of headers behind the body");
            Err(Wrong::Signature(what))
        }
    }
}

/// Each message stands in another one, which has its time and its signature; the last is empty.
#[cfg(feature = "event-stream")]
fn check_events(
    body: &Bytes,
    seed: &str,
    params: &SigningParams<'_>,
    keys: &SigningKeys,
) -> Result<(), Wrong> {
    use crate::aws::event_signing::sign_event;
    use crate::aws::sigv4::hex;
    use crate::event_stream::{Decoder, HeaderValue};
    let unreadable = |error: &dyn std::fmt::Display| {
        let what = format!("the body cannot be read as events: {error}");
        Wrong::Other("IncompleteBody", 400, what)
    };
    let mut decoder = Decoder::new();
    decoder.push(body.clone());
    let (mut previous, mut number, mut has_ended) = (seed.to_owned(), 0, false);
    while let Some(message) = decoder.next().map_err(|error| unreadable(&error))? {
        number += 1;
        let (Some(HeaderValue::Timestamp(time)), Some(HeaderValue::Bytes(signature))) =
            (message.get(":date"), message.get(":chunk-signature"))
        else {
            return Err(Wrong::Signature(format!("event {number} has no signature")));
        };
        has_ended = message.payload.is_empty();
        let params = SigningParams { time: *time, ..*params };
        let made = sign_event(message.payload.clone(), &previous, &params, keys);
        previous = made.map_err(|error| unreadable(&error))?.1;
        if hex(signature) != previous {
            let what = format!("the signature of event {number} is not that of what is in it");
            return Err(Wrong::Signature(what));
        }
    }
    decoder.finish().map_err(|error| unreadable(&error))?;
    if has_ended {
        return Ok(());
    }
    Err(Wrong::Signature("the last event is not an empty one with a signature".to_owned()))
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
