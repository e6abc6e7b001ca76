//! The same in a time of its own: a transport in memory, and a clock that jumps to the next timer.

use crate::{alone, shown};
use bytes::Bytes;
use futures_core::Stream;
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};
use typefoundry::client::{ConfigBuilder, RetryMode};
use typefoundry::transport::{Transport, TransportError};
use typefoundry::{BoxFuture, ByteStream, Config, Credentials};
use typefoundry_clients::aws::ivs::Client;

/// What a server in memory does to a request.
#[derive(Clone, Debug)]
struct Script {
    /// How long the headers take
    after: Duration,
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: &'static [u8],
    /// How long each byte takes
    each: Duration,
}

fn script(status: u16) -> Script {
    let (after, each) = (Duration::ZERO, Duration::ZERO);
    Script { after, status, headers: Vec::new(), body: br#"{"channels":[]}"#, each }
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Answers from a list, the last for good.
#[derive(Clone, Debug)]
struct Memory(Arc<Mutex<VecDeque<Script>>>);

impl Memory {
    fn next(&self) -> Script {
        let mut scripts = self.0.lock().unwrap();
        if scripts.len() > 1 { scripts.pop_front().unwrap() } else { scripts[0].clone() }
    }
}

impl Transport for Memory {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let response = self.stream(request.map(ByteStream::from)).await?;
            let (parts, body) = response.into_parts();
            Ok(http::Response::from_parts(parts, body.collect().await.unwrap()))
        })
    }

    fn stream(
        &self,
        _: http::Request<ByteStream>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, TransportError>> {
        let script = self.next();
        Box::pin(async move {
            sleep(script.after).await;
            let body = Dripping { body: script.body, each: script.each, timer: None };
            let mut response = http::Response::new(ByteStream::new(body));
            *response.status_mut() = http::StatusCode::from_u16(script.status).unwrap();
            for (name, value) in script.headers {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            Ok(response)
        })
    }
}

/// A body of single bytes.
struct Dripping {
    body: &'static [u8],
    each: Duration,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Stream for Dripping {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some((first, rest)) = self.body.split_at_checked(1) else { return Poll::Ready(None) };
        let each = self.each;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(each)));
        ready!(timer.as_mut().poll(cx));
        self.timer = None;
        self.body = rest;
        Poll::Ready(Some(Ok(Bytes::from_static(first))))
    }
}

/// What comes of a call, and when. Pauses are as long as they can be.
async fn outcome(
    scripts: Vec<Script>,
    change: impl FnOnce(ConfigBuilder) -> ConfigBuilder,
) -> String {
    let config = Config::builder()
        .region("us-west-2")
        .credentials(Credentials::new("AKIDEXAMPLE", "a-secret-key"))
        .transport(Memory(Arc::new(Mutex::new(scripts.into()))))
        .random(1.0);
    let client = Client::new(change(config).build().unwrap()).unwrap();
    let start = Instant::now();
    let called = client.list_channels().send().await;
    let took = start.elapsed().as_secs_f64();
    match called {
        Ok(response) => format!("{} attempts, {took:.1} s", response.metadata().attempts()),
        Err(error) => {
            let mut text = format!("{}, {took:.1} s", shown(error.as_error(), "http://server"));
            let mut source = std::error::Error::source(&error);
            while let Some(error) = source {
                text += &format!("\n  - {error}");
                source = error.source();
            }
            text
        }
    }
}

#[tokio::test(start_paused = true)]
async fn pauses_between_attempts() {
    let _alone = alone().await;
    let busy = |headers| vec![Script { headers, ..script(429) }, script(200)];
    let cases = [
        ("503 for good", vec![script(503)], 3.0),
        ("500 twice", vec![script(500), script(500), script(200)], 3.0),
        ("429 and a pause", busy(vec![("retry-after", "7")]), 7.0),
        ("429 and a long pause", busy(vec![("retry-after", "3600")]), 20.0),
        ("429 and a short pause", busy(vec![("x-amz-retry-after", "100")]), 1.0),
        ("a pause of milliseconds", busy(vec![("x-amz-retry-after", "1500")]), 1.5),
    ];
    for (name, scripts, took) in cases {
        let text = outcome(scripts, |config| config).await;
        assert!(text.ends_with(&format!(", {took:.1} s")), "{name}: {text}");
    }
}

type Change = fn(ConfigBuilder) -> ConfigBuilder;

#[tokio::test(start_paused = true)]
async fn limits() {
    let _alone = alone().await;
    let late = |after| Script { after: seconds(after), ..script(200) };
    let slow = |each| Script { each: seconds(each), ..script(200) };
    let cases: [(&str, Vec<Script>, Change); 12] = [
        ("no limits, a day", vec![late(86_400)], |it| it),
        ("no limits, an hour for each byte", vec![slow(3_600)], |it| it),
        ("slow but healthy", vec![slow(50)], |it| it.read_timeout(seconds(60))),
        ("read, headers", vec![late(70)], |it| it.read_timeout(seconds(60))),
        ("read, body", vec![slow(70)], |it| it.read_timeout(seconds(60))),
        ("attempt", vec![slow(50)], |it| it.attempt_timeout(seconds(60))),
        ("late once", vec![late(70), late(1)], |it| it.attempt_timeout(seconds(60))),
        ("call, in the first attempt", vec![late(70)], |it| it.call_timeout(seconds(60))),
        ("call, in a later attempt", vec![script(500), late(70)], |it| {
            it.call_timeout(seconds(60))
        }),
        ("call, in a pause", vec![script(503)], |it| it.call_timeout(Duration::from_millis(1_500))),
        ("call, after attempts", vec![late(70)], |it| {
            it.attempt_timeout(seconds(20)).call_timeout(seconds(60)).max_attempts(9)
        }),
        ("in time", vec![late(59)], |it| {
            it.read_timeout(seconds(60)).attempt_timeout(seconds(60)).call_timeout(seconds(60))
        }),
    ];
    let mut text = String::new();
    for (name, scripts, change) in cases {
        text += &format!("{name}: {}\n\n", outcome(scripts, change).await);
    }
    insta::assert_snapshot!(text);
}

#[tokio::test(start_paused = true)]
async fn an_adaptive_client_slows_down() {
    let _alone = alone().await;
    let throttle =
        Script { headers: vec![("x-amzn-errortype", "ThrottlingException")], ..script(400) };
    let mut scripts: VecDeque<_> = vec![script(200); 40].into();
    scripts.push_back(throttle);
    scripts.push_back(script(200));
    let config = Config::builder()
        .region("us-west-2")
        .credentials(Credentials::new("AKIDEXAMPLE", "a-secret-key"))
        .transport(Memory(Arc::new(Mutex::new(scripts))))
        .clock(Virtual(Instant::now()))
        .retry_mode(RetryMode::Adaptive)
        .random(0.0);
    let client = Client::new(config.build().unwrap()).unwrap();
    let rate = async |calls: u32| {
        let start = Instant::now();
        for _ in 0..calls {
            sleep(Duration::from_millis(50)).await;
            client.list_channels().send().await.unwrap();
        }
        f64::from(calls) / start.elapsed().as_secs_f64()
    };
    let before = rate(40).await;
    let after = rate(20).await;
    let much_later = rate(400).await;
    assert!((19.0..=20.5).contains(&before), "{before} calls a second at first");
    assert!((15.0..=18.5).contains(&after), "{after} calls a second after one was refused");
    assert!((17.0..=20.5).contains(&much_later), "{much_later} calls a second in the end");
}

/// The clock that the timers go by.
#[derive(Debug)]
pub(crate) struct Virtual(pub(crate) Instant);

impl typefoundry::client::Clock for Virtual {
    fn now(&self) -> typefoundry::Timestamp {
        let millis = i64::try_from(self.0.elapsed().as_millis()).unwrap();
        typefoundry::Timestamp::from_millis(1_440_938_160_000 + millis).unwrap()
    }
}
