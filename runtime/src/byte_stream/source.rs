//! Bodies out of files and readers.

use super::ByteStream;
use bytes::Bytes;
use futures_core::Stream;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// How many bytes are read at once.
const CHUNK: usize = 64 * 1024;

impl ByteStream {
    /// What is in a file. Each attempt of a call opens it anew, and sends as many bytes as there are
    /// now; a file that has become shorter breaks the request off.
    ///
    /// It is read by a thread of its own, a chunk ahead, so that neither an async runtime nor other
    /// calls wait for a disk.
    ///
    /// Errors: there is no such file, or it cannot be read.
    pub fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path: Arc<Path> = Arc::from(path.as_ref());
        let metadata = File::open(&path).and_then(|file| file.metadata());
        let metadata = metadata.map_err(|error| named(&path, &error))?;
        if metadata.is_dir() {
            let message = format!("{} is a folder", path.display());
            return Err(io::Error::new(io::ErrorKind::IsADirectory, message));
        }
        let length = metadata.len();
        let open = move || {
            let path = Arc::clone(&path);
            Chunks::new(move || {
                let file = File::open(&path).map_err(|error| named(&path, &error))?;
                Ok(Exact { inner: file.take(length), length })
            })
        };
        Ok(Self::replayable(open).with_length(length))
    }

    /// What a reader gives. It can be sent once; say [`with_length`](Self::with_length) if it is
    /// known how much there is.
    ///
    /// It is read by a thread of its own, a chunk ahead; a reader that blocks for ever keeps that
    /// thread, whatever becomes of the call.
    pub fn from_read(reader: impl Read + Send + 'static) -> Self {
        Self::new(Chunks::new(move || Ok(reader)))
    }
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Not fewer bytes than there were.
struct Exact {
    inner: io::Take<File>,
    length: u64,
}

impl Read for Exact {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        let missing = self.inner.limit();
        if count == 0 && missing > 0 && !into.is_empty() {
            let (length, there) = (self.length, self.length - missing);
            let message = format!("the file had {length} bytes and has only {there} now");
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
        }
        Ok(count)
    }
}

/// The chunks that a thread reads, which begins when somebody asks for the first one.
struct Chunks {
    shared: Arc<Shared>,
    start: Option<Start>,
}

type Start = Box<dyn FnOnce(&Shared) + Send>;

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Tells the thread that there is room, or that nobody wants more.
    room: Condvar,
}

#[derive(Default)]
struct State {
    next: Option<io::Result<Bytes>>,
    ended: bool,
    /// Nobody wants more.
    dropped: bool,
    waker: Option<Waker>,
}

impl Chunks {
    fn new<R: Read>(open: impl FnOnce() -> io::Result<R> + Send + 'static) -> Self {
        let start = move |shared: &Shared| {
            let read = open().and_then(|mut reader| pump(&mut reader, shared));
            if let Err(error) = read {
                shared.put(Err(error));
            }
            shared.end();
        };
        Self { shared: Arc::default(), start: Some(Box::new(start)) }
    }
}

fn pump(reader: &mut impl Read, shared: &Shared) -> io::Result<()> {
    let mut chunk = vec![0; CHUNK];
    loop {
        match reader.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(count) => {
                let read = chunk.get(..count).unwrap_or_default();
                if !shared.put(Ok(Bytes::copy_from_slice(read))) {
                    return Ok(());
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a chunk over once there is room; `false` if nobody wants it.
    fn put(&self, chunk: io::Result<Bytes>) -> bool {
        let full = |state: &mut State| state.next.is_some() && !state.dropped;
        let state = self.room.wait_while(self.lock(), full);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        if state.dropped {
            return false;
        }
        state.next = Some(chunk);
        wake(state);
        true
    }

    fn end(&self) {
        let mut state = self.lock();
        state.ended = true;
        wake(state);
    }
}

/// The lock is not held while others are woken.
fn wake(mut state: MutexGuard<'_, State>) {
    let waker = state.waker.take();
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(start) = self.start.take() {
            let shared = Arc::clone(&self.shared);
            let named = std::thread::Builder::new().name("typefoundry-body".to_owned());
            if let Err(error) = named.spawn(move || start(&shared)) {
                self.shared.lock().ended = true;
                return Poll::Ready(Some(Err(error)));
            }
        }
        let mut state = self.shared.lock();
        if let Some(chunk) = state.next.take() {
            self.shared.room.notify_one();
            return Poll::Ready(Some(chunk));
        }
        if state.ended {
            return Poll::Ready(None);
        }
        state.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}

impl Drop for Chunks {
    fn drop(&mut self) {
        self.shared.lock().dropped = true;
        self.shared.room.notify_one();
    }
}
