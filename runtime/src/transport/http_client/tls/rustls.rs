//! TLS by rustls. The provider of cryptography is passed in, so that nothing depends on which one a
//! process has installed, and nothing panics where there are two.

use super::super::Trust;
use super::{NO_CERTIFICATES, NO_TLS, unfit};
use crate::auth::BoxError;
use crate::transport::TransportError;
#[cfg(feature = "rustls-aws-lc")]
use ::rustls::crypto::aws_lc_rs as cryptography;
#[cfg(not(feature = "rustls-aws-lc"))]
use ::rustls::crypto::ring as cryptography;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::sync::{Arc, OnceLock};

/// What goes over a connection, encrypted or not.
pub(in super::super) type Stream<S> = hyper_rustls::MaybeHttpsStream<S>;

pub(in super::super) fn plain<S>(stream: S) -> Stream<S> {
    Stream::Http(stream)
}

/// Whether it was TLS that failed, and not what it goes over.
pub(in super::super) fn is_failure(error: &(dyn std::error::Error + 'static)) -> bool {
    error.is::<rustls::Error>()
}

pub(in super::super) struct Tls {
    provider: Arc<CryptoProvider>,
    /// Not there at first where the system says whom to trust: to read its certificates takes
    /// milliseconds, and not every client needs them.
    config: OnceLock<Arc<ClientConfig>>,
}

impl Tls {
    pub(in super::super) fn new(trust: Trust) -> Result<Self, TransportError> {
        let provider = provider();
        let config = match trust {
            Trust::System => OnceLock::new(),
            Trust::Only(pem) => OnceLock::from(config(&provider, Trusted::Roots(roots(&pem)?))?),
            Trust::Anyone => {
                let anyone = Arc::new(Unverified(Arc::clone(&provider)));
                OnceLock::from(config(&provider, Trusted::By(anyone))?)
            }
        };
        Ok(Self { provider, config })
    }

    /// A connector that encrypts what goes over the connections of another one.
    pub(in super::super) async fn over<C>(
        &self,
        connector: C,
    ) -> Result<hyper_rustls::HttpsConnector<C>, BoxError> {
        if let Some(config) = self.config.get() {
            return Ok((connector, Arc::clone(config)).into());
        }
        let roots = tokio::task::spawn_blocking(system_roots).await?;
        let config = config(&self.provider, Trusted::Roots(roots))?;
        // Of several connections that begin at once, the first one says with which sessions to go on.
        Ok((connector, Arc::clone(self.config.get_or_init(|| config))).into())
    }
}

/// What encrypts, whichever one the process may have installed.
pub(in super::super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(cryptography::default_provider())
}

enum Trusted {
    Roots(RootCertStore),
    By(Arc<dyn ServerCertVerifier>),
}

fn config(
    provider: &Arc<CryptoProvider>,
    trusted: Trusted,
) -> Result<Arc<ClientConfig>, TransportError> {
    let config = ClientConfig::builder_with_provider(Arc::clone(provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| unfit(NO_TLS, error))?;
    let config = match trusted {
        Trusted::Roots(roots) => config.with_root_certificates(roots),
        Trusted::By(verifier) => config.dangerous().with_custom_certificate_verifier(verifier),
    };
    #[cfg_attr(not(feature = "http2"), expect(unused_mut, reason = "HTTP/1.1 is not asked for"))]
    let mut config = config.with_no_client_auth();
    #[cfg(feature = "http2")]
    {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(Arc::new(config))
}

fn roots(pem: &[u8]) -> Result<RootCertStore, TransportError> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|error| unfit(NO_CERTIFICATES, error))?;
        roots.add(certificate).map_err(|error| unfit(NO_CERTIFICATES, error))?;
    }
    if roots.is_empty() {
        return Err(unfit(NO_CERTIFICATES, "there is none in it"));
    }
    Ok(roots)
}

/// A certificate that cannot be read is passed over: a server that needs it will say so.
fn system_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots
}

/// Takes any certificate, but checks that the server has its key.
#[derive(Debug)]
struct Unverified(Arc<CryptoProvider>);

impl ServerCertVerifier for Unverified {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &rustls::pki_types::ServerName<'_>,
        _: &[u8],
        _: rustls::pki_types::UnixTime,
    ) -> Result<rustls::client::danger::ServerCertVerified, rustls::Error> {
        Ok(rustls::client::danger::ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
