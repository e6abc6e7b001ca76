//! Settings of a client.

use super::core::CANNOT_WAIT;
use super::dialect::{self, Found, Place, Setting};
use super::headers::header;
use super::timeouts::Limits;
use super::{
    APP_ID, Clock, Interceptor, Random, RandomTokens, RetryMode, RetryPolicy, RetrySettings, Sleep,
    SystemClock, SystemRandom, Tokens, unconfigured,
};
use crate::auth::{AuthScheme, Environment, ProvideCredentials, Surroundings, built_in};
use crate::binding::check_endpoint;
use crate::error::{Error, ErrorKind};
use crate::schema::{AuthOption, Protocol, ServiceSchema, Text};
use crate::transport::Transport;
use std::sync::Arc;
use std::time::Duration;

/// Settings of a client. What is not set has the value that the documentation of its setter
/// names.
#[derive(Clone, Debug)]
pub struct Config {
    pub(super) region: Option<String>,
    pub(super) endpoint: Option<String>,
    pub(super) protocol: Option<Protocol>,
    pub(super) credentials: Option<Arc<dyn ProvideCredentials>>,
    pub(super) no_credentials: Option<String>,
    pub(super) sign: bool,
    pub(super) strict: bool,
    pub(super) schemes: Vec<Arc<dyn AuthScheme>>,
    /// The scheme that goes before others, as the credentials are made for it
    pub(super) preferred: Option<&'static str>,
    pub(super) transport: Option<Arc<dyn Transport>>,
    pub(super) retry: Option<Arc<dyn RetryPolicy>>,
    pub(super) retries: RetrySettings,
    pub(super) limits: Limits,
    pub(super) random: Arc<dyn Random>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) tokens: Arc<dyn Tokens>,
    pub(super) sleep: Option<Arc<dyn Sleep>>,
    pub(super) interceptors: Vec<Arc<dyn Interceptor>>,
    pub(super) headers: http::HeaderMap,
    pub(super) settings: Vec<(String, Setting)>,
    pub(super) surroundings: Option<Surroundings>,
    /// The same, once that is taken from it: some of it is looked up for each call
    pub(super) settled: Option<Surroundings>,
}

/// A scheme and the settings that a service has for it.
pub(super) type Signer = (Arc<dyn AuthScheme>, AuthOption);

impl Config {
    /// Settings, one by one.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder {
            config: Self {
                region: None,
                endpoint: None,
                protocol: None,
                credentials: None,
                no_credentials: None,
                sign: true,
                strict: false,
                schemes: built_in(),
                preferred: None,
                transport: None,
                retry: None,
                retries: RetrySettings::default(),
                limits: Limits::default(),
                random: Arc::new(SystemRandom),
                clock: Arc::new(SystemClock),
                tokens: Arc::new(RandomTokens),
                sleep: None,
                interceptors: Vec::new(),
                headers: http::HeaderMap::new(),
                settings: Vec::new(),
                surroundings: None,
                settled: None,
            },
            invalid: None,
        }
    }

    /// Region, endpoint, credentials and retries as this process finds them in its environment and in
    /// the files of the service's provider.
    ///
    /// Credentials that are missing are an error only when a call needs them.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().surroundings(Surroundings::process()).build()
    }

    /// With what the surroundings have for a service, where nothing is set.
    pub(super) fn settled(mut self, service: &ServiceSchema) -> Result<Self, Error> {
        let Some(surroundings) = self.surroundings.take() else { return Ok(self) };
        self.settled = Some(surroundings.clone());
        let clock = &self.clock;
        let surroundings = surroundings.or(self.transport.as_ref(), clock, self.sleep.as_ref());
        if self.credentials.is_none()
            && self.sign
            && let Some(token) = dialect::token(service, &surroundings)
        {
            self.credentials = Some(token);
            self.preferred = Some("bearer");
        }
        let scheme = self.scheme(service)?.map(|(scheme, _)| scheme);
        if self.region.is_none() {
            self.region = scheme.as_ref().and_then(|it| it.region(surroundings.environment()));
        }
        self.take(dialect::found(service, &surroundings)?)?;
        if let Some(scheme) = scheme
            && self.credentials.is_none()
            && self.sign
        {
            match scheme.provider(&surroundings, self.region.as_deref()) {
                Some(provider) => self.credentials = Some(provider),
                None => self.find_credentials(&*scheme, service, surroundings.environment()),
            }
        }
        Ok(self)
    }

    pub(super) fn set(&mut self, name: impl Into<String>, value: impl Into<Setting>) {
        let name = name.into();
        self.settings.retain(|(known, _)| *known != name);
        self.settings.push((name, value.into()));
    }

    fn take(&mut self, found: Found) -> Result<(), Error> {
        self.region = self.region.take().or(found.region);
        // What is set in code goes first, and what nobody needs may be wrong.
        if self.endpoint.is_none()
            && let Some(found) = found.endpoint
        {
            check_endpoint(&found.url).map_err(|error| {
                Error::new(ErrorKind::Endpoint, format!("{}: {error}", found.place))
            })?;
            self.endpoint = Some(found.url);
        }
        self.retries = self.retries.or(found.retries);
        for (name, value) in found.settings {
            if !self.settings.iter().any(|(known, _)| *known == name) {
                self.settings.push((name, value));
            }
        }
        Ok(())
    }

    fn find_credentials(
        &mut self,
        scheme: &dyn AuthScheme,
        service: &ServiceSchema,
        environment: &dyn Environment,
    ) {
        match scheme.credentials_of(service, environment) {
            Ok(credentials) => self.credentials = Some(Arc::new(credentials)),
            Err(error) => self.no_credentials = Some(error.to_string()),
        }
    }

    /// The scheme that signs for a service: the first of its options that this build knows.
    pub(super) fn scheme(&self, service: &ServiceSchema) -> Result<Option<Signer>, Error> {
        self.first(service, &service.auth)
    }

    /// The scheme that signs for an operation that has schemes of its own.
    pub(super) fn scheme_of(
        &self,
        service: &ServiceSchema,
        names: &[Text],
    ) -> Result<Option<Signer>, Error> {
        let options: Vec<_> = names.iter().map(|name| option(service, name, "")).collect();
        self.first(service, &options)
    }

    /// The scheme that an endpoint asks for; nothing if this build does not know it.
    pub(super) fn scheme_at(&self, service: &ServiceSchema, place: &Place) -> Option<Signer> {
        if self.preferred.is_some_and(|preferred| preferred != place.scheme) {
            return None;
        }
        let scheme = self.schemes.iter().find(|scheme| scheme.name() == place.scheme);
        let option = option(service, &place.scheme, &place.signing_name);
        scheme.map(|scheme| (Arc::clone(scheme), option))
    }

    fn first(
        &self,
        service: &ServiceSchema,
        options: &[AuthOption],
    ) -> Result<Option<Signer>, Error> {
        let is_preferred = |option: &&AuthOption| self.preferred == Some(&*option.scheme);
        for option in options.iter().find(is_preferred).into_iter().chain(options) {
            if option.scheme == "none" {
                return Ok(None);
            }
            if let Some(scheme) = self.schemes.iter().find(|scheme| scheme.name() == option.scheme)
            {
                return Ok(Some((Arc::clone(scheme), option.clone())));
            }
        }
        match options.first() {
            None => Ok(None),
            Some(option) => Err(unconfigured(format!(
                "{} wants the auth scheme `{}`, which this build does not know: turn on the \
                 feature that has it, or add a scheme to the configuration",
                service.id, option.scheme
            ))),
        }
    }
}

/// The settings that a service has for a scheme, or for another one of the same settings; with
/// another `name` if one is given.
fn option(service: &ServiceSchema, scheme: &str, name: &str) -> AuthOption {
    let known = service.auth.iter().find(|option| option.scheme == scheme);
    let known = known.or_else(|| service.auth.iter().find(|it| it.setting("name").is_some()));
    let settings = known.map_or_else(Vec::new, |option| option.settings.to_vec());
    let mut settings: Vec<_> =
        settings.into_iter().filter(|(key, _)| name.is_empty() || key != "name").collect();
    if !name.is_empty() {
        settings.push(("name".into(), name.to_owned().into()));
    }
    AuthOption { scheme: scheme.to_owned().into(), settings: settings.into() }
}

/// Puts settings together.
#[derive(Clone, Debug)]
#[must_use]
pub struct ConfigBuilder {
    config: Config,
    /// What was set and cannot be
    invalid: Option<String>,
}

impl ConfigBuilder {
    /// Takes what is not set from surroundings, when a client of a service is made: region, endpoint,
    /// settings and credentials, as the service's provider has them in variables and files.
    pub fn surroundings(mut self, surroundings: Surroundings) -> Self {
        self.config.surroundings = Some(surroundings);
        self
    }

    /// The profile, in place of the one that the environment names, and before credentials in the
    /// environment. What is not set is taken from the surroundings of the process, unless
    /// [others](Self::surroundings) are set before.
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        let surroundings = self.config.surroundings.take().unwrap_or_else(Surroundings::process);
        self.config.surroundings = Some(surroundings.with_profile(name));
        self
    }

    /// Takes region, credentials and retries from variables alone, where they are not set yet.
    ///
    /// Retries of AWS: `AWS_MAX_ATTEMPTS` and `AWS_RETRY_MODE`.
    pub fn environment(
        mut self,
        service: &ServiceSchema,
        environment: &dyn Environment,
    ) -> Result<Self, Error> {
        if let Some((scheme, _)) = self.config.scheme(service)? {
            if self.config.region.is_none() {
                self.config.region = scheme.region(environment);
            }
            if self.config.credentials.is_none() {
                self.config.find_credentials(&*scheme, service, environment);
            }
        }
        let retries = dialect::retries(service, &|name, _| environment.var(name))?;
        self.config.retries = self.config.retries.or(retries);
        Ok(self)
    }

    /// The region. Default: the service's own default, if it has one.
    ///
    /// A region of AWS that is called `fips-…` or `…-fips` is the one without it, with the setting
    /// `UseFIPS`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.config.region = Some(region.into());
        self
    }

    /// The base URL in place of the service's. What is no URL is an error of [`build`](Self::build); one
    /// of a variable or a profile is an error where the client is made, which names its place.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.config.endpoint = Some(url.into());
        self
    }

    /// One of the other protocols that the service speaks. Default: the one that its spec prefers. A
    /// client of a service that does not speak it is not made.
    pub fn protocol(mut self, protocol: Protocol) -> Self {
        self.config.protocol = Some(protocol);
        self
    }

    /// Where credentials come from.
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.config.credentials = Some(Arc::new(provider));
        self
    }

    /// Sends requests without signing them.
    pub fn unsigned(mut self) -> Self {
        self.config.sign = false;
        self
    }

    /// Takes it for an error when the service leaves out what its spec requires. Default: the
    /// member has its empty value and is listed in the response's metadata.
    pub fn strict(mut self) -> Self {
        self.config.strict = true;
        self
    }

    /// Adds an auth scheme, which goes before a built-in one of the same name.
    pub fn auth_scheme(mut self, scheme: impl AuthScheme + 'static) -> Self {
        self.config.schemes.insert(0, Arc::new(scheme));
        self
    }

    /// How requests get to the server. Default: the
    /// [`HttpTransport`](crate::transport::HttpTransport), where the feature `http-client` is on.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.config.transport = Some(Arc::new(transport));
        self
    }

    /// Decides whether failed attempts are followed by others, in place of a mode. What it keeps
    /// count of is shared by all clients of these settings.
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.config.retry = Some(Arc::new(policy));
        self
    }

    /// How failed attempts are followed by others. Default: [`RetryMode::Standard`].
    pub fn retry_mode(mut self, mode: RetryMode) -> Self {
        self.config.retries.mode = Some(mode);
        self
    }

    /// How many attempts a call may make, the first one included. Default: 3.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.config.retries.max_attempts = Some(attempts);
        self
    }

    /// How long a connection may take to be there. Default: as long as the system lets it.
    ///
    /// A transport that is set has a limit of its own instead.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.config.limits.connect = Some(limit);
        self
    }

    /// How long nothing may come: from the sending of a request to the headers of the answer, and
    /// from bytes to bytes behind. A slow answer that keeps coming is not broken off. Default: there
    /// is no limit.
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.config.limits.read = Some(limit);
        self
    }

    /// How long one attempt may take: up to the end of the answer, or up to its headers where its
    /// body is a stream. Default: there is no limit.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.config.limits.attempt = Some(limit);
        self
    }

    /// How long a call may take, with all its attempts and the pauses between. Default: there is no
    /// limit.
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.config.limits.call = Some(limit);
        self
    }

    /// How many bytes an answer may have that is read into memory; a stream may have more. Default:
    /// there is no limit.
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.config.limits.body = Some(bytes);
        self
    }

    /// Where chance comes from, in pauses. Default: the system's random numbers.
    pub fn random(mut self, random: impl Random + 'static) -> Self {
        self.config.random = Arc::new(random);
        self
    }

    /// What makes up idempotency tokens. Default: random UUIDs.
    pub fn tokens(mut self, tokens: impl Tokens + 'static) -> Self {
        self.config.tokens = Arc::new(tokens);
        self
    }

    /// The clock that signatures are dated by. Default: the system's.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.config.clock = Arc::new(clock);
        self
    }

    /// How to wait between attempts and for time limits. Default: tokio's timer, or in a browser
    /// JavaScript's, where the feature `http-client` is on; without one, nothing is tried again.
    pub fn sleep(mut self, sleep: impl Sleep + 'static) -> Self {
        self.config.sleep = Some(Arc::new(sleep));
        self
    }

    /// Adds one that is asked and told at the turns of each call, behind those that are there.
    pub fn interceptor(mut self, interceptor: impl Interceptor + 'static) -> Self {
        self.config.interceptors.push(Arc::new(interceptor));
        self
    }

    /// A header of all requests; it replaces one of the same name. What cannot be a header is an
    /// error of [`build`](Self::build).
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match header(name, value) {
            Ok((name, value)) => {
                self.config.headers.insert(name, value);
            }
            Err(invalid) => self.invalid = Some(invalid),
        }
        self
    }

    /// The application, as the header `User-Agent` names it to services. AWS's is also read from
    /// `AWS_SDK_UA_APP_ID`, and from `sdk_ua_app_id` in a profile.
    ///
    /// As in botocore, what is no letter, digit or one of ``!$%&'*+-.^_`|~,#`` becomes `-`; AWS
    /// advises 50 characters at most, but more are sent.
    pub fn app_id(self, id: impl Into<String>) -> Self {
        self.setting(APP_ID, id.into())
    }

    /// A setting of the provider or the service, by the name that its endpoint rules or its dialect
    /// know it by. Those of AWS: `UseFIPS`, `UseDualStack`, `AccountId` (empty for none, in place
    /// of the credentials' own), `AccountIdEndpointMode`, and what a service's rules
    /// call their parameters, such as S3's `ForcePathStyle` and `Accelerate`;
    /// `request_checksum_calculation` and `response_checksum_validation` with the value
    /// `when_required`; `disable_request_compression`, and `request_min_compression_size_bytes`
    /// with a number as text (the feature `compression`).
    pub fn setting(mut self, name: impl Into<String>, value: impl Into<Setting>) -> Self {
        self.config.set(name, value);
        self
    }

    /// Transport, clock and timer of surroundings.
    #[cfg(feature = "aws-credentials")]
    pub(crate) fn means(mut self, surroundings: &Surroundings) -> Self {
        self.config.transport = surroundings.transport().cloned();
        self.config.clock = surroundings.clock();
        self.config.sleep = surroundings.sleep().cloned();
        self
    }

    /// What was found about a service, where nothing is set.
    #[cfg(feature = "aws-credentials")]
    pub(crate) fn found(mut self, found: Found) -> Result<Self, Error> {
        self.config.take(found)?;
        Ok(self)
    }

    /// The settings. Fails if there is neither a transport nor the feature that brings one, if the
    /// endpoint is no URL, and if something is set that nothing would mind.
    pub fn build(self) -> Result<Config, Error> {
        let config = self.config;
        if let Some(invalid) = self.invalid {
            return Err(unconfigured(invalid));
        }
        if let Some(url) = &config.endpoint {
            check_endpoint(url)?;
        }
        if config.transport.is_some() && config.limits.connect.is_some() {
            let help = "a connect timeout is the transport's: set it there, or leave the transport \
                        to the client";
            return Err(unconfigured(help));
        }
        #[cfg(feature = "http-client")]
        let config = fill(config)?;
        if config.transport.is_none() {
            let help = "there is no transport: set one, or turn on the feature `http-client`";
            return Err(unconfigured(help));
        }
        if config.sleep.is_none() && config.limits.need_sleep() {
            return Err(unconfigured(CANNOT_WAIT));
        }
        Ok(config)
    }
}

/// What the feature brings, where nothing else is set.
#[cfg(feature = "http-client")]
fn fill(mut config: Config) -> Result<Config, Error> {
    if config.transport.is_none() {
        let mut transport = crate::transport::HttpTransport::builder();
        if let Some(limit) = config.limits.connect {
            transport = transport.connect_timeout(limit);
        }
        config.transport = Some(Arc::new(transport.build()?));
    }
    config.sleep.get_or_insert_with(|| Arc::new(super::DefaultSleep));
    Ok(config)
}

#[cfg(test)]
mod tests;
