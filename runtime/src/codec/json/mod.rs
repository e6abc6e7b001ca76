//! JSON, through `serde_json` and driven by the schema.

mod read;
mod write;

pub use read::read;
pub use write::{Wire, write, write_structure};
