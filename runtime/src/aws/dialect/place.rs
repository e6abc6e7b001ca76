//! Where a call goes.

use crate::aws::endpoint::{self, Endpoint, EndpointAuth, Params, RuleSet, Value};
use crate::client::dialect::{Cx, Place, Settings};
use crate::client::{FIPS, Setting};
use crate::error::{Error, ErrorKind};
use crate::value::Structure;

/// What rules call the account and the mode, and what settings call the latter.
const ACCOUNT: &str = "AWS::Auth::AccountId";
const MODE: &str = "AWS::Auth::AccountIdEndpointMode";
pub(crate) const ACCOUNT_MODE: &str = "AccountIdEndpointMode";
const DUAL_STACK: &str = "UseDualStack";
/// The mode without accounts
const DISABLED: &str = "disabled";

/// Where a call goes; nothing if its service has no rules.
pub(super) fn place(
    rules: Option<&RuleSet>,
    cx: Cx<'_>,
    settings: Settings<'_>,
    input: &dyn Structure,
) -> Result<Option<Place>, Error> {
    rules.map(|rules| by_rules(rules, cx, settings, input)).transpose()
}

fn by_rules(
    rules: &RuleSet,
    cx: Cx<'_>,
    settings: Settings<'_>,
    input: &dyn Structure,
) -> Result<Place, Error> {
    // Rules refuse both beside an endpoint of one's own, where botocore leaves them out.
    let custom = settings.endpoint.is_some();
    let mut others = Params::new();
    for (name, setting) in settings.others {
        match setting {
            // They have places of their own.
            Setting::Bool(_) if [FIPS, DUAL_STACK].contains(&&**name) => {}
            // No account
            Setting::Text(text) if name == "AccountId" && text.is_empty() => {}
            Setting::Bool(value) => others.set(name.as_str(), Value::from(*value)),
            Setting::Text(text) => others.set(name.as_str(), Value::from(text.as_str())),
        }
    }
    if rules.params().iter().any(|param| param.built_in == MODE) {
        let mode = account_mode(settings)?;
        others.set(MODE, mode);
        others.set(ACCOUNT_MODE, mode);
    }
    let region = Some(settings.region).filter(|region| !region.is_empty());
    let known = endpoint::Settings {
        region,
        use_fips: (settings.is_fips || settings.is_on(FIPS)) && !custom,
        use_dual_stack: settings.is_on(DUAL_STACK) && !custom,
        endpoint: settings.endpoint,
        account_id: set_account(settings).or(settings.account_id).filter(|it| !it.is_empty()),
        others,
    };
    let found = endpoint::resolve(rules, &known, cx.operation, input)?;
    Ok(made(found))
}

/// The region that is meant by a name, and whether endpoints by FIPS 140 are
/// (`_normalize_fips_region` in botocore's `client.py`).
pub(super) fn region(name: &str) -> (&str, bool) {
    let region = name.strip_prefix("fips-").unwrap_or(name);
    let region = region.strip_suffix("-fips").unwrap_or(region);
    // A name of nothing else is told as it is, where it fits nowhere.
    if region.is_empty() { (name, false) } else { (region, region.len() < name.len()) }
}

/// Whether the rules look at the account of the credentials.
pub(super) fn wants_account(rules: &RuleSet, settings: Settings<'_>) -> bool {
    // What is wrong with the mode is said where the place is looked for.
    set_account(settings).is_none()
        && rules.params().iter().any(|param| param.used && param.built_in == ACCOUNT)
        && account_mode(settings).is_ok_and(|mode| mode != DISABLED)
}

/// The account that is set, in place of that of the credentials; empty for none.
fn set_account(settings: Settings<'_>) -> Option<&str> {
    match settings.get("AccountId") {
        Some(Setting::Text(account)) => Some(account),
        _ => None,
    }
}

/// Whether accounts are part of hosts: `_compute_account_id_endpoint_mode_config` in botocore.
fn account_mode(settings: Settings<'_>) -> Result<&str, Error> {
    if !settings.signs {
        return Ok(DISABLED);
    }
    match settings.get(ACCOUNT_MODE) {
        None => Ok("preferred"),
        Some(Setting::Text(mode)) => checked_mode(mode),
        Some(_) => Err(wrong_mode("true or false")),
    }
}

/// A mode as it may be set.
pub(crate) fn checked_mode(mode: &str) -> Result<&str, Error> {
    if ["preferred", "required", DISABLED].contains(&mode) {
        return Ok(mode);
    }
    Err(wrong_mode(&format!("{mode:?}")))
}

fn wrong_mode(found: &str) -> Error {
    let message = format!(
        "the mode of endpoints with account ids is `preferred`, `required` or `disabled`, not \
         {found}: see AWS_ACCOUNT_ID_ENDPOINT_MODE, and account_id_endpoint_mode in the profile"
    );
    Error::new(ErrorKind::Configuration, message)
}

fn made(found: Endpoint) -> Place {
    let auth = found.auth.into_iter().next().unwrap_or_default();
    let EndpointAuth { name, signing_name, signing_region, signing_region_set, .. } = auth;
    let region = signing_region.unwrap_or_else(|| signing_region_set.join(","));
    Place {
        url: found.url,
        headers: found.headers.into_iter().map(|(name, values)| (name, values.join(","))).collect(),
        scheme: name,
        signing_name: signing_name.unwrap_or_default(),
        signing_region: region,
    }
}

#[cfg(test)]
mod tests;
