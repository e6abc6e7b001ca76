//! Tokens in place of signatures.

use super::credentials::bearer;
use crate::auth::{Credentials, ProvideCredentials, Surroundings};
use crate::schema::{AuthOption, ServiceSchema};
use std::sync::Arc;

/// Services that take a token before a signature if there is one, by the names that signatures have
/// for them (`handlers.py` in botocore, `get_bearer_auth_supported_services`).
const BEFORE_SIGNATURES: [&str; 1] = ["bedrock"];

/// Where a service's token comes from, as botocore's `tokens.py` has it: the environment, with
/// `AWS_BEARER_TOKEN_<NAME>` and the name that signatures have for the service (`utils.py`,
/// `get_token_from_environment`); then the session of single sign-on that the profile names, for
/// services that take a token first.
pub(crate) fn token(
    service: &ServiceSchema,
    surroundings: &Surroundings,
) -> Option<Arc<dyn ProvideCredentials>> {
    let is_bearer = |option: &AuthOption| option.scheme == "bearer";
    let name = signing_name(service)?;
    let is_first = service.auth.first().is_some_and(is_bearer);
    let goes_first = BEFORE_SIGNATURES.contains(&name) && service.auth.iter().any(is_bearer);
    if !is_first && !goes_first {
        return None;
    }
    match surroundings.var(&variable(name)) {
        Some(token) => Some(Arc::new(Credentials::token(token))),
        None if is_first => bearer::provider(surroundings),
        None => None,
    }
}

/// The service's own variable for a secret of a kind; AWS has one for tokens alone.
pub(crate) fn secret_variable(service: &ServiceSchema, kind: &str) -> Option<String> {
    signing_name(service).filter(|_| kind == "BEARER_TOKEN").map(variable)
}

/// The name that signatures have for a service.
fn signing_name(service: &ServiceSchema) -> Option<&str> {
    let name = service.auth.iter().find_map(|option| option.setting("name"));
    name.or_else(|| service.id.rsplit('/').next())
}

fn variable(name: &str) -> String {
    format!("AWS_BEARER_TOKEN_{}", name.replace(['-', ' '], "_").to_ascii_uppercase())
}

#[cfg(test)]
mod tests;
