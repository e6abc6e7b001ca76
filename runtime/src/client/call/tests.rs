//! Calls whose body is a stream, where they are dropped or take too long: what they hold is let go.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{Call, StreamingCall};
use crate::client::{Client, Config, ConfigBuilder, Sleep};
use crate::samples::{now, service};
use crate::transport::{Replay, Timeout, Transport, TransportError, TransportErrorKind};
use crate::{BoxFuture, ByteStream, Error, ErrorKind, Model, Operation, StreamError};
use bytes::Bytes;
use futures_core::Stream;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

service!(
    Store,
    StoreError,
    id = "acme/store",
    protocol = "rest-json",
    endpoint = "https://store.example.com"
);

#[derive(Model, Operation)]
#[operation(service = Store, output = Output, http = "PUT /a", streams(input))]
struct Put {}

#[derive(Model)]
struct Output {}

/// What happened to the bodies of a call, and to the sending of it.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// Bodies that there were, chunks that were read of them, and bodies that are gone
    opened: Arc<AtomicUsize>,
    chunks: Arc<AtomicUsize>,
    closed: Arc<AtomicUsize>,
    /// Attempts that were begun, and that were let go before their answer
    begun: Arc<AtomicUsize>,
    let_go: Arc<AtomicUsize>,
}

impl Seen {
    fn counts(&self) -> [usize; 5] {
        let Self { opened, chunks, closed, begun, let_go } = self;
        [opened, chunks, closed, begun, let_go].map(|count| count.load(SeqCst))
    }

    fn body(&self) -> Endless {
        self.opened.fetch_add(1, SeqCst);
        Endless(self.clone())
    }
}

/// A chunk whenever one is asked for.
struct Endless(Seen);

impl Stream for Endless {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.chunks.fetch_add(1, SeqCst);
        Poll::Ready(Some(Ok(Bytes::from_static(b"chunk"))))
    }
}

impl Drop for Endless {
    fn drop(&mut self) {
        self.0.closed.fetch_add(1, SeqCst);
    }
}

/// Takes two chunks of a body, and has no answer; once it is told to, it breaks instead.
#[derive(Clone, Debug, Default)]
struct Silent {
    seen: Seen,
    breaks: Arc<Mutex<bool>>,
}

/// Counts an attempt that is let go.
struct Attempt(Seen);

impl Drop for Attempt {
    fn drop(&mut self) {
        self.0.let_go.fetch_add(1, SeqCst);
    }
}

impl Transport for Silent {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        unreachable!("the body is a stream")
    }

    fn stream(
        &self,
        request: http::Request<ByteStream>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, TransportError>> {
        self.seen.begun.fetch_add(1, SeqCst);
        let attempt = Attempt(self.seen.clone());
        Box::pin(async move {
            let attempt = attempt;
            let mut body = request.into_body();
            for _ in 0..2 {
                body.next().await.unwrap().unwrap();
            }
            if *self.breaks.lock().unwrap() {
                std::mem::forget(attempt);
                return Err(TransportError::new(TransportErrorKind::Broken, "it broke"));
            }
            std::future::pending().await
        })
    }
}

/// Time limits that are over when the test says so; other pauses are none.
#[derive(Clone, Debug, Default)]
struct Timer(Arc<Mutex<bool>>);

const LIMIT: Duration = Duration::from_secs(90);
/// A pause that no test waits for
const LATER: Duration = Duration::from_secs(91);

impl Sleep for Timer {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::poll_fn(move |_| match duration {
            LATER => Poll::Pending,
            LIMIT if !*self.0.lock().unwrap() => Poll::Pending,
            _ => Poll::Ready(()),
        }))
    }
}

fn call(
    transport: &Silent,
    timer: &Timer,
    change: fn(ConfigBuilder) -> ConfigBuilder,
) -> Call<Put> {
    let config = Config::builder().transport(transport.clone()).sleep(timer.clone());
    let client: Client<Store> = Client::new(change(config).build().unwrap()).unwrap();
    client.prepare(Put {})
}

/// Once, or as often as it is asked for.
fn body(seen: &Seen, replayable: bool) -> ByteStream {
    let seen = seen.clone();
    if replayable {
        ByteStream::replayable(move || seen.body())
    } else {
        ByteStream::new(seen.body())
    }
}

fn poll<F: Future>(future: &mut Pin<Box<F>>) -> Poll<F::Output> {
    future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn nothing_is_sent_before_it_is_awaited() {
    let transport = Silent::default();
    let call = call(&transport, &Timer::default(), |config| config);
    let streaming: StreamingCall<Put> = call.body(body(&transport.seen, false));
    let sending = streaming.send();
    assert_eq!(transport.seen.counts(), [1, 0, 0, 0, 0]);
    drop(sending);
    assert_eq!(transport.seen.counts(), [1, 0, 1, 0, 0]);
}

#[test]
fn dropping_a_call_ends_it_and_lets_its_body_go() {
    for replayable in [false, true] {
        let transport = Silent::default();
        let call = call(&transport, &Timer::default(), |config| config);
        let mut sending = Box::pin(call.body(body(&transport.seen, replayable)).send());
        assert!(poll(&mut sending).is_pending());
        assert_eq!(transport.seen.counts(), [1, 2, 0, 1, 0], "it is under way");
        assert!(poll(&mut sending).is_pending());
        assert_eq!(transport.seen.counts(), [1, 2, 0, 1, 0], "it waits");
        drop(sending);
        assert_eq!(transport.seen.counts(), [1, 2, 1, 1, 1], "nothing of it is left");
    }
}

#[derive(Model, Operation)]
#[operation(service = Store, output = Output, http = "PUT /b", streams(input, required))]
struct PutSome {}

/// What a call of another kind has in the place of a stream.
#[derive(Model)]
struct Member {
    #[model(name = "Body", payload)]
    body: Option<crate::Blob>,
}

#[test]
fn a_required_body_is_asked_for_before_anything_is_sent() {
    let replay = Replay::new().answer(200, "").answer(200, "").answer(200, "");
    let config = Config::builder().transport(replay.clone()).build().unwrap();
    let client: Client<Store> = Client::new(config).unwrap();
    let told = |error: StoreError| {
        let StoreError::Other(error) = error;
        assert_eq!(error.kind(), ErrorKind::Input);
        error.to_string()
    };
    let expected = "PutSome: the required body has not been set: call `.body(…)` before `.send()`";
    for sending in
        [client.prepare(PutSome {}).send(), client.fluent::<PutSome>().customize().send()]
    {
        assert_eq!(told(now(sending).unwrap_err()), expected);
    }
    assert_eq!(told(now(client.call(PutSome {})).unwrap_err()), expected);
    let mut absent = Member { body: None };
    let mut output = Output {};
    let untyped = client.core().call(PutSome::schema(), &mut absent, &mut output);
    assert_eq!(
        now(untyped).unwrap_err().to_string(),
        "PutSome: the required member `Body` has not been set: it is the request's body"
    );
    assert!(replay.requests().is_empty());

    // It may be empty.
    now(client.fluent::<PutSome>().body("").send()).unwrap();
    now(client.fluent::<PutSome>().customize().region("r").body("all of it").send()).unwrap();
    let mut given = Member { body: Some("some".into()) };
    now(client.core().call(PutSome::schema(), &mut given, &mut output)).unwrap();
    let sent: Vec<_> = replay.requests().into_iter().map(http::Request::into_body).collect();
    assert_eq!(sent, ["", "all of it", "some"]);
}

/// How a call ends whose time is up: by its limit, with so many attempts and bodies.
#[test]
fn a_call_that_takes_too_long_lets_its_body_go() {
    type Limited = fn(ConfigBuilder) -> ConfigBuilder;
    let cases: [(Limited, Timeout, bool, usize); 6] = [
        (|it| it.call_timeout(LIMIT), Timeout::Call, false, 1),
        (|it| it.call_timeout(LIMIT), Timeout::Call, true, 1),
        // What was sent once cannot be sent again; what can be had again is.
        (|it| it.attempt_timeout(LIMIT), Timeout::Attempt, false, 1),
        (|it| it.attempt_timeout(LIMIT), Timeout::Attempt, true, 3),
        (|it| it.read_timeout(LIMIT), Timeout::Read, false, 1),
        (|it| it.read_timeout(LIMIT), Timeout::Read, true, 3),
    ];
    for (change, timeout, replayable, attempts) in cases {
        let (transport, timer) = (Silent::default(), Timer::default());
        let call = call(&transport, &timer, change);
        let mut sending = Box::pin(call.body(body(&transport.seen, replayable)).send());
        assert!(poll(&mut sending).is_pending());
        assert_eq!(transport.seen.counts(), [1, 2, 0, 1, 0], "it is under way");
        *timer.0.lock().unwrap() = true;
        let Poll::Ready(Err(StoreError::Other(error))) = poll(&mut sending) else {
            unreachable!("its time is up")
        };
        assert_eq!(error.timeout(), Some(timeout), "{error}");
        assert_eq!(error.attempts() as usize, attempts, "{error}");
        drop(sending);
        let [opened, _, closed, begun, let_go] = transport.seen.counts();
        assert_eq!([opened, closed, begun, let_go], [attempts; 4], "{timeout:?}");
    }
}

/// What failed before is told behind the limit.
#[test]
fn a_call_that_ends_between_two_attempts_tells_of_the_first() {
    let (transport, timer) = (Silent::default(), Timer::default());
    *transport.breaks.lock().unwrap() = true;
    let call = call(&transport, &timer, |config| config.call_timeout(LIMIT).retry(Later));
    let mut sending = Box::pin(call.body(body(&transport.seen, true)).send());
    assert!(poll(&mut sending).is_pending(), "it waits for its next attempt");
    assert_eq!(transport.seen.counts(), [1, 2, 1, 1, 0]);
    *timer.0.lock().unwrap() = true;
    let Poll::Ready(Err(StoreError::Other(error))) = poll(&mut sending) else {
        unreachable!("its time is up")
    };
    assert_eq!(error.timeout(), Some(Timeout::Call));
    let mut causes = Vec::new();
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        causes.push(error.to_string());
        source = error.source();
    }
    assert!(causes.iter().any(|cause| cause.contains("it broke")), "{causes:?}");
}

/// Tries again when nobody waits any more.
#[derive(Debug)]
struct Later;

impl crate::client::RetryPolicy for Later {
    fn retry_after(&self, _: &mut crate::client::Attempt<'_>, _: &Error) -> Option<Duration> {
        Some(LATER)
    }
}

/// Blocking calls end the same way.
#[cfg(feature = "blocking")]
#[test]
fn a_blocking_call_ends_with_its_time() {
    use crate::blocking::Wait as _;

    let (transport, timer) = (Silent::default(), Timer::default());
    *timer.0.lock().unwrap() = true;
    let call = call(&transport, &timer, |config| config.call_timeout(LIMIT));
    let Err(StoreError::Other(error)) = call.body(body(&transport.seen, false)).send().wait()
    else {
        unreachable!("its time is up")
    };
    assert_eq!(error.timeout(), Some(Timeout::Call));
    assert_eq!(transport.seen.counts(), [1, 2, 1, 1, 1]);
}
