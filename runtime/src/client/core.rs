//! What stands behind a client whatever its service: typed and dynamic calls end here.

use super::config::Signer;
use super::{Config, Exchange, Metadata, Observer, RetryPolicy, Step, unconfigured};
use crate::ByteStream;
use crate::auth::{Credentials, Signing};
use crate::binding::{read_response, write_request};
use crate::codec::Reading;
use crate::error::{Error, ErrorKind};
use crate::schema::{Flags, OperationSchema, Schema, ServiceSchema};
use crate::transport::{Transport, TransportError, TransportErrorKind};
use crate::value::{Slot, Structure, View};
use bytes::Bytes;
use std::borrow::Cow;
use std::sync::Arc;

/// A client without types.
#[derive(Debug)]
pub struct Core {
    service: Cow<'static, ServiceSchema>,
    config: Config,
    auth: Option<Signer>,
    transport: Arc<dyn Transport>,
}

/// Where a call goes.
#[derive(Clone, Debug)]
pub(super) struct Target {
    region: String,
    endpoint: String,
}

/// What one call does differently.
#[derive(Clone, Debug, Default)]
pub(super) struct Overrides {
    pub(super) region: Option<String>,
    pub(super) endpoint: Option<String>,
    pub(super) headers: http::HeaderMap,
}

impl Core {
    /// A client of the service that `service` describes.
    pub fn new(
        service: impl Into<Cow<'static, ServiceSchema>>,
        config: Config,
    ) -> Result<Self, Error> {
        let service = service.into();
        let auth = if config.sign { config.scheme(&service)? } else { None };
        let transport = config.transport.clone();
        let transport = transport.ok_or_else(|| unconfigured("there is no transport"))?;
        Ok(Self { service, config, auth, transport })
    }

    /// The service
    pub fn service(&self) -> &ServiceSchema {
        &self.service
    }

    pub(super) fn observer(&self) -> Option<&dyn Observer> {
        self.config.observer.as_deref()
    }

    pub(super) fn retry(&self) -> &dyn RetryPolicy {
        &*self.config.retry
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
        input: &dyn Structure,
        output: &mut dyn Structure,
    ) -> Result<Metadata, Error> {
        let overrides = Overrides::default();
        let called = self.call_with(operation, input, output, &overrides, Streams::default()).await;
        called.map(|(metadata, _)| metadata)
    }

    pub(super) async fn call_with(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        output: &mut dyn Structure,
        overrides: &Overrides,
        streams: Streams,
    ) -> Result<(Metadata, ByteStream), Error> {
        let exchange = self.exchange(operation, input, overrides, streams.input).await;
        let mut exchange = exchange.map_err(|error| error.of(&operation.name))?;
        let mut body = ByteStream::default();
        let mut step = exchange.next();
        let response = loop {
            step = match step {
                Step::Send(request) if streams.output || exchange.streams() => {
                    let request = exchange.with_stream(request);
                    let answer = match self.transport.stream(request).await {
                        Ok(response)
                            if streams.output && exchange.is_success(response.status()) =>
                        {
                            let (parts, stream) = response.into_parts();
                            body = stream;
                            Ok(http::Response::from_parts(parts, Bytes::new()))
                        }
                        Ok(response) => collected(response).await,
                        Err(error) => Err(error),
                    };
                    exchange.answered(answer)
                }
                Step::Send(request) => {
                    let answer = self.transport.send(request).await;
                    exchange.answered(answer)
                }
                Step::Wait(pause) => {
                    if let Some(sleep) = &self.config.sleep {
                        sleep.sleep(pause).await;
                    }
                    exchange.next()
                }
                Step::Done(response) => break response,
                Step::Failed(error) => return Err(error),
            };
        };
        let attempts = exchange.attempts();
        let metadata = self.finish(operation, response, output, attempts)?;
        Ok((metadata, body))
    }

    async fn exchange<'c>(
        &'c self,
        operation: &'c OperationSchema,
        input: &dyn Structure,
        overrides: &Overrides,
        stream: Option<ByteStream>,
    ) -> Result<Exchange<'c>, Error> {
        let (target, mut request) = self.start(operation, input, overrides)?;
        let stream = match stream {
            // What is there as a whole is signed, and can be sent again.
            Some(stream) if stream.as_bytes().is_some() => {
                *request.body_mut() = stream.as_bytes().cloned().unwrap_or_default();
                None
            }
            stream => stream,
        };
        let credentials = match &self.auth {
            Some(_) => Some(self.credentials().await?),
            None => None,
        };
        Ok(Exchange::new(self, operation, target, request, credentials, stream))
    }

    /// The unsigned request and where it goes.
    fn start(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        overrides: &Overrides,
    ) -> Result<(Target, http::Request<Bytes>), Error> {
        let target = self.target(overrides)?;
        let mut request =
            write_request(&self.service, operation, input, &target.endpoint, &target.region)?;
        for (name, value) in &overrides.headers {
            request.headers_mut().insert(name, value.clone());
        }
        Ok((target, request))
    }

    fn finish(
        &self,
        operation: &OperationSchema,
        response: http::Response<Bytes>,
        output: &mut dyn Structure,
        attempts: u32,
    ) -> Result<Metadata, Error> {
        let reading = Reading { strict: self.config.strict, ..Reading::default() };
        match read_response(&self.service, &response, output, reading) {
            Ok(report) => {
                let (mut parts, _) = response.into_parts();
                mark_secrets(&mut parts.headers, output.split().0);
                Ok(Metadata {
                    status: parts.status.as_u16(),
                    headers: parts.headers,
                    attempts,
                    missing: report.missing,
                })
            }
            Err(error) => Err(Error::decode_failure(error, response).of(&operation.name)),
        }
    }

    async fn credentials(&self) -> Result<Credentials, Error> {
        if let Some(provider) = &self.config.credentials {
            return Ok(provider.provide().await?);
        }
        let reason = self.config.no_credentials.as_deref();
        let reason = reason.unwrap_or("unable to locate credentials: none are configured");
        Err(Error::new(ErrorKind::Credentials, reason))
    }

    fn target(&self, overrides: &Overrides) -> Result<Target, Error> {
        let service = &self.service;
        let default = Some(&*service.default_region).filter(|region| !region.is_empty());
        let region = overrides.region.as_deref().or(self.config.region.as_deref()).or(default);
        let configured = overrides.endpoint.as_deref().or(self.config.endpoint.as_deref());
        let template = configured.unwrap_or(&service.endpoint);
        let signed = self.auth.as_ref().is_some_and(|(scheme, _)| scheme.needs_region());
        let needed = signed || template.contains("{region}");
        let region = match region {
            Some(region) if is_region(region) => region,
            Some(region) => {
                return Err(Error::new(
                    ErrorKind::Region,
                    format!(
                        "`{}` is not a region: it goes into the endpoint's host name, so it is \
                         letters, digits and hyphens alone",
                        region.escape_debug()
                    ),
                ));
            }
            None if needed => {
                return Err(Error::new(
                    ErrorKind::Region,
                    "no region is configured: set one in the configuration or the environment",
                ));
            }
            None => "",
        };
        Ok(Target { region: region.to_owned(), endpoint: template.replace("{region}", region) })
    }

    pub(super) fn sign(
        &self,
        request: &mut http::Request<Bytes>,
        target: &Target,
        credentials: Option<&Credentials>,
    ) -> Result<(), Error> {
        let (Some((scheme, option)), Some(credentials)) = (&self.auth, credentials) else {
            return Ok(());
        };
        let time = self.config.clock.now();
        let signing = Signing { credentials, region: &target.region, option, time };
        scheme.sign(request, &signing).map_err(|error| {
            Error::new(ErrorKind::Configuration, format!("the request cannot be signed: {error}"))
                .with_source(error)
        })
    }
}

/// The streams of a call.
#[derive(Debug, Default)]
pub(super) struct Streams {
    /// The body of the request, if it is one
    pub(super) input: Option<ByteStream>,
    /// Whether that of the answer is one
    pub(super) output: bool,
}

/// An answer that is no stream after all: that of an error.
async fn collected(
    response: http::Response<ByteStream>,
) -> Result<http::Response<Bytes>, TransportError> {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map_err(|error| {
        let message = "the connection broke before the whole answer was there";
        TransportError::new(TransportErrorKind::Broken, message).with_source(error)
    })?;
    Ok(http::Response::from_parts(parts, body))
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

/// A region becomes part of a host name, so it must not be able to name another host.
fn is_region(region: &str) -> bool {
    region.len() <= 63
        && region.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !region.starts_with('-')
        && !region.ends_with('-')
        && !region.is_empty()
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
