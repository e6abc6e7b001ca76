//! Running a future on the present thread.

use crate::error::Error;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

/// Wakes a thread that sleeps.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.unpark();
    }
}

/// What a future gives; the thread sleeps until it is there.
///
/// Errors: this thread must not wait, or there is nobody to look after sockets and timers.
pub(super) fn run<F: Future>(future: F) -> Result<F::Output, Error> {
    #[cfg(feature = "http-client")]
    let _entered = reactor::enter()?;
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return Ok(output);
        }
        // It may wake for nothing, and is asked again then.
        std::thread::park();
    }
}

#[cfg(feature = "http-client")]
mod reactor {
    use crate::blocking::{MAY_WAIT, refused};
    use crate::client::unconfigured;
    use crate::error::Error;
    use std::sync::{Mutex, PoisonError};
    use tokio::runtime::{Builder, EnterGuard, Handle};

    /// What looks after sockets and timers, once it was needed.
    static REACTOR: Mutex<Option<&'static Handle>> = Mutex::new(None);

    /// Makes this thread one whose sockets and timers are looked after.
    pub(super) fn enter() -> Result<EnterGuard<'static>, Error> {
        if Handle::try_current().is_ok() && !MAY_WAIT.get() {
            return Err(refused());
        }
        Ok(handle()?.enter())
    }

    fn handle() -> Result<&'static Handle, Error> {
        let mut reactor = REACTOR.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(handle) = *reactor {
            return Ok(handle);
        }
        let failed = |error: std::io::Error| {
            let message = "blocking calls cannot be made: nothing can look after their sockets";
            unconfigured(message).with_source(error)
        };
        let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
        // It is there as long as the process is.
        let handle: &'static Handle = Box::leak(Box::new(runtime.handle().clone()));
        let named = std::thread::Builder::new().name("typefoundry-blocking".to_owned());
        named.spawn(move || runtime.block_on(std::future::pending::<()>())).map_err(failed)?;
        *reactor = Some(handle);
        Ok(handle)
    }
}
