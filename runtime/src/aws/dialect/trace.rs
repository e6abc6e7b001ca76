//! What a function of AWS Lambda is known by to the services that it calls, so that they notice when
//! functions call each other in a circle.

use crate::auth::Surroundings;
use crate::aws::customs;
use bytes::Bytes;
use http::header::HeaderName;

const HEADER: HeaderName = HeaderName::from_static("x-amzn-trace-id");

/// The surroundings of a function, in which each of its invocations has another trace.
#[derive(Clone, Debug)]
pub(super) struct Trace(Surroundings);

impl Trace {
    /// Nothing where no function is.
    pub(super) fn of(surroundings: Option<&Surroundings>) -> Option<Self> {
        surroundings.filter(|it| customs::is_function(it.environment())).cloned().map(Self)
    }

    /// Says it in a request that does not say it already.
    pub(super) fn tell(&self, request: &mut http::Request<Bytes>) {
        if let Some(id) = customs::trace_id(self.0.environment()) {
            request.headers_mut().entry(HEADER).or_insert(id);
        }
    }
}

#[cfg(test)]
mod tests;
