//! What came of reading a value.

use crate::Document;
use std::fmt;

/// How to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// A required member that is not there is an error.
    pub strict: bool,
    /// Members that have no place are kept and handed back.
    pub keep_unplaced: bool,
    /// A member whose value does not fit its type has no place, and is no error.
    pub lenient: bool,
}

/// What is worth knowing about a value that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The paths of required members that were not there and hold their empty value.
    pub missing: Vec<String>,
    /// The paths and values of members that have no place. Empty unless asked for.
    pub unplaced: Vec<(String, Document)>,
}

/// Why a value could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The bytes are not of the codec's format.
    Syntax {
        /// The format, such as JSON
        format: &'static str,
        /// What is wrong
        reason: String,
    },
    /// A value is not what the schema says.
    Mismatch {
        /// Where: `events[3].eventTime`
        path: String,
        /// What should be there
        expected: String,
        /// What is there; without its content where that is secret.
        found: String,
        /// The text around it, cut short; nothing where a secret may be near. CBOR is told in its
        /// diagnostic notation (RFC 8949, section 8).
        near: Option<String>,
    },
    /// This build cannot read the format.
    Feature {
        /// The format, such as XML
        format: &'static str,
        /// The cargo feature of this crate that brings it
        feature: &'static str,
    },
    /// A required member is not there, and reading was strict.
    Missing {
        /// Where it should be
        path: String,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { format, reason } => write!(f, "not {format}: {reason}"),
            Self::Mismatch { path, expected, found, near } => {
                let separator = if path.is_empty() { "" } else { ": " };
                write!(f, "{path}{separator}expected {expected}, found {found}")?;
                near.as_ref().map_or(Ok(()), |near| write!(f, ", in `{near}`"))
            }
            Self::Feature { format, feature } => write!(
                f,
                "this build cannot read {format}: enable the feature `{feature}` of `typefoundry`"
            ),
            Self::Missing { path } => write!(f, "{path}: it is required and not there"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// Scalars are told, cut short; of containers only what they are.
pub(crate) fn shown(found: &Document) -> String {
    const LIMIT: usize = 64;
    match found {
        Document::Array(_) | Document::Object(_) | Document::Null => found.kind().to_owned(),
        scalar => {
            let text = scalar.to_json();
            match text.char_indices().nth(LIMIT) {
                Some((end, _)) => format!("{}…", &text[..end]),
                None => text,
            }
        }
    }
}
