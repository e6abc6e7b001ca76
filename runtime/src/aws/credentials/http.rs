//! Requests to the servers beside a machine.

use super::chain::Cx;
use super::operations::Failure;
use crate::auth::{CredentialsError, Surroundings};
use crate::client::{Client, Config, Service, Sleep};
use crate::transport::{Transport, TransportError, TransportErrorKind};
use crate::{Credentials, aws::configured};
use bytes::Bytes;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

/// The means of a provider that asks a server.
pub(super) struct Http {
    transport: Arc<dyn Transport>,
    sleep: Option<Arc<dyn Sleep>>,
    limit: Duration,
}

impl Http {
    /// With a time limit for each request, where there is a timer.
    pub(super) fn new(surroundings: &Surroundings, limit: Duration) -> Result<Self, String> {
        let transport = match surroundings.transport() {
            Some(transport) => Arc::clone(transport),
            None => transport()?,
        };
        Ok(Self { transport, sleep: surroundings.sleep().cloned().or_else(timer), limit })
    }

    /// Waits, where there is a timer.
    pub(super) async fn pause(&self, duration: Duration) {
        if let Some(sleep) = &self.sleep {
            sleep.sleep(duration).await;
        }
    }

    pub(super) async fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let Some(sleep) = &self.sleep else { return self.transport.send(request).await };
        let mut answer = pin!(self.transport.send(request));
        let mut limit = pin!(sleep.sleep(self.limit));
        poll_fn(|cx| {
            if let Poll::Ready(answer) = answer.as_mut().poll(cx) {
                return Poll::Ready(answer);
            }
            limit.as_mut().poll(cx).map(|()| {
                let message = format!("no answer within {:?}", self.limit);
                Err(TransportError::new(TransportErrorKind::Timeout, message))
            })
        })
        .await
    }
}

/// A request without a body.
pub(super) fn request(
    method: http::Method,
    url: &str,
    headers: &[(&'static str, &str)],
) -> Result<http::Request<Bytes>, String> {
    let mut request = http::Request::new(Bytes::new());
    *request.method_mut() = method;
    *request.uri_mut() = url.parse().map_err(|_| format!("`{url}` is not a URL"))?;
    for (name, value) in headers {
        // The error of a header value does not repeat the value.
        let mut value = http::HeaderValue::try_from(*value)
            .map_err(|_| format!("what belongs into the header `{name}` cannot be sent"))?;
        value.set_sensitive(true);
        request.headers_mut().insert(*name, value);
    }
    Ok(request)
}

/// A client of a service that gives credentials. Endpoint and settings are those of the client's
/// profile.
pub(super) fn client<S: Service<Error = Failure>>(
    cx: Cx<'_>,
    region: Option<&str>,
    credentials: Option<Credentials>,
) -> Result<Client<S>, Failure> {
    let mut config = Config::builder().means(cx.surroundings);
    if let Some(region) = region {
        config = config.region(region);
    }
    config = match credentials {
        Some(credentials) => config.credentials(credentials),
        None => config.unsigned(),
    };
    let found = configured::of_profiles(S::schema(), cx.surroundings, cx.profiles)?;
    Client::new(config.found(found)?.build()?)
}

/// A provider that failed at a place.
pub(super) fn broken<'a>(
    provider: &'static str,
    place: &'a str,
) -> impl Fn(String) -> CredentialsError + use<'a> {
    move |reason| CredentialsError::broken(provider, format!("{place}: {reason}"))
}

#[cfg(feature = "http-client")]
fn transport() -> Result<Arc<dyn Transport>, String> {
    match crate::transport::HttpTransport::new() {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(not(feature = "http-client"))]
fn transport() -> Result<Arc<dyn Transport>, String> {
    Err("there is no transport to ask a server with".to_owned())
}

#[cfg(feature = "http-client")]
#[expect(clippy::unnecessary_wraps, reason = "the other form has none")]
fn timer() -> Option<Arc<dyn Sleep>> {
    Some(Arc::new(crate::client::DefaultSleep))
}

#[cfg(not(feature = "http-client"))]
fn timer() -> Option<Arc<dyn Sleep>> {
    None
}
