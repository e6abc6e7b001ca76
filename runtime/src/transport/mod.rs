//! How a request gets to a server and its answer back.

mod function;
mod replay;
#[cfg(feature = "reqwest")]
mod reqwest;

pub use function::AnswerWith;
pub use replay::{Recorded, Replay};
#[cfg(feature = "reqwest")]
pub use reqwest::ReqwestTransport;

use crate::auth::BoxError;
use crate::{BoxFuture, ByteStream, StreamError};
use bytes::Bytes;
use std::fmt;

/// Sends a request and gives the answer. A user's own is [`send`](Self::send) alone.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request that is signed and complete.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;

    /// Sends a request whose body, or whose answer's body, is a stream: the answer is there when
    /// its headers are.
    ///
    /// A transport that does not say otherwise reads both into memory.
    fn stream(
        &self,
        request: http::Request<ByteStream>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await.map_err(unsent)?;
            let response = self.send(http::Request::from_parts(parts, body)).await?;
            Ok(response.map(ByteStream::from))
        })
    }
}

/// A body that could not be read to be sent.
fn unsent(error: StreamError) -> TransportError {
    let message = "the body of the request broke while it was sent";
    TransportError::new(TransportErrorKind::Other, message).with_source(error)
}

/// Why there is no answer.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
    source: Option<BoxError>,
}

/// At what point a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made: nothing was sent.
    Connect,
    /// It took too long.
    Timeout,
    /// The connection broke before the whole answer was there.
    Broken,
    /// Anything else
    Other,
}

impl TransportError {
    /// A failure with a sentence about it.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), source: None }
    }

    /// With what lies behind it.
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// At what point it failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
