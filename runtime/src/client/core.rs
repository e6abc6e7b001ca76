//! What stands behind a client whatever its service: typed and dynamic calls end here.

use super::{Config, Exchange, Metadata, Observer, RetryPolicy, Step, unconfigured};
use crate::auth::{AuthScheme, Credentials, Signing};
use crate::binding::{read_response, write_request};
use crate::codec::Reading;
use crate::error::{Error, ErrorKind};
use crate::schema::{AuthOption, OperationSchema, ServiceSchema};
use crate::transport::Transport;
use crate::value::Structure;
use bytes::Bytes;
use std::borrow::Cow;
use std::sync::Arc;

/// A client without types.
#[derive(Debug)]
pub struct Core {
    service: Cow<'static, ServiceSchema>,
    config: Config,
    auth: Option<(Arc<dyn AuthScheme>, AuthOption)>,
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

    /// Calls an operation, filling its output.
    pub async fn call(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        output: &mut dyn Structure,
    ) -> Result<Metadata, Error> {
        self.call_with(operation, input, output, &Overrides::default()).await
    }

    pub(super) async fn call_with(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        output: &mut dyn Structure,
        overrides: &Overrides,
    ) -> Result<Metadata, Error> {
        let mut exchange = self.exchange(operation, input, overrides).await;
        let exchange = exchange
            .as_mut()
            .map_err(|error| std::mem::replace(error, unconfigured("")).of(&operation.name))?;
        let mut step = exchange.next();
        let response = loop {
            step = match step {
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
        self.finish(operation, response, output, attempts)
    }

    async fn exchange<'c>(
        &'c self,
        operation: &'c OperationSchema,
        input: &dyn Structure,
        overrides: &Overrides,
    ) -> Result<Exchange<'c>, Error> {
        let (target, request) = self.start(operation, input, overrides)?;
        let credentials = match &self.auth {
            Some(_) => Some(self.credentials().await?),
            None => None,
        };
        Ok(Exchange::new(self, operation, target, request, credentials))
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
            Ok(report) => Ok(Metadata {
                status: response.status().as_u16(),
                headers: response.into_parts().0.headers,
                attempts,
                missing: report.missing,
            }),
            Err(error) => Err(Error::decode_failure(error, response).of(&operation.name)),
        }
    }

    async fn credentials(&self) -> Result<Credentials, Error> {
        match &self.config.credentials {
            Some(provider) => Ok(provider.provide().await?),
            None => {
                let reason = self.config.no_credentials.clone();
                let reason = reason.unwrap_or_else(|| {
                    "unable to locate credentials: none are configured".to_owned()
                });
                Err(Error::new(ErrorKind::Credentials, reason))
            }
        }
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
                        "`{region}` is not a region: it goes into the endpoint's host name, so \
                             it is letters, digits and hyphens alone"
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
