//! Bodies that are streams: out of files, and into them.

use super::input::reason;
use crate::exit::{Failure, GENERAL};
use crate::terminal::Progress;
use std::fmt;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use typefoundry::ByteStream;
use typefoundry::dynamic::Dynamic;
use typefoundry::value::{Structure, View};

/// Is told how many bytes have gone so far, and how many there will be, where that is known.
#[derive(Clone)]
pub(super) struct OnProgress(pub(super) Arc<dyn Fn(u64, Option<u64>) + Send + Sync>);

impl OnProgress {
    /// Draws a bar at a terminal.
    pub(super) fn bar() -> Self {
        let bar = Mutex::new(Progress::new());
        Self(Arc::new(move |so_far, whole| {
            if let Ok(mut bar) = bar.lock() {
                bar.bytes(so_far, whole);
            }
        }))
    }
}

impl fmt::Debug for OnProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnProgress")
    }
}

/// What is in a file, as a body. It is read as it is sent.
pub(super) fn from_file(
    path: &Path,
    on_progress: Option<OnProgress>,
) -> Result<ByteStream, Failure> {
    let body =
        ByteStream::from_path(path).map_err(|error| Failure::new(GENERAL, reason(&error, path)))?;
    Ok(watched(body, on_progress))
}

/// Takes bytes out of an answer that was read as a whole; none if it has none.
pub(super) fn take(answer: &mut Dynamic<'_>, member: &str) -> ByteStream {
    let structure: &mut dyn Structure = answer;
    let Some(member) = structure.get_mut(member) else { return ByteStream::default() };
    let bytes = match member.view() {
        View::Blob(bytes) => bytes.to_vec(),
        _ => Vec::new(),
    };
    member.clear();
    ByteStream::from(bytes)
}

/// Puts a body into a file as it comes. What was in the file before is gone.
pub(super) async fn to_file(
    body: ByteStream,
    path: &Path,
    on_progress: Option<OnProgress>,
) -> Result<(), Failure> {
    let failed = |error: &std::io::Error| Failure::new(GENERAL, reason(error, path));
    let mut file = File::create(path).map_err(|error| failed(&error))?;
    let mut body = watched(body, on_progress);
    while let Some(chunk) = body.next().await {
        let chunk = chunk
            .map_err(|error| Failure::new(GENERAL, format!("the answer broke off: {error}")))?;
        file.write_all(&chunk).map_err(|error| failed(&error))?;
    }
    file.flush().map_err(|error| failed(&error))
}

fn watched(body: ByteStream, on_progress: Option<OnProgress>) -> ByteStream {
    match on_progress {
        Some(OnProgress(tell)) => body.on_progress(move |so_far, whole| tell(so_far, whole)),
        None => body,
    }
}
