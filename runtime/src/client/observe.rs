//! Watching calls.

use crate::schema::OperationSchema;
use crate::transport::TransportError;
use bytes::Bytes;
use std::fmt;

/// Is told what goes over the wire: for debugging and logs.
///
/// Requests and answers are as they are, secrets included: what an observer prints, it must
/// redact.
pub trait Observer: fmt::Debug + Send + Sync {
    /// A signed request is about to be sent.
    fn request(&self, operation: &OperationSchema, request: &http::Request<Bytes>);

    /// An answer came, or none.
    fn response(
        &self,
        operation: &OperationSchema,
        response: Result<&http::Response<Bytes>, &TransportError>,
    );
}
