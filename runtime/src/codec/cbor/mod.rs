//! CBOR (RFC 8949), driven by the schema, as Smithy RPC v2 uses it.
//!
//! The tokens are read and written here: a head of one to nine bytes is all there is to them, and a
//! crate for it would bring derives and traits that nothing here uses.
//!
//! Source: <https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html> and, for what that
//! leaves open, botocore 1.43.67 (`CBORSerializer`, `BaseCBORParser`).

mod containers;
mod document;
mod near;
mod read;
#[cfg(test)]
mod tests;
mod token;
mod write;

pub use document::read_document;
pub use read::read;
pub use write::{write, write_structure, write_typed};

/// The name of the codec, as unknown members carry it.
pub(crate) const NAME: &str = "cbor";

/// How deep values may nest, as in the JSON codec.
const DEPTH: usize = 128;
