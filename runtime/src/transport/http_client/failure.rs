//! Why a request failed, in the words of a transport.

use super::connect::TookTooLong;
use super::tls::IsMissing;
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
        (TransportErrorKind::Connect, format!("could not connect to the endpoint URL: \"{shown}\""))
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
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = error.source();
    }
    None
}
