//! Members and the parts of a message that hold them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[cfg(feature = "cbor")]
mod cbor;
mod errors;
#[cfg(all(feature = "dynamic", feature = "xml"))]
mod inverse;
mod json_text;
mod requests;
mod responses;
#[cfg(feature = "xml")]
mod rest_xml;
mod rpc;

use crate::schema::{ErrorFormat, OperationSchema, Protocol, ServiceSchema};
use std::borrow::Cow;

fn service(protocol: Protocol) -> ServiceSchema {
    ServiceSchema {
        id: Cow::Borrowed("test/binding"),
        title: Cow::Borrowed("Binding"),
        version: Cow::Borrowed(""),
        protocol,
        auth: Cow::Borrowed(&[]),
        endpoint: Cow::Borrowed("https://binding.example"),
        default_region: Cow::Borrowed(""),
        headers: Cow::Borrowed(&[]),
        errors: Cow::Borrowed(&[]),
        error_format: ErrorFormat::PROTOCOL,
        ..ServiceSchema::default()
    }
}

fn operation(method: &'static str, uri: &'static str) -> OperationSchema {
    OperationSchema {
        name: Cow::Borrowed("Do"),
        method: Cow::Borrowed(method),
        uri: Cow::Borrowed(uri),
        status: 0,
        idempotent: false,
        secret: false,
        pages: None,
        traits: None,
    }
}
