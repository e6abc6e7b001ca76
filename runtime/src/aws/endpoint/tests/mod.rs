//! Rules, their functions, and the values that calls ask them with.

mod call;
mod functions;
mod malformed;
mod paths;
mod resolve;
#[cfg(feature = "dynamic")]
mod specs;

use super::{EndpointError, Params, RuleSet};

/// The URL or the error of a rule set for those values.
fn url(rules: &RuleSet, params: &Params<'_>) -> Result<String, EndpointError> {
    rules.resolve(params).map(|endpoint| endpoint.url)
}
