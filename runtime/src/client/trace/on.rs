//! What may be known of a call, and never what it says.
//!
//! Of headers nothing is here but the request id, of errors nothing but their code: their text may
//! repeat what was sent.

use crate::client::{Metadata, Retry, Setting};
use crate::error::{Error, ErrorKind};
use crate::schema::{OperationSchema, ServiceSchema};
use crate::transport::{TransportError, TransportErrorKind};
use crate::{ByteStream, Credentials};
use bytes::Bytes;
use std::fmt;
use tracing::field::Empty;
use tracing::{Instrument, Span, debug, error, info, info_span, warn};

/// The name under which filters know all of it.
pub(super) const TARGET: &str = "typefoundry";

/// The most characters that AWS advises for an application's id (`args.py` in botocore).
const LONGEST_APP_ID: usize = 50;

/// A call with all its attempts.
pub(in crate::client) struct CallSpan(Span, String);

impl CallSpan {
    pub(in crate::client) fn begin(
        service: &ServiceSchema,
        operation: &OperationSchema,
        region: &str,
    ) -> Self {
        let span = info_span!(
            target: TARGET,
            "call",
            service = &*service.id,
            operation = &*operation.name,
            region,
            status = Empty,
            request_id = Empty,
            attempts = Empty,
        );
        Self(span, operation.name.to_string())
    }

    pub(in crate::client) fn run<F: Future>(
        &self,
        future: F,
    ) -> tracing::instrument::Instrumented<F> {
        future.instrument(self.0.clone())
    }

    pub(in crate::client) fn end(&self, outcome: Result<&Metadata, &Error>) {
        let Self(span, operation) = self;
        let (status, id, attempts) = match outcome {
            Ok(metadata) => (Some(metadata.status()), metadata.request_id(), metadata.attempts()),
            Err(error) => (error.status(), error.request_id().map(str::to_owned), error.attempts()),
        };
        span.record("status", status);
        span.record("request_id", id);
        span.record("attempts", attempts);
        if let Err(failed) = outcome {
            let why = Why(failed);
            span.in_scope(|| match attempts {
                0 => error!(target: TARGET, "{operation} was not sent: {why}"),
                1 => error!(target: TARGET, "{operation} failed: {why}"),
                _ => error!(target: TARGET, "{operation} failed after {attempts} attempts: {why}"),
            });
        }
    }
}

/// One attempt of a call, from its first byte to the end of its answer, or of the answer's headers
/// where its body is a stream.
pub(in crate::client) struct AttemptSpan(Span);

impl AttemptSpan {
    pub(in crate::client) fn begin(attempt: u32, sent: Option<u64>) -> Self {
        Self(info_span!(
            target: TARGET,
            "attempt",
            attempt,
            bytes_sent = sent,
            bytes_received = Empty,
            status = Empty,
        ))
    }

    pub(in crate::client) async fn run(
        self,
        sending: impl Future<Output = Result<(http::Response<Bytes>, ByteStream), TransportError>>,
    ) -> Result<(http::Response<Bytes>, ByteStream), TransportError> {
        let answer = sending.instrument(self.0.clone()).await;
        if let Ok((response, stream)) = &answer {
            self.0.record("status", response.status().as_u16());
            let whole = u64::try_from(response.body().len()).ok();
            self.0.record("bytes_received", whole.filter(|it| *it > 0).or(stream.length()));
        }
        answer
    }
}

/// An attempt is followed by another.
pub(in crate::client) fn retry(operation: &OperationSchema, retry: Retry<'_>) {
    let Retry { attempt, error, pause } = retry;
    let (name, why) = (&operation.name, Why(error));
    info!(target: TARGET, "attempt {attempt} of {name} failed: {why}; the next one follows in {pause:?}");
}

/// An application has this id.
pub(in crate::client) fn app_id(id: Option<&Setting>) {
    if let Some(Setting::Text(id)) = id
        && id.chars().count() > LONGEST_APP_ID
    {
        warn!(target: TARGET, "the application's id has more than {LONGEST_APP_ID} characters");
    }
}

/// There are new credentials.
pub(crate) fn fetched(credentials: &Credentials) {
    if let Some(end) = credentials.expires() {
        debug!(target: TARGET, "new credentials are there, up to {end}");
    } else {
        debug!(target: TARGET, "new credentials are there");
    }
}

/// New credentials could not be had; the old ones may still do. Why stands in the error of the call,
/// and not here: it may quote what a process or a server said.
pub(crate) fn not_fetched(kept: bool) {
    if kept {
        warn!(target: TARGET, "new credentials could not be had; the old ones are still used");
    } else {
        warn!(target: TARGET, "credentials could not be had");
    }
}

/// Why an attempt or a call failed, in words that hold nothing of what was sent.
struct Why<'a>(&'a Error);

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(error) = self;
        let words = match error.kind() {
            ErrorKind::Service => error.code().filter(|code| is_code(code)).unwrap_or("refused"),
            ErrorKind::Transport => match error.transport() {
                Some(TransportErrorKind::Connect) => "no connection could be made",
                Some(TransportErrorKind::Tls) => "TLS failed",
                Some(TransportErrorKind::Timeout) => "it took too long",
                Some(TransportErrorKind::Broken) => "the answer did not come whole",
                _ => "the transport failed",
            },
            ErrorKind::Configuration => "the client is not set up for it",
            ErrorKind::Endpoint => "the endpoint is no URL",
            ErrorKind::Region => "there is no region",
            ErrorKind::Credentials => "there are no credentials",
            ErrorKind::Input => "the input cannot be sent",
            ErrorKind::Decode => "the answer cannot be read",
            ErrorKind::Pages => "the pages do not lead on",
            ErrorKind::Interceptor => "an interceptor refused",
        };
        f.write_str(words)?;
        match (error.timeout(), error.status()) {
            (Some(limit), _) => write!(f, " ({limit})"),
            (None, Some(status)) => write!(f, " (HTTP {status})"),
            (None, None) => Ok(()),
        }
    }
}

/// Whether it can be the name of an error, and no sentence.
fn is_code(code: &str) -> bool {
    code.len() <= 100 && code.chars().all(|c| c.is_ascii_alphanumeric() || "._:#-".contains(c))
}
