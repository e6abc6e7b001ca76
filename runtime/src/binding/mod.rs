//! Which part of an HTTP message holds which member.
//!
//! An operation becomes a request and a response becomes an output with no client in between.
//! The mock takes the same way in the other direction.

mod body;
#[cfg(feature = "cbor")]
mod cbor;
mod endpoint;
mod error;
mod headers;
mod request;
mod response;
mod rest;
mod rpc;
#[cfg(test)]
mod tests;
mod wrapper;

pub(crate) use endpoint::check_endpoint;
#[cfg(feature = "aws")]
pub(crate) use error::bare_code;
pub use error::{ErrorFacts, read_error, read_error_members, write_error};
pub use request::{is_call_of, read_request, write_request};
pub use response::{read_response, write_response};
pub use rest::matches_uri;
#[cfg(feature = "testing")]
pub(crate) use rest::with_labels;
#[cfg(feature = "dynamic")]
pub(crate) use wrapper::{HOST_ID, NO_ERROR_WRAPPING, REQUEST_ID};

use crate::TimestampFormat;
use crate::codec::Form;
use crate::schema::Protocol;

/// Why an input cannot become a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// A label would leave a hole in the path.
    #[error("{member}: it is part of the path and must not be empty")]
    EmptyLabel {
        /// The member's name
        member: String,
    },
    /// A label would name another path than its own.
    #[error("{member}: it is part of the path, where `.` and `..` lead to another one")]
    DotLabel {
        /// The member's name
        member: String,
    },
    /// A value cannot be a header.
    #[error("{member}: its value cannot be sent in a header{}", named(header))]
    Header {
        /// The member's name
        member: String,
        /// The header; empty if what would be its name cannot be one.
        header: String,
    },
    /// A value cannot be part of a host.
    #[error("{member}: it is part of the host, which is letters, digits, hyphens and dots alone")]
    HostLabel {
        /// The member's name
        member: String,
    },
    /// This build does not speak the protocol.
    #[error(
        "this build does not speak `{}`: enable the feature `{feature}` of `typefoundry`",
        protocol.name()
    )]
    Feature {
        /// The protocol
        protocol: Protocol,
        /// The cargo feature of this crate that brings it
        feature: &'static str,
    },
    /// The endpoint is no URL.
    #[error("the endpoint `{url}` is not a URL: {reason}")]
    Endpoint {
        /// The endpoint
        url: String,
        /// What is wrong with it
        reason: String,
    },
}

fn named(header: &str) -> String {
    if header.is_empty() { String::new() } else { format!(" `{header}`") }
}

impl Protocol {
    /// The feature that a build lacks to speak it.
    pub(crate) const fn missing_feature(self) -> Option<&'static str> {
        match self {
            Self::RestXml | Self::Query | Self::Ec2Query if !cfg!(feature = "xml") => Some("xml"),
            Self::RpcV2Cbor if !cfg!(feature = "cbor") => Some("cbor"),
            _ => None,
        }
    }

    /// Its name in a spec.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RestJson => "rest-json",
            Self::Rest => "rest",
            Self::Json10 => "json-1.0",
            Self::Json11 => "json-1.1",
            Self::Query => "query",
            Self::Ec2Query => "ec2-query",
            Self::RestXml => "rest-xml",
            Self::RpcV2Cbor => "rpc-v2-cbor",
        }
    }

    /// The form of a body.
    pub(crate) fn body_form(self) -> Form {
        Form::Wire(match self {
            Self::RestJson | Self::Json10 | Self::Json11 | Self::RpcV2Cbor => {
                TimestampFormat::EpochSeconds
            }
            Self::Rest | Self::RestXml | Self::Query | Self::Ec2Query => TimestampFormat::DateTime,
        })
    }

    /// The format of a timestamp in a header that does not say.
    fn header_timestamp(self) -> TimestampFormat {
        match self {
            Self::Rest => TimestampFormat::DateTime,
            _ => TimestampFormat::HttpDate,
        }
    }
}
