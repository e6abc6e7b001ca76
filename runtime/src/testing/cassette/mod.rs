//! Exchanges that were recorded, and that are played back.

mod compare;
mod file;
mod recorder;
mod secrets;
mod secrets_of;
#[cfg(test)]
mod tests;

pub use recorder::Recorder;

use super::fault::unable;
use crate::client::{ConfigBuilder, NoRetry};
use crate::transport::{AnswerWith, Transport, TransportError};
use crate::{BoxFuture, Config};
use bytes::Bytes;
use secrets::Secrets;
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Exchanges that a [`Recorder`] kept, in place of a server: a request is answered as the recorded one
/// that is the same was.
///
/// The same are method, path, query (in any order), what RPC protocols name the operation by, and
/// body: JSON by value, forms by their pairs, anything else byte by byte. Hosts, other headers and
/// signatures may differ. Each exchange is played once, and of several that are the same the first
/// one that is left. A request that none is left for is an error, which names the recorded request
/// that is nearest and the first difference to it.
///
/// Clones share what was played.
#[derive(Clone, Default)]
pub struct Cassette {
    state: Arc<Mutex<State>>,
}

#[derive(Clone, Default)]
struct State {
    secrets: Secrets,
    ignored: BTreeSet<String>,
    exchanges: Vec<Exchange>,
}

/// A request and its answer, without secrets.
#[derive(Clone)]
struct Exchange {
    request: http::Request<Bytes>,
    response: http::Response<Bytes>,
    played: bool,
}

impl Cassette {
    /// One that a [`Recorder`] has saved.
    pub fn load(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let named =
            |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        std::fs::read(path).and_then(|json| Self::from_json(&json)).map_err(named)
    }

    /// One out of a saved one's text.
    ///
    /// Errors: it is no cassette; where it is not one is said.
    pub fn from_json(json: &[u8]) -> io::Result<Self> {
        let state = file::read(json)
            .map_err(|message| io::Error::new(io::ErrorKind::InvalidData, message))?;
        Ok(Self { state: Arc::new(Mutex::new(state)) })
    }

    /// As text, in which a person can read what goes over the wire.
    pub fn to_json(&self) -> String {
        file::write(&self.lock())
    }

    /// Does not compare JSON members and parameters of these names, wherever they are: those that
    /// are another each time, such as idempotency tokens.
    pub fn ignoring(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.lock().ignored.extend(names.into_iter().map(Into::into));
        self
    }

    /// What was not played yet: `POST /ListChannels`.
    pub fn unplayed(&self) -> Vec<String> {
        let state = self.lock();
        let left = state.exchanges.iter().filter(|exchange| !exchange.played);
        left.map(|exchange| compare::name(&exchange.request)).collect()
    }

    /// Settings of a client that gets its answers from here: with a region, without credentials, and
    /// without retries.
    pub fn config(&self) -> ConfigBuilder {
        Config::builder().region("us-east-1").unsigned().retry(NoRetry).transport(self.clone())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn play(&mut self, request: &http::Request<Bytes>) -> Result<http::Response<Bytes>, String> {
        // So it looks as it would have been recorded, and nothing secret is told.
        let request = self.secrets.request(request);
        let mut played = 0_u32;
        let mut nearest: Option<(compare::Difference, &http::Request<Bytes>)> = None;
        for exchange in &mut self.exchanges {
            match compare::difference(&exchange.request, &request, &self.ignored) {
                None if exchange.played => played += 1,
                None => {
                    exchange.played = true;
                    return Ok(exchange.response.clone());
                }
                Some(difference) => {
                    let nearer =
                        |(known, _): &(compare::Difference, _)| difference.same > known.same;
                    if !exchange.played && nearest.as_ref().is_none_or(nearer) {
                        nearest = Some((difference, &exchange.request));
                    }
                }
            }
        }
        let name = compare::name(&request);
        Err(match nearest {
            _ if played > 0 => {
                format!("{name} was recorded {played} times, and all of them were played")
            }
            Some((difference, near)) => {
                let near = compare::name(near);
                format!("{name} was not recorded; the nearest is {near}: {}", difference.first)
            }
            None => format!("{name} was not recorded, and nothing that was is left"),
        })
    }
}

impl Transport for Cassette {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let answer = self.lock().play(&request).map_err(unable);
        Box::pin(std::future::ready(answer))
    }

    fn for_credentials(&self) -> Option<Arc<dyn Transport>> {
        Some(Arc::new(AnswerWith::new(|_| {
            let message = "nobody's credentials are in a cassette: give the client some, or take \
                           `Cassette::config`, which signs nothing";
            Err(unable(message.to_owned()))
        })))
    }
}

impl fmt::Debug for Cassette {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        let left = state.exchanges.iter().filter(|exchange| !exchange.played).count();
        f.debug_struct("Cassette")
            .field("exchanges", &state.exchanges.len())
            .field("left", &left)
            .finish_non_exhaustive()
    }
}
