//! Settings of a client.

use super::dialect::{Place, Setting};
use super::{
    Clock, NoRetry, Observer, RandomTokens, RetryPolicy, Sleep, SystemClock, Tokens, unconfigured,
};
use crate::auth::{AuthScheme, Environment, ProcessEnvironment, ProvideCredentials, built_in};
use crate::error::Error;
use crate::schema::{AuthOption, Protocol, ServiceSchema, Text};
use crate::transport::Transport;
use std::sync::Arc;

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
    pub(super) transport: Option<Arc<dyn Transport>>,
    pub(super) retry: Arc<dyn RetryPolicy>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) tokens: Arc<dyn Tokens>,
    pub(super) sleep: Option<Arc<dyn Sleep>>,
    pub(super) observer: Option<Arc<dyn Observer>>,
    pub(super) settings: Vec<(String, Setting)>,
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
                transport: None,
                retry: Arc::new(NoRetry),
                clock: Arc::new(SystemClock),
                tokens: Arc::new(RandomTokens),
                sleep: None,
                observer: None,
                settings: Vec::new(),
            },
        }
    }

    /// Region and credentials as the environment of the process has them for the service.
    ///
    /// Credentials that are missing are an error only when a call needs them.
    pub fn from_env(service: &ServiceSchema) -> Result<Self, Error> {
        Self::builder().environment(service, &ProcessEnvironment)?.build()
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
        let scheme = self.schemes.iter().find(|scheme| scheme.name() == place.scheme);
        let option = option(service, &place.scheme, &place.signing_name);
        scheme.map(|scheme| (Arc::clone(scheme), option))
    }

    fn first(
        &self,
        service: &ServiceSchema,
        options: &[AuthOption],
    ) -> Result<Option<Signer>, Error> {
        for option in options {
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
}

impl ConfigBuilder {
    /// Takes region and credentials from an environment, where they are not set yet.
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
                match scheme.credentials(environment) {
                    Ok(credentials) => self.config.credentials = Some(Arc::new(credentials)),
                    Err(error) => self.config.no_credentials = Some(error.to_string()),
                }
            }
        }
        Ok(self)
    }

    /// The region. Default: the service's own default, if it has one.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.config.region = Some(region.into());
        self
    }

    /// The base URL in place of the service's.
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

    /// How requests get to the server. Default: `reqwest`, where the feature is on.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.config.transport = Some(Arc::new(transport));
        self
    }

    /// Whether failed attempts are followed by others. Default: they are not.
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.config.retry = Arc::new(policy);
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

    /// How to wait between attempts. Default: tokio's timer, where the feature `reqwest` is on.
    pub fn sleep(mut self, sleep: impl Sleep + 'static) -> Self {
        self.config.sleep = Some(Arc::new(sleep));
        self
    }

    /// Who is told what goes over the wire. Default: nobody.
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.config.observer = Some(Arc::new(observer));
        self
    }

    /// A setting of the provider or the service, by the name that its endpoint rules or its dialect
    /// know it by. Those of AWS: `UseFIPS`, `UseDualStack`, `AccountId`, and what a service's rules
    /// call their parameters, such as S3's `ForcePathStyle` and `Accelerate`;
    /// `request_checksum_calculation` and `response_checksum_validation` with the value
    /// `when_required`; `disable_request_compression`, and `request_min_compression_size_bytes`
    /// with a number as text (the feature `compression`).
    pub fn setting(mut self, name: impl Into<String>, value: impl Into<Setting>) -> Self {
        let name = name.into();
        self.config.settings.retain(|(known, _)| *known != name);
        self.config.settings.push((name, value.into()));
        self
    }

    /// The settings. Fails if there is neither a transport nor the feature that brings one.
    pub fn build(self) -> Result<Config, Error> {
        let config = self.config;
        #[cfg(feature = "reqwest")]
        let config = fill(config)?;
        if config.transport.is_none() {
            let help = "there is no transport: set one, or turn on the feature `reqwest`";
            return Err(unconfigured(help));
        }
        Ok(config)
    }
}

/// What the feature brings, where nothing else is set.
#[cfg(feature = "reqwest")]
fn fill(mut config: Config) -> Result<Config, Error> {
    if config.transport.is_none() {
        config.transport = Some(Arc::new(crate::transport::ReqwestTransport::new()?));
    }
    config.sleep.get_or_insert_with(|| Arc::new(super::TokioSleep));
    Ok(config)
}
