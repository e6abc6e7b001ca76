//! What a stub answers in place of an output.

use crate::binding::write_error;
use crate::schema::{ErrorSchema, ServiceSchema};
use crate::transport::{TransportError, TransportErrorKind};
use crate::value::{Record, Structure};
use bytes::Bytes;
use std::borrow::Cow;
use std::fmt;

/// What a stub answers in place of an output: an error of the service, an answer as it is, or none
/// at all.
#[derive(Debug)]
pub struct Fault(Box<Kind>);

enum Kind {
    /// An error that the service's spec has
    Modeled(Box<dyn Structure>),
    /// One that it has not
    Code { code: String, status: u16, message: String },
    /// Anything that a server, or something before it, can send
    Response(http::Response<Bytes>),
    /// Nothing
    Transport(TransportErrorKind, String),
}

impl Fault {
    /// An error that the service's spec does not know, as its protocol has it.
    pub fn code(code: impl Into<String>, status: u16, message: impl Into<String>) -> Self {
        Self(Box::new(Kind::Code { code: code.into(), status, message: message.into() }))
    }

    /// An answer as it is: a page of a proxy, or a body that cannot be read.
    pub fn response(response: http::Response<Bytes>) -> Self {
        Self(Box::new(Kind::Response(response)))
    }

    /// No answer.
    pub fn transport(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Kind::Transport(kind, message.into())))
    }

    pub(super) fn answer(
        self,
        service: &ServiceSchema,
    ) -> Result<http::Response<Bytes>, TransportError> {
        match *self.0 {
            Kind::Response(response) => Ok(response),
            Kind::Transport(kind, message) => Err(TransportError::new(kind, message)),
            Kind::Modeled(value) => {
                let name = &value.split().0.name;
                match service.errors.iter().find(|error| error.shape == *name) {
                    Some(schema) => Ok(write_error(service, schema, &*value)),
                    None => Err(unable(format!("{} has no error `{name}`", service.id))),
                }
            }
            Kind::Code { code, status, message } => {
                let schema = ErrorSchema {
                    shape: Cow::Owned(code.clone()),
                    codes: vec![Cow::Owned(code)].into(),
                    status,
                    has: Cow::Borrowed(""),
                    message: Cow::Borrowed("message"),
                    retryable: false,
                    throttling: false,
                };
                Ok(write_error(service, &schema, &Message { message }))
            }
        }
    }
}

/// A mistake in the test itself.
pub(super) fn unable(message: String) -> TransportError {
    TransportError::new(TransportErrorKind::Other, message)
}

/// An error that the service's spec has: its structure.
impl<T: Record + 'static> From<T> for Fault {
    fn from(error: T) -> Self {
        Self(Box::new(Kind::Modeled(Box::new(error))))
    }
}

/// What an error says that no spec has.
#[derive(crate::Model)]
#[model(crate = crate)]
struct Message {
    message: String,
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Modeled(value) => value.fmt(f),
            Self::Code { code, status, message } => write!(f, "{code} ({status}): {message}"),
            Self::Response(response) => write!(f, "an answer of {}", response.status()),
            Self::Transport(kind, message) => write!(f, "{kind:?}: {message}"),
        }
    }
}
