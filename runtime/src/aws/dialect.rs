//! What AWS does to calls besides protocol and signature.

use crate::client::dialect;
use crate::error::Error;
use crate::schema::ServiceSchema;

/// Endpoints by rules, checksums, and the customs of services.
#[derive(Debug)]
pub(crate) struct Dialect {}

impl Dialect {
    pub(crate) fn new(service: &ServiceSchema) -> Result<Self, Error> {
        let _ = service;
        Ok(Self {})
    }
}

impl dialect::Dialect for Dialect {}
