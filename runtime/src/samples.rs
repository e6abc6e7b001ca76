//! What tests all over the crate take: services without errors of their own, and futures that are
//! done at once.

use crate::BoxFuture;
use crate::client::Sleep;
use crate::schema::OperationSchema;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// A service and its errors, none of which is modelled; then the keys of `#[service(…)]`.
macro_rules! service {
    ($service:ident, $error:ident, id = $id:literal, $($keys:tt)*) => {
        #[derive(Clone, Copy, Debug, crate::Service)]
        #[service(id = $id, title = "A service", error = $error, $($keys)*)]
        struct $service;

        #[derive(Debug, crate::ServiceError)]
        #[service_error(service = $service)]
        enum $error {
            #[service_error(other)]
            Other(crate::Error),
        }
    };
}
pub(crate) use service;

/// What comes of a future whose transport answers at once, so that it never waits.
#[track_caller]
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => unreachable!("everything answers at once"),
    }
}

/// Waits for nothing.
#[derive(Debug)]
pub(crate) struct AtOnce;

impl Sleep for AtOnce {
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// An operation without members.
pub(crate) fn operation() -> OperationSchema {
    OperationSchema {
        name: "Do".into(),
        method: "GET".into(),
        uri: "/do".into(),
        status: 0,
        idempotent: true,
        secret: false,
        pages: None,
        traits: None,
    }
}
