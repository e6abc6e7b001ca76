//! What a provider does to calls besides protocol and signature.

use super::core::{Core, Overrides};
use super::{Clock, RetrySettings};
use crate::auth::{ProvideCredentials, Signing, Surroundings};
use crate::error::Error;
use crate::schema::{AuthOption, OperationSchema, ServiceSchema};
use crate::value::Structure;
use crate::{BoxFuture, ByteStream, Timestamp};
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The setting that asks for endpoints by FIPS 140.
pub(crate) const FIPS: &str = "UseFIPS";

/// Sums up a body that is a stream.
pub trait Sums: Send {
    /// Takes the next bytes.
    fn update(&mut self, bytes: &[u8]);

    /// Says in the headers of the request what the bytes come to.
    fn finish(self: Box<Self>, headers: &mut http::HeaderMap);
}

/// What a call is of.
#[derive(Clone, Copy, Debug)]
pub struct Cx<'a> {
    /// The service
    pub service: &'a ServiceSchema,
    /// The operation
    pub operation: &'a OperationSchema,
}

/// What places depend on besides the input.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// The region; empty if none is configured.
    pub region: &'a str,
    /// Whether the region is called so that endpoints by FIPS 140 are meant: see [`Dialect::region`].
    pub is_fips: bool,
    /// The base URL in place of the service's, if one is configured.
    pub endpoint: Option<&'a str>,
    /// Whether the client signs its requests
    pub signs: bool,
    /// The account of the credentials, where [`Dialect::wants_account`] and it is known.
    pub account_id: Option<&'a str>,
    /// Settings by name: see [`ConfigBuilder::setting`](super::ConfigBuilder::setting).
    pub others: &'a [(String, Setting)],
}

impl<'a> Settings<'a> {
    /// A setting by name.
    pub fn get(&self, name: &str) -> Option<&'a Setting> {
        self.others.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Whether a setting is true.
    pub fn is_on(&self, name: &str) -> bool {
        self.get(name) == Some(&Setting::Bool(true))
    }
}

/// What a provider's environment variables and files say about a service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) region: Option<String>,
    pub(crate) endpoint: Option<FoundEndpoint>,
    pub(crate) settings: Vec<(String, Setting)>,
    pub(crate) retries: RetrySettings,
}

/// A base URL, and the variable or the place in a file that it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FoundEndpoint {
    pub(crate) url: String,
    pub(crate) place: String,
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Setting {
    /// True or false
    Bool(bool),
    /// Text
    Text(String),
}

impl From<bool> for Setting {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Setting {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Setting {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

/// Where a call goes, and how it is signed there. What is empty is as the service has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The base URL
    pub url: String,
    /// Headers that the request carries
    pub headers: Vec<(String, String)>,
    /// The auth scheme
    pub scheme: String,
    /// The setting `name` of the auth scheme
    pub signing_name: String,
    /// The region of the signature
    pub signing_region: String,
}

/// The client of a call, for what its service has to be asked before.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    pub(super) core: &'a Core,
    pub(super) overrides: &'a Overrides,
}

impl Caller<'_> {
    /// What places depend on besides the input.
    pub fn settings(&self) -> Settings<'_> {
        self.core.settings(self.overrides)
    }

    /// The time by the service's clock, where it is known to differ.
    pub fn clock(&self) -> Arc<dyn Clock> {
        self.core.shared_clock()
    }

    /// A client of the same service and settings, of which the caller keeps nothing, with a `dialect`
    /// of its own: one that asks for nothing before its calls.
    pub fn client(&self, dialect: impl Dialect + 'static) -> Core {
        self.core.with_dialect(self.settings(), Box::new(dialect))
    }
}

/// Says where the attempts of a call go, where a service knows more than the rules.
pub trait Discover: fmt::Debug + Send + Sync {
    /// The base URL, asked before each attempt; nothing if it goes where it would go anyway.
    fn endpoint(&self) -> BoxFuture<'_, Result<Option<String>, Error>>;

    /// Whether a failed attempt says that the endpoint is none any more. It is forgotten then, and the
    /// call is sent once more.
    fn is_gone(&self, error: &Error) -> bool;
}

/// One attempt of a call.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Turn<'a> {
    /// What the call is known by, which all its attempts share: see [`Dialect::names_calls`].
    pub call: &'a str,
    /// Which attempt it is, from one
    pub attempt: u32,
    /// How many there are at most, where that is known
    pub max_attempts: Option<u32>,
    /// When the client stops waiting for the answer, by the service's clock, where both are known
    pub ends: Option<Timestamp>,
}

/// Why a service refused an attempt, where that matters for the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It asks to slow down.
    Throttling,
    /// It fails for a moment.
    Transient,
    /// It may be for the time that the request was signed with.
    Clock,
}

/// What a provider does to calls besides protocol and signature. What is not said does nothing.
///
/// Whatever fails is an error of the call, before anything is sent.
pub trait Dialect: fmt::Debug + Send + Sync {
    /// Changes an input, once for each request that is made of it. When that is there, members that it
    /// gave a value to are absent again, and the input's own texts are what they were.
    fn before_write(&self, cx: Cx<'_>, input: &mut dyn Structure) -> Result<(), Error> {
        let _ = (cx, input);
        Ok(())
    }

    /// The region that is meant by a name, and whether endpoints by FIPS 140 are.
    fn region<'r>(&self, name: &'r str) -> (&'r str, bool) {
        (name, false)
    }

    /// Whether the place of signed calls depends on the account of the credentials, which are fetched
    /// before it then.
    fn wants_account(&self, settings: Settings<'_>) -> bool {
        let _ = settings;
        false
    }

    /// Where a call goes; nothing if it goes where the service says.
    fn place(
        &self,
        cx: Cx<'_>,
        settings: Settings<'_>,
        input: &dyn Structure,
    ) -> Result<Option<Place>, Error> {
        let _ = (cx, settings, input);
        Ok(None)
    }

    /// Whose credentials sign a call with a scheme, where they are not the client's own.
    fn identity(
        &self,
        cx: Cx<'_>,
        scheme: &str,
        input: &dyn Structure,
        caller: Caller<'_>,
    ) -> Option<Arc<dyn ProvideCredentials>> {
        let _ = (cx, scheme, input, caller);
        None
    }

    /// What says before each attempt where it goes; nothing if that is settled.
    fn discovery(
        &self,
        cx: Cx<'_>,
        input: &dyn Structure,
        caller: Caller<'_>,
    ) -> Result<Option<Box<dyn Discover>>, Error> {
        let _ = (cx, input, caller);
        Ok(None)
    }

    /// What a call is of that its service may have moved elsewhere; nothing if it has no such thing.
    fn followed(&self, cx: Cx<'_>, input: &dyn Structure) -> Option<String> {
        let _ = (cx, input);
        None
    }

    /// Whether the call is to be made once more, now that it is known where the thing that it is of has
    /// moved to; nothing if the error says nothing of that.
    fn follow<'a>(
        &'a self,
        cx: Cx<'a>,
        followed: &'a str,
        error: &'a Error,
        caller: Caller<'a>,
    ) -> Option<BoxFuture<'a, bool>> {
        let _ = (cx, followed, error, caller);
        None
    }

    /// Changes a request that is complete but for its signature. A `stream` is its body.
    fn after_write(
        &self,
        cx: Cx<'_>,
        settings: Settings<'_>,
        input: &dyn Structure,
        request: &mut http::Request<Bytes>,
        stream: &mut Option<ByteStream>,
    ) -> Result<(), Error> {
        let _ = (cx, settings, input, request, stream);
        Ok(())
    }

    /// Whether each call has a name of its own.
    fn names_calls(&self) -> bool {
        false
    }

    /// Changes the request of one attempt, before interceptors see it.
    fn before_attempt(&self, request: &mut http::Request<Bytes>, turn: Turn<'_>) {
        let _ = (request, turn);
    }

    /// What a request has to say of its body, where that is a stream: it is read once for it before it
    /// is sent. `auth` is how the request will be signed.
    fn sums(
        &self,
        cx: Cx<'_>,
        settings: Settings<'_>,
        input: &dyn Structure,
        request: &http::Request<Bytes>,
        stream: &ByteStream,
        auth: Option<&AuthOption>,
    ) -> Result<Option<Box<dyn Sums>>, Error> {
        let _ = (cx, settings, input, request, stream, auth);
        Ok(None)
    }

    /// Changes the request of one attempt, just before it is signed. `streams` is whether its body is a
    /// stream, which is not in it then.
    fn before_sign(
        &self,
        cx: Cx<'_>,
        request: &mut http::Request<Bytes>,
        signing: &Signing<'_>,
        streams: bool,
    ) -> Result<(), Error> {
        let _ = (cx, request, signing, streams);
        Ok(())
    }

    /// Changes an answer, before it is success or failure by its status.
    fn before_read(&self, cx: Cx<'_>, response: &mut http::Response<Bytes>) {
        let _ = (cx, response);
    }

    /// Changes the output, and may refuse the answer that it was read from.
    fn after_read(
        &self,
        cx: Cx<'_>,
        settings: Settings<'_>,
        input: &dyn Structure,
        response: &http::Response<Bytes>,
        output: &mut dyn Structure,
    ) -> Result<(), Error> {
        let _ = (cx, settings, input, response, output);
        Ok(())
    }

    /// Changes the body of an answer that is read as a stream. `response` is the rest of it.
    fn after_read_stream(
        &self,
        cx: Cx<'_>,
        settings: Settings<'_>,
        input: &dyn Structure,
        response: &http::response::Parts,
        body: ByteStream,
    ) -> ByteStream {
        let _ = (cx, settings, input, response);
        body
    }

    /// Why an attempt failed, if the provider says more about that than the spec, the HTTP status
    /// and the transport.
    fn reason(&self, cx: Cx<'_>, error: &Error) -> Option<Reason> {
        let _ = (cx, error);
        None
    }

    /// Whether an answer is not what the service sent, by a checksum of the provider's own. It is asked
    /// of whole answers, whatever their status; the attempt has failed then.
    fn is_damaged(&self, cx: Cx<'_>, response: &http::Response<Bytes>) -> bool {
        let _ = (cx, response);
        false
    }

    /// The pause that an answer asks for in the provider's own way, where the client would wait for
    /// `backoff`.
    fn pause(&self, error: &Error, backoff: Duration) -> Option<Duration> {
        let _ = (error, backoff);
        None
    }

    /// Whether every operation is sent again after a failure that may have come too late, even one
    /// that does something twice then.
    fn repeats(&self, cx: Cx<'_>) -> bool {
        let _ = cx;
        false
    }
}

/// That of most providers.
#[derive(Clone, Copy, Debug)]
struct Plain;

impl Dialect for Plain {}

/// What surroundings say about a service, besides what its auth scheme finds there.
#[cfg_attr(
    not(feature = "aws"),
    expect(clippy::unnecessary_wraps, reason = "another provider's can fail")
)]
pub(super) fn found(service: &ServiceSchema, surroundings: &Surroundings) -> Result<Found, Error> {
    let _ = surroundings;
    match service.id.split('/').next() {
        #[cfg(feature = "aws")]
        Some("aws") => crate::aws::found(service, surroundings),
        _ => Ok(Found::default()),
    }
}

/// Where a token comes from that the surroundings have for a service, which goes before its other
/// schemes.
pub(super) fn token(
    service: &ServiceSchema,
    surroundings: &Surroundings,
) -> Option<Arc<dyn ProvideCredentials>> {
    let _ = surroundings;
    match service.id.split('/').next() {
        #[cfg(feature = "aws")]
        Some("aws") => crate::aws::token(service, surroundings),
        _ => None,
    }
}

/// The variables that hold a secret of a kind for a service, in the order in which they are asked. The
/// kind is the variable for all services, such as `API_KEY`, and comes last; before it come those of
/// the service and of its provider: `ACME_PETS_API_KEY` and `ACME_API_KEY` for `acme/pets`.
pub(crate) fn secret_variables(service: &ServiceSchema, kind: &str) -> Vec<String> {
    let (provider, name) = service.id.split_once('/').unwrap_or((&service.id, ""));
    let mut names = match provider {
        #[cfg(feature = "aws")]
        "aws" => crate::aws::secret_variable(service, kind).into_iter().collect(),
        "" => Vec::new(),
        provider if name.is_empty() || name == provider => vec![format!("{provider}_{kind}")],
        provider => vec![format!("{provider}_{name}_{kind}"), format!("{provider}_{kind}")],
    };
    for name in &mut names {
        *name = name.replace(|c: char| !c.is_ascii_alphanumeric(), "_").to_ascii_uppercase();
    }
    names.push(kind.to_owned());
    names
}

/// The dialect of a service's provider, as far as this build knows it.
#[cfg_attr(
    not(feature = "aws"),
    expect(clippy::unnecessary_wraps, reason = "another provider's can fail")
)]
pub(super) fn built_in(
    service: &ServiceSchema,
    surroundings: Option<&Surroundings>,
) -> Result<Box<dyn Dialect>, Error> {
    let _ = surroundings;
    match service.id.split('/').next() {
        #[cfg(feature = "aws")]
        Some("aws") => Ok(Box::new(crate::aws::Dialect::new(service, surroundings)?)),
        _ => Ok(Box::new(Plain)),
    }
}

/// Where a setting is read from: by the name of its variable, and by its key in a profile.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str, &str) -> Option<String>;

/// What a provider's settings say about retries.
#[cfg_attr(not(feature = "aws"), expect(unused_variables, reason = "no other provider has any"))]
#[cfg_attr(
    not(feature = "aws"),
    expect(clippy::unnecessary_wraps, reason = "another provider's can fail")
)]
pub(super) fn retries(service: &ServiceSchema, find: Lookup<'_>) -> Result<RetrySettings, Error> {
    match service.id.split('/').next() {
        #[cfg(feature = "aws")]
        Some("aws") => crate::aws::retries::settings(find),
        _ => Ok(RetrySettings::default()),
    }
}
