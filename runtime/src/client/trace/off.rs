//! A build that traces nothing.

#![allow(clippy::unused_self, reason = "the other form has something to do")]

use crate::client::{Metadata, Retry};
use crate::error::Error;
use crate::schema::{OperationSchema, ServiceSchema};
use crate::{Credentials, client::Setting};

pub(in crate::client) struct CallSpan;

impl CallSpan {
    pub(in crate::client) fn begin(_: &ServiceSchema, _: &OperationSchema, _: &str) -> Self {
        Self
    }

    pub(in crate::client) fn run<F: Future>(&self, future: F) -> F {
        future
    }

    pub(in crate::client) fn end(&self, _: Result<&Metadata, &Error>) {}
}

pub(in crate::client) struct AttemptSpan;

impl AttemptSpan {
    pub(in crate::client) fn begin(_: u32, _: Option<u64>) -> Self {
        Self
    }

    pub(in crate::client) fn run<F: Future>(self, future: F) -> F {
        future
    }
}

pub(in crate::client) fn retry(_: &OperationSchema, _: Retry<'_>) {}

pub(in crate::client) fn app_id(_: Option<&Setting>) {}

pub(crate) fn fetched(_: &Credentials) {}

pub(crate) fn not_fetched(_: bool) {}
