//! Who encrypts. Cargo's features add up, so that what was added to the default goes before it.

#[cfg(feature = "native-tls")]
mod native;
#[cfg(not(any(feature = "rustls-ring", feature = "rustls-aws-lc", feature = "native-tls")))]
mod nobody;
#[cfg(all(any(feature = "rustls-ring", feature = "rustls-aws-lc"), not(feature = "native-tls")))]
mod rustls;

#[cfg(feature = "native-tls")]
pub(super) use native::{Stream, Tls, is_failure, plain};
#[cfg(not(any(feature = "rustls-ring", feature = "rustls-aws-lc", feature = "native-tls")))]
pub(super) use nobody::{Stream, Tls, is_failure, plain};
#[cfg(all(
    test,
    any(feature = "rustls-ring", feature = "rustls-aws-lc"),
    not(feature = "native-tls")
))]
pub(super) use rustls::provider;
#[cfg(all(
    any(feature = "rustls-ring", feature = "rustls-aws-lc"),
    not(feature = "native-tls")
))]
pub(super) use rustls::{Stream, Tls, is_failure, plain};

use crate::auth::BoxError;
use crate::transport::{TransportError, TransportErrorKind};
use std::fmt;

const NO_TLS: &str = "TLS cannot be set up";

#[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc", feature = "native-tls"))]
const NO_CERTIFICATES: &str = "the certificates to verify servers with cannot be read as PEM";

fn unfit(message: &str, source: impl Into<BoxError>) -> TransportError {
    TransportError::new(TransportErrorKind::Other, message).with_source(source)
}

/// A URL was to be encrypted, and nobody can.
#[derive(Debug)]
pub(super) struct IsMissing;

impl fmt::Display for IsMissing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no TLS in this build")
    }
}

impl std::error::Error for IsMissing {}

#[cfg(all(test, any(feature = "rustls-ring", feature = "rustls-aws-lc", feature = "native-tls")))]
mod tests {
    use crate::transport::HttpTransport;

    #[test]
    fn certificates_that_are_none_are_an_error() {
        let broken = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
        for pem in ["", "no certificate", broken] {
            let built = HttpTransport::builder().certificates(pem).build();
            let message = built.map(|_| ()).map_err(|error| error.to_string());
            assert_eq!(message, Err(super::NO_CERTIFICATES.to_owned()), "{pem}");
        }
    }

    #[test]
    fn nobody_needs_certificates_to_trust_anyone() {
        assert!(HttpTransport::builder().without_verification().build().is_ok());
    }
}
