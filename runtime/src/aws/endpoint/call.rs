//! The values of a call's endpoint parameters, and the endpoint that follows from them.

use super::functions::{Arn, is_valid_host_label};
use super::params::{Kind, Param, Params, Value};
use super::paths::Path;
use super::{Endpoint, EndpointError, RuleSet};
use crate::schema::{OperationSchema, ParamValue};
use crate::value::{Structure, View};
use std::borrow::Cow;

/// What a client is set to, as far as endpoints depend on it.
///
/// Rules refuse a custom endpoint together with FIPS or dual stack; botocore leaves those two out
/// where there is a custom endpoint.
#[derive(Clone, Debug, Default)]
pub struct Settings<'a> {
    /// The region
    pub region: Option<&'a str>,
    /// Endpoints that fulfil FIPS 140.
    pub use_fips: bool,
    /// Endpoints with addresses of IPv4 and IPv6.
    pub use_dual_stack: bool,
    /// A custom endpoint
    pub endpoint: Option<&'a str>,
    /// The account of the credentials
    pub account_id: Option<&'a str>,
    /// Settings of a service, by the name of the parameter (`ForcePathStyle`) or by the name that
    /// its rules give the setting (`AWS::S3::ForcePathStyle`).
    pub others: Params<'a>,
}

/// The endpoint of a call, without the operation's host prefix.
///
/// A parameter's value is what comes first: the operation's own, a member of the input, what a
/// path finds in the input, a setting by the parameter's name, a setting by the name in the rules,
/// the default in the rules. That is the order of botocore's `EndpointRulesetResolver`.
pub fn resolve(
    rules: &RuleSet,
    settings: &Settings<'_>,
    operation: &OperationSchema,
    input: &dyn Structure,
) -> Result<Endpoint, EndpointError> {
    // Most rules put it into the host name as it is.
    if settings.region.is_some_and(|region| !is_valid_host_label(region, false)) {
        return Err(EndpointError::HostLabel("Region".to_owned()));
    }
    let call = Call { settings, operation, input };
    let mut params = Params::new();
    for param in rules.params() {
        // What no rule looks at may be as long as a key of S3.
        if !param.used && !param.required {
            continue;
        }
        if let Some(value) = call.value(param)? {
            params.set(param.name.as_str(), value);
        }
    }
    rules.resolve(&params)
}

const PATH_STYLE: &str = "AWS::S3::ForcePathStyle";

struct Call<'a> {
    settings: &'a Settings<'a>,
    operation: &'a OperationSchema,
    input: &'a dyn Structure,
}

impl<'a> Call<'a> {
    fn value(&self, param: &Param) -> Result<Option<Value<'a>>, EndpointError> {
        let traits = self.operation.traits.as_deref();
        let own = traits
            .and_then(|traits| traits.endpoint_params.iter().find(|(name, _)| *name == param.name));
        let own = own.map(|(_, value)| value);
        if let Some(ParamValue::String(text)) = own {
            return Ok(Some(Value::Text(Cow::Borrowed(text))));
        }
        if let Some(ParamValue::Bool(value)) = own {
            return Ok(Some(Value::Bool(*value)));
        }
        if let Some(value) = self.member(&param.name) {
            return Ok(Some(value));
        }
        if let Some(ParamValue::Path(path)) = own {
            let path = Path::parse(path)?;
            let found = match param.kind {
                Kind::List => path.texts(self.input).map(Value::List),
                _ => path.text(self.input).map(Value::Text),
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        if param.built_in == PATH_STYLE
            && let Some(value) = self.path_style()
        {
            return Ok(Some(value));
        }
        let set = self.settings.others.get(&param.name).cloned();
        Ok(set.or_else(|| self.built_in(&param.built_in)))
    }

    /// The member that gives the parameter its value.
    fn member(&self, name: &str) -> Option<Value<'a>> {
        let (schema, members) = self.input.split();
        let index = schema.members.iter().position(|member| {
            member.rare.as_deref().is_some_and(|rare| rare.endpoint_param.as_deref() == Some(name))
        })?;
        match members.member(index)?.view() {
            View::String(text) => Some(Value::Text(Cow::Borrowed(text))),
            View::Bool(value) => Some(Value::Bool(value)),
            View::List(list) => {
                let items = (0..list.len()).filter_map(|index| list.item(index));
                let texts = items.filter_map(|item| match item.view() {
                    View::String(text) => Some(Cow::Borrowed(text)),
                    _ => None,
                });
                Some(Value::List(texts.collect()))
            }
            _ => None,
        }
    }

    fn built_in(&self, name: &str) -> Option<Value<'a>> {
        let settings = self.settings;
        match name {
            "" => None,
            "AWS::Region" => settings.region.map(Value::from),
            "AWS::UseFIPS" => Some(settings.use_fips.into()),
            "AWS::UseDualStack" => Some(settings.use_dual_stack.into()),
            "SDK::Endpoint" => settings.endpoint.map(Value::from),
            "AWS::Auth::AccountId" => settings.account_id.map(Value::from),
            PATH_STYLE => settings.others.get(name).cloned().or_else(|| self.own_endpoint()),
            _ => settings.others.get(name).cloned(),
        }
    }

    /// Whether a bucket is in the path whatever the settings: botocore's
    /// `customize_endpoint_resolver_builtins`.
    fn path_style(&self) -> Option<Value<'a>> {
        // The region of the bucket is what is asked for, so it cannot be signed for.
        if self.operation.name == "GetBucketLocation" {
            return Some(true.into());
        }
        match self.member("Bucket")? {
            Value::Text(bucket) => Arn::parse(&bucket).map(|_| false.into()),
            _ => None,
        }
    }

    /// At an endpoint of the caller's own a bucket is in the path if nothing else is said, for few have
    /// a host for each bucket: botocore's `compute_endpoint_resolver_builtin_defaults`.
    fn own_endpoint(&self) -> Option<Value<'a>> {
        let (endpoint, others) = (self.settings.endpoint?, &self.settings.others);
        let names = ["Accelerate", "AWS::S3::Accelerate"];
        let is_on = |name: &&str| matches!(others.get(name), Some(Value::Bool(true)));
        let host = endpoint.split_once("://").map_or(endpoint, |(_, rest)| rest);
        let host = host.split('/').next().unwrap_or_default();
        let accelerates = host.starts_with("s3-accelerate.") && host.ends_with("amazonaws.com");
        (!accelerates && !names.iter().any(is_on)).then(|| true.into())
    }
}
