//! A mock on a port: HTTP/1.1, as any client speaks it.

use super::answer::Reply;
use super::{Mock, MockRequest};
use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener as StdListener};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// The largest body that is taken.
const LIMIT: usize = 256 << 20;

/// A mock that listens, on a thread of its own, until it is dropped.
#[derive(Debug)]
pub struct MockServer {
    address: SocketAddr,
    mock: Mock,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Is told a line of each request: its status and what it called.
type Tell = Arc<dyn Fn(&str) + Send + Sync>;

impl Mock {
    /// Listens on a free port of the loopback interface.
    pub fn serve(self) -> io::Result<MockServer> {
        self.serve_on(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
    }

    /// Listens on an address; port 0 is any that is free.
    pub fn serve_on(self, address: SocketAddr) -> io::Result<MockServer> {
        MockServer::start(self, address, Arc::new(|_| {}))
    }

    /// Listens on an address, and tells a line of each request: `200 aws/ivs ListChannels`.
    pub fn serve_and_tell(
        self,
        address: SocketAddr,
        tell: impl Fn(&str) + Send + Sync + 'static,
    ) -> io::Result<MockServer> {
        MockServer::start(self, address, Arc::new(tell))
    }
}

impl MockServer {
    fn start(mock: Mock, address: SocketAddr, tell: Tell) -> io::Result<Self> {
        let listener = StdListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let answering = mock.clone();
        let thread = std::thread::Builder::new().name("mock".to_owned()).spawn(move || {
            runtime.block_on(listen(listener, answering, tell, stopped));
        })?;
        Ok(Self { address, mock, stop: Some(stop), thread: Some(thread) })
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The endpoint for clients: `http://127.0.0.1:8080`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The newest requests that were understood, the oldest first: see [`Mock::requests`].
    pub fn requests(&self) -> Vec<MockRequest> {
        self.mock.requests()
    }

    /// Blocks for as long as it listens, which is until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn listen(listener: StdListener, mock: Mock, tell: Tell, stopped: oneshot::Receiver<()>) {
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    let mut stopped = pin!(stopped);
    loop {
        let accepted = poll_fn(|cx| match stopped.as_mut().poll(cx) {
            Poll::Ready(_) => Poll::Ready(None),
            Poll::Pending => listener.poll_accept(cx).map(Some),
        });
        match accepted.await {
            None => return,
            Some(Err(error)) => tokio::time::sleep(pause_after(&error)).await,
            Some(Ok((stream, _))) => {
                tokio::spawn(talk(stream, mock.clone(), Arc::clone(&tell)));
            }
        }
    }
}

/// How long to wait after a connection that could not be taken. One that ended before it began is
/// nobody's trouble; where there are no more files, there are none right after either.
fn pause_after(error: &io::Error) -> Duration {
    match error.kind() {
        io::ErrorKind::ConnectionAborted
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::Interrupted => Duration::ZERO,
        _ => Duration::from_millis(50),
    }
}

/// Answers the requests of a connection.
async fn talk(stream: TcpStream, mock: Mock, tell: Tell) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request: http::Request<Incoming>| {
        let (mock, tell) = (mock.clone(), Arc::clone(&tell));
        async move {
            let (head, body) = request.into_parts();
            let Some(body) = whole(body).await? else {
                return Ok::<_, Broken>(too_large());
            };
            let Reply { pause, response, called } =
                mock.reply(&http::Request::from_parts(head, body), true);
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
            let called = called.as_deref().unwrap_or("(no operation)");
            let status = response.as_ref().map(http::Response::status);
            let status = status.as_ref().map_or("---", http::StatusCode::as_str);
            tell(&format!("{status} {called}"));
            Ok(response.ok_or(Broken::Told)?.map(|body| Whole(Some(body))))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        // Whoever has said all there is may say so, and is answered all the same.
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    // Whatever ends a connection, there is nobody left to be told.
    let _ = connection.as_mut().await;
}

/// Why a connection ends.
#[derive(Debug)]
enum Broken {
    Told,
    Body(hyper::Error),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Told => f.write_str("the mock was told to break off some connections"),
            Self::Body(error) => write!(f, "the body did not come as a whole: {error}"),
        }
    }
}

impl std::error::Error for Broken {}

/// A body that is all there; nothing if it is too large.
async fn whole(mut body: Incoming) -> Result<Option<Bytes>, Broken> {
    let mut all = Vec::new();
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        if let Ok(data) = frame.map_err(Broken::Body)?.into_data() {
            if all.len() + data.len() > LIMIT {
                return Ok(None);
            }
            all.extend_from_slice(&data);
        }
    }
    Ok(Some(all.into()))
}

fn too_large() -> http::Response<Whole> {
    let mut response = http::Response::new(Whole(None));
    *response.status_mut() = http::StatusCode::PAYLOAD_TOO_LARGE;
    response
}

/// A body of one piece.
struct Whole(Option<Bytes>);

impl Body for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().filter(|body| !body.is_empty()).map(|body| Ok(Frame::data(body))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, Bytes::len) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without a pause, a process that has used up its files would do nothing but ask for more.
    #[test]
    fn a_connection_that_cannot_be_taken_is_waited_for() {
        let too_many_files = io::Error::from_raw_os_error(24);
        assert!(!pause_after(&too_many_files).is_zero());
        assert!(pause_after(&io::ErrorKind::ConnectionAborted.into()).is_zero());
    }
}
