//! Who encrypts. Cargo's features add up, so that what was added to the default goes before it.

use crate::transport::TransportError;

/// The system's own library.
#[cfg(feature = "native-tls")]
#[expect(clippy::unnecessary_wraps, reason = "the other form can fail")]
pub(super) fn chosen(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, TransportError> {
    // By name: `reqwest` takes rustls where another crate has turned it on.
    Ok(builder.tls_backend_native())
}

/// The provider of cryptography is passed in, so that nothing depends on which one a process
/// has installed, and nothing panics where there are two.
#[cfg(all(any(feature = "rustls-ring", feature = "rustls-aws-lc"), not(feature = "native-tls")))]
pub(super) fn chosen(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, TransportError> {
    #[cfg(feature = "rustls-aws-lc")]
    use rustls::crypto::aws_lc_rs as cryptography;
    #[cfg(not(feature = "rustls-aws-lc"))]
    use rustls::crypto::ring as cryptography;
    let provider = std::sync::Arc::new(cryptography::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    // A certificate that cannot be read is passed over: a server that needs it will say so.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    #[cfg_attr(not(feature = "http2"), expect(unused_mut, reason = "HTTP/1.1 is not asked for"))]
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| {
            let kind = crate::transport::TransportErrorKind::Other;
            TransportError::new(kind, "TLS cannot be set up").with_source(error)
        })?
        .with_root_certificates(roots)
        .with_no_client_auth();
    // A configuration that is handed over is taken as it is.
    #[cfg(feature = "http2")]
    {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(builder.tls_backend_preconfigured(config))
}

/// Nobody, unless another crate has turned a feature of `reqwest` on.
#[cfg(not(any(feature = "rustls-ring", feature = "rustls-aws-lc", feature = "native-tls")))]
#[expect(clippy::unnecessary_wraps, reason = "the other form can fail")]
pub(super) fn chosen(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, TransportError> {
    Ok(builder)
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
