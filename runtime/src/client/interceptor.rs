//! Hooks into calls.

use super::Metadata;
use super::dialect::Cx;
use crate::auth::BoxError;
use crate::error::{Error, ErrorKind};
use crate::transport::TransportError;
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Is asked and told at the turns of a call: to change requests, to watch, to count, to refuse.
/// What is not said does nothing.
///
/// Those of the client come first, in the order in which they were added, then those of the call.
/// Whatever one of them refuses ends the call with an error of [`ErrorKind::Interceptor`] that has
/// its [`name`](Self::name), and those behind it are not asked.
///
/// Requests and answers are as they are, secrets included: what an interceptor prints, it must
/// redact. Where a body is a stream, or is kept as one, it is empty here.
pub trait Interceptor: fmt::Debug + Send + Sync {
    /// What errors call it. Default: the name of its type.
    fn name(&self) -> &str {
        std::any::type_name::<Self>()
    }

    /// Changes the request of an attempt before it is signed, which each attempt is anew. Headers are
    /// what it is for: checksums of the body are in the headers already.
    fn before_signing(
        &self,
        cx: Cx<'_>,
        request: &mut http::Request<Bytes>,
    ) -> Result<(), BoxError> {
        let _ = (cx, request);
        Ok(())
    }

    /// A request is signed and about to be sent.
    fn before_sending(&self, cx: Cx<'_>, request: &http::Request<Bytes>) -> Result<(), BoxError> {
        let _ = (cx, request);
        Ok(())
    }

    /// An answer came, of whatever status, or none.
    fn after_answer(
        &self,
        cx: Cx<'_>,
        answer: Result<&http::Response<Bytes>, &TransportError>,
    ) -> Result<(), BoxError> {
        let _ = (cx, answer);
        Ok(())
    }

    /// An attempt failed, and another one will follow.
    fn on_retry(&self, cx: Cx<'_>, retry: Retry<'_>) -> Result<(), BoxError> {
        let _ = (cx, retry);
        Ok(())
    }

    /// A call is over, unless it was dropped before. Where its body is a stream, that is still to come.
    fn after_call(&self, cx: Cx<'_>, outcome: Result<&Metadata, &Error>) {
        let _ = (cx, outcome);
    }
}

/// An attempt that failed and is followed by another.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Retry<'a> {
    /// Which attempt of its call it was, from one
    pub attempt: u32,
    /// Why it failed
    pub error: &'a Error,
    /// How long it is until the next
    pub pause: Duration,
}

/// Those of the client, and those of a call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interceptors<'a> {
    pub(super) client: &'a [Arc<dyn Interceptor>],
    pub(super) call: &'a [Arc<dyn Interceptor>],
}

impl Interceptors<'_> {
    /// Asks all, up to the first that refuses. `when` is what an error says about the moment.
    fn ask(
        self,
        when: &str,
        mut ask: impl FnMut(&dyn Interceptor) -> Result<(), BoxError>,
    ) -> Result<(), Error> {
        for interceptor in self.client.iter().chain(self.call) {
            if let Err(source) = ask(&**interceptor) {
                let name = interceptor.name();
                let message = format!("the interceptor `{name}` ended the call {when}: {source}");
                return Err(Error::new(ErrorKind::Interceptor, message).with_source(source));
            }
        }
        Ok(())
    }

    pub(super) fn before_signing(
        self,
        cx: Cx<'_>,
        request: &mut http::Request<Bytes>,
    ) -> Result<(), Error> {
        self.ask("before signing", |it| it.before_signing(cx, request))
    }

    pub(super) fn before_sending(
        self,
        cx: Cx<'_>,
        request: &http::Request<Bytes>,
    ) -> Result<(), Error> {
        self.ask("before sending", |it| it.before_sending(cx, request))
    }

    pub(super) fn after_answer(
        self,
        cx: Cx<'_>,
        answer: Result<&http::Response<Bytes>, &TransportError>,
    ) -> Result<(), Error> {
        self.ask("after the answer", |it| it.after_answer(cx, answer))
    }

    pub(super) fn on_retry(self, cx: Cx<'_>, retry: Retry<'_>) -> Result<(), Error> {
        self.ask("before a retry", |it| it.on_retry(cx, retry))
    }

    pub(super) fn after_call(self, cx: Cx<'_>, outcome: Result<&Metadata, &Error>) {
        for interceptor in self.client.iter().chain(self.call) {
            interceptor.after_call(cx, outcome);
        }
    }
}

#[cfg(test)]
mod tests;
