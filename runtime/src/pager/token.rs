//! Places between pages as text.

use crate::Document;
use std::fmt;
use std::str::FromStr;

/// A place between pages or in the middle of one. Its text can be stored and read again.
#[derive(Clone, Debug, PartialEq)]
pub struct ResumeToken {
    /// What leads to the page; null for the first one.
    pub(super) page: Document,
    /// How many of the page's items are done with.
    pub(super) skip: usize,
}

impl fmt::Display for ResumeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.skip, self.page.to_json())
    }
}

/// Why a text is no resume token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a resume token: expected a number, a colon and JSON, as `to_string` gives it")]
pub struct ResumeTokenError;

impl FromStr for ResumeToken {
    type Err = ResumeTokenError;

    fn from_str(text: &str) -> Result<Self, ResumeTokenError> {
        let (skip, page) = text.split_once(':').ok_or(ResumeTokenError)?;
        Ok(Self {
            skip: skip.parse().map_err(|_| ResumeTokenError)?,
            page: Document::from_json(page.as_bytes()).map_err(|_| ResumeTokenError)?,
        })
    }
}
