//! A call on its way.

use super::{Operation, Service};
use crate::BoxFuture;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// What a call gives in the end.
type Sent<O> = Result<<O as Operation>::Response, <<O as Operation>::Service as Service>::Error>;

/// A call on its way: a future of the response. It does nothing until it is awaited, and dropping it
/// ends the call.
///
/// It has a name so that it is known once for all operations that it can move between threads:
/// working that out for the future of each of them took a quarter of the time that a client took to
/// compile. It is small, for what it is doing stands in a box.
#[must_use = "a call does nothing until it is awaited"]
pub struct Sending<O: Operation>(BoxFuture<'static, Sent<O>>);

impl<O: Operation> Sending<O> {
    pub(super) fn new(future: impl Future<Output = Sent<O>> + Send + 'static) -> Self {
        Self(Box::pin(future))
    }
}

impl<O: Operation> Future for Sending<O> {
    type Output = Sent<O>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

impl<O: Operation> fmt::Debug for Sending<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sending").field(&O::schema().name).finish()
    }
}
