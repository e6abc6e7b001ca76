//! Connections: straight to a server or by a proxy, encrypted or not.

use super::Trust;
use super::tls::{self, Tls};
use crate::auth::BoxError;
use crate::transport::TransportError;
use http::HeaderValue;
use http::uri::{Scheme, Uri};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::proxy::{SocksV4, SocksV5, Tunnel};
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use std::fmt;
use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tower_service::Service;

/// How soon the system asks whether a silent connection is still there, and how long it waits for it
/// to be: what `reqwest` takes.
const KEEPALIVE: Duration = Duration::from_secs(15);
const KEEPALIVE_RETRIES: u32 = 3;
#[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);

/// Makes connections.
#[derive(Clone)]
pub(super) struct Connector(Arc<Setup>);

struct Setup {
    tcp: HttpConnector,
    tls: Tls,
    proxies: Option<Matcher>,
    limit: Option<Duration>,
}

impl Connector {
    pub(super) fn new(
        proxies: Option<Matcher>,
        limit: Option<Duration>,
        trust: Trust,
    ) -> Result<Self, TransportError> {
        let mut tcp = HttpConnector::new();
        // Others encrypt what goes over it.
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(limit);
        tcp.set_keepalive(Some(KEEPALIVE));
        tcp.set_keepalive_interval(Some(KEEPALIVE));
        tcp.set_keepalive_retries(Some(KEEPALIVE_RETRIES));
        #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
        tcp.set_tcp_user_timeout(Some(UNACKNOWLEDGED));
        Ok(Self(Arc::new(Setup { tcp, tls: Tls::new(trust)?, proxies, limit })))
    }

    /// What a request without encryption tells the proxy that it goes by.
    pub(super) fn proxy_authorization(&self, url: &Uri) -> Option<HeaderValue> {
        if url.scheme() != Some(&Scheme::HTTP) {
            return None;
        }
        self.0.proxy(url)?.basic_auth().cloned()
    }
}

impl Setup {
    fn proxy(&self, url: &Uri) -> Option<Intercept> {
        self.proxies.as_ref().and_then(|proxies| proxies.intercept(url))
    }

    async fn connect(&self, url: Uri) -> Result<Wire, BoxError> {
        let Some(proxy) = self.proxy(&url) else {
            return Ok(Wire::to_server(self.over(self.tcp.clone(), url).await?));
        };
        let place = proxy.uri().clone();
        let auth = proxy.raw_auth().map(|(name, secret)| (name.to_owned(), secret.to_owned()));
        match place.scheme_str() {
            Some(scheme @ ("socks5" | "socks5h")) => {
                let local = scheme == "socks5";
                let mut socks = SocksV5::new(place, self.tcp.clone()).local_dns(local);
                if let Some((name, secret)) = auth {
                    socks = socks.with_auth(name, secret);
                }
                Ok(Wire::to_server(self.over(socks, with_port(url)?).await?))
            }
            Some(scheme @ ("socks4" | "socks4a")) => {
                let local = scheme == "socks4";
                let socks = SocksV4::new(place, self.tcp.clone()).local_dns(local);
                Ok(Wire::to_server(self.over(socks, with_port(url)?).await?))
            }
            _ if url.scheme() == Some(&Scheme::HTTPS) => {
                let mut tunnel = Tunnel::new(place, self.tls.over(self.tcp.clone()).await?);
                if let Some(auth) = proxy.basic_auth() {
                    tunnel = tunnel.with_auth(auth.clone());
                }
                Ok(Wire::to_server(self.over(tunnel, url).await?))
            }
            _ => Ok(Wire::to_proxy(self.over(self.tcp.clone(), place).await?)),
        }
    }

    /// A connection that another connector makes, encrypted if the URL says so.
    async fn over<C>(&self, connector: C, url: Uri) -> Result<tls::Stream<C::Response>, BoxError>
    where
        C: Service<Uri> + Send + 'static,
        C::Response: Connection + Read + Write + Send + Unpin + 'static,
        C::Future: Send + 'static,
        C::Error: Into<BoxError>,
    {
        if url.scheme() == Some(&Scheme::HTTPS) {
            return called(self.tls.over(connector).await?, url).await;
        }
        Ok(tls::plain(called(connector, url).await?))
    }

    async fn connect_in_time(&self, url: Uri) -> Result<Wire, BoxError> {
        let connected = self.connect(url);
        match self.limit {
            None => connected.await,
            Some(limit) => match tokio::time::timeout(limit, connected).await {
                Ok(connected) => connected,
                Err(_) => Err(TookTooLong.into()),
            },
        }
    }
}

/// A URL that says its port: the handshakes of SOCKS take 443 for any other.
fn with_port(url: Uri) -> Result<Uri, http::Error> {
    match url.authority() {
        Some(authority) if url.scheme() == Some(&Scheme::HTTP) && url.port().is_none() => {
            let authority = format!("{}:80", authority.host());
            Uri::builder().scheme(Scheme::HTTP).authority(authority).path_and_query("/").build()
        }
        _ => Ok(url),
    }
}

async fn called<C>(mut connector: C, url: Uri) -> Result<C::Response, BoxError>
where
    C: Service<Uri>,
    C::Error: Into<BoxError>,
{
    poll_fn(|cx| connector.poll_ready(cx)).await.map_err(Into::into)?;
    connector.call(url).await.map_err(Into::into)
}

impl Service<Uri> for Connector {
    type Response = Wire;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Wire, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, url: Uri) -> Self::Future {
        let setup = Arc::clone(&self.0);
        Box::pin(async move { setup.connect_in_time(url).await })
    }
}

/// Proxies may be named with a password.
impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector(..)")
    }
}

/// A connection was not there in time.
#[derive(Debug)]
pub(super) struct TookTooLong;

impl fmt::Display for TookTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it took too long to connect")
    }
}

impl std::error::Error for TookTooLong {}

/// A connection.
pub(super) struct Wire {
    stream: Box<dyn Duplex>,
    /// Whether a proxy reads the requests, which tell it then where to go
    proxied: bool,
}

trait Duplex: Read + Write + Connection + Send + Unpin {}

impl<T: Read + Write + Connection + Send + Unpin> Duplex for T {}

impl Wire {
    fn to_server(stream: impl Duplex + 'static) -> Self {
        Self { stream: Box::new(stream), proxied: false }
    }

    fn to_proxy(stream: tls::Stream<TokioIo<TcpStream>>) -> Self {
        Self { stream: Box::new(stream), proxied: true }
    }
}

impl Connection for Wire {
    fn connected(&self) -> Connected {
        let connected = self.stream.connected();
        if self.proxied { connected.proxy(true) } else { connected }
    }
}

impl Read for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl Write for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }
}
