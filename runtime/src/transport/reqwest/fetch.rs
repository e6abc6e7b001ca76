//! Requests by the `fetch` of JavaScript.

use super::{ReqwestBuilder, ReqwestTransport, Trust, outgoing, unsendable, without_query};
use crate::transport::{Transport, TransportError, TransportErrorKind};
use crate::{BoxFuture, browser};
use bytes::Bytes;

/// A client as the builder says. Connections and proxies are the browser's.
pub(super) fn client(settings: &ReqwestBuilder) -> Result<reqwest::Client, TransportError> {
    let lacks = |what: &str| {
        let message = format!("`fetch` does not let a program set {what}");
        TransportError::new(TransportErrorKind::Other, message)
    };
    if settings.connect_timeout.is_some() {
        return Err(lacks("a connect timeout: set an attempt timeout instead"));
    }
    match &settings.trust {
        Trust::System => {}
        Trust::Only(pem) => {
            let bytes = pem.len();
            return Err(lacks(&format!("{bytes} bytes of certificates: the browser has its own")));
        }
        Trust::Anyone => return Err(lacks("whom to trust: the browser verifies servers")),
    }
    reqwest::Client::builder().build().map_err(|error| lacks("this").with_source(error))
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let client = self.client.clone();
        Box::pin(async move {
            let gone = || {
                let message = "the task that called `fetch` is gone";
                TransportError::new(TransportErrorKind::Other, message)
            };
            browser::here(|| sent(client, request)).await.ok_or_else(gone)?
        })
    }
}

async fn sent(
    client: reqwest::Client,
    request: http::Request<Bytes>,
) -> Result<http::Response<Bytes>, TransportError> {
    let url = request.uri().clone();
    let request = outgoing(request)?;
    let mut answer = client.execute(request).await.map_err(|error| failure(&url, error))?;
    let mut response = http::Response::new(Bytes::new());
    *response.status_mut() = answer.status();
    std::mem::swap(response.headers_mut(), answer.headers_mut());
    *response.body_mut() = answer.bytes().await.map_err(|error| failure(&url, error))?;
    Ok(response)
}

/// A browser does not say why there is no answer.
fn failure(url: &http::Uri, error: reqwest::Error) -> TransportError {
    // The error repeats the URL, and may hold a query with a signature.
    let error = error.without_url();
    let (kind, message) = if error.is_builder() {
        (TransportErrorKind::Other, unsendable(url))
    } else {
        let message = format!("no answer came from \"{}\"", without_query(url));
        (TransportErrorKind::Broken, message)
    };
    TransportError::new(kind, message).with_source(error)
}
