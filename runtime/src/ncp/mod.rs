//! What is NAVER Cloud Platform's own: its signature and where its credentials come from.

mod credentials;
mod scheme;
pub mod signature;

pub use scheme::NcpV2;

/// The header that may hold a request's id.
pub(crate) const REQUEST_ID_HEADERS: &[&str] = &["x-ncp-trace-id"];
