//! The default transport.

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod body;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod connect;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod failure;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub(super) mod fetch;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod sockets;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod tls;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
use self::fetch as platform;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
use sockets as platform;

use super::TransportError;
use std::time::Duration;

/// Sends requests over sockets, with `hyper`. It follows no redirects and sets no time limits of its
/// own; connections are kept for the next request to the same place; proxies are taken from the
/// environment (`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, as curl reads them: HTTP and
/// SOCKS). It needs a runtime of tokio around it, and says so where there is none.
///
/// On `wasm32-unknown-unknown` it is the `fetch` of JavaScript that sends them: the browser follows
/// redirects, chooses proxies and connections, and has bodies as a whole only.
#[derive(Clone, Debug)]
pub struct HttpTransport(platform::Client);

impl HttpTransport {
    /// With the TLS that this build chose by feature: of `rustls-ring`, `rustls-aws-lc` and
    /// `native-tls` the last one that is on.
    ///
    /// Errors: TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::builder().build()
    }

    /// As [`new`](Self::new), but straight to the server, whatever proxies the environment names.
    ///
    /// Errors: TLS cannot be set up.
    pub fn without_proxies() -> Result<Self, TransportError> {
        Self::builder().without_proxies().build()
    }

    /// With what is set one by one.
    pub fn builder() -> HttpTransportBuilder {
        HttpTransportBuilder { proxies: true, connect_timeout: None, trust: Trust::System }
    }
}

/// Sets a transport up.
#[derive(Clone, Debug)]
#[must_use]
pub struct HttpTransportBuilder {
    proxies: bool,
    connect_timeout: Option<Duration>,
    trust: Trust,
}

impl HttpTransportBuilder {
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
    /// the system, which are read when the first connection needs them.
    pub fn certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.trust = Trust::Only(pem.into());
        self
    }

    /// Trusts any server, whoever it may be: for tests alone.
    pub fn without_verification(mut self) -> Self {
        self.trust = Trust::Anyone;
        self
    }

    /// The transport.
    ///
    /// Errors: something is set that cannot be had, such as certificates that are none.
    pub fn build(self) -> Result<HttpTransport, TransportError> {
        platform::client(self).map(HttpTransport)
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
