//! The default transport.

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
#[path = "fetch.rs"]
mod platform;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
#[path = "native.rs"]
mod platform;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod tls;

use super::{TransportError, TransportErrorKind};
use std::time::Duration;

/// Sends requests with `reqwest`. It follows no redirects and sets no time limits of its own;
/// proxies are taken from the environment.
///
/// On `wasm32-unknown-unknown` it is the `fetch` of JavaScript that sends them: the browser follows
/// redirects, chooses proxies and connections, and has bodies as a whole only.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    #[cfg_attr(
        all(target_arch = "wasm32", target_os = "unknown"),
        expect(dead_code, reason = "a browser has none")
    )]
    connect_timeout: Option<Duration>,
}

impl ReqwestTransport {
    /// With the TLS that this build chose by feature: of `rustls-ring`, `rustls-aws-lc` and
    /// `native-tls` the last one that is on.
    pub fn new() -> Result<Self, TransportError> {
        Self::builder().build()
    }

    /// As [`new`](Self::new), but straight to the server, whatever proxies the environment names.
    pub fn without_proxies() -> Result<Self, TransportError> {
        Self::builder().without_proxies().build()
    }

    /// With what is set one by one.
    pub fn builder() -> ReqwestBuilder {
        ReqwestBuilder { proxies: true, connect_timeout: None, trust: Trust::System }
    }

    /// With a client that was set up elsewhere, with whatever TLS it has.
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client, connect_timeout: None }
    }
}

/// Sets a transport up.
#[derive(Clone, Debug)]
#[must_use]
pub struct ReqwestBuilder {
    proxies: bool,
    connect_timeout: Option<Duration>,
    trust: Trust,
}

impl ReqwestBuilder {
    /// Goes straight to the server, whatever proxies the environment names.
    pub fn without_proxies(mut self) -> Self {
        self.proxies = false;
        self
    }

    /// How long a connection may take to be there, TLS included. Default: as long as the system
    /// lets it.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Some(limit);
        self
    }

    /// Trusts servers by the certificates of authorities in PEM, and by no others. Default: those of
    /// the system.
    pub fn certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.trust = Trust::Only(pem.into());
        self
    }

    /// Trusts any server, whoever it may be: for tests alone.
    pub fn without_verification(mut self) -> Self {
        self.trust = Trust::Anyone;
        self
    }

    /// The transport. Fails if something is set that cannot be had.
    pub fn build(self) -> Result<ReqwestTransport, TransportError> {
        let client = platform::client(&self)?;
        Ok(ReqwestTransport { client, connect_timeout: self.connect_timeout })
    }
}

/// Which servers are trusted.
#[derive(Clone, Debug)]
enum Trust {
    /// Those that the system trusts
    System,
    /// Those that certificates in PEM vouch for
    Only(Vec<u8>),
    /// All of them
    Anyone,
}

/// As `reqwest` converts requests, but for the URL, which it formats piece by piece.
fn outgoing(
    request: http::Request<impl Into<reqwest::Body>>,
) -> Result<reqwest::Request, TransportError> {
    let (parts, body) = request.into_parts();
    let uri = &parts.uri;
    let scheme = uri.scheme_str().unwrap_or_default();
    let authority = uri.authority().map_or("", http::uri::Authority::as_str);
    let target = uri.path_and_query().map_or("", http::uri::PathAndQuery::as_str);
    let url = [scheme, "://", authority, target].concat();
    let url = reqwest::Url::parse(&url).map_err(|error| {
        TransportError::new(TransportErrorKind::Other, unsendable(uri)).with_source(error)
    })?;
    let mut request = reqwest::Request::new(parts.method, url);
    #[cfg(not(target_arch = "wasm32"))]
    {
        *request.version_mut() = parts.version;
    }
    *request.headers_mut() = parts.headers;
    *request.body_mut() = Some(body.into());
    Ok(request)
}

fn unsendable(url: &http::Uri) -> String {
    format!("\"{}\" is not a URL that requests can be sent to", without_query(url))
}

fn without_query(url: &http::Uri) -> String {
    let mut url = url.to_string();
    url.truncate(url.find('?').unwrap_or(url.len()));
    url
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
