//! JSON, through `serde_json` and driven by the schema.

mod members;
mod read;
#[cfg(test)]
mod tests;
mod union;
mod write;

pub use read::read;
pub use write::{Wire, write, write_structure};
