//! What the environment and the profile say about a service: region, endpoint, settings.

mod service_ids;
#[cfg(test)]
mod tests;

use super::dialect::place::{ACCOUNT_MODE, checked_mode};
use super::discovery;
use super::profile::{File, Profile, Profiles, nested_text, text};
use crate::auth::Surroundings;
use crate::client::dialect::{Found, FoundEndpoint};
use crate::client::{APP_ID, FIPS, Setting, unconfigured};
use crate::error::Error;
use crate::schema::ServiceSchema;
use service_ids::configured_name;

/// How settings are written down.
#[derive(Clone, Copy)]
enum Kind {
    /// `true`, in any case; anything else is false.
    Bool,
    /// `true` or `false`, in any case; anything else is a mistake.
    TrueOrFalse,
    /// A word, in any case
    Word,
    /// Text as it is
    Text,
    /// A word that turns something on, and one that turns it off; any other leaves it
    Either(&'static str, &'static str),
    /// A word that turns something on, and others that do not
    Is(&'static str),
}

/// Settings by the name that the runtime has for them, with their variable and their names in a
/// profile. Source: `configprovider.py` in botocore.
type Source = (&'static str, Kind, &'static str, &'static [Key]);

/// A name in a profile, or one below another.
#[derive(Clone, Copy)]
enum Key {
    Plain(&'static str),
    S3(&'static str),
}

use Key::{Plain, S3};

const OF_ALL: &[Source] = &[
    (APP_ID, Kind::Text, "AWS_SDK_UA_APP_ID", &[Plain("sdk_ua_app_id")]),
    (
        ACCOUNT_MODE,
        Kind::Word,
        "AWS_ACCOUNT_ID_ENDPOINT_MODE",
        &[Plain("account_id_endpoint_mode")],
    ),
    (FIPS, Kind::Bool, "AWS_USE_FIPS_ENDPOINT", &[Plain("use_fips_endpoint")]),
    ("UseDualStack", Kind::Bool, "AWS_USE_DUALSTACK_ENDPOINT", &[Plain("use_dualstack_endpoint")]),
    // The name that AWS's other SDKs have for it, and botocore's own, which goes before it.
    (
        discovery::ENABLED,
        Kind::Word,
        "AWS_ENABLE_ENDPOINT_DISCOVERY",
        &[Plain("endpoint_discovery_enabled")],
    ),
    (discovery::ENABLED, Kind::Word, "AWS_ENDPOINT_DISCOVERY_ENABLED", &[]),
    (
        "request_checksum_calculation",
        Kind::Word,
        "AWS_REQUEST_CHECKSUM_CALCULATION",
        &[Plain("request_checksum_calculation")],
    ),
    (
        "response_checksum_validation",
        Kind::Word,
        "AWS_RESPONSE_CHECKSUM_VALIDATION",
        &[Plain("response_checksum_validation")],
    ),
    (
        "disable_request_compression",
        Kind::Bool,
        "AWS_DISABLE_REQUEST_COMPRESSION",
        &[Plain("disable_request_compression")],
    ),
    (
        "request_min_compression_size_bytes",
        Kind::Word,
        "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
        &[Plain("request_min_compression_size_bytes")],
    ),
];

const OF_S3: &[Source] = &[
    ("ForcePathStyle", Kind::Either("path", "virtual"), "", &[S3("addressing_style")]),
    ("Accelerate", Kind::Bool, "", &[S3("use_accelerate_endpoint")]),
    ("UseDualStack", Kind::Bool, "", &[S3("use_dualstack_endpoint")]),
    (
        "UseArnRegion",
        Kind::Bool,
        "AWS_S3_USE_ARN_REGION",
        &[Plain("s3_use_arn_region"), S3("use_arn_region")],
    ),
    (
        "UseGlobalEndpoint",
        Kind::Is("legacy"),
        "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT",
        &[Plain("s3_us_east_1_regional_endpoint"), S3("us_east_1_regional_endpoint")],
    ),
    (
        "DisableMultiRegionAccessPoints",
        Kind::Bool,
        "AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS",
        &[S3("s3_disable_multiregion_access_points")],
    ),
    (
        "DisableS3ExpressSessionAuth",
        Kind::TrueOrFalse,
        "AWS_S3_DISABLE_EXPRESS_SESSION_AUTH",
        &[Plain("s3_disable_express_session_auth")],
    ),
];

const OF_STS: &[Source] = &[(
    "UseGlobalEndpoint",
    Kind::Is("legacy"),
    "AWS_STS_REGIONAL_ENDPOINTS",
    &[Plain("sts_regional_endpoints")],
)];

/// What is said about a service.
pub(crate) fn found(service: &ServiceSchema, surroundings: &Surroundings) -> Result<Found, Error> {
    of_profiles(service, surroundings, &Profiles::load(surroundings)?)
}

pub(super) fn of_profiles(
    service: &ServiceSchema,
    surroundings: &Surroundings,
    profiles: &Profiles,
) -> Result<Found, Error> {
    let name = service.id.rsplit('/').next().unwrap_or_default();
    let own = match name {
        "s3" => OF_S3,
        "sts" => OF_STS,
        _ => &[],
    };
    let mut settings: Vec<(String, Setting)> = Vec::new();
    for source in OF_ALL.iter().chain(own) {
        if let Some(setting) = setting(*source, surroundings, profiles.own())? {
            if let (ACCOUNT_MODE, Setting::Text(mode)) = (source.0, &setting) {
                checked_mode(mode)?;
            }
            settings.retain(|(known, _)| known != source.0);
            settings.push((source.0.to_owned(), setting));
        }
    }
    let enabled = settings.iter().find(|(name, _)| name == discovery::ENABLED);
    if let Some((_, Setting::Text(text))) = enabled
        && service.discovery.is_some()
    {
        discovery::check(text)?;
    }
    Ok(Found {
        region: region(surroundings, profiles),
        endpoint: endpoint(name, surroundings, profiles)?,
        settings,
        retries: super::retries::settings(&|variable, key| {
            value(surroundings, profiles.own(), variable, key)
        })?,
    })
}

/// The region of the environment, or of the profile.
///
/// `AWS_REGION` goes first, as in all of AWS's newer tools; botocore knows `AWS_DEFAULT_REGION`
/// alone. No server is asked for it.
pub(super) fn region(surroundings: &Surroundings, profiles: &Profiles) -> Option<String> {
    surroundings
        .var("AWS_REGION")
        .or_else(|| surroundings.var("AWS_DEFAULT_REGION"))
        .or_else(|| text(profiles.own(), "region").map(str::to_owned))
        .filter(|region| !region.is_empty())
}

/// The value of a variable, or of a name in a profile.
pub(super) fn value(
    surroundings: &Surroundings,
    profile: &Profile,
    variable: &str,
    key: &str,
) -> Option<String> {
    let variable = Some(variable).filter(|it| !it.is_empty());
    let variable = variable.and_then(|name| surroundings.var(name));
    variable.or_else(|| text(profile, key).map(str::to_owned))
}

/// Whether a variable, or a name in a profile, says `true`.
pub(super) fn is_on(
    surroundings: &Surroundings,
    profile: &Profile,
    variable: &str,
    key: &str,
) -> bool {
    value(surroundings, profile, variable, key).is_some_and(|it| it.eq_ignore_ascii_case("true"))
}

fn setting(
    source: Source,
    surroundings: &Surroundings,
    profile: &Profile,
) -> Result<Option<Setting>, Error> {
    let (_, kind, variable, keys) = source;
    let variable = Some(variable).filter(|it| !it.is_empty());
    let value = variable.and_then(|name| surroundings.var(name));
    let value = value.or_else(|| {
        let of = |key: &Key| match *key {
            Plain(key) => text(profile, key),
            S3(key) => nested_text(profile, "s3", key),
        };
        keys.iter().find_map(of).map(str::to_owned)
    });
    let Some(value) = value else { return Ok(None) };
    let is = |word: &str| value.eq_ignore_ascii_case(word);
    Ok(Some(match kind {
        Kind::TrueOrFalse if !is("true") && !is("false") => {
            let what = "is `true` or `false`, and so is its key in the profile";
            return Err(unconfigured(format!("{} {what}: not {value:?}", source.2)));
        }
        Kind::Bool | Kind::TrueOrFalse => Setting::Bool(is("true")),
        Kind::Either(yes, _) if is(yes) => Setting::Bool(true),
        Kind::Either(_, no) if is(no) => Setting::Bool(false),
        Kind::Either(..) => return Ok(None),
        Kind::Is(word) => Setting::Bool(is(word)),
        Kind::Word => Setting::Text(value.to_ascii_lowercase()),
        Kind::Text => Setting::Text(value),
    }))
}

/// The endpoint in place of the service's (`ConfiguredEndpointProvider` in botocore): of the
/// service's variable, of the one for all, of the profile's `services` section, of the profile.
fn endpoint(
    service: &str,
    surroundings: &Surroundings,
    profiles: &Profiles,
) -> Result<Option<FoundEndpoint>, Error> {
    const KEY: &str = "endpoint_url";
    let own = profiles.own();
    let ignore = "ignore_configured_endpoint_urls";
    if is_on(surroundings, own, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", ignore) {
        return Ok(None);
    }
    let name = configured_name(service);
    let variables =
        [format!("AWS_ENDPOINT_URL_{}", name.to_ascii_uppercase()), "AWS_ENDPOINT_URL".to_owned()];
    for place in variables {
        if let Some(url) = surroundings.var(&place) {
            return Ok(Some(FoundEndpoint { url, place }));
        }
    }
    let in_section = |section| nested_text(section, &name, KEY).filter(|url| !url.is_empty());
    if let Some(url) = profiles.services()?.and_then(in_section) {
        let section = text(own, "services").unwrap_or_default();
        let file = profiles.path(File::Config);
        let place = format!("`{KEY}` of `{name}` in [services {section}] in \"{file}\"");
        return Ok(Some(FoundEndpoint { url: url.to_owned(), place }));
    }
    let found = text(own, KEY).filter(|url| !url.is_empty());
    Ok(found
        .map(|url| FoundEndpoint { url: url.to_owned(), place: profiles.at(profiles.name(), KEY) }))
}
