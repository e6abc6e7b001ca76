//! What an operation puts before the host of its endpoint.

use super::error::EndpointError;
use crate::schema::{Flags, OperationSchema, ParamValue};
use crate::value::{Structure, View};

/// The host prefix of an operation with its labels filled from the input; nothing if it has none.
///
/// As in botocore it goes before custom endpoints as well. The prefix `{AccountId}.` is not used
/// where the operation says `RequiresAccountId`: there the endpoint's rules bring it.
pub fn host_prefix(
    operation: &OperationSchema,
    input: &dyn Structure,
) -> Result<Option<String>, EndpointError> {
    let traits = operation.traits.as_deref().filter(|traits| !traits.host_prefix.is_empty());
    let Some(traits) = traits else {
        return Ok(None);
    };
    let mut params = traits.endpoint_params.iter();
    let in_rules =
        params.any(|(name, value)| name == "RequiresAccountId" && *value == ParamValue::Bool(true));
    if in_rules && traits.host_prefix == "{AccountId}." {
        return Ok(None);
    }
    let mut prefix = String::new();
    let mut rest = &*traits.host_prefix;
    while let Some((before, (label, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        prefix.push_str(before);
        prefix.push_str(value(input, label)?);
        rest = after;
    }
    prefix.push_str(rest);
    Ok(Some(prefix))
}

/// A URL with a prefix before its host.
pub fn prefixed(url: &str, prefix: &str) -> String {
    match url.split_once("://") {
        Some((scheme, rest)) => format!("{scheme}://{prefix}{rest}"),
        None => format!("{prefix}{url}"),
    }
}

/// The value of a label. It must not be able to name another host.
fn value<'a>(input: &'a dyn Structure, label: &str) -> Result<&'a str, EndpointError> {
    let missing = || EndpointError::Missing(label.to_owned());
    let (schema, members) = input.split();
    let index = schema.index_of(label).ok_or_else(missing)?;
    let is_label =
        schema.members.get(index).is_some_and(|member| member.flags.contains(Flags::HOST_LABEL));
    let value = members.member(index).filter(|_| is_label).ok_or_else(missing)?;
    let View::String(text) = value.view() else {
        return Err(missing());
    };
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    if text.is_empty() || !text.chars().all(allowed) {
        return Err(EndpointError::HostLabel(label.to_owned()));
    }
    Ok(text)
}
