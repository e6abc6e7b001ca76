//! JSON, through `serde_json` and driven by the schema.

pub(super) mod members;
pub(in crate::codec) mod near;
pub(super) mod read;
#[cfg(test)]
mod tests;
mod union;
pub(super) mod write;

pub use read::read;
#[cfg(feature = "serde")]
pub(crate) use read::read_from;
#[cfg(feature = "testing")]
pub(crate) use write::REDACTED;
pub use write::{Wire, write, write_structure};
