//! A client of `reqwest` as a transport.

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod sockets;

/// Sends requests with a [`reqwest::Client`] that was set up elsewhere, with whatever TLS, proxies,
/// DNS or time limits it has. It should follow no redirects, which change what was signed.
///
/// The [`HttpTransport`](super::HttpTransport) needs less time to build and for each call.
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// With that client.
    pub fn from_client(client: reqwest::Client) -> Self {
        Self(client)
    }
}

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
impl super::Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> crate::BoxFuture<'_, Result<http::Response<bytes::Bytes>, super::TransportError>> {
        super::http_client::fetch::sent(self.0.clone(), request)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
