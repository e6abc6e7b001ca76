//! The server's place.

use bytes::Bytes;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use typefoundry::BoxFuture;
use typefoundry::transport::{Transport, TransportError, TransportErrorKind};

/// The operation that services have which name endpoints.
const DISCOVERY: &str = "DescribeEndpoints";

/// The operation that begins a session of one of S3's directory buckets.
const SESSION: &str = "CreateSession";

/// The answer to what is asked before a call, if it is that.
fn before(request: &http::Request<Bytes>) -> Option<http::Response<Bytes>> {
    let host = request.uri().host()?;
    if host.contains(".s3express-") && request.uri().query() == Some("session") {
        let session = "<CreateSessionResult><Credentials><SessionToken>a-session</SessionToken>\
            <SecretAccessKey>no-secret</SecretAccessKey><AccessKeyId>ASIAEXAMPLE</AccessKeyId>\
            <Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></CreateSessionResult>";
        return Some(http::Response::new(Bytes::from_static(session.as_bytes())));
    }
    let target = request.headers().get("x-amz-target")?.to_str().ok()?;
    if target.rsplit('.').next() != Some(DISCOVERY) {
        return None;
    }
    let address = format!("cell.{host}");
    let endpoint = serde_json::json!({ "Address": address, "CachePeriodInMinutes": 1440 });
    let found = serde_json::json!({ "Endpoints": [endpoint] });
    Some(http::Response::new(Bytes::from(found.to_string())))
}

/// Keeps the request that is sent, and answers as it was told. Clones share both.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wiretap(Arc<Mutex<Line>>);

#[derive(Debug, Default)]
struct Line {
    sent: Option<http::Request<Bytes>>,
    answers: VecDeque<http::Response<Bytes>>,
    /// The last one is the answer to all that follows.
    repeats: bool,
    /// Whether the call itself is one that comes before others elsewhere
    asks: bool,
}

/// Whether an operation is one that is called before others, of some services at least.
fn asks(operation: &str) -> bool {
    [DISCOVERY, SESSION].contains(&operation)
}

impl Wiretap {
    /// What the next request is answered; without it the connection breaks.
    pub(crate) fn answer(&self, operation: &str, answer: Option<http::Response<Bytes>>) {
        let answers = answer.into_iter().collect();
        *self.line() = Line { sent: None, answers, repeats: false, asks: asks(operation) };
    }

    /// What the next requests are answered, and the last of these from then on.
    pub(crate) fn answers(&self, operation: &str, answers: Vec<http::Response<Bytes>>) {
        let answers = answers.into();
        *self.line() = Line { sent: None, answers, repeats: true, asks: asks(operation) };
    }

    /// The request that was sent.
    pub(crate) fn sent(&self) -> Option<http::Request<Bytes>> {
        self.line().sent.take()
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Wiretap {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let mut line = self.line();
        if !line.asks
            && let Some(answer) = before(&request)
        {
            return Box::pin(std::future::ready(Ok(answer)));
        }
        line.sent = Some(request);
        let is_kept = line.repeats && line.answers.len() == 1;
        let answer = if is_kept { line.answers.front().cloned() } else { line.answers.pop_front() };
        let silence = || TransportError::new(TransportErrorKind::Other, "nobody answers");
        Box::pin(std::future::ready(answer.ok_or_else(silence)))
    }
}
