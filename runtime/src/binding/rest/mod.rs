//! Messages whose members have places of their own: labels, queries, headers and the body.

mod request;
mod uri;

pub(super) use request::{read, write};
pub use uri::matches_uri;
#[cfg(feature = "testing")]
pub(crate) use uri::with_labels;
