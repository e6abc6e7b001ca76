//! Why a request failed, in the words of a transport.

use super::connect::TookTooLong;
use super::tls::{self, IsMissing};
use crate::transport::{Timeout, TransportError, TransportErrorKind, without_query};
use hyper_util::client::legacy;
use std::error::Error;
use std::io;
use std::time::Duration;

/// There is no answer.
pub(super) fn failure(
    url: &http::Uri,
    connect_timeout: Option<Duration>,
    error: legacy::Error,
) -> TransportError {
    if let Some(limit) = connect_timeout
        && (find::<TookTooLong>(&error).is_some() || find(&error).is_some_and(is_our_limit))
    {
        return TransportError::timeout(Timeout::Connect, limit).with_source(error);
    }
    let shown = without_query(url);
    let (kind, message) = if find::<IsMissing>(&error).is_some() {
        let message = format!(
            "\"{shown}\" needs TLS, which this client lacks: turn on `rustls-ring`, `rustls-aws-lc` \
             or `native-tls` of `typefoundry`, or use a transport that has it"
        );
        (TransportErrorKind::Other, message)
    } else if error.is_connect() {
        let is_tls = causes(&error).any(tls::is_failure);
        let kind = if is_tls { TransportErrorKind::Tls } else { TransportErrorKind::Connect };
        (kind, format!("could not connect to the endpoint URL: \"{shown}\""))
    } else {
        let error = find::<hyper::Error>(&error);
        (TransportErrorKind::Broken, why_broken(&shown, error))
    };
    TransportError::new(kind, message).with_source(error)
}

/// The body of an answer does not come to its end.
pub(super) fn broken(url: &http::Uri, error: hyper::Error) -> TransportError {
    let message = why_broken(&without_query(url), Some(&error));
    TransportError::new(TransportErrorKind::Broken, message).with_source(error)
}

pub(super) fn unsendable(url: &http::Uri) -> String {
    format!("\"{}\" is not a URL that requests can be sent to", without_query(url))
}

fn why_broken(url: &str, error: Option<&hyper::Error>) -> String {
    if error.is_some_and(hyper::Error::is_parse) {
        // It is none, or has more headers than a client takes.
        return format!("the answer of \"{url}\" cannot be read as HTTP");
    }
    format!("the connection broke before the whole answer of \"{url}\" was there")
}

/// Whether it is the limit of one address of several that was reached, and not that of the system.
fn is_our_limit(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::TimedOut && error.raw_os_error().is_none()
}

/// What lies behind an error.
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    causes(error).find_map(|error| error.downcast_ref())
}

/// An error and all that lie behind it. Where an error of the system was made of another one, its source
/// is the source of that one.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let error = next?;
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner),
            None => error.source(),
        };
        Some(error)
    })
}
