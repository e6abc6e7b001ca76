//! Services that answer in the same process, or on a port: with the spec's examples, or with values
//! made from its shapes.

mod answer;
mod body;
mod check;
mod chunks;
#[cfg(feature = "event-stream")]
mod events;
mod fault;
mod finish;
mod handler;
mod kept;
#[cfg(any(feature = "aws", feature = "ncp"))]
mod keys;
mod made;
#[cfg(feature = "ncp")]
mod ncp_signature;
mod pages;
pub(super) mod pattern;
mod refuse;
mod route;
#[cfg(feature = "mock")]
mod server;
#[cfg(feature = "aws")]
mod signature;
#[cfg(test)]
mod tests;

pub use fault::{MockFault, MockFaultError};
pub use handler::{MockAnswer, MockRequest};
#[cfg(feature = "mock")]
pub use server::MockServer;

use super::{Api, ApiOperation, Dynamic};
use crate::BoxFuture;
use crate::schema::{Protocol, ServiceSchema};
use crate::transport::{Transport, TransportError, TransportErrorKind};
use bytes::Bytes;
use pattern::Patterns;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};
use typefoundry_spec as spec;

/// How many requests are kept, if nobody says.
const KEPT: usize = 10_000;

/// Answers the operations of one or several [`Api`]s, in every protocol that these speak.
///
/// A request that is like an example's input gets that example's outcome, an error included. Any
/// other gets the first example's output, or a value made from the shapes, the same every time.
///
/// [`new`](Self::new) takes any input that can be read, and answers with last pages;
/// [`of`](Self::of) is as strict as the specs are, and has several pages to turn.
///
/// A request may ask for an error of the spec in the header `x-typefoundry-error`, by its code or the
/// name of its structure.
///
/// Clones share what has been received.
#[derive(Clone, Debug)]
pub struct Mock {
    served: Arc<[Served]>,
    checks: bool,
    seed: u64,
    /// How many items there are on all pages; nothing for last pages alone.
    items: Option<usize>,
    faults: Vec<MockFault>,
    #[cfg(any(feature = "aws", feature = "ncp"))]
    keys: Vec<keys::Key>,
    handlers: handler::Handlers,
    /// How many requests are kept.
    kept: usize,
    received: Arc<Mutex<kept::Kept>>,
    count: Arc<AtomicU64>,
}

/// A service that is served.
#[derive(Debug)]
struct Served {
    api: Arc<Api>,
    /// The service in each protocol that it speaks and this build knows.
    speaks: Vec<ServiceSchema>,
    /// A part of the path or the host names a bucket.
    has_buckets: bool,
    patterns: Patterns,
}

impl Served {
    fn new(api: Arc<Api>) -> Self {
        let service = api.service();
        let mut protocols = service.protocols.to_vec();
        if !protocols.contains(&service.protocol) {
            protocols.insert(0, service.protocol);
        }
        let known = protocols.into_iter().filter(|it| it.missing_feature().is_none());
        let speaks = known.map(|protocol| ServiceSchema { protocol, ..service.clone() }).collect();
        let places_bucket = |member: &spec::Member| {
            member.binding == spec::Binding::Endpoint
                && member.endpoint_param.as_deref() == Some("Bucket")
        };
        let operations = &api.model().operations;
        let has_buckets = operations.iter().any(|it| it.input.iter().any(places_bucket));
        Self { speaks, has_buckets, patterns: Patterns::default(), api }
    }
}

impl Mock {
    /// A mock of a service, which takes any input that can be read.
    pub fn new(api: Arc<Api>) -> Self {
        Self { checks: false, items: None, ..Self::of([api]) }
    }

    /// A mock of services that checks inputs as the services would: lengths, ranges, enums, unions,
    /// unknown members and, with the feature `mock`, patterns. Of operations with pages it has
    /// [`items`](Self::items) on several of them.
    ///
    /// Requests are told apart by the service that they are signed for, and by what they call.
    pub fn of(apis: impl IntoIterator<Item = Arc<Api>>) -> Self {
        Self {
            served: apis.into_iter().map(Served::new).collect(),
            checks: true,
            seed: 0,
            items: Some(5),
            faults: Vec::new(),
            #[cfg(any(feature = "aws", feature = "ncp"))]
            keys: Vec::new(),
            handlers: handler::Handlers::default(),
            kept: KEPT,
            received: Arc::default(),
            count: Arc::default(),
        }
    }

    /// Whether inputs are checked, beyond that what is required is there and of its type.
    #[must_use]
    pub fn checked(self, checks: bool) -> Self {
        Self { checks, ..self }
    }

    /// How many items an operation with pages has, of which each page has two unless the request
    /// says otherwise. An example that has more keeps them.
    #[must_use]
    pub fn items(self, items: usize) -> Self {
        Self { items: Some(items), ..self }
    }

    /// Other values made from shapes, and other requests that faults hit; the same of the same seed.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// Something that goes wrong with some of the requests. Of several faults, the first that hits a
    /// request counts; pauses add up.
    #[must_use]
    pub fn fault(mut self, fault: MockFault) -> Self {
        self.faults.push(fault);
        self
    }

    /// A key by which requests have to be signed (Signature Version 4, in headers or in the query, with
    /// the chunks and events of bodies; 4a with the feature `sigv4a`; version 2 of forms and of S3;
    /// NAVER's signature v2). Without
    /// any, no signature is looked at.
    #[cfg(any(feature = "aws", feature = "ncp"))]
    #[must_use]
    pub fn verify(mut self, access_key_id: &str, secret_access_key: &str) -> Self {
        let (id, secret) = (access_key_id.to_owned(), secret_access_key.to_owned());
        self.keys.push(keys::Key { id, secret });
        self
    }

    /// A function that answers the calls of an operation, by its name in the spec. Of two functions
    /// for one operation the later one counts.
    #[must_use]
    pub fn on(
        mut self,
        operation: &str,
        answer: impl Fn(&MockRequest) -> MockAnswer + Send + Sync + 'static,
    ) -> Self {
        self.handlers.insert(operation, answer);
        self
    }

    /// How many requests are kept for [`requests`](Self::requests), of which the default is 10,000.
    #[must_use]
    pub fn kept(self, requests: usize) -> Self {
        Self { kept: requests, ..self }
    }

    /// The newest requests that were understood, the oldest first: as many as are
    /// [`kept`](Self::kept), and no more than have 64 MiB of bodies together.
    pub fn requests(&self) -> Vec<MockRequest> {
        self.lock().all()
    }

    /// What a request calls, and its input; nothing if it calls nothing that is served, or its input
    /// cannot be read.
    pub fn read(&self, request: &http::Request<Bytes>) -> Option<(&ApiOperation, Dynamic<'_>)> {
        self.understood(request)
    }

    /// Answers a request. Faults that are no answers, which are pauses and broken connections, are
    /// for those who have a connection.
    pub fn answer(&self, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        self.reply(request, false).response.unwrap_or_default()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, kept::Kept> {
        // Whoever panicked while holding the lock left whole entries behind.
        self.received.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Protocol {
    /// Whether bodies of answers are XML.
    fn answers_xml(self) -> bool {
        matches!(self, Self::RestXml | Self::Query | Self::Ec2Query)
    }
}

/// A pause is left to servers: nothing here could wait.
impl Transport for Mock {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let broken = || {
            let message = "the mock was told to break off some connections";
            TransportError::new(TransportErrorKind::Other, message)
        };
        let answer = self.reply(&request, true).response.ok_or_else(broken);
        Box::pin(std::future::ready(answer))
    }
}
