//! A server on the loopback interface that does to each request what its script says, however wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What to do to a request, one after another.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Send(Vec<u8>),
    /// Sends the same bytes again and again.
    Repeat(&'static [u8], usize),
    /// Sends a byte, waits, sends the next.
    Drip(&'static [u8], Duration),
    Pause(Duration),
    /// Says and does nothing until the client goes away.
    Hang,
    /// Breaks the connection off.
    Reset,
    Close,
}

pub(crate) struct Server {
    pub(crate) url: String,
    open: watch::Receiver<usize>,
    requests: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Server {
    /// The last line of the script is for all requests that follow.
    pub(crate) async fn start(script: Vec<Vec<Act>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (opened, open) = watch::channel(0);
        let requests = Arc::new(AtomicUsize::new(0));
        let connections = Arc::new(AtomicUsize::new(0));
        let served = Arc::clone(&requests);
        let accepted = Arc::clone(&connections);
        let script = Arc::new(script);
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                accepted.fetch_add(1, Ordering::SeqCst);
                let (script, served) = (Arc::clone(&script), Arc::clone(&served));
                let connection = Connection::new(opened.clone());
                tokio::spawn(async move {
                    serve(stream, &script, &served).await;
                    drop(connection);
                });
            }
        });
        Self { url, open, requests, connections, task }
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    /// How many connections there were.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Waits until no connection is open.
    pub(crate) async fn left_alone(&self, name: &str) {
        let mut open = self.open.clone();
        let none = open.wait_for(|open| *open == 0);
        let none = tokio::time::timeout(Duration::from_secs(5), none).await;
        assert!(none.is_ok(), "{name}: a connection stays open");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Counts the connections that are open.
struct Connection(watch::Sender<usize>);

impl Connection {
    fn new(open: watch::Sender<usize>) -> Self {
        open.send_modify(|open| *open += 1);
        Self(open)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.send_modify(|open| *open -= 1);
    }
}

/// A client that goes away is part of many tests, so that what fails here only ends the connection.
async fn serve(mut stream: TcpStream, script: &[Vec<Act>], served: &AtomicUsize) {
    let mut bytes = Vec::new();
    while read(&mut stream, &mut bytes).await.is_some() {
        let number = served.fetch_add(1, Ordering::SeqCst);
        for act in &script[number.min(script.len() - 1)] {
            if !carry_out(act, &mut stream).await {
                return;
            }
        }
    }
}

/// Whether the connection goes on.
async fn carry_out(act: &Act, stream: &mut TcpStream) -> bool {
    match act {
        Act::Send(bytes) => stream.write_all(bytes).await.is_ok(),
        Act::Repeat(bytes, times) => {
            for _ in 0..*times {
                if stream.write_all(bytes).await.is_err() {
                    return false;
                }
            }
            true
        }
        Act::Drip(bytes, pause) => {
            for byte in *bytes {
                if stream.write_all(&[*byte]).await.is_err() {
                    return false;
                }
                tokio::time::sleep(*pause).await;
            }
            true
        }
        Act::Pause(pause) => {
            tokio::time::sleep(*pause).await;
            true
        }
        Act::Hang => {
            let mut rest = [0; 1024];
            while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {}
            false
        }
        Act::Reset => {
            let _ = stream.set_zero_linger();
            false
        }
        Act::Close => {
            let _ = stream.shutdown().await;
            false
        }
    }
}

/// Reads a request with its body; nothing if there is none any more.
async fn read(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
    let end = head + length.map_or(0, |length| length.trim().parse().unwrap());
    while bytes.len() < end {
        if stream.read_buf(bytes).await.ok()? == 0 {
            return None;
        }
    }
    bytes.drain(..end);
    Some(())
}

/// Some bytes.
pub(crate) fn send(text: &str) -> Act {
    Act::Send(text.as_bytes().to_vec())
}

pub(crate) fn pause(millis: u64) -> Act {
    Act::Pause(Duration::from_millis(millis))
}

/// A whole answer; `headers` are lines.
pub(crate) fn answer(status: u16, headers: &str, body: &str) -> Act {
    let length = body.len();
    send(&format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{headers}\r\n{body}"))
}

pub(crate) fn ok() -> Vec<Act> {
    vec![answer(200, "content-type: application/json\r\n", r#"{"channels":[]}"#)]
}
