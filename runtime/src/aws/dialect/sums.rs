//! The checksums of a call.

use crate::aws::checksum::{
    self, ChecksumError, Expected, Plan, When, asks_for_checksum, checksum_of_request,
    checksum_of_response,
};
use crate::checksum::Hasher;
use crate::client::Setting;
use crate::client::dialect::{Cx, Settings};
use crate::error::{Error, ErrorKind};
use crate::value::Structure;
use crate::{ByteStream, StreamError};
use bytes::Bytes;
use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};

fn when(settings: Settings<'_>, name: &str) -> When {
    match settings.get(name) {
        Some(Setting::Text(text)) if text.eq_ignore_ascii_case("when_required") => When::Required,
        _ => When::Supported,
    }
}

/// Adds the checksum of a request, and asks for that of the answer.
pub(super) fn sum_up(
    cx: Cx<'_>,
    settings: Settings<'_>,
    input: &dyn Structure,
    request: &mut http::Request<Bytes>,
    stream: &mut Option<ByteStream>,
) -> Result<(), Error> {
    let response = when(settings, "response_checksum_validation");
    if let Some((name, value)) = asks_for_checksum(cx.operation, input, response) {
        request.headers_mut().insert(name, value);
    }
    let Some(plan) = plan(cx, settings, input, request)? else { return Ok(()) };
    if !plan.in_trailer {
        // A stream is not there yet: `header_sum` is for those.
        if stream.is_none() {
            let body = std::mem::take(request.body_mut());
            plan.add_to_headers(request.headers_mut(), &body);
            *request.body_mut() = body;
        }
        return Ok(());
    }
    if let Some(chunks) = stream.take() {
        let length = chunks.length().or_else(|| said_length(request.headers()));
        let chunked = plan.start_chunks(request.headers_mut(), length);
        let whole = length.and_then(|length| chunked.length_of(length));
        let body = chunks.map(move |chunks| Chunks { chunks, chunked: Some(chunked.clone()) });
        *stream = Some(match whole {
            Some(whole) => body.with_length(whole),
            None => body,
        });
    } else {
        let body = std::mem::take(request.body_mut());
        let length = u64::try_from(body.len()).ok();
        let mut chunked = plan.start_chunks(request.headers_mut(), length);
        let mut whole = chunked.push(&body).to_vec();
        whole.extend_from_slice(&chunked.finish());
        *request.body_mut() = whole.into();
    }
    Ok(())
}

/// The length that the caller says a stream has, which is that of the body before it is in chunks
/// (`determine_content_length` and what is behind it in botocore's `httpchecksum.py`).
fn said_length(headers: &http::HeaderMap) -> Option<u64> {
    headers.get(http::header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn plan(
    cx: Cx<'_>,
    settings: Settings<'_>,
    input: &dyn Structure,
    request: &http::Request<Bytes>,
) -> Result<Option<Plan>, ChecksumError> {
    let over_tls = request.uri().scheme_str() == Some("https");
    let wanted = when(settings, "request_checksum_calculation");
    checksum_of_request(cx.operation, input, request.headers(), over_tls, wanted)
}

/// The checksum of a stream that goes into a header.
pub(super) fn header_sum(
    cx: Cx<'_>,
    settings: Settings<'_>,
    input: &dyn Structure,
    request: &http::Request<Bytes>,
) -> Result<Option<HeaderSum>, ChecksumError> {
    let plan = plan(cx, settings, input, request)?.filter(|plan| !plan.in_trailer);
    Ok(plan.map(|plan| HeaderSum { hasher: Hasher::new(plan.algorithm), plan }))
}

/// A sum in the making, for a header.
pub(super) struct HeaderSum {
    plan: Plan,
    hasher: Hasher,
}

impl HeaderSum {
    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
    }

    pub(super) fn finish(self, headers: &mut http::HeaderMap) {
        self.plan.add_sum(headers, self.hasher.to_base64());
    }
}

/// Refuses a body that is not what its checksum says.
pub(super) fn check_sum(
    cx: Cx<'_>,
    settings: Settings<'_>,
    input: &dyn Structure,
    response: &http::Response<Bytes>,
) -> Result<(), Error> {
    // A stream is checked at its end.
    let streams = cx.operation.traits.as_deref().is_some_and(|traits| traits.streams_output);
    if streams && response.body().is_empty() {
        return Ok(());
    }
    let when = when(settings, "response_checksum_validation");
    match checksum_of_response(cx.operation, input, response.headers(), when) {
        Some(expected) => Ok(expected.check(response.body())?),
        None => Ok(()),
    }
}

/// A stream that breaks at its end if it is not what its checksum says.
pub(super) fn check_stream(
    cx: Cx<'_>,
    settings: Settings<'_>,
    input: &dyn Structure,
    response: &http::response::Parts,
    body: ByteStream,
) -> ByteStream {
    let when = when(settings, "response_checksum_validation");
    match checksum_of_response(cx.operation, input, &response.headers, when) {
        Some(expected) => checked(expected, body),
        None => body,
    }
}

fn checked(expected: Expected, body: ByteStream) -> ByteStream {
    let length = body.length();
    let hasher = Some(expected.hasher());
    let checked = ByteStream::new(Checked { chunks: body, expected, hasher });
    match length {
        Some(length) => checked.with_length(length),
        None => checked,
    }
}

impl From<ChecksumError> for Error {
    fn from(error: ChecksumError) -> Self {
        let kind = match error {
            ChecksumError::Algorithm { .. } => ErrorKind::Input,
            _ => ErrorKind::Decode,
        };
        Self::new(kind, error.to_string()).with_source(error)
    }
}

/// A stream in chunks, with its checksum behind.
struct Chunks {
    chunks: ByteStream,
    chunked: Option<checksum::Chunked>,
}

impl Stream for Chunks {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if self.chunked.is_none() {
                return Poll::Ready(None);
            }
            // Less than a whole chunk waits for more.
            let next = match std::task::ready!(Pin::new(&mut self.chunks).poll_next(cx)) {
                Some(Ok(bytes)) => match self.chunked.as_mut().map(|it| it.push(&bytes)) {
                    Some(full) if !full.is_empty() => Ok(full),
                    _ => continue,
                },
                Some(Err(error)) => Err(error),
                None => Ok(self.chunked.take().map_or_else(Bytes::new, checksum::Chunked::finish)),
            };
            return Poll::Ready(Some(next));
        }
    }
}

/// A stream that is summed up as it is read.
struct Checked {
    chunks: ByteStream,
    expected: Expected,
    /// Nothing once the end is there
    hasher: Option<Hasher>,
}

impl Stream for Checked {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = std::task::ready!(Pin::new(&mut self.chunks).poll_next(cx));
        match &next {
            Some(Ok(bytes)) => {
                if let Some(hasher) = &mut self.hasher {
                    hasher.update(bytes);
                }
            }
            // What broke is not summed up to its end.
            Some(Err(_)) => self.hasher = None,
            None => {
                if let Some(hasher) = self.hasher.take()
                    && let Err(error) = self.expected.check_hasher(hasher)
                {
                    return Poll::Ready(Some(Err(StreamError::new(error))));
                }
            }
        }
        Poll::Ready(next)
    }
}

#[cfg(test)]
mod tests;
