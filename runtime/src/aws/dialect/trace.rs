//! What a function of AWS Lambda is known by to the services that it calls, so that they notice when
//! functions call each other in a circle.

use crate::auth::Surroundings;
use crate::aws::customs;
use crate::client::Setting;
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};

/// The setting that holds it, as the header has it.
pub(in crate::aws) const TRACE: &str = "lambda_trace_id";

const HEADER: HeaderName = HeaderName::from_static("x-amzn-trace-id");

/// What the environment says in a function, and nowhere else.
pub(in crate::aws) fn found(surroundings: &Surroundings) -> Option<Setting> {
    let id = customs::trace_id(surroundings.environment())?;
    id.to_str().ok().map(Setting::from)
}

/// The header of a client with these settings.
pub(super) fn header(settings: &[(String, Setting)]) -> Option<HeaderValue> {
    match settings.iter().find(|(name, _)| name == TRACE) {
        Some((_, Setting::Text(id))) => HeaderValue::from_str(id).ok(),
        _ => None,
    }
}

/// Says it in a request that does not say it already.
pub(super) fn tell(request: &mut http::Request<Bytes>, header: &HeaderValue) {
    request.headers_mut().entry(HEADER).or_insert_with(|| header.clone());
}

#[cfg(test)]
mod tests;
