//! Idempotency tokens, as something that a test can stand in for.

use std::fmt;

/// Makes up tokens by which a service knows a request that it has seen before.
pub trait Tokens: fmt::Debug + Send + Sync {
    /// A token that nobody else makes up.
    fn token(&self) -> String;
}

/// Random UUIDs (RFC 9562, version 4), which every service that asks for a token takes.
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomTokens;

impl Tokens for RandomTokens {
    fn token(&self) -> String {
        uuid::Uuid::new_v4().to_string()
    }
}

/// Always the same token.
impl Tokens for String {
    fn token(&self) -> String {
        self.clone()
    }
}
