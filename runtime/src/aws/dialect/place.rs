//! Where a call goes.

use crate::aws::endpoint::{self, Endpoint, EndpointAuth, Params, RuleSet, Value};
use crate::client::Setting;
use crate::client::dialect::{Cx, Place, Settings};
use crate::error::Error;
use crate::value::Structure;

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
    let account = match settings.get("AccountId") {
        Some(Setting::Text(account)) => Some(account.as_str()),
        _ => None,
    };
    let mut others = Params::new();
    for (name, setting) in settings.others {
        match setting {
            Setting::Bool(value) => others.set(name.as_str(), Value::from(*value)),
            Setting::Text(text) => others.set(name.as_str(), Value::from(text.as_str())),
        }
    }
    let region = Some(settings.region).filter(|region| !region.is_empty());
    let known = endpoint::Settings {
        region,
        use_fips: settings.is_on("UseFIPS") && !custom,
        use_dual_stack: settings.is_on("UseDualStack") && !custom,
        endpoint: settings.endpoint,
        account_id: account,
        others,
    };
    let found = endpoint::resolve(rules, &known, cx.operation, input)?;
    Ok(made(found))
}

fn made(found: Endpoint) -> Place {
    let auth = found.auth.into_iter().find(|auth| auth.name != "sigv4-s3express");
    let auth = auth.unwrap_or_default();
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
