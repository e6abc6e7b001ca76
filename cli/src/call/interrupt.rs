//! Running what waits, until it is done or somebody presses Ctrl-C.

use crate::exit::{Failure, GENERAL, INTERRUPTED};
use crate::output::print;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Runs work to its end. Ctrl-C ends it early, with a line of its own (v2's `errorhandler.py`).
pub(super) fn run<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::new(GENERAL, format!("cannot start: {error}")))?;
    let done = runtime.block_on(async {
        let mut work = pin!(work);
        let mut interrupted = pin!(tokio::signal::ctrl_c());
        let mut hears = true;
        poll_fn(|cx| {
            // First, so that it is heard from the start.
            if hears {
                match interrupted.as_mut().poll(cx) {
                    Poll::Ready(Ok(())) => return Poll::Ready(None),
                    // Where signals cannot be heard, they end the process without us.
                    Poll::Ready(Err(_)) => hears = false,
                    Poll::Pending => {}
                }
            }
            work.as_mut().poll(cx).map(Some)
        })
        .await
    });
    // What still goes on in threads, such as the reading of a file, is not waited for.
    runtime.shutdown_background();
    if let Some(done) = done {
        return done;
    }
    print("\n")?;
    Err(Failure::new(INTERRUPTED, ""))
}
