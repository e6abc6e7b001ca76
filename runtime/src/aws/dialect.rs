//! What AWS does to calls besides protocol and signature: endpoints, checksums, customs of services.

mod attempts;
#[cfg(feature = "compression")]
mod compress;
pub(super) mod place;
mod streams;
#[cfg(feature = "checksums")]
mod sums;
mod trace;

use super::customs::{self, CustomError};
use super::discovery::Endpoints;
use super::endpoint::RuleSet;
use super::express::{self, Sessions};
use super::redirect::{self, Regions};
use super::retries;
use crate::auth::{ProvideCredentials, Signing, Surroundings};
use crate::client::dialect::{self, Caller, Cx, Discover, Place, Reason, Settings, Sums, Turn};
use crate::error::{Error, ErrorKind};
use crate::schema::{AuthOption, ServiceSchema};
use crate::value::{Structure, View};
use crate::{BoxFuture, ByteStream};
use bytes::Bytes;
#[cfg(feature = "event-stream")]
use http::header::{CONTENT_TYPE, HeaderValue};
use std::sync::Arc;
use std::time::Duration;
#[cfg(feature = "checksums")]
use sums::{check_sum, sum_up};
use trace::Trace;

/// The dialect of a service.
#[derive(Debug, Default)]
pub(crate) struct Dialect {
    rules: Option<RuleSet>,
    sessions: Sessions,
    endpoints: Endpoints,
    regions: Regions,
    /// Whether calls follow buckets into other regions
    follows: bool,
    /// What its requests are traced by
    trace: Option<Trace>,
}

impl Dialect {
    pub(crate) fn new(
        service: &ServiceSchema,
        surroundings: Option<&Surroundings>,
    ) -> Result<Self, Error> {
        let rules = RuleSet::of(&service.rules).map_err(|error| {
            Error::new(ErrorKind::Configuration, format!("the endpoint's rules: {error}"))
        })?;
        Ok(Self { rules, follows: true, trace: Trace::of(surroundings), ..Self::default() })
    }

    /// The same, and nothing that was kept.
    fn afresh(&self) -> Self {
        Self { rules: self.rules.clone(), trace: self.trace.clone(), ..Self::default() }
    }
}

impl dialect::Dialect for Dialect {
    fn before_write(&self, cx: Cx<'_>, input: &mut dyn Structure) -> Result<(), Error> {
        Ok(customs::before_write(cx.service, cx.operation, input)?)
    }

    fn region<'r>(&self, name: &'r str) -> (&'r str, bool) {
        place::region(name)
    }

    fn wants_account(&self, settings: Settings<'_>) -> bool {
        self.rules.as_ref().is_some_and(|rules| place::wants_account(rules, settings))
    }

    fn place(
        &self,
        cx: Cx<'_>,
        settings: Settings<'_>,
        input: &dyn Structure,
    ) -> Result<Option<Place>, Error> {
        let moved = self.regions.of(input);
        let region = moved.as_deref().unwrap_or(settings.region);
        place::place(self.rules.as_ref(), cx, Settings { region, ..settings }, input)
    }

    fn followed(&self, cx: Cx<'_>, input: &dyn Structure) -> Option<String> {
        redirect::followed(cx, input).filter(|_| self.follows)
    }

    fn follow<'a>(
        &'a self,
        cx: Cx<'a>,
        bucket: &'a str,
        error: &'a Error,
        caller: Caller<'a>,
    ) -> Option<BoxFuture<'a, bool>> {
        redirect::is_elsewhere(cx, error).then(|| -> BoxFuture<'a, bool> {
            Box::pin(async move {
                let region = match redirect::said(cx, error) {
                    None => redirect::ask(&caller.client(self.afresh()), bucket).await,
                    region => region,
                };
                let is_known = region.is_some();
                if let Some(region) = region {
                    self.regions.set(bucket, region, caller.settings().region);
                }
                is_known
            })
        })
    }

    fn identity(
        &self,
        _: Cx<'_>,
        scheme: &str,
        input: &dyn Structure,
        caller: Caller<'_>,
    ) -> Option<Arc<dyn ProvideCredentials>> {
        if scheme != express::SCHEME {
            return None;
        }
        match input.get("Bucket")?.view() {
            View::String(bucket) => Some(self.sessions.of(bucket, caller, || self.afresh())),
            _ => None,
        }
    }

    fn discovery(
        &self,
        cx: Cx<'_>,
        input: &dyn Structure,
        caller: Caller<'_>,
    ) -> Result<Option<Box<dyn Discover>>, Error> {
        self.endpoints.of(cx, input, caller, || self.afresh())
    }

    fn after_write(
        &self,
        cx: Cx<'_>,
        settings: Settings<'_>,
        input: &dyn Structure,
        request: &mut http::Request<Bytes>,
        stream: &mut Option<ByteStream>,
    ) -> Result<(), Error> {
        customs::after_write(cx.service, cx.operation, request, stream.is_some())?;
        #[cfg(feature = "compression")]
        compress::compress(cx, settings, request, stream)?;
        #[cfg(feature = "event-stream")]
        mark_events(request, stream.is_some());
        sum_up(cx, settings, input, request, stream)
    }

    fn names_calls(&self) -> bool {
        true
    }

    fn before_attempt(&self, request: &mut http::Request<Bytes>, turn: Turn<'_>) {
        attempts::tell(request, turn);
        if let Some(trace) = &self.trace {
            trace.tell(request);
        }
    }

    fn sums(
        &self,
        cx: Cx<'_>,
        settings: Settings<'_>,
        input: &dyn Structure,
        request: &http::Request<Bytes>,
        stream: &ByteStream,
        auth: Option<&AuthOption>,
    ) -> Result<Option<Box<dyn Sums>>, Error> {
        streams::sums(cx, settings, input, request, stream, auth)
    }

    fn before_sign(
        &self,
        cx: Cx<'_>,
        request: &mut http::Request<Bytes>,
        signing: &Signing<'_>,
        streams: bool,
    ) -> Result<(), Error> {
        Ok(customs::before_sign(cx.service, cx.operation, request, signing, streams)?)
    }

    fn before_read(&self, cx: Cx<'_>, response: &mut http::Response<Bytes>) {
        customs::before_read(cx.service, cx.operation, response);
    }

    fn after_read(
        &self,
        cx: Cx<'_>,
        settings: Settings<'_>,
        input: &dyn Structure,
        response: &http::Response<Bytes>,
        output: &mut dyn Structure,
    ) -> Result<(), Error> {
        check_sum(cx, settings, input, response)?;
        customs::after_read(cx.service, cx.operation, input, output);
        Ok(())
    }

    #[cfg(feature = "checksums")]
    fn after_read_stream(
        &self,
        cx: Cx<'_>,
        settings: Settings<'_>,
        input: &dyn Structure,
        response: &http::response::Parts,
        body: ByteStream,
    ) -> ByteStream {
        sums::check_stream(cx, settings, input, response, body)
    }

    fn reason(&self, cx: Cx<'_>, error: &Error) -> Option<Reason> {
        retries::reason(cx.service, error)
    }

    #[cfg(feature = "checksums")]
    fn is_damaged(&self, cx: Cx<'_>, response: &http::Response<Bytes>) -> bool {
        retries::is_damaged(cx.service, response)
    }

    fn pause(&self, error: &Error, backoff: Duration) -> Option<Duration> {
        retries::pause(error.headers()?, backoff)
    }

    fn repeats(&self, _: Cx<'_>) -> bool {
        true
    }
}

/// The signature of a request that sends events says so in place of the body's digest.
#[cfg(feature = "event-stream")]
fn mark_events(request: &mut http::Request<Bytes>, streams: bool) {
    let headers = request.headers_mut();
    let media = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    if streams && media == Some(crate::event_stream::MEDIA_TYPE.as_bytes()) {
        let digest = HeaderValue::from_static(super::event_signing::BODY_DIGEST);
        headers.insert(super::sigv4::BODY_DIGEST, digest);
    }
}

impl From<CustomError> for Error {
    fn from(error: CustomError) -> Self {
        let kind = match error {
            CustomError::Signing(_) => ErrorKind::Configuration,
            _ => ErrorKind::Input,
        };
        Self::new(kind, error.to_string()).with_source(error)
    }
}

/// A build without checksums refuses to leave one out that must be there.
#[cfg(not(feature = "checksums"))]
fn sum_up(
    cx: Cx<'_>,
    _: Settings<'_>,
    _: &dyn Structure,
    _: &mut http::Request<Bytes>,
    _: &mut Option<ByteStream>,
) -> Result<(), Error> {
    let checksum = cx.operation.traits.as_deref().and_then(|traits| traits.checksum.as_ref());
    if checksum.is_some_and(|checksum| checksum.required) {
        let message = "the operation needs a checksum: turn on the feature `checksums`";
        return Err(Error::new(ErrorKind::Configuration, message));
    }
    Ok(())
}

#[cfg(not(feature = "checksums"))]
#[expect(clippy::unnecessary_wraps, reason = "the other form can fail")]
fn check_sum(
    _: Cx<'_>,
    _: Settings<'_>,
    _: &dyn Structure,
    _: &http::Response<Bytes>,
) -> Result<(), Error> {
    Ok(())
}
