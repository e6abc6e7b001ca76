//! Glacier's sum of a body.

use crate::aws::sigv4::hex;
use http::header::HeaderName;
use sha2::{Digest, Sha256};

const LEAF: usize = 1024 * 1024;

/// Sums up a body as Glacier wants it, whole or in parts.
///
/// It is the root of a tree whose leaves are the digests of each mebibyte, and whose nodes are those
/// of two digests. Source: "Computing checksums" in Amazon S3 Glacier's developer guide.
#[derive(Clone, Debug, Default)]
pub struct TreeHash {
    leaves: Vec<[u8; 32]>,
    leaf: Sha256,
    /// Bytes in the leaf that is not done
    filled: usize,
}

impl TreeHash {
    /// Where a request says it
    pub const HEADER: HeaderName = HeaderName::from_static("x-amz-sha256-tree-hash");

    /// Takes the next bytes.
    pub fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let (part, rest) = bytes.split_at(bytes.len().min(LEAF - self.filled));
            self.leaf.update(part);
            self.filled += part.len();
            if self.filled == LEAF {
                self.leaves.push(self.leaf.finalize_reset().into());
                self.filled = 0;
            }
            bytes = rest;
        }
    }

    /// The sum of the bytes so far, in hexadecimal digits.
    pub fn finish(self) -> String {
        let mut level = self.leaves;
        if self.filled > 0 || level.is_empty() {
            level.push(self.leaf.finalize().into());
        }
        while level.len() > 1 {
            let node = |pair: &[[u8; 32]]| match pair {
                [first, second] => Sha256::digest([*first, *second].concat()).into(),
                _ => pair[0],
            };
            level = level.chunks(2).map(node).collect();
        }
        hex(&level[0])
    }
}
