//! Services in place of transports, and around them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::ByteStream;
use crate::transport::{Replay, Timeout};
use std::pin::pin;
use std::task::Waker;
use std::time::Duration;

/// Says that it was passed, is ready the second time it is asked, and is no `Sync`.
#[derive(Clone)]
struct Layer<S> {
    inside: S,
    asked: std::cell::Cell<u32>,
    fails: bool,
}

impl<S> Service<http::Request<Bytes>> for Layer<S>
where
    S: Service<http::Request<Bytes>, Response = http::Response<Bytes>>,
    S::Error: Into<BoxError> + 'static,
    S::Future: Send + 'static,
{
    type Response = http::Response<Bytes>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.asked.set(self.asked.get() + 1);
        match (self.asked.get(), self.fails) {
            (1, _) => {
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            (_, true) => Poll::Ready(Err("too much to do".into())),
            (_, false) => self.inside.poll_ready(cx).map_err(Into::into),
        }
    }

    fn call(&mut self, mut request: http::Request<Bytes>) -> Self::Future {
        assert_eq!(self.asked.get(), 2, "a service is called when it is ready");
        request.headers_mut().insert("x-layer", "passed".parse().unwrap());
        let sent = self.inside.call(request);
        Box::pin(async move { sent.await.map_err(Into::into) })
    }
}

fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..10 {
        if let Poll::Ready(done) = future.as_mut().poll(&mut cx) {
            return done;
        }
    }
    unreachable!("a replay answers at once")
}

fn around(replay: &Replay, fails: bool) -> impl Transport {
    let inside = TransportService::new(replay.clone());
    TowerTransport::new(Layer { inside, asked: std::cell::Cell::new(0), fails })
}

#[test]
fn a_layer_lies_around_a_transport() {
    let replay = Replay::new().answer(200, "one").answer(201, "two");
    let transport = around(&replay, false);
    let answer = now(transport.send(http::Request::new(Bytes::from_static(b"sent")))).unwrap();
    assert_eq!(answer.body(), "one");
    let request = http::Request::new(ByteStream::from(Bytes::from_static(b"streamed")));
    let answer = now(transport.stream(request)).unwrap();
    assert_eq!((answer.status().as_u16(), now(answer.into_body().collect()).unwrap()), {
        (201, Bytes::from_static(b"two"))
    });
    let bodies: Vec<_> = replay.requests().iter().map(|it| it.body().clone()).collect();
    assert_eq!(bodies, ["sent", "streamed"]);
    assert!(replay.requests().iter().all(|it| it.headers()["x-layer"] == "passed"));
}

#[test]
fn an_error_of_the_transport_stays_what_it_is() {
    let late = TransportError::timeout(Timeout::Read, Duration::from_secs(1));
    let replay = Replay::new().failure(late);
    let error = now(around(&replay, false).send(http::Request::default())).unwrap_err();
    assert_eq!((error.kind(), error.limit()), (TransportErrorKind::Timeout, Some(Timeout::Read)));
    let error = now(around(&replay, true).send(http::Request::default())).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Other);
    assert_eq!(error.to_string(), "too much to do");
}
