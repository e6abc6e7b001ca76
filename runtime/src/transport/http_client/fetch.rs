//! Requests by the `fetch` of JavaScript.

use super::{HttpTransport, HttpTransportBuilder, Trust};
use crate::transport::{Transport, TransportError, TransportErrorKind, without_query};
use crate::{BoxFuture, browser};
use bytes::Bytes;

/// What sends.
pub(in crate::transport) type Client = reqwest::Client;

/// A client as the builder says. Connections and proxies are the browser's.
pub(super) fn client(settings: HttpTransportBuilder) -> Result<Client, TransportError> {
    let lacks = |what: &str| {
        let message = format!("`fetch` does not let a program set {what}");
        TransportError::new(TransportErrorKind::Other, message)
    };
    let HttpTransportBuilder { proxies: _, connect_timeout, trust } = settings;
    if connect_timeout.is_some() {
        return Err(lacks("a connect timeout: set an attempt timeout instead"));
    }
    match trust {
        Trust::System => {}
        Trust::Only(pem) => {
            let bytes = pem.len();
            return Err(lacks(&format!("{bytes} bytes of certificates: the browser has its own")));
        }
        Trust::Anyone => return Err(lacks("whom to trust: the browser verifies servers")),
    }
    reqwest::Client::builder().build().map_err(|error| lacks("this").with_source(error))
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        sent(self.0.clone(), request)
    }
}

/// The answer, by a task of the thread that this is called on.
pub(in crate::transport) fn sent<'a>(
    client: Client,
    request: http::Request<Bytes>,
) -> BoxFuture<'a, Result<http::Response<Bytes>, TransportError>> {
    Box::pin(async move {
        let gone = || {
            let message = "the task that called `fetch` is gone";
            TransportError::new(TransportErrorKind::Other, message)
        };
        browser::here(|| answer(client, request)).await.ok_or_else(gone)?
    })
}

async fn answer(
    client: Client,
    request: http::Request<Bytes>,
) -> Result<http::Response<Bytes>, TransportError> {
    let url = request.uri().clone();
    let request = reqwest::Request::try_from(request).map_err(|error| failure(&url, error))?;
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
    let shown = without_query(url);
    let (kind, message) = if error.is_builder() {
        let message = format!("\"{shown}\" is not a URL that requests can be sent to");
        (TransportErrorKind::Other, message)
    } else {
        (TransportErrorKind::Broken, format!("no answer came from \"{shown}\""))
    };
    TransportError::new(kind, message).with_source(error)
}
