//! The client of a call.

use super::debug;
use super::input::Rules;
use super::profile::Profile;
use super::session::Endpoint;
use super::settings::{Binary, Limit, Network, Settings, is_v1};
use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;
use typefoundry::auth::ProcessEnvironment;
use typefoundry::client::{Config, Core};
use typefoundry::dynamic::{Api, Mock};
use typefoundry::transport::HttpTransport;
use typefoundry::{Credentials, Error, ErrorKind};

/// botocore's `DEFAULT_TIMEOUT`.
const TIMEOUT: Duration = Duration::from_mins(1);

/// The client of a service. `endpoint` is told where it sends to.
pub(super) fn core(
    api: &Arc<Api>,
    settings: &Settings,
    profile: &Profile,
    endpoint: Option<Endpoint>,
) -> Result<Core, Error> {
    let mut config = Config::builder();
    if let Some(region) = &settings.region {
        config = config.region(region);
    }
    if let Some(url) = &settings.endpoint {
        config = config.endpoint(url);
    }
    if settings.unsigned {
        config = config.unsigned();
    }
    if let Some(endpoint) = endpoint {
        config = config.interceptor(endpoint);
    }
    if settings.debug {
        config = config.interceptor(debug::Print::new(Arc::clone(api)));
    }
    let config = if settings.mock {
        // Nothing leaves the process, so credentials do not matter, and a region is made up where there
        // is none.
        config = config.transport(Mock::new(Arc::clone(api)));
        config = config.credentials(Credentials::new("mock", "mock"));
        // The mock knows the one operation that is called, and begins no sessions.
        config = config.setting("DisableS3ExpressSessionAuth", true);
        if settings.region.is_none() {
            if let Some(region) = region(api, profile) {
                config = config.region(region);
            } else if api.service().default_region.is_empty() {
                config = config.region("mock-region-1");
            }
        }
        config.environment(api.service(), &ProcessEnvironment)?
    } else {
        config = config.transport(transport(api, &settings.network, profile)?);
        if let Limit::After(limit) = settings.network.read_timeout.unwrap_or(Limit::After(TIMEOUT))
        {
            config = config.read_timeout(limit);
        }
        config.surroundings(profile.surroundings.clone())
    };
    // Nothing else sets an endpoint here; others are named where they were found.
    let config = config.build().map_err(|error| match error.kind() {
        ErrorKind::Endpoint => Error::new(ErrorKind::Endpoint, format!("--endpoint-url: {error}")),
        _ => error,
    })?;
    Core::new(api.service().clone(), config)
}

/// What the configuration says of inputs. Validation is turned off by whatever is not `true`
/// (`ensure_boolean` in botocore's `utils.py`).
pub(super) fn rules(api: &Api, settings: &Settings, profile: &Profile) -> Rules {
    let validates = configured(api, profile, "parameter_validation");
    let validates = validates.is_none_or(|it| it.eq_ignore_ascii_case("true"));
    Rules { binary: binary(api, settings, profile), validates }
}

/// What the texts of blobs are: as the option says, or the configuration.
fn binary(api: &Api, settings: &Settings, profile: &Profile) -> Binary {
    if let Some(binary) = settings.binary {
        return binary;
    }
    let configured = configured(api, profile, "cli_binary_format");
    match configured.as_deref() {
        Some("raw-in-base64-out") => Binary::Raw,
        Some("base64") => Binary::Base64,
        // The first version knows nothing of base64.
        _ if is_v1() => Binary::Raw,
        _ => Binary::Base64,
    }
}

/// AWS's region of the environment, or of the profile.
pub(super) fn region(api: &Api, profile: &Profile) -> Option<String> {
    let is_aws = api.model().service.provider() == "aws";
    let mut variables = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter().filter(|_| is_aws);
    let named = variables.find_map(|name| profile.var(name));
    let region = named.or_else(|| configured(api, profile, "region"));
    region.filter(|region| !region.is_empty())
}

/// What the provider's configuration says about the command line.
fn configured(api: &Api, profile: &Profile, name: &str) -> Option<String> {
    if api.model().service.provider() != "aws" {
        return None;
    }
    profile.setting(name)
}

fn transport(api: &Api, network: &Network, profile: &Profile) -> Result<HttpTransport, Error> {
    let mut transport = HttpTransport::builder();
    if let Limit::After(limit) = network.connect_timeout.unwrap_or(Limit::After(TIMEOUT)) {
        transport = transport.connect_timeout(limit);
    }
    let bundle = || {
        let by_variable = || profile.var("AWS_CA_BUNDLE").filter(|path| !path.is_empty());
        let named = network.ca_bundle.clone().or_else(by_variable);
        named.or_else(|| configured(api, profile, "ca_bundle"))
    };
    let mut place = String::new();
    if network.unverified {
        transport = transport.without_verification();
    } else if let Some(path) = bundle() {
        let pem = std::fs::read(profile.surroundings.path(&path)).map_err(|error| {
            let message =
                format!("the certificates to verify servers with cannot be read: {path}: {error}");
            Error::new(ErrorKind::Configuration, message)
        })?;
        transport = transport.certificates(pem);
        place = format!(": {path}");
    }
    transport.build().map_err(|error| {
        let why = error.source().map(|why| format!(": {why}")).unwrap_or_default();
        Error::new(ErrorKind::Configuration, format!("{error}{place}{why}"))
    })
}
