//! Processes, as something that a test can stand in for.

use crate::BoxFuture;
use std::fmt;
use std::future::poll_fn;
use std::io::{self, Read as _};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

/// The most bytes of output that are read.
const MOST_BYTES: u64 = 1 << 20;

/// Runs programs that print credentials.
pub trait Processes: fmt::Debug + Send + Sync {
    /// Runs a program with arguments, without a shell, and waits for its end.
    fn run<'a>(&'a self, command: &'a [String]) -> BoxFuture<'a, io::Result<ProcessOutput>>;
}

/// What came of a process.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProcessOutput {
    /// The exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to its standard output
    pub stdout: Vec<u8>,
}

impl ProcessOutput {
    /// The exit code, and what was written to standard output.
    pub fn new(code: Option<i32>, stdout: impl Into<Vec<u8>>) -> Self {
        Self { code, stdout: stdout.into() }
    }
}

/// What a process prints may be secret.
impl fmt::Debug for ProcessOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProcessOutput({:?}, {} bytes)", self.code, self.stdout.len())
    }
}

/// No process can be run.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProcesses;

impl Processes for NoProcesses {
    fn run<'a>(&'a self, _: &'a [String]) -> BoxFuture<'a, io::Result<ProcessOutput>> {
        Box::pin(std::future::ready(Err(io::ErrorKind::Unsupported.into())))
    }
}

/// The processes of the system.
///
/// A thread waits for each, so that no particular async runtime is needed. Standard input is this
/// process's own, for programs that ask; standard error leads nowhere. A process that nobody waits
/// for any more is killed.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemProcesses;

impl Processes for SystemProcesses {
    fn run<'a>(&'a self, command: &'a [String]) -> BoxFuture<'a, io::Result<ProcessOutput>> {
        Box::pin(async move {
            let mut running = Running::start(command)?;
            poll_fn(|cx| running.poll(cx.waker())).await
        })
    }
}

struct Running(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    child: Option<Child>,
    waker: Option<Waker>,
    done: Option<io::Result<ProcessOutput>>,
}

impl Running {
    fn start(command: &[String]) -> io::Result<Self> {
        let (program, arguments) =
            command.split_first().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdout = child.stdout.take();
        let running = Self(Arc::default());
        lock(&running.0).child = Some(child);
        let state = Arc::clone(&running.0);
        std::thread::Builder::new().name("credentials".to_owned()).spawn(move || {
            let mut output = Vec::new();
            let read = stdout.map_or(Ok(0), |it| it.take(MOST_BYTES).read_to_end(&mut output));
            // Taken out, so that nobody waits for the lock while this waits for the process.
            let child = lock(&state).child.take();
            let ended = child.map(|mut child| child.wait()).transpose();
            let done = read
                .and(ended)
                .map(|status| ProcessOutput::new(status.and_then(|status| status.code()), output));
            let mut state = lock(&state);
            state.done = Some(done);
            if let Some(waker) = state.waker.take() {
                drop(state);
                waker.wake();
            }
        })?;
        Ok(running)
    }

    fn poll(&mut self, waker: &Waker) -> Poll<io::Result<ProcessOutput>> {
        let mut state = lock(&self.0);
        if let Some(done) = state.done.take() {
            return Poll::Ready(done);
        }
        state.waker = Some(waker.clone());
        Poll::Pending
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = &mut lock(&self.0).child {
            // It has ended by itself, or cannot be ended: nobody is left to hear of it.
            let _ = child.kill();
        }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
