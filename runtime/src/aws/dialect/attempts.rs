//! Which attempt of which call a request is: for the services' own counts of retries.

use crate::client::dialect::Turn;
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};

const CALL: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const ATTEMPT: HeaderName = HeaderName::from_static("amz-sdk-request");

/// `add_retry_headers` in botocore's `handlers.py`, as its standard mode has it.
pub(super) fn tell(request: &mut http::Request<Bytes>, turn: Turn<'_>) {
    let mut words = Vec::new();
    words.extend(turn.ends.map(|ends| format!("ttl={}", ends.to_basic())));
    words.push(format!("attempt={}", turn.attempt));
    words.extend(turn.max_attempts.map(|most| format!("max={most}")));
    let values = [(CALL, turn.call), (ATTEMPT, &*words.join("; "))];
    for (name, value) in values {
        // What a client's own source of tokens makes up may be no header.
        if let Ok(value) = HeaderValue::from_str(value) {
            request.headers_mut().insert(name, value);
        }
    }
}

#[cfg(test)]
mod tests;
