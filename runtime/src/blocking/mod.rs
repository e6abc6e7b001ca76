//! Calls that block the thread until they are done (the feature `blocking`), for programs without
//! an async runtime.
//!
//! There is no second client: a call, a page, a stream is the same value, and [`Wait`] at its end
//! takes the place of `.await`. So retries, time limits, credentials and pages are the same too.
//!
//! ```
//! # use typefoundry::{Model, Operation, Service, ServiceError, testing::{Stub, made}};
//! # #[derive(Clone, Copy, Debug, Service)]
//! # #[service(id = "acme/pets", title = "Pets", endpoint = "https://pets.example.com", error = Error)]
//! # struct Pets;
//! # #[derive(Debug, ServiceError)]
//! # #[service_error(service = Pets)]
//! # enum Error { #[service_error(other)] Other(typefoundry::Error) }
//! # #[derive(Model, Operation)]
//! # #[operation(service = Pets, output = ListPetsOutput, http = "GET /pets",
//! #     pages(token("next", "next"), items = "pets", item = String))]
//! # struct ListPets { #[model(query = "next")] next: Option<String> }
//! # #[derive(Model)]
//! # struct ListPetsOutput { pets: Option<Vec<String>>, next: Option<String> }
//! # let stub = Stub::new();
//! # stub.on(|_: ListPets| Ok(made(|page: &mut ListPetsOutput| page.pets = Some(vec!["Rex".into()]))));
//! # let config = stub.config().build()?;
//! use typefoundry::blocking::{Wait, WaitEach};
//!
//! let client = typefoundry::Client::<Pets>::new(config)?;
//! let page = client.fluent::<ListPets>().send().wait()?;
//! # assert_eq!(page.pets.as_ref().map(Vec::len), Some(1));
//! for pet in client.fluent::<ListPets>().items().wait_each() {
//!     println!("{}", pet?);
//! }
//! # Ok::<(), Error>(())
//! ```
//!
//! The body of an answer is read with [`ByteStream::into_read`]; that of a request comes from a file
//! or a reader with [`ByteStream::from_path`] and [`ByteStream::from_read`].
//!
//! # Inside of an async runtime
//!
//! Whoever waits inside of a tokio runtime gets an error of the kind
//! [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) instead of a thread that stands
//! still with all its tasks. `spawn_blocking`'s threads may wait, but cannot be told apart: there,
//! [`on_this_thread`] says so. (A build without the feature `http-client` knows nothing of tokio and
//! waits anywhere.)
//!
//! # What runs where
//!
//! A call runs on the thread that waits for it; so nothing in it has to be `Send`, and dropping it
//! ends it. Sockets and timers need somebody who looks after them, also between two calls, so that
//! connections that are kept do not go stale. With the feature `http-client` that is one thread per
//! process with tokio's single-threaded runtime, which is started by the first call and serves all
//! clients and threads. (A runtime for each client would have to outlive the connections in the
//! clones of it, and would stand still while nobody waits.) A client waits for its calls this way or
//! in an async runtime: its connections belong to the runtime that opened them.

mod each;
mod park;
mod read;
#[cfg(all(test, feature = "testing"))]
mod tests;

pub use each::{Each, WaitEach};
pub use read::Reader;

use crate::ByteStream;
use crate::error::Error;
use std::cell::Cell;

/// Waits for what a future gives: a call, a page, an event.
pub trait Wait: IntoFuture + Sized {
    /// Blocks the thread until it is there.
    ///
    /// Errors: what the future itself gives, or that this thread must not wait.
    fn wait(self) -> Self::Output
    where
        Self::Output: Outcome,
    {
        match park::run(self.into_future()) {
            Ok(output) => output,
            Err(refused) => Self::Output::refused(refused),
        }
    }
}

impl<F: IntoFuture> Wait for F {}

/// What can say that nobody may wait for it.
pub trait Outcome {
    /// Says it.
    fn refused(error: Error) -> Self;
}

impl<T, E: From<Error>> Outcome for Result<T, E> {
    fn refused(error: Error) -> Self {
        Err(error.into())
    }
}

impl<T, E: From<Error>> Outcome for Option<Result<T, E>> {
    fn refused(error: Error) -> Self {
        Some(Err(error.into()))
    }
}

thread_local! {
    static MAY_WAIT: Cell<bool> = const { Cell::new(false) };
}

/// Says that this thread may wait, although an async runtime knows it: inside of tokio's
/// `spawn_blocking`.
///
/// ```
/// # async fn run(client: impl Fn() -> Result<(), typefoundry::Error> + Send + 'static) {
/// # mod tokio { pub mod task { pub async fn spawn_blocking<T>(f: impl FnOnce() -> T) -> T { f() } } }
/// tokio::task::spawn_blocking(move || typefoundry::blocking::on_this_thread(client)).await;
/// # }
/// ```
pub fn on_this_thread<T>(run: impl FnOnce() -> T) -> T {
    /// Also where `run` panics.
    struct Back(bool);

    impl Drop for Back {
        fn drop(&mut self) {
            MAY_WAIT.set(self.0);
        }
    }

    let _back = Back(MAY_WAIT.replace(true));
    run()
}

/// Why this thread must not wait.
#[cfg(feature = "http-client")]
fn refused() -> Error {
    crate::client::unconfigured(
        "a blocking call was made inside of an async runtime, whose tasks would all stand still: \
         use `.await` there, or `spawn_blocking` with `typefoundry::blocking::on_this_thread`",
    )
}

impl ByteStream {
    /// The bytes as a [`Read`](std::io::Read), which blocks the thread while it waits for them.
    pub fn into_read(self) -> Reader {
        Reader::new(self)
    }
}
