//! What stands behind a client whatever its service: typed and dynamic calls end here.

mod kept;
mod start;

pub(super) use start::{Input, Streams};

use super::config::Signer;
use super::dialect::{self, Cx, Dialect, Settings};
#[cfg(feature = "event-stream")]
use super::events;
use super::headers::user_agent;
use super::interceptor::Interceptors;
use super::operation::{StreamBody, Wants};
use super::skew::Corrected;
use super::target::Target;
use super::timeouts::{Limits, Pace};
use super::trace::{self, CallSpan};
use super::{APP_ID, Clock, Config, FIPS, Interceptor, Metadata, RetryPolicy, unconfigured};
use crate::auth::{Credentials, ProvideCredentials, Signing};
use crate::binding::read_response;
use crate::codec::Reading;
use crate::error::{Error, ErrorKind};
use crate::schema::{Flags, OperationSchema, Protocol, Schema, ServiceSchema};
use crate::transport::Transport;
use crate::value::{Slot, Structure, View};
use crate::{ByteStream, Timestamp};
use bytes::Bytes;
use kept::Kept;
use std::borrow::Cow;
use std::sync::Arc;

/// What is wrong with a client that has time limits and cannot wait.
pub(super) const CANNOT_WAIT: &str = "there are time limits, and nothing that waits: set a sleep, \
                                      or turn on the feature `http-client`";

/// A client without types.
#[derive(Debug)]
pub struct Core {
    service: Cow<'static, ServiceSchema>,
    config: Config,
    auth: Option<Signer>,
    dialect: Box<dyn Dialect>,
    transport: Arc<dyn Transport>,
    /// All calls share it, and what is known of how wrong it is.
    clock: Arc<Corrected>,
    /// All calls share it, and what it keeps count of.
    retry: Arc<dyn RetryPolicy>,
    user_agent: http::HeaderValue,
}

/// What one call does differently.
#[derive(Clone, Debug, Default)]
pub(super) struct Overrides {
    pub(super) region: Option<String>,
    pub(super) endpoint: Option<String>,
    pub(super) headers: http::HeaderMap,
    pub(super) retry: Option<Arc<dyn RetryPolicy>>,
    pub(super) max_attempts: Option<u32>,
    /// Those of the client, if there are none
    pub(super) limits: Option<Limits>,
    pub(super) interceptors: Vec<Arc<dyn Interceptor>>,
}

impl Core {
    /// A client of the service that `service` describes.
    pub fn new(
        service: impl Into<Cow<'static, ServiceSchema>>,
        config: Config,
    ) -> Result<Self, Error> {
        let mut service = service.into();
        if let Some(protocol) = config.protocol {
            speak(&mut service, protocol)?;
        }
        let config = config.settled(&service)?;
        let auth = if config.sign { config.scheme(&service)? } else { None };
        let transport = config.transport.clone();
        let transport = transport.ok_or_else(|| unconfigured("there is no transport"))?;
        let dialect = dialect::built_in(&service, config.settled.as_ref())?;
        let clock = Arc::new(Corrected::new(Arc::clone(&config.clock)));
        let retry = config.retry.clone().unwrap_or_else(|| config.retries.policy());
        let app_id = config.settings.iter().find(|(name, _)| name == APP_ID);
        let app_id = app_id.map(|(_, id)| id);
        trace::app_id(app_id);
        let user_agent = user_agent(app_id);
        Ok(Self { service, config, auth, dialect, transport, clock, retry, user_agent })
    }

    /// The service
    pub fn service(&self) -> &ServiceSchema {
        &self.service
    }

    pub(super) fn interceptors<'a>(&'a self, overrides: &'a Overrides) -> Interceptors<'a> {
        Interceptors { client: &self.config.interceptors, call: &overrides.interceptors }
    }

    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    pub(super) fn auth(&self) -> Option<&Signer> {
        self.auth.as_ref()
    }

    pub(super) fn transport(&self) -> &dyn Transport {
        &*self.transport
    }

    pub(super) fn clock(&self) -> &Corrected {
        &self.clock
    }

    pub(super) fn shared_clock(&self) -> Arc<dyn Clock> {
        self.clock.clone()
    }

    /// The same client with another dialect, in the region and at the endpoint of `settings`. What it
    /// learns of the clock and of retries is learnt for both.
    pub(super) fn with_dialect(&self, settings: Settings<'_>, dialect: Box<dyn Dialect>) -> Self {
        let region = Some(settings.region).filter(|region| !region.is_empty());
        let mut config = Config {
            region: region.map(str::to_owned),
            endpoint: settings.endpoint.map(str::to_owned),
            ..self.config.clone()
        };
        if settings.is_fips {
            config.set(FIPS, true);
        }
        Self {
            service: self.service.clone(),
            config,
            auth: self.auth.clone(),
            dialect,
            transport: Arc::clone(&self.transport),
            clock: Arc::clone(&self.clock),
            retry: Arc::clone(&self.retry),
            user_agent: self.user_agent.clone(),
        }
    }

    pub(super) fn dialect(&self) -> &dyn Dialect {
        &*self.dialect
    }

    /// Makes up the idempotency tokens that an input leaves out. All attempts of a call share
    /// them, so it is done once, before the call.
    pub fn fill_tokens(&self, input: &mut dyn Structure) {
        let (schema, members) = input.split_mut();
        for (index, member) in schema.members.iter().enumerate() {
            if member.flags.contains(Flags::IDEMPOTENCY_TOKEN)
                && let Some(value) = members.member_mut(index)
                && matches!(value.view(), View::Absent)
                && let Slot::String(place) = value.slot()
            {
                *place = self.config.tokens.token();
            }
        }
    }

    /// Calls an operation, filling its output. The input is sent as it is: see
    /// [`fill_tokens`](Self::fill_tokens).
    pub async fn call(
        &self,
        operation: &OperationSchema,
        input: &mut dyn Structure,
        output: &mut dyn Structure,
    ) -> Result<Metadata, Error> {
        let overrides = Overrides::default();
        let called = self.call_with(operation, input, output, &overrides, Streams::default());
        // It is large, and whoever waits for it need not be.
        let called = Box::pin(called).await;
        called.map(|(metadata, _)| metadata)
    }

    pub(super) async fn call_with(
        &self,
        operation: &OperationSchema,
        input: &mut dyn Structure,
        output: &mut dyn Structure,
        overrides: &Overrides,
        streams: Streams,
    ) -> Result<(Metadata, StreamBody), Error> {
        let cx = Cx { service: &self.service, operation };
        let kept = Kept::of(cx, input);
        let span = CallSpan::begin(&self.service, operation, self.settings(overrides).region);
        let called = self.called(operation, input, output, overrides, streams, &kept);
        let called = span.run(called).await;
        kept.restore(input);
        let called = called.map_err(|error| error.of(&operation.name));
        let outcome = called.as_ref().map(|(metadata, _)| metadata);
        span.end(outcome);
        self.interceptors(overrides).after_call(cx, outcome);
        called
    }

    async fn called(
        &self,
        operation: &OperationSchema,
        input: &mut dyn Structure,
        output: &mut dyn Structure,
        overrides: &Overrides,
        streams: Streams,
        kept: &Kept,
    ) -> Result<(Metadata, StreamBody), Error> {
        streams.input.check(operation, input)?;
        let cx = Cx { service: &self.service, operation };
        let limits = overrides.limits.unwrap_or(self.config.limits);
        let pace = Pace { limits, sleep: self.config.sleep.as_ref() };
        if pace.sleep.is_none() && limits.need_sleep() {
            return Err(unconfigured(CANNOT_WAIT));
        }
        let keeps = streams.output != Wants::Output;
        let prepare = |account: Option<String>, stream: Input| {
            self.dialect.before_write(cx, input)?;
            let account = account.as_deref();
            let exchange = self.exchange(operation, &*input, overrides, stream, account)?;
            kept.restore(input);
            Ok(exchange)
        };
        // It is large, and what waits for it need not be.
        let drive = self.drive(operation, overrides, streams.input, prepare, keeps, pace);
        let driven = Box::pin(drive).await;
        let ((response, mut body), attempts) = driven?;
        let (parts, bytes) = response.into_parts();
        if keeps {
            body =
                self.dialect.after_read_stream(cx, self.settings(overrides), input, &parts, body);
        }
        let response = http::Response::from_parts(parts, bytes);
        let begun = self.begin(operation, streams.output, response, body).await;
        let (response, body) = begun.map_err(|error| error.after(attempts))?;
        let settings = self.settings(overrides);
        let metadata = self
            .finish(cx, settings, input, response, output, attempts)
            .map_err(|error| error.after(attempts))?;
        Ok((metadata, body))
    }

    /// The answer as its output is read from, and the stream behind it.
    #[cfg_attr(
        not(feature = "event-stream"),
        expect(clippy::unused_async, reason = "the other form waits")
    )]
    async fn begin(
        &self,
        operation: &OperationSchema,
        wants: Wants,
        response: http::Response<Bytes>,
        body: ByteStream,
    ) -> Result<(http::Response<Bytes>, StreamBody), Error> {
        match wants {
            #[cfg(feature = "event-stream")]
            Wants::Events => {
                let origin = events::Origin {
                    service: self.service.clone(),
                    operation: operation.name.clone(),
                    headers: response.headers().clone(),
                    reading: self.reading(),
                };
                let mut messages = events::Messages::new(origin, body)?;
                let mut response = response;
                if !self.service.protocol.is_rest()
                    && let Some(payload) = messages.initial().await?
                {
                    *response.body_mut() = payload;
                }
                Ok((response, StreamBody::Events(Box::new(messages))))
            }
            Wants::Output | Wants::Bytes => {
                let _ = operation;
                Ok((response, StreamBody::Bytes(body)))
            }
        }
    }

    fn reading(&self) -> Reading {
        Reading { strict: self.config.strict, ..Reading::default() }
    }

    pub(super) fn settings<'a>(&'a self, overrides: &'a Overrides) -> Settings<'a> {
        let default = Some(&*self.service.default_region).filter(|region| !region.is_empty());
        let region = overrides.region.as_deref().or(self.config.region.as_deref()).or(default);
        let (region, is_fips) = self.dialect.region(region.unwrap_or_default());
        Settings {
            region,
            is_fips,
            endpoint: overrides.endpoint.as_deref().or(self.config.endpoint.as_deref()),
            signs: self.config.sign,
            account_id: None,
            others: &self.config.settings,
        }
    }

    fn finish(
        &self,
        cx: Cx<'_>,
        settings: Settings<'_>,
        input: &dyn Structure,
        response: http::Response<Bytes>,
        output: &mut dyn Structure,
        attempts: u32,
    ) -> Result<Metadata, Error> {
        match read_response(&self.service, cx.operation, &response, output, self.reading()) {
            Ok(report) => {
                self.dialect.after_read(cx, settings, input, &response, output)?;
                let (mut parts, _) = response.into_parts();
                mark_secrets(&mut parts.headers, output.split().0);
                Ok(Metadata {
                    status: parts.status.as_u16(),
                    headers: parts.headers,
                    attempts,
                    missing: report.missing,
                })
            }
            Err(error) => Err(Error::decode_failure(error, response)),
        }
    }

    /// The credentials of a provider, or else the client's.
    pub(super) async fn credentials(
        &self,
        own: Option<&dyn ProvideCredentials>,
    ) -> Result<Credentials, Error> {
        if let Some(provider) = own.or(self.config.credentials.as_deref()) {
            return Ok(provider.provide().await?);
        }
        let reason = self.config.no_credentials.as_deref();
        let reason = reason.unwrap_or("unable to locate credentials: none are configured");
        Err(Error::new(ErrorKind::Credentials, reason))
    }

    pub(super) fn sign(
        &self,
        operation: &OperationSchema,
        request: &mut http::Request<Bytes>,
        streams: bool,
        target: &Target,
        credentials: Option<&Credentials>,
        time: Timestamp,
    ) -> Result<(), Error> {
        let (Some((scheme, option)), Some(credentials)) = (&target.signer, credentials) else {
            return Ok(());
        };
        let signing = Signing { credentials, region: &target.region, option, time };
        let cx = Cx { service: &self.service, operation };
        self.dialect.before_sign(cx, request, &signing, streams)?;
        scheme.sign(request, &signing).map_err(|error| {
            Error::new(ErrorKind::Configuration, format!("the request cannot be signed: {error}"))
                .with_source(error)
        })
    }

    /// The body of a signed request that sends events, with a signature for each.
    #[cfg(feature = "event-stream")]
    pub(super) fn sign_events(
        &self,
        headers: &http::HeaderMap,
        target: &Target,
        credentials: Option<&Credentials>,
        messages: ByteStream,
    ) -> Result<ByteStream, Error> {
        let (Some((scheme, option)), Some(credentials)) = (&target.signer, credentials) else {
            return Ok(messages);
        };
        let clock: Arc<dyn Clock> = self.clock.clone();
        let signing = Signing { credentials, region: &target.region, option, time: clock.now() };
        events::sign(&**scheme, headers, &signing, &clock, messages)
    }

    /// Changes an answer as the provider wants it, before it is judged.
    pub(super) fn before_read(
        &self,
        operation: &OperationSchema,
        response: &mut http::Response<Bytes>,
    ) {
        self.dialect.before_read(Cx { service: &self.service, operation }, response);
    }
}

/// Makes a service speak another one of its protocols.
fn speak(service: &mut Cow<'static, ServiceSchema>, protocol: Protocol) -> Result<(), Error> {
    if service.protocol == protocol {
        return Ok(());
    }
    if !service.protocols.contains(&protocol) {
        let mut known: Vec<_> = service.protocols.iter().map(|it| it.name()).collect();
        if known.is_empty() {
            known.push(service.protocol.name());
        }
        let (id, asked, known) = (&service.id, protocol.name(), known.join(", "));
        return Err(unconfigured(format!("{id} does not speak {asked}; it speaks {known}")));
    }
    service.to_mut().protocol = protocol;
    Ok(())
}

/// Headers that hold secret members are not shown by `Debug`.
fn mark_secrets(headers: &mut http::HeaderMap, schema: &Schema) {
    let bound = Flags::HEADER.with(Flags::HEADER_PREFIX);
    let secret = schema
        .members
        .iter()
        .filter(|member| member.flags.contains(Flags::SENSITIVE) && member.flags.intersects(bound));
    for member in secret {
        let wire = member.wire_name().to_ascii_lowercase();
        let prefix = member.flags.contains(Flags::HEADER_PREFIX);
        for (name, value) in headers.iter_mut() {
            if name.as_str() == wire || prefix && name.as_str().starts_with(&wire) {
                value.set_sensitive(true);
            }
        }
    }
}

impl From<&'static ServiceSchema> for Cow<'static, ServiceSchema> {
    fn from(service: &'static ServiceSchema) -> Self {
        Cow::Borrowed(service)
    }
}

impl From<ServiceSchema> for Cow<'static, ServiceSchema> {
    fn from(service: ServiceSchema) -> Self {
        Cow::Owned(service)
    }
}
