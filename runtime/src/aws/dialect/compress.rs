//! Compressed bodies.
//!
//! Source: <https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait> and botocore
//! 1.43.67 (`compress.py`).

use crate::ByteStream;
use crate::StreamError;
use crate::auth::BoxError;
use crate::client::Setting;
use crate::client::dialect::{Cx, Settings};
use crate::error::{Error, ErrorKind};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_core::Stream;
use http::header::{CONTENT_ENCODING, HeaderMap, HeaderValue};
use std::io::Write;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

#[cfg(test)]
mod tests;

const MINIMUM: &str = "request_min_compression_size_bytes";
/// The bytes from which on a body is compressed, where nothing else is set.
const DEFAULT_MINIMUM: usize = 10_240;

/// Compresses a body where the operation takes it so. A stream's length is not known before it is
/// compressed, so one whose length must be known is left as it is.
pub(super) fn compress(
    cx: Cx<'_>,
    settings: Settings<'_>,
    request: &mut http::Request<Bytes>,
    stream: &mut Option<ByteStream>,
) -> Result<(), Error> {
    let traits = cx.operation.traits.as_deref().filter(|traits| traits.compressed);
    let Some(traits) = traits else { return Ok(()) };
    if settings.is_on("disable_request_compression") || traits.streams_input == Some(true) {
        return Ok(());
    }
    if let Some(bytes) = stream.take() {
        *stream = Some(bytes.map(|bytes| Gzipped { bytes, encoder: Some(encoder()) }));
    } else if traits.streams_input.is_some() || request.body().len() >= minimum(settings)? {
        *request.body_mut() = gzip(request.body()).map_err(|error| {
            Error::new(ErrorKind::Input, "the body cannot be compressed").with_source(error)
        })?;
    } else {
        return Ok(());
    }
    append(request.headers_mut())
}

fn minimum(settings: Settings<'_>) -> Result<usize, Error> {
    let wrong = |found: &dyn std::fmt::Debug| {
        let message = format!("the setting `{MINIMUM}` is a number of bytes, not {found:?}");
        Error::new(ErrorKind::Configuration, message)
    };
    match settings.get(MINIMUM) {
        None => Ok(DEFAULT_MINIMUM),
        Some(Setting::Text(text)) => text.trim().parse().map_err(|_| wrong(text)),
        Some(other) => Err(wrong(other)),
    }
}

fn append(headers: &mut HeaderMap) -> Result<(), Error> {
    let value = match headers.get(CONTENT_ENCODING) {
        Some(given) => HeaderValue::from_bytes(&[given.as_bytes(), b",gzip"].concat()),
        None => Ok(HeaderValue::from_static("gzip")),
    };
    let value = value.map_err(|error| Error::new(ErrorKind::Input, error.to_string()))?;
    headers.insert(CONTENT_ENCODING, value);
    Ok(())
}

fn encoder() -> GzEncoder<Vec<u8>> {
    GzEncoder::new(Vec::new(), Compression::default())
}

fn gzip(bytes: &[u8]) -> std::io::Result<Bytes> {
    let mut encoder = encoder();
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.into())
}

/// A stream, compressed as it comes.
struct Gzipped {
    bytes: ByteStream,
    /// Gone at the end
    encoder: Option<GzEncoder<Vec<u8>>>,
}

impl Stream for Gzipped {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while self.encoder.is_some() {
            let next = ready!(Pin::new(&mut self.bytes).poll_next(cx));
            let Some(encoder) = self.encoder.take() else { break };
            match pushed(encoder, next) {
                Ok((bytes, encoder)) => {
                    self.encoder = encoder;
                    // What is small is kept back for what follows.
                    if !bytes.is_empty() {
                        return Poll::Ready(Some(Ok(bytes)));
                    }
                }
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
        Poll::Ready(None)
    }
}

type Encoder = GzEncoder<Vec<u8>>;

/// What a chunk becomes, with the encoder for those behind it.
fn pushed(
    mut encoder: Encoder,
    chunk: Option<Result<Bytes, StreamError>>,
) -> Result<(Bytes, Option<Encoder>), BoxError> {
    let Some(chunk) = chunk else { return Ok((encoder.finish()?.into(), None)) };
    encoder.write_all(&chunk?)?;
    let bytes = std::mem::take(encoder.get_mut());
    Ok((bytes.into(), Some(encoder)))
}
