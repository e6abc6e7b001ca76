//! The keys by which requests have to be signed, and what turns down those that are not.

use super::Mock;
use super::refuse::Refusal;
use super::route::Route;
use crate::Timestamp;
use bytes::Bytes;
use http::Request;

/// A key, by which requests have to be signed.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) id: String,
    pub(super) secret: String,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.id)
    }
}

impl Mock {
    /// Turns down a request that is not signed by one of the keys, if there are any.
    pub(super) fn verify_signature(
        &self,
        route: &Route<'_>,
        request: &Request<Bytes>,
    ) -> Result<(), Refusal> {
        if self.keys.is_empty() {
            return Ok(());
        }
        let now = Timestamp::now();
        #[cfg(feature = "aws")]
        if is_signed_by(route, "sigv2") {
            let protocol = route.service.protocol;
            return super::signature::form_v2::verify(request, &self.keys, protocol, now);
        }
        #[cfg(feature = "aws")]
        if is_signed_by(route, "sigv4") {
            // Of all services, S3 alone has a second version of its own.
            #[cfg(feature = "checksums")]
            if route.service.auth.iter().any(|option| option.setting("name") == Some("s3"))
                && let Some(verified) = super::signature::s3_v2::verify(request, &self.keys, now)
            {
                return verified;
            }
            return super::signature::verify(request, &self.keys, route.service.protocol, now);
        }
        #[cfg(feature = "ncp")]
        if is_signed_by(route, "ncp-v2") {
            return super::ncp_signature::verify(request, &self.keys, now);
        }
        Ok(())
    }
}

/// Whether an operation has to be signed by a scheme whose name begins so.
fn is_signed_by(route: &Route<'_>, scheme: &str) -> bool {
    let traits = route.operation.schema.traits.as_deref();
    let own = traits.map_or(&[][..], |traits| &traits.auth);
    match own.first() {
        Some(first) => first.starts_with(scheme),
        None => route.service.auth.iter().any(|option| option.scheme.starts_with(scheme)),
    }
}
