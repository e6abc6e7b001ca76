//! Endpoints that a service is asked for (`discovery.py` in botocore).

#[cfg(test)]
mod tests;

use super::Dialect;
use super::recent::Recent;
use crate::auth::Flight;
use crate::client::dialect::{Caller, Cx, Discover, Settings};
use crate::client::{Clock, Core, Setting};
use crate::error::{Error, ErrorKind};
use crate::schema::{Flags, OperationSchema, OperationTraits};
use crate::value::{Empty, Structure, Value, View};
use crate::{BoxFuture, Map, Model, Timestamp};
use std::borrow::Cow;
use std::fmt;
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The setting that says which operations' endpoints are asked for.
pub(super) const ENABLED: &str = "endpoint_discovery_enabled";

/// So many seconds after a failure nothing is asked.
const AFTER_FAILURE: i64 = 60;

/// The endpoints that a client's service has named.
#[derive(Debug, Default)]
pub(super) struct Endpoints(Recent<Key, Arc<Entry>>);

/// What endpoints are of: all operations in a region, or one with the identifiers in its input.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    region: String,
    is_fips: bool,
    asked: Option<Asked>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    operation: String,
    identifiers: Vec<(String, String)>,
}

impl Endpoints {
    /// What is to be asked before the attempts of a call, if anything is.
    pub(super) fn of(
        &self,
        cx: Cx<'_>,
        input: &dyn Structure,
        caller: Caller<'_>,
        dialect: impl FnOnce() -> Dialect,
    ) -> Result<Option<Box<dyn Discover>>, Error> {
        let Some(discovery) = &cx.service.discovery else { return Ok(None) };
        let settings = caller.settings();
        let required = discovery.required.contains(&cx.operation.name);
        let optional = discovery.optional.contains(&cx.operation.name);
        if !required && !optional || settings.endpoint.is_some() {
            return Ok(None);
        }
        match Which::set(settings)? {
            Which::None if required => {
                let message = format!(
                    "the endpoint of this operation has to be asked for, and `{ENABLED}` is false: \
                     see AWS_ENDPOINT_DISCOVERY_ENABLED, or set an endpoint"
                );
                return Err(Error::new(ErrorKind::Configuration, message));
            }
            Which::None => return Ok(None),
            Which::Required if !required => return Ok(None),
            Which::Required | Which::All => {}
        }
        let mut identifiers = Vec::new();
        gather(input, &mut identifiers);
        identifiers.sort();
        // The operation is said beside identifiers alone.
        let asked = (!identifiers.is_empty())
            .then(|| Asked { operation: cx.operation.name.to_string(), identifiers });
        let key = Key { region: settings.region.to_owned(), is_fips: settings.is_fips, asked };
        let entry = self.0.get_or_make(
            |known| *known == key,
            |_| {
                let entry = Entry {
                    client: caller.client(dialect()),
                    clock: caller.clock(),
                    operation: operation(&discovery.operation),
                    asked: key.asked.clone(),
                    state: Mutex::default(),
                };
                (key.clone(), Arc::new(entry))
            },
        );
        Ok(Some(Box::new(Lookup { entry, required })))
    }
}

/// Which operations' endpoints are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    None,
    Required,
    All,
}

impl Which {
    fn set(settings: Settings<'_>) -> Result<Self, Error> {
        match settings.get(ENABLED) {
            None => Ok(Self::Required),
            Some(Setting::Bool(all)) => Ok(if *all { Self::All } else { Self::None }),
            Some(Setting::Text(text)) => Self::named(text),
        }
    }

    fn named(text: &str) -> Result<Self, Error> {
        match text.trim().to_ascii_lowercase().as_str() {
            "auto" => Ok(Self::Required),
            "true" => Ok(Self::All),
            "false" => Ok(Self::None),
            _ => {
                let message = format!(
                    "`{ENABLED}` is `true`, `false` or `auto`, not {text:?}: see \
                     AWS_ENDPOINT_DISCOVERY_ENABLED"
                );
                Err(Error::new(ErrorKind::Configuration, message))
            }
        }
    }
}

/// Refuses what cannot be set.
pub(super) fn check(text: &str) -> Result<(), Error> {
    Which::named(text).map(|_| ())
}

/// The identifiers in an input, in its structures too.
fn gather(input: &dyn Structure, found: &mut Vec<(String, String)>) {
    let (schema, members) = input.split();
    for (index, member) in schema.members.iter().enumerate() {
        match members.member(index).map(Value::view) {
            Some(View::String(text)) if member.flags.contains(Flags::DISCOVERY_ID) => {
                found.push((member.name.to_string(), text.to_owned()));
            }
            Some(View::Structure(inner)) => gather(inner, found),
            _ => {}
        }
    }
}

/// What is known of one key.
struct Entry {
    client: Core,
    clock: Arc<dyn Clock>,
    operation: OperationSchema,
    asked: Option<Asked>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    known: Vec<Known>,
    /// Until then nothing is asked, for it failed.
    failed: Option<Timestamp>,
    flight: Option<Arc<Fetch>>,
}

type Fetch = Flight<Result<Vec<Known>, Arc<Error>>>;

#[derive(Clone, Debug)]
struct Known {
    address: String,
    expires: Timestamp,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("asked", &self.asked).finish_non_exhaustive()
    }
}

impl Entry {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An endpoint that holds.
    fn fresh(&self) -> Option<String> {
        let now = self.clock.now();
        let state = self.lock();
        state.known.iter().find(|it| now < it.expires).map(|it| it.address.clone())
    }

    fn has_just_failed(&self) -> bool {
        let now = self.clock.now();
        let mut state = self.lock();
        state.failed = state.failed.filter(|until| now < *until);
        state.failed.is_some()
    }

    async fn endpoint(self: &Arc<Self>, required: bool) -> Result<Option<String>, Error> {
        if let Some(address) = self.fresh() {
            return Ok(Some(address));
        }
        let mut failure = None;
        let waits = self.has_just_failed();
        if !waits {
            match self.ask().await {
                Ok(found) if found.is_some() => return Ok(found),
                asked => failure = passable(asked)?,
            }
        }
        // What has expired is better than nothing while nobody answers.
        let stale = self.lock().known.first().map(|it| it.address.clone());
        if stale.is_some() || !required {
            return Ok(stale);
        }
        if waits {
            match self.ask().await {
                Ok(found) if found.is_some() => return Ok(found),
                asked => failure = passable(asked)?,
            }
        }
        Err(self.nowhere(failure))
    }

    fn nowhere(&self, failure: Option<Arc<Error>>) -> Error {
        let what = "the endpoint of this operation has to be asked for, and ";
        if let Some(failure) = failure {
            let message = format!("{what}nobody answers: {failure}");
            return Error::new(ErrorKind::Transport, message).with_source(failure);
        }
        Error::new(ErrorKind::Decode, format!("{what}{} names none", self.operation.name))
    }

    /// Asks for endpoints, once for all who want to know.
    async fn ask(self: &Arc<Self>) -> Result<Option<String>, Arc<Error>> {
        let waiter = {
            let mut state = self.lock();
            let flight = state.flight.get_or_insert_with(|| {
                let entry = Arc::clone(self);
                let fetched = async move { entry.describe().await.map_err(Arc::new) };
                Arc::new(Flight::new(Box::pin(fetched), panicked))
            });
            // Under the lock, so that nobody takes it for abandoned.
            flight.enter();
            Waiter { entry: self, flight: Arc::clone(flight) }
        };
        let result = waiter.flight.result().await;
        self.land(&waiter.flight, &result);
        result.map(|known| known.into_iter().next().map(|it| it.address))
    }

    /// What came of asking. Only the first who hears of it has something to do.
    fn land(&self, flight: &Arc<Fetch>, result: &Result<Vec<Known>, Arc<Error>>) {
        let now = self.clock.now();
        let mut state = self.lock();
        if !state.flight.as_ref().is_some_and(|it| Arc::ptr_eq(it, flight)) {
            return;
        }
        state.flight = None;
        match result {
            Ok(known) => {
                state.known.clone_from(known);
                state.failed = None;
            }
            Err(error) if error.kind() == ErrorKind::Transport => {
                state.failed = Timestamp::from_seconds(now.seconds().saturating_add(AFTER_FAILURE));
            }
            Err(_) => {}
        }
    }

    async fn describe(&self) -> Result<Vec<Known>, Error> {
        let mut input = DescribeEndpoints::empty();
        if let Some(Asked { operation, identifiers }) = &self.asked {
            input.operation = Some(operation.clone());
            input.identifiers = Some(identifiers.iter().cloned().collect());
        }
        let mut output = DescribeEndpointsOutput::empty();
        self.client.call(&self.operation, &mut input, &mut output).await?;
        let now = self.clock.now().to_millis();
        let known = output.endpoints.into_iter().map(|it| {
            let holds = it.cache_period_in_minutes.saturating_mul(60_000);
            let expires = Timestamp::from_millis(now.saturating_add(holds));
            // What holds for longer than there are dates holds for a day, and is asked for again.
            let expires = expires.or_else(|| Timestamp::from_millis(now + 86_400_000));
            Known { address: it.address, expires: expires.unwrap_or(Timestamp::UNIX_EPOCH) }
        });
        Ok(known.collect())
    }
}

/// Why there is no endpoint, where a call can do without one. What the service says is the call's own
/// error.
fn passable(asked: Result<Option<String>, Arc<Error>>) -> Result<Option<Arc<Error>>, Error> {
    match asked {
        Ok(_) => Ok(None),
        Err(error) if error.kind() == ErrorKind::Transport => Ok(Some(error)),
        Err(error) => Err(error.again()),
    }
}

fn panicked() -> Result<Vec<Known>, Arc<Error>> {
    Err(Arc::new(Error::new(ErrorKind::Transport, "asking for an endpoint panicked")))
}

/// Someone who waits, and may stop to.
struct Waiter<'a> {
    entry: &'a Entry,
    flight: Arc<Fetch>,
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.flight.leave();
        let mut state = self.entry.lock();
        let same = state.flight.as_ref().is_some_and(|it| Arc::ptr_eq(it, &self.flight));
        if same && !self.flight.is_awaited() {
            // What it left half done may not keep.
            state.flight = None;
        }
    }
}

/// Where the attempts of a call go.
#[derive(Debug)]
struct Lookup {
    entry: Arc<Entry>,
    required: bool,
}

impl Discover for Lookup {
    fn endpoint(&self) -> BoxFuture<'_, Result<Option<String>, Error>> {
        match self.entry.fresh() {
            Some(address) => Box::pin(ready(Ok(Some(address)))),
            None => Box::pin(self.entry.endpoint(self.required)),
        }
    }

    fn is_gone(&self, error: &Error) -> bool {
        let is_gone =
            error.status() == Some(421) || error.code() == Some("InvalidEndpointException");
        if is_gone {
            self.entry.lock().known.clear();
        }
        is_gone
    }
}

/// The operation that is asked, which is a `POST` to `/` in every service that has one.
fn operation(name: &str) -> OperationSchema {
    let traits = OperationTraits {
        named: vec!["api-version-header:x-amz-api-version".into()].into(),
        ..OperationTraits::default()
    };
    OperationSchema {
        name: name.to_owned().into(),
        method: "POST".into(),
        uri: "/".into(),
        status: 0,
        idempotent: true,
        secret: false,
        pages: None,
        traits: Some(Cow::Owned(traits)),
    }
}

#[derive(Model)]
struct DescribeEndpoints {
    #[model(name = "Operation")]
    operation: Option<String>,
    #[model(name = "Identifiers")]
    identifiers: Option<Map<String, String>>,
}

#[derive(Model)]
struct DescribeEndpointsOutput {
    #[model(name = "Endpoints")]
    endpoints: Vec<Endpoint>,
}

#[derive(Model)]
struct Endpoint {
    #[model(name = "Address")]
    address: String,
    #[model(name = "CachePeriodInMinutes")]
    cache_period_in_minutes: i64,
}
