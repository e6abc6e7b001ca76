//! No TLS at all.

use super::super::Trust;
use super::{IsMissing, NO_TLS, unfit};
use crate::auth::BoxError;
use crate::transport::TransportError;

/// What goes over a connection as it is.
pub(in super::super) type Stream<S> = S;

pub(in super::super) fn plain<S>(stream: S) -> Stream<S> {
    stream
}

pub(in super::super) fn is_failure(_: &(dyn std::error::Error + 'static)) -> bool {
    false
}

pub(in super::super) struct Tls;

impl Tls {
    pub(in super::super) fn new(trust: Trust) -> Result<Self, TransportError> {
        match trust {
            Trust::System => Ok(Self),
            Trust::Anyone => Err(unfit(NO_TLS, "this build has none")),
            Trust::Only(pem) => {
                let length = pem.len();
                let message =
                    format!("this build has none to use {length} bytes of certificates with");
                Err(unfit(NO_TLS, message))
            }
        }
    }

    #[expect(clippy::unused_async, reason = "the other forms encrypt")]
    pub(in super::super) async fn over<C>(&self, _: C) -> Result<C, BoxError> {
        Err(IsMissing.into())
    }
}
