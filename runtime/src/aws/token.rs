//! Tokens in place of signatures.

use crate::auth::{Credentials, Surroundings};
use crate::schema::{AuthOption, ServiceSchema};

/// Services that take a token before a signature if there is one, by the names that signatures have
/// for them (`handlers.py` in botocore, `get_bearer_auth_supported_services`).
const BEFORE_SIGNATURES: [&str; 1] = ["bedrock"];

/// The token that the environment has for a service: `AWS_BEARER_TOKEN_<NAME>`, with the name that
/// signatures have for it (`utils.py` in botocore, `get_token_from_environment`).
pub(crate) fn token(service: &ServiceSchema, surroundings: &Surroundings) -> Option<Credentials> {
    let is_bearer = |option: &AuthOption| option.scheme == "bearer";
    let name = service.auth.iter().find_map(|option| option.setting("name"));
    let name = name.or_else(|| service.id.rsplit('/').next())?;
    let is_first = service.auth.first().is_some_and(is_bearer);
    let goes_first = BEFORE_SIGNATURES.contains(&name) && service.auth.iter().any(is_bearer);
    if !is_first && !goes_first {
        return None;
    }
    let name = name.replace(['-', ' '], "_").to_ascii_uppercase();
    surroundings.var(&format!("AWS_BEARER_TOKEN_{name}")).map(Credentials::token)
}

#[cfg(test)]
mod tests;
