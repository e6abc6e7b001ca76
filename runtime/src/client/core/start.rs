//! What a call does before it is sent: where it goes, its request and its body.

use super::{Core, Kept, Overrides};
use crate::ByteStream;
use crate::binding::write_request;
use crate::client::Exchange;
use crate::client::dialect::{Caller, Cx};
#[cfg(feature = "event-stream")]
use crate::client::events;
use crate::client::exchange::{Body, Discovery, Retries};
use crate::client::operation::Wants;
use crate::client::target::Target;
use crate::error::{Error, ErrorKind};
use crate::schema::{Flags, MemberSchema, OperationSchema};
use crate::value::{Structure, Value, View};
use bytes::Bytes;

impl Core {
    /// The request that a call would send first, without its signature: for tools that show it. What
    /// it would ask credentials for, such as their account, is not in it.
    ///
    /// Errors: as those of a call, before anything is sent.
    pub fn request(
        &self,
        operation: &OperationSchema,
        input: &mut dyn Structure,
    ) -> Result<http::Request<Bytes>, Error> {
        let cx = Cx { service: &self.service, operation };
        let kept = Kept::of(cx, input);
        let request = self.dialect.before_write(cx, input).and_then(|()| {
            let overrides = Overrides::default();
            self.start(operation, input, &overrides, Input::Whole, None)
                .map(|(_, request, _)| request)
        });
        kept.restore(input);
        request.map_err(|error| error.of(&operation.name))
    }

    pub(super) fn exchange<'c>(
        &'c self,
        operation: &'c OperationSchema,
        input: &dyn Structure,
        overrides: &'c Overrides,
        stream: Input,
        account: Option<&str>,
    ) -> Result<Exchange<'c>, Error> {
        let events = stream.is_events();
        let started = self.start(operation, input, overrides, stream, account)?;
        let (target, request, stream) = started;
        let cx = Cx { service: &self.service, operation };
        let sums = match &stream {
            Some(stream) if !events => {
                let auth = target.signer.as_ref().map(|(_, option)| option);
                let settings = self.settings(overrides);
                self.dialect.sums(cx, settings, input, &request, stream, auth)?
            }
            _ => None,
        };
        let body = stream.map(|stream| Body { stream, events, sums });
        let retries = Retries {
            policy: &**overrides.retry.as_ref().unwrap_or(&self.retry),
            max_attempts: overrides.max_attempts,
            patience: overrides.limits.unwrap_or(self.config.limits).read,
            repeatable: self.dialect.repeats(cx) || is_idempotent(cx, request.method(), input),
        };
        let interceptors = self.interceptors(overrides);
        let discovery = self.dialect.discovery(cx, input, Caller { core: self, overrides })?;
        let mut exchange =
            Exchange::new(self, operation, target, request, body, retries, interceptors);
        if let Some(discovery) = discovery {
            exchange.ask(Discovery::new(discovery));
        }
        exchange.follow(self.dialect.followed(cx, input));
        Ok(exchange)
    }

    /// The unsigned request, where it goes, and its body if that is a stream.
    fn start(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        overrides: &Overrides,
        stream: Input,
        account: Option<&str>,
    ) -> Result<(Target, http::Request<Bytes>, Option<ByteStream>), Error> {
        let target = self.target(operation, input, overrides, account)?;
        let mut request =
            write_request(&self.service, operation, input, &target.endpoint, &target.region)?;
        for (name, value) in &target.headers {
            if let (Ok(name), Ok(value)) =
                (http::HeaderName::try_from(name), http::HeaderValue::try_from(value))
            {
                request.headers_mut().insert(name, value);
            }
        }
        request.headers_mut().insert(http::header::USER_AGENT, self.user_agent.clone());
        for (name, value) in self.config.headers.iter().chain(&overrides.headers) {
            request.headers_mut().insert(name, value.clone());
        }
        let mut stream = match stream {
            // What is there as a whole is signed, and can be sent again.
            Input::Bytes(stream) => match stream.as_bytes() {
                Some(bytes) => {
                    *request.body_mut() = bytes.clone();
                    None
                }
                None => Some(stream),
            },
            #[cfg(feature = "event-stream")]
            Input::Events(messages) => Some(events::begin(&self.service, &mut request, messages)?),
            Input::Whole => None,
        };
        let cx = Cx { service: &self.service, operation };
        let settings = self.settings(overrides);
        self.dialect.after_write(cx, settings, input, &mut request, &mut stream)?;
        Ok((target, request, stream))
    }

    /// The account of the credentials, where the place of a call depends on it.
    pub(in crate::client) async fn account(
        &self,
        operation: &OperationSchema,
        overrides: &Overrides,
    ) -> Result<Option<String>, Error> {
        let wants = self.dialect.wants_account(self.settings(overrides));
        if !wants || self.signer(operation)?.is_none() {
            return Ok(None);
        }
        let credentials = self.credentials(None).await?;
        Ok(credentials.account_id().map(str::to_owned))
    }
}

/// The streams of a call.
#[derive(Debug, Default)]
pub(in crate::client) struct Streams {
    /// The body of the request
    pub(in crate::client) input: Input,
    /// That of the answer
    pub(in crate::client) output: Wants,
}

/// The body of a request.
#[derive(Debug, Default)]
pub(in crate::client) enum Input {
    /// What the input says
    #[default]
    Whole,
    /// Bytes beside it
    Bytes(ByteStream),
    /// Messages beside it, a chunk each
    #[cfg(feature = "event-stream")]
    Events(ByteStream),
}

impl Input {
    /// The same from its beginning, if it can be had.
    pub(in crate::client) fn again(&self) -> Option<Self> {
        match self {
            Self::Whole => Some(Self::Whole),
            Self::Bytes(stream) => stream.again().map(Self::Bytes),
            #[cfg(feature = "event-stream")]
            Self::Events(_) => None,
        }
    }

    fn is_events(&self) -> bool {
        !matches!(self, Self::Whole | Self::Bytes(_))
    }

    /// Refuses a call without a body that it needs: neither beside the input nor, as dynamic ones have
    /// it, as a member.
    pub(super) fn check(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<(), Error> {
        let needs = operation.traits.as_deref().is_some_and(|traits| traits.needs_stream);
        if !needs || !matches!(self, Self::Whole) {
            return Ok(());
        }
        let (schema, members) = input.split();
        let is_payload = |member: &MemberSchema| member.flags.contains(Flags::PAYLOAD);
        let message = match schema.members.iter().position(is_payload) {
            Some(index) => match members.member(index).map(Value::view) {
                None | Some(View::Absent | View::Null) => {
                    let name = &schema.members[index].name;
                    format!(
                        "the required member `{name}` has not been set: it is the request's body"
                    )
                }
                Some(_) => return Ok(()),
            },
            None => {
                "the required body has not been set: call `.body(…)` before `.send()`".to_owned()
            }
        };
        Err(Error::new(ErrorKind::Input, message))
    }
}

/// Whether sending a request twice does what sending it once does.
fn is_idempotent(cx: Cx<'_>, method: &http::Method, input: &dyn Structure) -> bool {
    let (schema, members) = input.split();
    let by_token = |(index, member): (usize, &MemberSchema)| {
        let is_there = |value: &dyn Value| !matches!(value.view(), View::Absent);
        member.flags.contains(Flags::IDEMPOTENCY_TOKEN)
            && members.member(index).is_some_and(is_there)
    };
    cx.operation.idempotent
        || cx.service.protocol.is_rest() && method.is_idempotent()
        || schema.members.iter().enumerate().any(by_token)
}
