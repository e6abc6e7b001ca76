//! The TLS of the default transport, and whom it trusts.

use super::{TransportError, TransportErrorKind};
use crate::auth::BoxError;

/// Which servers are trusted.
#[derive(Clone, Debug)]
pub(super) enum Trust {
    /// Those that the system trusts
    System,
    /// Those that certificates in PEM vouch for
    Only(Vec<u8>),
    /// All of them
    Anyone,
}

fn unfit(message: &str, source: impl Into<BoxError>) -> TransportError {
    TransportError::new(TransportErrorKind::Other, message).with_source(source)
}

#[cfg(any(feature = "rustls-ring", not(feature = "native-tls")))]
const NO_TLS: &str = "TLS cannot be set up";

#[cfg(any(feature = "rustls-ring", feature = "native-tls"))]
const NO_CERTIFICATES: &str = "the certificates to verify servers with cannot be read as PEM";

/// The provider of cryptography is passed in, so that nothing depends on which one a process
/// has installed, and nothing panics where there are two.
#[cfg(feature = "rustls-ring")]
pub(super) fn tls(
    builder: reqwest::ClientBuilder,
    trust: &Trust,
) -> Result<reqwest::ClientBuilder, TransportError> {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| unfit(NO_TLS, error))?;
    let config = match trust {
        Trust::Anyone => config
            .dangerous()
            .with_custom_certificate_verifier(std::sync::Arc::new(Unverified(provider))),
        trust => config.with_root_certificates(roots(trust)?),
    };
    #[cfg_attr(not(feature = "http2"), expect(unused_mut, reason = "HTTP/1.1 is not asked for"))]
    let mut config = config.with_no_client_auth();
    // A configuration that is handed over is taken as it is.
    #[cfg(feature = "http2")]
    {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(builder.tls_backend_preconfigured(config))
}

#[cfg(feature = "rustls-ring")]
fn roots(trust: &Trust) -> Result<rustls::RootCertStore, TransportError> {
    use rustls::pki_types::{CertificateDer, pem::PemObject};

    let mut roots = rustls::RootCertStore::empty();
    if let Trust::Only(pem) = trust {
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|error| unfit(NO_CERTIFICATES, error))?;
            roots.add(certificate).map_err(|error| unfit(NO_CERTIFICATES, error))?;
        }
        if roots.is_empty() {
            return Err(unfit(NO_CERTIFICATES, "there is none in it"));
        }
    } else {
        // A certificate that cannot be read is passed over: a server that needs it will say so.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    Ok(roots)
}

/// Takes any certificate, but checks that the server has its key.
#[cfg(feature = "rustls-ring")]
#[derive(Debug)]
struct Unverified(std::sync::Arc<rustls::crypto::CryptoProvider>);

#[cfg(feature = "rustls-ring")]
impl rustls::client::danger::ServerCertVerifier for Unverified {
    fn verify_server_cert(
        &self,
        _: &rustls::pki_types::CertificateDer<'_>,
        _: &[rustls::pki_types::CertificateDer<'_>],
        _: &rustls::pki_types::ServerName<'_>,
        _: &[u8],
        _: rustls::pki_types::UnixTime,
    ) -> Result<rustls::client::danger::ServerCertVerified, rustls::Error> {
        Ok(rustls::client::danger::ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &rustls::pki_types::CertificateDer<'_>,
        signed: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &rustls::pki_types::CertificateDer<'_>,
        signed: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// The TLS that `reqwest` brings along, if it does.
#[cfg(not(feature = "rustls-ring"))]
pub(super) fn tls(
    builder: reqwest::ClientBuilder,
    trust: &Trust,
) -> Result<reqwest::ClientBuilder, TransportError> {
    match trust {
        Trust::System => Ok(builder),
        #[cfg(feature = "native-tls")]
        Trust::Anyone => Ok(builder.tls_danger_accept_invalid_certs(true)),
        #[cfg(feature = "native-tls")]
        Trust::Only(pem) => {
            let certificates = reqwest::Certificate::from_pem_bundle(pem)
                .map_err(|error| unfit(NO_CERTIFICATES, error))?;
            Ok(builder.tls_certs_only(certificates))
        }
        #[cfg(not(feature = "native-tls"))]
        Trust::Anyone => Err(unfit(NO_TLS, "this build has none")),
        #[cfg(not(feature = "native-tls"))]
        Trust::Only(pem) => {
            let length = pem.len();
            let message = format!("this build has none to use {length} bytes of certificates with");
            Err(unfit(NO_TLS, message))
        }
    }
}

#[cfg(all(test, any(feature = "rustls-ring", feature = "native-tls")))]
mod tests {
    use crate::transport::ReqwestTransport;

    #[cfg(feature = "rustls-ring")]
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
