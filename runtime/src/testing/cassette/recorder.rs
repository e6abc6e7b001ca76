//! Recording what goes over the wire.

use super::secrets::Secrets;
use super::secrets_of::secrets_of;
use super::{Cassette, Exchange};
use crate::BoxFuture;
use crate::client::{Operation, Service, ServiceErrors};
use crate::transport::{Transport, TransportError};
use bytes::Bytes;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// A transport that sends with another one and keeps what went both ways, without secrets, for a
/// [`Cassette`].
///
/// Nothing is ever kept of headers that sign or authenticate (`Authorization`,
/// `X-Amz-Security-Token`, cookies, all that are marked as sensitive), of signatures in queries and
/// forms, of signed URLs, and of what credentials are made of; nor how a client came by its own, which
/// goes past the recorder. Name what else is secret with [`secrets`](Self::secrets) and
/// [`secrets_of`](Self::secrets_of) **before** anything is sent. Secret text is kept as `<redacted>`,
/// secret numbers as 0; names of members and paths of URLs are kept as they are.
///
/// Streams are read into memory; attempts that get no answer are not kept. Clones share what was kept.
#[derive(Clone)]
pub struct Recorder {
    transport: Arc<dyn Transport>,
    cassette: Cassette,
}

impl Recorder {
    /// Around a transport.
    pub fn new(transport: impl Transport + 'static) -> Self {
        Self { transport: Arc::new(transport), cassette: Cassette::default() }
    }

    /// The names of what is secret: JSON members and XML elements, query parameters, form parameters
    /// and headers, wherever they are.
    pub fn secrets(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.change(|secrets| {
            names.into_iter().for_each(|name| secrets.add(name, Secrets::TEXT));
        })
    }

    /// What is secret of an operation's input and output, and of its service's errors, by their spec. What is recorded stays
    /// readable: a secret blob becomes another one.
    pub fn secrets_of<O>(self) -> Self
    where
        O: Operation,
        <O::Service as Service>::Error: ServiceErrors,
    {
        self.change(secrets_of::<O>)
    }

    /// What was kept so far, to be played back.
    pub fn cassette(&self) -> Cassette {
        let cassette = Cassette::default();
        cassette.lock().clone_from(&self.cassette.lock());
        cassette
    }

    /// Writes what was kept so far into a file.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        std::fs::write(path, self.cassette.to_json())
    }

    fn change(self, change: impl FnOnce(&mut Secrets)) -> Self {
        change(&mut self.cassette.lock().secrets);
        self
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let response = self.transport.send(request.clone()).await?;
            let mut state = self.cassette.lock();
            let kept = Exchange {
                response: state.secrets.response(&request, &response),
                request: state.secrets.request(&request),
                played: false,
            };
            state.exchanges.push(kept);
            drop(state);
            Ok(response)
        })
    }

    fn for_credentials(&self) -> Option<Arc<dyn Transport>> {
        let own = self.transport.for_credentials();
        Some(own.unwrap_or_else(|| Arc::clone(&self.transport)))
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("transport", &self.transport)
            .field("cassette", &self.cassette)
            .finish()
    }
}
