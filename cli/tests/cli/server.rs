//! A server on this machine that gives prepared answers, one per connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// `POST /ListChannels HTTP/1.1`
    pub(crate) line: String,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| &**value)
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{}: {e}", self.body))
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Gives these bytes, in turn, and closes the connection behind each.
    pub(crate) fn new(answers: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Self {
        Self::after(Duration::ZERO, answers)
    }

    /// Takes its time before each answer.
    #[cfg(unix)]
    pub(crate) fn slow(answers: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Self {
        Self::after(Duration::from_millis(300), answers)
    }

    fn after(pause: Duration, answers: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let answers: Vec<Vec<u8>> = answers.into_iter().map(Into::into).collect();
        let seen = Arc::clone(&requests);
        // Nobody waits for it: it ends with its last answer, or with the process.
        std::thread::spawn(move || {
            for answer in answers {
                let Ok((stream, _)) = listener.accept() else { return };
                let request = read(&stream);
                // Noted before the answer goes out, so that it is there when the client is done.
                seen.lock().expect("no panic").push(request);
                let mut stream = stream;
                std::thread::sleep(pause);
                // A client that has gone away is what some tests are about.
                let _ = stream.write_all(&answer);
            }
        });
        Self { url, requests }
    }

    /// What came so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("no panic").clone()
    }
}

pub(crate) fn read(stream: impl Read) -> Request {
    let mut reader = BufReader::new(stream);
    let mut lines = std::iter::from_fn(|| {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        Some(line.trim_end().to_owned()).filter(|line| !line.is_empty())
    });
    let line = lines.next().expect("a request line");
    let headers: Vec<_> = lines
        .filter_map(|line| {
            let (name, value) = line.split_once(": ")?;
            Some((name.to_ascii_lowercase(), value.to_owned()))
        })
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, length)| length.parse().expect("a length"));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let body = String::from_utf8(body).expect("UTF-8");
    Request { line, headers, body }
}

/// An answer with a body.
pub(crate) fn answer(status: &str, content_type: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    )
}

/// A JSON answer of success.
pub(crate) fn ok(body: &str) -> String {
    answer("200 OK", "application/json", body)
}
