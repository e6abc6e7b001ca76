//! Faults over sockets, in real time.

use crate::memory::Before;
use crate::server::{Act, Server, answer, ok, pause, send};
use crate::{alone, shown};
use std::time::{Duration, Instant};
use typefoundry::client::ConfigBuilder;
use typefoundry::transport::HttpTransport;
use typefoundry::{Config, Credentials};
use typefoundry_clients::aws::ivs::Client;

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
/// So long that nobody waits for it
const LONG: u64 = 60_000;
const BODY: &[u8] = br#"{"channels":[]}"#;

pub(crate) fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Settings under which retries do not wait.
pub(crate) fn config(url: &str) -> ConfigBuilder {
    let transport = HttpTransport::builder().without_proxies().connect_timeout(millis(200));
    Config::builder()
        .region("us-west-2")
        .endpoint(url)
        .credentials(Credentials::new("AKIDEXAMPLE", "a-secret-key"))
        .transport(transport.build().unwrap())
        .random(0.0)
}

struct Case {
    name: &'static str,
    script: Vec<Vec<Act>>,
    limits: fn(ConfigBuilder) -> ConfigBuilder,
}

fn case(name: &'static str, script: Vec<Vec<Act>>) -> Case {
    Case { name, script, limits: |config| config }
}

fn limited(
    name: &'static str,
    limits: fn(ConfigBuilder) -> ConfigBuilder,
    script: Vec<Vec<Act>>,
) -> Case {
    Case { name, script, limits }
}

/// What comes of a call, and of what it left behind.
async fn outcome(case: Case) -> String {
    let before = Before::now();
    let server = Server::start(case.script).await;
    let client = Client::new((case.limits)(config(&server.url)).build().unwrap()).unwrap();
    let text = match client.list_channels().send().await {
        Ok(response) => {
            let metadata = response.metadata();
            format!("HTTP {}, {} attempts", metadata.status(), metadata.attempts())
        }
        Err(error) => shown(error.as_error(), &server.url),
    };
    drop(client);
    server.left_alone(case.name).await;
    let text = format!("{}: {} requests\n  {text}\n\n", case.name, server.requests());
    drop(server);
    tokio::task::yield_now().await;
    before.check(case.name);
    text
}

async fn outcomes(cases: Vec<Case>) -> String {
    // What is set up once in a process is no loss.
    outcome(case("first", vec![ok()])).await;
    let mut text = String::new();
    for case in cases {
        text += &outcome(case).await;
    }
    text
}

#[tokio::test]
async fn connections_that_break() {
    let _alone = alone().await;
    let closed = |text: &str| vec![send(text), Act::Close];
    let reset = |text: &str| vec![send(text), pause(10), Act::Reset];
    let in_headers = "HTTP/1.1 200 OK\r\ncontent-ty";
    let in_body = format!("{HEAD}content-length: 999\r\n\r\n{{\"channels\":[");
    let in_chunk = format!("{HEAD}transfer-encoding: chunked\r\n\r\n20\r\n{{\"channels\"");
    let no_chunk = format!("{HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n");
    let cases = vec![
        case("closed at once", vec![vec![Act::Close]]),
        case("reset at once", vec![vec![Act::Reset]]),
        case("closed in the headers", vec![closed(in_headers)]),
        case("reset in the headers", vec![reset(in_headers)]),
        case("closed in the body", vec![closed(&in_body)]),
        case("reset in the body", vec![reset(&in_body)]),
        case("closed in a chunk", vec![closed(&in_chunk)]),
        case("reset in a chunk", vec![reset(&in_chunk)]),
        case("a chunk without a size", vec![closed(&no_chunk)]),
        case("no HTTP", vec![closed("SSH-2.0-OpenSSH_9.6\r\n\r\n")]),
        case("closed once", vec![vec![Act::Close], ok()]),
        case("reset twice", vec![reset(in_headers), reset(&in_body), ok()]),
        case(
            "a length that is too small",
            vec![vec![
                send(&format!("{HEAD}content-length: 2\r\n\r\n{{}}, and much more")),
                Act::Close,
            ]],
        ),
        case(
            "a length of two kinds",
            vec![closed(&format!("{HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\n{{}}"))],
        ),
    ];
    insta::assert_snapshot!(outcomes(cases).await);
}

#[tokio::test]
async fn servers_that_are_slow() {
    let _alone = alone().await;
    let head = || send(&format!("{HEAD}content-length: 15\r\n\r\n"));
    let silent = || vec![Act::Hang];
    let half = || vec![send(&format!("{HEAD}content-length: 999\r\n\r\n{{")), Act::Hang];
    let drip = || vec![head(), Act::Drip(BODY, millis(10))];
    let slow = || vec![Act::Drip(b"HTTP/1.1 200", millis(10)), Act::Hang];
    let cases = vec![
        limited("no headers, read", |it| it.read_timeout(millis(30)), vec![silent()]),
        limited("no headers, attempt", |it| it.attempt_timeout(millis(30)), vec![silent()]),
        limited("no headers, call", |it| it.call_timeout(millis(30)), vec![silent()]),
        limited("headers that drip, attempt", |it| it.attempt_timeout(millis(50)), vec![slow()]),
        limited(
            "no headers in the second attempt, call",
            |it| it.call_timeout(millis(150)),
            vec![vec![answer(503, "", "{}")], silent()],
        ),
        limited("silent once", |it| it.read_timeout(millis(200)), vec![silent(), ok()]),
        limited("half a body, read", |it| it.read_timeout(millis(30)), vec![half()]),
        limited("half a body, attempt", |it| it.attempt_timeout(millis(30)), vec![half()]),
        limited("half a body once", |it| it.read_timeout(millis(200)), vec![half(), ok()]),
        limited("a body that drips", |it| it.read_timeout(millis(200)), vec![drip()]),
        limited("a body that drips, attempt", |it| it.attempt_timeout(millis(60)), vec![drip()]),
        case("a body that drips, no limit", vec![drip()]),
        limited(
            "in time for all limits",
            |it| {
                it.read_timeout(millis(LONG))
                    .attempt_timeout(millis(LONG))
                    .call_timeout(millis(LONG))
            },
            vec![vec![pause(20), ok().remove(0)]],
        ),
    ];
    insta::assert_snapshot!(outcomes(cases).await);
}

#[tokio::test]
async fn services_that_refuse() {
    let _alone = alone().await;
    let says = |status, headers: &str, body: &str| vec![answer(status, headers, body)];
    let down = || says(503, "x-amzn-requestid: 1-2-3\r\n", r#"{"message":"not now"}"#);
    let date = "date: Mon, 31 Aug 2015 13:36:00 GMT\r\nx-amzn-errortype: RequestTimeTooSkewed\r\n";
    let many = "x-many: of these\r\n".repeat(10_000);
    let gzip = "content-type: application/json\r\ncontent-encoding: gzip\r\n";
    let cases = vec![
        case("429 and retry-after", vec![says(429, "retry-after: 0\r\n", "{}"), ok()]),
        case("429 for good", vec![says(429, "retry-after: 0\r\n", "{}")]),
        case("500 twice", vec![says(500, "", "{}"), says(500, "", "{}"), ok()]),
        case("503 for good", vec![down()]),
        limited("503, nothing tried again", |it| it.max_attempts(1), vec![down()]),
        case("a clock that is wrong", vec![says(403, date, "{}"), ok()]),
        case("a clock that is wrong for good", vec![says(403, date, "{}")]),
        case("a redirect in a circle", vec![says(307, "location: /channels\r\n", "")]),
        case("gzip that nobody asked for", vec![says(200, gzip, "\u{1f}no gzip, really")]),
        case("100 first", vec![vec![send("HTTP/1.1 100 Continue\r\n\r\n"), ok().remove(0)]]),
        case(
            "100 and then nothing",
            vec![vec![send("HTTP/1.1 100 Continue\r\n\r\n"), Act::Close], ok()],
        ),
        case("10,000 headers", vec![says(200, &many, "{}")]),
    ];
    insta::assert_snapshot!(outcomes(cases).await);
}

#[tokio::test]
async fn a_pause_of_milliseconds_is_waited_for() {
    let _alone = alone().await;
    let busy = vec![answer(429, "x-amz-retry-after: 60\r\n", "{}")];
    let server = Server::start(vec![busy, ok()]).await;
    let client = Client::new(config(&server.url).build().unwrap()).unwrap();
    let start = Instant::now();
    let response = client.list_channels().send().await.unwrap();
    assert_eq!(response.metadata().attempts(), 2);
    assert!(start.elapsed() >= millis(60), "{:?}", start.elapsed());
}

#[tokio::test]
async fn nobody_is_there() {
    let _alone = alone().await;
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let client = Client::new(config(&url).build().unwrap()).unwrap();
    let error = client.list_channels().send().await.unwrap_err();
    insta::assert_snapshot!(shown(error.as_error(), &url));
}

/// A server whose queue is full lets connections hang.
#[tokio::test]
async fn nobody_accepts() {
    let _alone = alone().await;
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    let _listener = socket.listen(0).unwrap();
    let mut waiting = Vec::new();
    while let Ok(stream) =
        tokio::time::timeout(millis(50), tokio::net::TcpStream::connect(address)).await
    {
        waiting.push(stream.unwrap());
    }
    let url = format!("http://{address}");
    let transport = HttpTransport::builder().without_proxies().connect_timeout(millis(40));
    let config = config(&url).transport(transport.build().unwrap()).build().unwrap();
    let error = Client::new(config).unwrap().list_channels().send().await.unwrap_err();
    insta::assert_snapshot!(shown(error.as_error(), &url));
}

#[tokio::test]
async fn a_call_that_is_dropped_leaves_nothing_behind() {
    let _alone = alone().await;
    let before = Before::now();
    let server = Server::start(vec![vec![Act::Hang]]).await;
    let client = Client::new(config(&server.url).build().unwrap()).unwrap();
    for _ in 0..20 {
        let call = client.list_channels().send();
        assert!(tokio::time::timeout(millis(10), call).await.is_err());
        server.left_alone("dropped").await;
    }
    drop((client, server));
    tokio::task::yield_now().await;
    before.check("dropped");
}

#[tokio::test]
async fn a_call_has_limits_and_retries_of_its_own() {
    let _alone = alone().await;
    let server = Server::start(vec![vec![Act::Hang]]).await;
    let client = config(&server.url).attempt_timeout(millis(LONG)).build().unwrap();
    let client = Client::new(client).unwrap();
    let call = || client.list_channels().customize();
    let short = millis(20);
    let cases = [
        ("attempt", call().attempt_timeout(short).max_attempts(2)),
        ("read", call().read_timeout(short).no_retry()),
        ("call", call().call_timeout(short)),
        ("limits of its own alone", call().no_timeouts().read_timeout(short).max_attempts(1)),
    ];
    let mut text = String::new();
    for (name, call) in cases {
        let error = call.send().await.unwrap_err();
        text += &format!("{name}: {}\n", shown(error.as_error(), &server.url));
    }
    insta::assert_snapshot!(text);
}
