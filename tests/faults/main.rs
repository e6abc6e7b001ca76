//! Servers that misbehave, and what comes of it: the exact error or recovery, no connection that
//! stays behind, and no memory.
//!
//! Over sockets in real time, with limits of 10 to 200 ms; over a transport in memory in virtual
//! time. The two never mix: a clock that stands still while nothing happens jumps to the next timer
//! at once beside a socket that is about to be ready.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::format_push_string, reason = "a snapshot's text is no matter of speed")]

mod bodies;
mod memory;
mod server;
mod soak;
mod sockets;
mod virtual_time;

use tokio::sync::{Mutex, MutexGuard};

/// Memory is counted for the whole process, so tests run one after another.
static ALONE: Mutex<()> = Mutex::const_new(());

async fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().await
}

/// An error as a user and a program see it, with what lies behind. Ports differ from run to run, and
/// so do the words of operating systems, which are not shown.
fn shown(error: &typefoundry::Error, url: &str) -> String {
    let mut text = format!("{error}\n  {:?}", error.kind());
    if let Some(kind) = error.transport() {
        text += &format!(", {kind:?}");
    }
    if let Some(limit) = error.timeout() {
        text += &format!(", {limit}");
    }
    let retryable = if error.is_retryable() { "may help" } else { "does not help" };
    text += &format!(", trying again {retryable}");
    text.replace(url, "http://server")
}
