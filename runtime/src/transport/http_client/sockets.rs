//! Requests over sockets.

use super::body::{Outgoing, incoming, whole};
use super::connect::Connector;
use super::failure::{broken, failure, unsendable};
use super::{HttpTransport, HttpTransportBuilder, Trust};
use crate::transport::{Transport, TransportError, TransportErrorKind};
use crate::{BoxFuture, ByteStream};
use bytes::Bytes;
use http::uri::Scheme;
use hyper::body::Incoming;
use hyper_util::client::legacy;
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::time::Duration;

/// What keeps connections, and makes them.
#[derive(Clone, Debug)]
pub(super) struct Client {
    pool: legacy::Client<Connector, Outgoing>,
    connector: Connector,
    connect_timeout: Option<Duration>,
}

/// A client as the builder says.
pub(super) fn client(settings: HttpTransportBuilder) -> Result<Client, TransportError> {
    let HttpTransportBuilder { proxies, connect_timeout, trust } = settings;
    by(proxies.then(Matcher::from_env), connect_timeout, trust)
}

/// A client that goes by those proxies.
pub(super) fn by(
    proxies: Option<Matcher>,
    connect_timeout: Option<Duration>,
    trust: Trust,
) -> Result<Client, TransportError> {
    let connector = Connector::new(proxies, connect_timeout, trust)?;
    let pool = legacy::Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .build(connector.clone());
    Ok(Client { pool, connector, connect_timeout })
}

impl Client {
    async fn answer(
        &self,
        url: &http::Uri,
        mut request: http::Request<Outgoing>,
    ) -> Result<http::Response<Incoming>, TransportError> {
        let known = [Scheme::HTTP, Scheme::HTTPS];
        if !request.uri().scheme().is_some_and(|scheme| known.contains(scheme)) {
            return Err(TransportError::new(TransportErrorKind::Other, unsendable(url)));
        }
        if tokio::runtime::Handle::try_current().is_err() {
            let message = "the sockets of the default transport are tokio's, and this is not called \
                           in a runtime of it";
            return Err(TransportError::new(TransportErrorKind::Other, message));
        }
        if let Some(authorization) = self.connector.proxy_authorization(url) {
            request.headers_mut().insert(http::header::PROXY_AUTHORIZATION, authorization);
        }
        let answer = self.pool.request(request).await;
        answer.map_err(|error| failure(url, self.connect_timeout, error))
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let url = request.uri().clone();
            let answer = self.0.answer(&url, request.map(Outgoing::Whole)).await?;
            let (parts, body) = answer.into_parts();
            let body = whole(body).await.map_err(|error| broken(&url, error))?;
            Ok(http::Response::from_parts(parts, body))
        })
    }

    fn stream(
        &self,
        request: http::Request<ByteStream>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, TransportError>> {
        Box::pin(async move {
            let url = request.uri().clone();
            let answer = self.0.answer(&url, request.map(Outgoing::of)).await?;
            Ok(answer.map(|body| incoming(body, url)))
        })
    }
}
