//! For the tests of those who use a client (the feature `testing`): typed stubs in place of a
//! service, values to answer with, and exchanges that were recorded once ([`Recorder`]) and are
//! played back ([`Cassette`]).
//!
//! ```
//! # use typefoundry::{Model, Operation, Service, ServiceError, Modeled};
//! # #[derive(Clone, Copy, Debug, Service)]
//! # #[service(id = "acme/pets", title = "Pets", endpoint = "https://pets.example.com", error = Error)]
//! # struct Pets;
//! # #[derive(Debug, ServiceError)]
//! # #[service_error(service = Pets)]
//! # enum Error {
//! #     NotFound(Box<Modeled<NotFound>>),
//! #     #[service_error(other)]
//! #     Other(typefoundry::Error),
//! # }
//! # #[derive(Model)]
//! # struct NotFound { what: Option<String> }
//! # #[derive(Model, Operation)]
//! # #[operation(service = Pets, output = GetPetOutput, http = "GET /pets/{name}")]
//! # struct GetPet { #[model(label)] name: String }
//! # #[derive(Model)]
//! # struct GetPetOutput { age: i32 }
//! # type Client = typefoundry::Client<Pets>;
//! use typefoundry::testing::{Stub, made};
//!
//! let stub = Stub::new();
//! stub.on(|input: GetPet| match &*input.name {
//!     "Rex" => Ok(made(|output: &mut GetPetOutput| output.age = 3)),
//!     other => Err(made(|error: &mut NotFound| error.what = Some(other.to_owned())).into()),
//! });
//! let client: Client = Client::new(stub.config().build()?)?;
//! # let future = async {
//! let rex = client.fluent::<GetPet>().name("Rex").send().await?;
//! assert_eq!(rex.age, 3);
//! assert_eq!(stub.calls::<GetPet>().len(), 1);
//! # Ok::<(), Error>(()) };
//! # use std::task::{Context, Poll, Waker};
//! # let Poll::Ready(done) = std::pin::pin!(future).poll(&mut Context::from_waker(Waker::noop()))
//! #     else { panic!("it waits") };
//! # done?;
//! # Ok::<(), Error>(())
//! ```

mod cassette;
mod fault;
mod stub;
#[cfg(test)]
mod tests;

pub use cassette::{Cassette, Recorder};
pub use fault::Fault;
pub use stub::Stub;

use crate::value::Empty;

/// A value with what a function fills in. What it leaves out has its empty value, also where it is
/// required.
///
/// Outputs may get members with a newer spec, so that they cannot be written as a literal; and those
/// with required members have no `Default`.
pub fn made<T: Empty>(fill: impl FnOnce(&mut T)) -> T {
    let mut value = T::empty();
    fill(&mut value);
    value
}
