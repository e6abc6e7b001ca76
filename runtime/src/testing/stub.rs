//! Functions in place of a service.

use super::fault::{Fault, unable};
use crate::binding::{is_call_of, read_request, write_response};
use crate::client::{ConfigBuilder, NoRetry, Operation, Service};
use crate::transport::{Transport, TransportError};
use crate::{BoxFuture, Config};
use bytes::Bytes;
use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Functions in place of a service: an operation's is called with the input that was sent, and says
/// what comes back. Requests are really written and answers really read, each as the service's
/// protocol has it; only the network is left out.
///
/// [The module](crate::testing) shows one at work, and [`made`](super::made) makes what it answers with.
///
/// Clones share the functions. An operation without one is answered with an error that names it.
#[derive(Clone, Default)]
pub struct Stub {
    operations: Arc<Mutex<Vec<Stubbed>>>,
}

struct Stubbed {
    name: &'static str,
    labels: usize,
    is_called: fn(&http::Request<Bytes>) -> bool,
    answer: Arc<Answer>,
    /// The inputs that came, of the operation's type
    calls: Vec<Box<dyn Any + Send>>,
}

type Answered = Result<http::Response<Bytes>, TransportError>;
type Answer =
    dyn Fn(&http::Request<Bytes>) -> (Option<Box<dyn Any + Send>>, Answered) + Send + Sync;

impl Stub {
    /// Without an operation.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers calls of an operation. Of two functions for one operation the later one counts.
    ///
    /// An error structure becomes a [`Fault`] by `.into()`.
    pub fn on<O: Operation>(
        &self,
        answer: impl Fn(O) -> Result<O::Output, Fault> + Send + Sync + 'static,
    ) {
        let (service, operation) = (O::Service::schema(), O::schema());
        let answer = move |request: &http::Request<Bytes>| {
            let mut input = O::empty();
            if let Err(error) = read_request(service, operation, request, &mut input) {
                let name = &operation.name;
                return (None, Err(unable(format!("a call of {name} cannot be read: {error}"))));
            }
            let kept = Box::new(input.clone());
            let answered = match answer(input) {
                Ok(output) => Ok(write_response(service, operation, &output)),
                Err(fault) => fault.answer(service),
            };
            (Some(kept as Box<dyn Any + Send>), answered)
        };
        let stubbed = Stubbed {
            name: &operation.name,
            labels: operation.uri.matches('{').count(),
            is_called: |request| is_call_of(O::Service::schema(), O::schema(), request),
            answer: Arc::new(answer),
            calls: Vec::new(),
        };
        let mut operations = self.lock();
        operations.retain(|known| known.name != stubbed.name);
        operations.push(stubbed);
        // Several may answer to a path; the one with the fewest labels is meant.
        operations.sort_by_key(|known| known.labels);
    }

    /// The inputs with which an operation was called so far.
    pub fn calls<O: Operation>(&self) -> Vec<O> {
        let operations = self.lock();
        let known = operations.iter().find(|known| known.name == O::schema().name);
        let calls = known.map_or(&[][..], |known| &known.calls);
        calls.iter().filter_map(|call| call.downcast_ref().cloned()).collect()
    }

    /// Settings of a client that calls the stub: with a region, without credentials, and without
    /// retries.
    pub fn config(&self) -> ConfigBuilder {
        Config::builder().region("us-east-1").unsigned().retry(NoRetry).transport(self.clone())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Stubbed>> {
        self.operations.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Stub {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Answered> {
        let found = self
            .lock()
            .iter()
            .find(|known| (known.is_called)(&request))
            .map(|known| (known.name, Arc::clone(&known.answer)));
        let answered = match found {
            None => Err(unable(format!(
                "no function of the stub answers {} {}; it has some for {}",
                request.method(),
                request.uri().path(),
                self.names()
            ))),
            // The lock is not held while the function runs: it may look at the calls.
            Some((name, answer)) => {
                let (input, answered) = answer(&request);
                let mut operations = self.lock();
                let known = operations.iter_mut().find(|known| known.name == name);
                if let (Some(known), Some(input)) = (known, input) {
                    known.calls.push(input);
                }
                answered
            }
        };
        Box::pin(std::future::ready(answered))
    }
}

impl Stub {
    fn names(&self) -> String {
        let operations = self.lock();
        let names: Vec<_> = operations.iter().map(|known| known.name).collect();
        if names.is_empty() { "no operation".to_owned() } else { names.join(", ") }
    }
}

impl fmt::Debug for Stub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations = self.lock();
        let calls = operations.iter().map(|known| (known.name, known.calls.len()));
        f.debug_map().entries(calls).finish()
    }
}
