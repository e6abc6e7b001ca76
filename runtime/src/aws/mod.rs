//! What is Amazon's own: Signature Version 4 and 2, its credentials and where they come from, its endpoint
//! rules, its error dialect, customs of its services and `CloudTrail`'s records.

#[cfg(feature = "checksums")]
pub mod checksum;
mod configured;
pub mod credentials;
pub mod customs;
pub mod database;
mod dialect;
mod discovery;
pub mod endpoint;
pub(crate) mod errors;
#[cfg(feature = "event-stream")]
pub mod event_signing;
mod express;
mod profile;
mod recent;
mod redirect;
pub(crate) mod retries;
mod scheme;
pub(crate) mod sigv2;
pub mod sigv4;
mod token;
pub mod trail;

pub(crate) use configured::found;
pub(crate) use dialect::Dialect;
pub use express::S3Express;
pub use profile::ProfileSettings;
pub use scheme::SigV4;
#[cfg(feature = "sigv4a")]
pub use scheme::SigV4a;
#[cfg(feature = "dynamic")]
pub(crate) use scheme::is_like_s3;
pub use sigv2::SigV2;
pub(crate) use token::{secret_variable, token};
