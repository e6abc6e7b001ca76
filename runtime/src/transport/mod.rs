//! How a request gets to a server and its answer back.

mod function;
#[cfg(feature = "http-client")]
mod http_client;
mod replay;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "tower")]
mod tower;

pub use function::AnswerWith;
#[cfg(feature = "http-client")]
pub use http_client::{HttpTransport, HttpTransportBuilder};
pub use replay::{Recorded, Replay};
#[cfg(feature = "reqwest")]
pub use reqwest::ReqwestTransport;
#[cfg(feature = "tower")]
pub use tower::{TowerTransport, TransportService};

use crate::auth::BoxError;
use crate::{BoxFuture, ByteStream, StreamError};
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Sends a request and gives the answer. A user's own is [`send`](Self::send) alone.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request that is signed and complete.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;

    /// What a client fetches its credentials with that has this transport for its calls: nothing if
    /// that is the transport itself.
    ///
    /// A transport that keeps or makes up what goes over the wire does neither with credentials.
    fn for_credentials(&self) -> Option<Arc<dyn Transport>> {
        None
    }

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

/// A URL as messages may show it: queries may hold signatures.
#[cfg(feature = "http-client")]
fn without_query(url: &http::Uri) -> String {
    let mut url = url.to_string();
    url.truncate(url.find('?').unwrap_or(url.len()));
    url
}

/// A body that could not be read to be sent.
pub(crate) fn unsent(error: StreamError) -> TransportError {
    let message = "the body of the request broke while it was sent";
    TransportError::new(TransportErrorKind::Other, message).with_source(error)
}

/// Why there is no answer.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
    limit: Option<Timeout>,
    source: Option<BoxError>,
}

/// A time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeout {
    /// For a connection to be there
    Connect,
    /// For the next bytes to come
    Read,
    /// For one attempt
    Attempt,
    /// For a whole call
    Call,
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "connect timeout",
            Self::Read => "read timeout",
            Self::Attempt => "attempt timeout",
            Self::Call => "call timeout",
        })
    }
}

/// At what point a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made: nothing was sent.
    Connect,
    /// The server is not trusted, or does not speak TLS as the client does: nothing was sent. Transports
    /// that cannot tell this, such as reqwest's, say [`Connect`](Self::Connect).
    Tls,
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
        Self { kind, message: message.into(), limit: None, source: None }
    }

    /// A time limit was reached.
    pub fn timeout(limit: Timeout, after: Duration) -> Self {
        let after = Shown(after);
        let (kind, message) = match limit {
            Timeout::Connect => {
                (TransportErrorKind::Connect, format!("no connection within {after}"))
            }
            Timeout::Read => (TransportErrorKind::Timeout, format!("nothing came for {after}")),
            Timeout::Attempt | Timeout::Call => {
                (TransportErrorKind::Timeout, format!("no answer within {after}"))
            }
        };
        Self { limit: Some(limit), ..Self::new(kind, message) }
    }

    /// The time limit that was reached, if one was.
    pub fn limit(&self) -> Option<Timeout> {
        self.limit
    }

    /// With what lies behind it.
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What happened, without the name of the limit.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// At what point it failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.limit {
            Some(limit) => write!(f, "{} ({limit})", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// A time limit as a person writes it: `2 s`, `150 ms`.
struct Shown(Duration);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:?}", self.0);
        let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        write!(f, "{} {unit}", text.strip_suffix(unit).unwrap_or(&text))
    }
}
