//! A function in place of a server.

use super::{Transport, TransportError};
use crate::BoxFuture;
use bytes::Bytes;
use std::fmt;

/// Answers every request with what a function says, in the same process.
pub struct AnswerWith<F>(F);

impl<F> AnswerWith<F>
where
    F: Fn(http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> + Send + Sync,
{
    /// Answers with a function.
    pub fn new(function: F) -> Self {
        Self(function)
    }
}

impl<F> fmt::Debug for AnswerWith<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnswerWith(..)")
    }
}

impl<F> Transport for AnswerWith<F>
where
    F: Fn(http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> + Send + Sync,
{
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(std::future::ready((self.0)(request)))
    }
}
