//! Who encrypts. Cargo's features add up, so that what was added to the default goes before it.

#[cfg(all(any(feature = "rustls-ring", feature = "rustls-aws-lc"), not(feature = "native-tls")))]
mod rustls;

#[cfg(any(
    feature = "native-tls",
    not(any(feature = "rustls-ring", feature = "rustls-aws-lc"))
))]
use super::Trust;
use crate::auth::BoxError;
use crate::transport::{TransportError, TransportErrorKind};

#[cfg(all(
    any(feature = "rustls-ring", feature = "rustls-aws-lc"),
    not(feature = "native-tls")
))]
pub(super) use rustls::chosen;

#[cfg(not(feature = "native-tls"))]
const NO_TLS: &str = "TLS cannot be set up";

#[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc", feature = "native-tls"))]
const NO_CERTIFICATES: &str = "the certificates to verify servers with cannot be read as PEM";

fn unfit(message: &str, source: impl Into<BoxError>) -> TransportError {
    TransportError::new(TransportErrorKind::Other, message).with_source(source)
}

/// The system's own library.
#[cfg(feature = "native-tls")]
pub(super) fn chosen(
    builder: reqwest::ClientBuilder,
    trust: &Trust,
) -> Result<reqwest::ClientBuilder, TransportError> {
    // By name: `reqwest` takes rustls where another crate has turned it on.
    let builder = builder.tls_backend_native();
    match trust {
        Trust::System => Ok(builder),
        Trust::Anyone => Ok(builder.tls_danger_accept_invalid_certs(true)),
        Trust::Only(pem) => {
            let certificates = reqwest::Certificate::from_pem_bundle(pem)
                .map_err(|error| unfit(NO_CERTIFICATES, error))?;
            Ok(builder.tls_certs_only(certificates))
        }
    }
}

/// Nobody, unless another crate has turned a feature of `reqwest` on.
#[cfg(not(any(feature = "rustls-ring", feature = "rustls-aws-lc", feature = "native-tls")))]
pub(super) fn chosen(
    builder: reqwest::ClientBuilder,
    trust: &Trust,
) -> Result<reqwest::ClientBuilder, TransportError> {
    match trust {
        Trust::System => Ok(builder),
        Trust::Anyone => Err(unfit(NO_TLS, "this build has none")),
        Trust::Only(pem) => {
            let length = pem.len();
            let message = format!("this build has none to use {length} bytes of certificates with");
            Err(unfit(NO_TLS, message))
        }
    }
}

/// Whether a URL was to be encrypted and the client cannot. `hyper-util`'s connector says so in
/// these words, and by nothing else.
pub(super) fn is_missing(error: &reqwest::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        if error.to_string() == "invalid URL, scheme is not http" {
            return true;
        }
        source = error.source();
    }
    false
}

#[cfg(all(test, any(feature = "rustls-ring", feature = "rustls-aws-lc", feature = "native-tls")))]
mod tests {
    use crate::transport::ReqwestTransport;

    #[cfg(all(
        any(feature = "rustls-ring", feature = "rustls-aws-lc"),
        not(feature = "native-tls")
    ))]
    #[test]
    fn certificates_that_are_none_are_an_error() {
        let broken = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
        for pem in ["", "no certificate", broken] {
            let built = ReqwestTransport::builder().certificates(pem).build();
            let message = built.map(|_| ()).map_err(|error| error.to_string());
            assert_eq!(message, Err(super::NO_CERTIFICATES.to_owned()), "{pem}");
        }
    }

    #[test]
    fn nobody_needs_certificates_to_trust_anyone() {
        assert!(ReqwestTransport::builder().without_verification().build().is_ok());
    }
}
