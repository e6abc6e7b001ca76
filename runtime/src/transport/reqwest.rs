//! The default transport.

use super::{Transport, TransportError, TransportErrorKind};
use crate::BoxFuture;
use bytes::Bytes;

/// Sends requests with `reqwest`. It follows no redirects and sets no time limits of its own;
/// proxies are taken from the environment.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// With the TLS that this build chose by feature.
    pub fn new() -> Result<Self, TransportError> {
        Self::build(reqwest::Client::builder())
    }

    /// As [`new`](Self::new), but straight to the server, whatever proxies the environment names.
    pub fn without_proxies() -> Result<Self, TransportError> {
        Self::build(reqwest::Client::builder().no_proxy())
    }

    fn build(builder: reqwest::ClientBuilder) -> Result<Self, TransportError> {
        let builder = builder.redirect(reqwest::redirect::Policy::none());
        let client = tls(builder)?.build().map_err(|error| {
            TransportError::new(TransportErrorKind::Other, "the HTTP client cannot be set up")
                .with_source(error)
        })?;
        Ok(Self { client })
    }

    /// With a client that was set up elsewhere.
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client }
    }
}

/// The provider of cryptography is passed in, so that nothing depends on which one a process
/// has installed, and nothing panics where there are two.
#[cfg(feature = "rustls-ring")]
fn tls(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, TransportError> {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    // A certificate that cannot be read is passed over: a server that needs it will say so.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| {
            TransportError::new(TransportErrorKind::Other, "TLS cannot be set up")
                .with_source(error)
        })?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(builder.tls_backend_preconfigured(config))
}

#[cfg(not(feature = "rustls-ring"))]
#[expect(clippy::unnecessary_wraps, reason = "the other form can fail")]
fn tls(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, TransportError> {
    Ok(builder)
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let url = request.uri().to_string();
            let request =
                reqwest::Request::try_from(request).map_err(|error| failure(&url, error))?;
            let mut answer =
                self.client.execute(request).await.map_err(|error| failure(&url, error))?;
            let mut response = http::Response::new(Bytes::new());
            *response.status_mut() = answer.status();
            std::mem::swap(response.headers_mut(), answer.headers_mut());
            *response.body_mut() = answer.bytes().await.map_err(|error| failure(&url, error))?;
            Ok(response)
        })
    }
}

fn failure(url: &str, error: reqwest::Error) -> TransportError {
    // The error repeats the URL, and may hold a query with a signature.
    let error = error.without_url();
    let shown = url.split('?').next().unwrap_or_default();
    let (kind, message) = if error.is_connect() {
        (TransportErrorKind::Connect, format!("could not connect to the endpoint URL: \"{shown}\""))
    } else if error.is_timeout() {
        (TransportErrorKind::Timeout, format!("no answer in time from \"{shown}\""))
    } else if error.is_request() || error.is_body() || error.is_decode() {
        let message =
            format!("the connection broke before the whole answer of \"{shown}\" was there");
        (TransportErrorKind::Broken, message)
    } else if error.is_builder() {
        let message = format!("\"{shown}\" is not a URL that requests can be sent to");
        (TransportErrorKind::Other, message)
    } else {
        (TransportErrorKind::Other, format!("the request to \"{shown}\" failed"))
    };
    TransportError::new(kind, message).with_source(error)
}
