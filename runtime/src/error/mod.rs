//! What can go wrong in a call.

use crate::auth::{BoxError, CredentialsError};
use crate::binding::{EncodeError, read_error_members};
use crate::codec::{DecodeError, Reading};
use crate::schema::{ServiceSchema, Text};
use crate::transport::{Timeout, TransportError, TransportErrorKind};
use crate::value::{Empty, Structure, Value};
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;

/// Why a call did not succeed, whatever the service. A service's own error type says more.
///
/// Its text is one line: operation, code, message, status, request id and, where there were several,
/// the number of attempts. The body of an answer
/// is never part of `Debug` or `Display`.
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    operation: Option<Text>,
    code: Option<String>,
    message: Option<String>,
    shape: Option<String>,
    request_id: Option<String>,
    retryable: bool,
    throttling: bool,
    attempts: u32,
    exhausted: bool,
    url: Option<http::Uri>,
    response: Option<http::Response<Bytes>>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// At what point a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is not set up for the call.
    Configuration,
    /// The endpoint that is configured, or that a call names, is no URL.
    Endpoint,
    /// No region is known, and the service needs one.
    Region,
    /// There are no credentials.
    Credentials,
    /// The input cannot be sent.
    Input,
    /// No answer came.
    Transport,
    /// The answer is not what the spec says.
    Decode,
    /// The service says no.
    Service,
    /// The pages do not lead on.
    Pages,
    /// An interceptor refuses.
    Interceptor,
}

impl Error {
    /// An error with a sentence about it.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            code: None,
            message: Some(message.into()),
            shape: None,
            request_id: None,
            retryable: false,
            throttling: false,
            attempts: 0,
            exhausted: false,
            url: None,
            response: None,
            source: None,
        }))
    }

    /// At what point the call failed.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation that was called.
    pub fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }

    /// The code that the service names the error by.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// What happened, in the service's words or ours.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// The HTTP status, if there was an answer.
    pub fn status(&self) -> Option<u16> {
        self.0.response.as_ref().map(|response| response.status().as_u16())
    }

    /// The id under which the provider knows the request.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The answer's headers, if there was one.
    pub fn headers(&self) -> Option<&http::HeaderMap> {
        self.0.response.as_ref().map(http::Response::headers)
    }

    /// The answer's body, if there was one, as it came. It may hold secrets.
    pub fn body(&self) -> Option<&Bytes> {
        self.0.response.as_ref().map(http::Response::body)
    }

    /// The structure that the spec has for the error.
    pub fn shape(&self) -> Option<&str> {
        self.0.shape.as_deref()
    }

    /// Whether trying again may help.
    pub fn is_retryable(&self) -> bool {
        let transient = matches!(self.status(), Some(429 | 500 | 502 | 503 | 504));
        match self.kind() {
            ErrorKind::Service => self.0.retryable || transient || self.is_throttling(),
            ErrorKind::Transport => self.transport() != Some(TransportErrorKind::Other),
            _ => false,
        }
    }

    /// Whether the service asks to slow down.
    pub fn is_throttling(&self) -> bool {
        self.0.throttling || self.status() == Some(429)
    }

    /// How many attempts were made; 0 if nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether there may be no other attempt, since as many were made as there may be.
    pub fn is_exhausted(&self) -> bool {
        self.0.exhausted
    }

    /// Where the request went, if no answer came. Its query may hold secrets.
    pub fn url(&self) -> Option<&http::Uri> {
        self.0.url.as_ref()
    }

    /// Which time limit the call ran into, if it did.
    pub fn timeout(&self) -> Option<Timeout> {
        let source = self.0.source.as_ref()?;
        source.downcast_ref::<TransportError>().and_then(TransportError::limit)
    }

    /// The error's structure, read from the answer.
    #[doc(hidden)]
    pub fn decode<T: Structure + Empty>(&self, service: &ServiceSchema) -> Option<T> {
        let response = self.0.response.as_ref()?;
        let mut value = T::empty();
        read_error_members(service, response, &mut value, Reading::default()).ok()?;
        Some(value)
    }

    pub(crate) fn of(mut self, operation: &Text) -> Self {
        self.0.operation.get_or_insert_with(|| operation.clone());
        self
    }

    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn at(mut self, url: http::Uri) -> Self {
        self.0.url = Some(url);
        self
    }

    pub(crate) fn set_exhausted(&mut self) {
        self.0.exhausted = true;
    }

    /// The same for someone else who waited for the call.
    pub(crate) fn again(&self) -> Self {
        Self(self.0.clone())
    }

    pub(crate) fn set_throttling(&mut self) {
        self.0.throttling = true;
    }

    pub(crate) fn set_retryable(&mut self) {
        self.0.retryable = true;
    }

    pub(crate) fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(Arc::from(source.into()));
        self
    }

    pub(crate) fn answered(mut self, response: http::Response<Bytes>) -> Self {
        self.0.request_id = request_id(response.headers());
        self.0.response = Some(response);
        self
    }

    /// The service's own words about a failed call.
    pub(crate) fn service(service: &ServiceSchema, response: http::Response<Bytes>) -> Self {
        let facts = crate::binding::read_error(service, &response);
        let mut error = Self::new(ErrorKind::Service, "");
        error.0.message = facts
            .message
            .or_else(|| redirect(&response))
            .or_else(|| about_body(service, &response));
        if let Some(code) = &facts.code
            && let Some(schema) = service.error_by_code(code)
        {
            error.0.retryable = schema.retryable;
            error.0.throttling = schema.throttling;
        }
        error.0.code = facts.code.or_else(|| Some(response.status().as_u16().to_string()));
        error.0.shape = facts.shape;
        let mut error = error.answered(response);
        error.0.request_id = error.0.request_id.or(facts.request_id);
        error
    }

    /// The service's own words in the middle of a stream that began well. The body of `response` is
    /// the error's structure; its status becomes the one that the spec has for the error, or 400 as
    /// botocore's `eventstream.py` has it.
    #[cfg(feature = "event-stream")]
    pub(crate) fn in_stream(
        service: &ServiceSchema,
        code: &str,
        shape: Option<String>,
        message: Option<String>,
        mut response: http::Response<Bytes>,
    ) -> Self {
        let known = service.errors.iter().find(|error| Some(&*error.shape) == shape.as_deref());
        let known = known.or_else(|| service.error_by_code(code));
        let status = known.map_or(0, |schema| schema.status);
        *response.status_mut() =
            http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::BAD_REQUEST);
        let mut error = Self::new(ErrorKind::Service, "");
        error.0.retryable = known.is_some_and(|schema| schema.retryable);
        error.0.throttling = known.is_some_and(|schema| schema.throttling);
        error.0.code = Some(code.to_owned()).filter(|code| !code.is_empty());
        error.0.message = message;
        error.0.shape = shape;
        error.answered(response)
    }

    pub(crate) fn decode_failure(error: DecodeError, response: http::Response<Bytes>) -> Self {
        let message = match (&error, content_type(&response)) {
            (DecodeError::Syntax { .. }, Some(content_type)) => {
                // A client that asks for no compression gets it from some proxies all the same.
                let encoding = header(&response, http::header::CONTENT_ENCODING);
                let encoding = encoding.map_or(String::new(), |it| format!(", encoded as {it}"));
                format!("the answer ({content_type}{encoding}) cannot be read")
            }
            _ => "the answer cannot be read".to_owned(),
        };
        Self::new(ErrorKind::Decode, message).with_source(error).answered(response)
    }
}

fn content_type(response: &http::Response<Bytes>) -> Option<&str> {
    header(response, http::header::CONTENT_TYPE)
}

fn header(response: &http::Response<Bytes>, name: http::HeaderName) -> Option<&str> {
    response.headers().get(name)?.to_str().ok()
}

/// A redirect is not followed: the request is signed for the host that it went to.
fn redirect(response: &http::Response<Bytes>) -> Option<String> {
    if !response.status().is_redirection() {
        return None;
    }
    let location = response.headers().get(http::header::LOCATION)?.to_str().ok()?;
    // A query may hold a signature.
    let location = location.split('?').next().unwrap_or_default();
    Some(format!("the answer is a redirect to \"{location}\", which is not followed"))
}

/// A body that cannot be read is described, not shown: nobody knows what is in it.
fn about_body(service: &ServiceSchema, response: &http::Response<Bytes>) -> Option<String> {
    let length = response.body().len();
    if length == 0 {
        return Some("the body is empty".to_owned());
    }
    let format = service.protocol.foreign_body(response.body())?;
    Some(match content_type(response) {
        Some(content_type) => format!("the body is not {format} ({content_type}, {length} bytes)"),
        None => format!("the body is not {format} ({length} bytes)"),
    })
}

pub(crate) fn request_id(headers: &http::HeaderMap) -> Option<String> {
    let names = [
        #[cfg(feature = "aws")]
        crate::aws::errors::REQUEST_ID_HEADERS,
        #[cfg(feature = "ncp")]
        crate::ncp::REQUEST_ID_HEADERS,
        &["x-request-id"],
    ];
    let value = names.iter().copied().flatten().find_map(|name| headers.get(*name))?;
    value.to_str().ok().map(str::to_owned)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        let mut parts = Vec::new();
        parts.extend(inner.operation.as_deref());
        parts.extend(inner.code.as_deref());
        parts.extend(inner.message.as_deref());
        f.write_str(&parts.join(": "))?;
        // A mistake in an answer is the point of the message; other causes come with `source`.
        if self.kind() == ErrorKind::Decode
            && let Some(source) = &inner.source
        {
            write!(f, ": {source}")?;
        }
        let status = self.status().map(|status| format!("HTTP {status}"));
        let id = self.request_id().filter(|_| status.is_some());
        let id = id.map(|id| format!("request id {id}"));
        let attempts = (inner.attempts > 1).then(|| format!("{} attempts", inner.attempts));
        let limit = self.timeout().map(|limit| limit.to_string());
        let facts: Vec<_> = [limit, status, id, attempts].into_iter().flatten().collect();
        if facts.is_empty() { Ok(()) } else { write!(f, " ({})", facts.join(", ")) }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        f.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("operation", &inner.operation)
            .field("code", &inner.code)
            .field("message", &inner.message)
            .field("status", &self.status())
            .field("request_id", &inner.request_id)
            .field("source", &inner.source)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        let kind = match error {
            EncodeError::Endpoint { .. } => ErrorKind::Endpoint,
            EncodeError::Feature { .. } => ErrorKind::Configuration,
            _ => ErrorKind::Input,
        };
        Self::new(kind, error.to_string())
    }
}

impl From<CredentialsError> for Error {
    fn from(error: CredentialsError) -> Self {
        match error.call() {
            Some(failed) => failed.again(),
            None => Self::new(ErrorKind::Credentials, error.to_string()).with_source(error),
        }
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::new(ErrorKind::Transport, error.message()).with_source(error)
    }
}

impl Error {
    /// How the transport failed, if it did.
    pub fn transport(&self) -> Option<TransportErrorKind> {
        let source = self.0.source.as_ref()?;
        source.downcast_ref::<TransportError>().map(TransportError::kind)
    }
}

/// An error that the service names, with everything that is known about it.
pub struct Modeled<T> {
    /// The error's members
    pub value: T,
    /// What every error has: code, message, status, request id
    pub error: Error,
}

impl<T: Structure + Empty> Modeled<T> {
    /// The error with its members, or the error as it is if they cannot be read.
    #[doc(hidden)]
    pub fn decode(error: Error, service: &ServiceSchema) -> Result<Box<Self>, Error> {
        match error.decode(service) {
            Some(value) => Ok(Box::new(Self { value, error })),
            None => Err(error),
        }
    }
}

/// Shows an empty structure of the error that a variant is made of.
#[doc(hidden)]
pub fn show_structure<T: Structure + Empty, E>(
    _: fn(Box<Modeled<T>>) -> E,
    visit: &mut dyn FnMut(&mut dyn Value),
) {
    visit(&mut T::empty());
}

impl<T> std::ops::Deref for Modeled<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// As [`Error`] shows itself: operation, code, message, status and request id in one line.
impl<T> fmt::Display for Modeled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<T: fmt::Debug> std::error::Error for Modeled<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}

impl<T: fmt::Debug> fmt::Debug for Modeled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Modeled").field("value", &self.value).field("error", &self.error).finish()
    }
}
