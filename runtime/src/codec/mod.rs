//! From values to bytes and back, driven by the schema.

#[cfg(feature = "cbor")]
pub mod cbor;
pub mod json;
pub(crate) mod members;
mod path;
mod place;
pub(crate) mod query;
mod report;
#[cfg(test)]
mod samples;
pub(crate) mod text;
pub(crate) mod xml;

pub(crate) use path::Path;
pub(crate) use place::Place;
pub use report::{DecodeError, Reading, Report};

use crate::TimestampFormat;

/// How members and times are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As a body on the wire: members that are bound elsewhere are left out, names are the wire's,
    /// and a timestamp without a format of its own has this one.
    Wire(TimestampFormat),
    /// As the spec's examples and the command line: every member whatever its binding, the
    /// model's names, RFC 3339 times, base64 blobs.
    Model,
    /// As an audit record: as the model's form, but a name may differ in the case of its first
    /// letter, and a time may have any of the formats.
    Audit,
}

impl Form {
    /// The format of a timestamp that has `own` in its schema.
    fn timestamp(self, own: Option<TimestampFormat>) -> TimestampFormat {
        match self {
            Self::Wire(default) => own.unwrap_or(default),
            Self::Model => TimestampFormat::DateTime,
            Self::Audit => own.unwrap_or(TimestampFormat::DateTime),
        }
    }
}
