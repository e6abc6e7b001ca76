//! What is Amazon's own: Signature Version 4, its environment variables, its error dialect and
//! `CloudTrail`'s records.

#[cfg(feature = "checksums")]
pub mod checksum;
pub(crate) mod errors;
#[cfg(feature = "event-stream")]
pub mod event_signing;
mod scheme;
pub mod sigv4;
pub mod trail;

pub use scheme::SigV4;
