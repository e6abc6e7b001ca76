//! Layers of `tower` around transports.

use super::{Transport, TransportError, TransportErrorKind};
use crate::BoxFuture;
use crate::auth::BoxError;
use bytes::Bytes;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tower_service::Service;

/// A service of `tower` as a transport. Bodies that are streams are read into memory.
///
/// A [`TransportError`] of the service stays what it is; any other one is
/// [`Other`](TransportErrorKind::Other), after which nothing is sent again.
pub struct TowerTransport<S>(Mutex<S>);

impl<S> TowerTransport<S> {
    /// Sends what is to be sent with clones of a service.
    pub fn new(service: S) -> Self {
        Self(Mutex::new(service))
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TowerTransport(..)")
    }
}

impl<S> Transport for TowerTransport<S>
where
    S: Service<http::Request<Bytes>, Response = http::Response<Bytes>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
{
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let mut service = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            poll_fn(|cx| service.poll_ready(cx)).await.map_err(failed)?;
            service.call(request).await.map_err(failed)
        })
    }
}

fn failed(error: impl Into<BoxError>) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => {
            TransportError::new(TransportErrorKind::Other, error.to_string()).with_source(error)
        }
    }
}

/// A transport as the service that layers lie around.
#[derive(Clone, Debug)]
pub struct TransportService(Arc<dyn Transport>);

impl TransportService {
    /// The service that sends with a transport.
    pub fn new(transport: impl Transport + 'static) -> Self {
        Self(Arc::new(transport))
    }
}

impl Service<http::Request<Bytes>> for TransportService {
    type Response = http::Response<Bytes>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Bytes>) -> Self::Future {
        let transport = Arc::clone(&self.0);
        Box::pin(async move { transport.send(request).await })
    }
}

#[cfg(test)]
mod tests;
