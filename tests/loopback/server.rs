//! A small HTTP/1.1 server on the loopback interface. It takes one request per connection, does
//! what its script says next, and closes; behind the end of the script it is not there any more.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use typefoundry::client::NoRetry;
use typefoundry::transport::HttpTransport;
use typefoundry::{Config, Credentials};
use typefoundry_clients::{aws, ncp};

pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Recorded>>>,
    count: watch::Receiver<usize>,
}

/// What to send once a request is there; then the connection is closed.
pub(crate) enum Answer {
    Bytes(Vec<u8>),
    /// The same, but not before it is told to.
    Held(Arc<Notify>, Vec<u8>),
}

#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Recorded {
    pub(crate) fn header(&self, name: &str) -> &str {
        let header = self.headers.iter().find(|(key, _)| key == name);
        header.map_or("", |(_, value)| value)
    }

    pub(crate) fn path(&self) -> &str {
        self.line.split(' ').nth(1).unwrap_or_default()
    }
}

/// A whole answer with a JSON body.
pub(crate) fn json(status: u16, body: &str) -> Answer {
    whole(status, "content-type: application/json\r\n", body)
}

/// A whole answer; `headers` are lines.
pub(crate) fn whole(status: u16, headers: &str, body: &str) -> Answer {
    let length = body.len();
    raw(&format!(
        "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    ))
}

/// Whatever is to be sent.
pub(crate) fn raw(text: &str) -> Answer {
    Answer::Bytes(text.as_bytes().to_vec())
}

impl Server {
    pub(crate) async fn start(script: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (sender, count) = watch::channel(0);
        let recorded = Arc::clone(&requests);
        tokio::spawn(async move {
            for answer in script {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read(&mut stream).await;
                recorded.lock().unwrap().push(request);
                sender.send_modify(|count| *count += 1);
                let bytes = match answer {
                    Answer::Bytes(bytes) => bytes,
                    Answer::Held(gate, bytes) => {
                        gate.notified().await;
                        bytes
                    }
                };
                // A client that has gone away is part of some tests.
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
            }
        });
        Self { url, requests, count }
    }

    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.requests.lock().unwrap().clone()
    }

    /// Waits until so many requests have come.
    pub(crate) async fn received(&self, number: usize) {
        let mut count = self.count.clone();
        count.wait_for(|count| *count >= number).await.unwrap();
    }

    pub(crate) fn ivs(&self) -> aws::ivs::Client {
        aws::ivs::Client::new(config(&self.url)).unwrap()
    }

    pub(crate) fn ivs_realtime(&self) -> aws::ivs_realtime::Client {
        aws::ivs_realtime::Client::new(config(&self.url)).unwrap()
    }

    pub(crate) fn livestation(&self) -> ncp::livestation::Client {
        ncp::livestation::Client::new(config(&self.url)).unwrap()
    }
}

pub(crate) fn config(url: &str) -> Config {
    Config::builder()
        .region("us-west-2")
        .endpoint(url)
        .credentials(Credentials::new("AKIDEXAMPLE", "a-secret-key"))
        .transport(HttpTransport::without_proxies().unwrap())
        .retry(NoRetry)
        .build()
        .unwrap()
}

async fn read(stream: &mut TcpStream) -> Recorded {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "a request without an end");
    };
    let text = String::from_utf8(bytes[..head].to_vec()).unwrap();
    let mut lines = text.split("\r\n");
    let line = lines.next().unwrap().to_owned();
    let headers: Vec<_> = lines
        .map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_ascii_lowercase(), value.trim().to_owned())
        })
        .collect();
    let mut recorded = Recorded { line, headers, body: String::new() };
    let length = recorded.header("content-length").parse().unwrap_or(0);
    let mut body = bytes.split_off(head + 4);
    while body.len() < length {
        assert_ne!(stream.read_buf(&mut body).await.unwrap(), 0, "a body without an end");
    }
    recorded.body = String::from_utf8(body).unwrap();
    recorded
}
