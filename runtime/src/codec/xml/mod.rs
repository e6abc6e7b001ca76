//! XML, driven by the schema: the bodies of REST XML, and the responses of the query protocols.
//!
//! The way members become elements is that of
//! <https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings>; where servers and that text
//! part, what botocore writes and reads decides.

mod near;
mod read;
#[cfg(test)]
mod tests;
#[cfg_attr(not(feature = "xml"), path = "absent.rs")]
mod tree;
mod write;

pub(crate) use read::{read, read_structure, to_document};
pub(crate) use tree::{Element, Tree};
pub(crate) use write::{Writer, has_body, write};
