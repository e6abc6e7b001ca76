//! TLS by rustls. The provider of cryptography is passed in, so that nothing depends on which one a
//! process has installed, and nothing panics where there are two.

use super::super::Trust;
use super::{NO_CERTIFICATES, NO_TLS, unfit};
use crate::transport::TransportError;
#[cfg(feature = "rustls-aws-lc")]
use ::rustls::crypto::aws_lc_rs as cryptography;
#[cfg(not(feature = "rustls-aws-lc"))]
use ::rustls::crypto::ring as cryptography;
use std::sync::Arc;

/// The chosen provider, and the certificates.
pub(in super::super) fn chosen(
    builder: reqwest::ClientBuilder,
    trust: &Trust,
) -> Result<reqwest::ClientBuilder, TransportError> {
    let provider = Arc::new(cryptography::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| unfit(NO_TLS, error))?;
    let config = match trust {
        Trust::Anyone => {
            config.dangerous().with_custom_certificate_verifier(Arc::new(Unverified(provider)))
        }
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
#[derive(Debug)]
struct Unverified(Arc<rustls::crypto::CryptoProvider>);

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
