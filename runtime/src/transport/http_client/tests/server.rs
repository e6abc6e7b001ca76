//! A server that talks to a few connections, one after the other.

use std::io::Read;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::JoinHandle;

pub(super) const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi";

pub(super) struct Server {
    pub(super) address: SocketAddr,
    talking: JoinHandle<Vec<String>>,
}

impl Server {
    /// `talk` says what it heard.
    pub(super) fn start(
        connections: usize,
        talk: impl Fn(TcpStream) -> String + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let talking = std::thread::spawn(move || {
            (0..connections).map(|_| talk(listener.accept().unwrap().0)).collect()
        });
        Self { address, talking }
    }

    pub(super) fn heard(self) -> Vec<String> {
        self.talking.join().unwrap()
    }
}

/// What comes up to an empty line, or all of it.
pub(super) fn head(stream: &mut impl Read) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|length| length > 0) {
        head.extend(byte);
    }
    String::from_utf8(head).unwrap()
}
