//! The checksums of bodies that AWS's operations ask for.
//!
//! Source: <https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait> and, for what
//! that leaves open, botocore 1.43.67 (`httpchecksum.py`).

mod chunked;
mod request;
mod response;
#[cfg(test)]
mod tests;

pub use chunked::Chunked;
pub use request::{Plan, checksum_of_request};
pub use response::{Expected, asks_for_checksum, checksum_of_response};

use crate::checksum::Algorithm;
use http::HeaderName;

/// When checksums are made and checked that an operation offers but does not require.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// Whenever the operation offers them
    #[default]
    Supported,
    /// Only when the operation requires them or the input asks for them
    Required,
}

/// Why there is no checksum, or a wrong one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChecksumError {
    /// The input asks for an algorithm that this client does not have.
    #[error(
        "{member}: the checksum algorithm `{}` is not supported; use CRC32, CRC32C, CRC64NVME, \
         SHA1, SHA256, SHA512, XXHASH64, XXHASH3 or XXHASH128, or give the checksum itself",
        found.escape_debug()
    )]
    Algorithm {
        /// The member that asks for it
        member: String,
        /// What it asks for
        found: String,
    },
    /// A body is not what its checksum says.
    #[error("the body's {} checksum is not the `{}` of the response", algorithm.name(), expected.escape_debug())]
    Mismatch {
        /// How the body is summed up
        algorithm: Algorithm,
        /// What the response says
        expected: String,
    },
}

/// The header, or trailer, of an algorithm's sum.
pub fn header(algorithm: Algorithm) -> HeaderName {
    HeaderName::from_static(match algorithm {
        Algorithm::Crc32 => "x-amz-checksum-crc32",
        Algorithm::Crc32c => "x-amz-checksum-crc32c",
        Algorithm::Crc64Nvme => "x-amz-checksum-crc64nvme",
        Algorithm::Sha1 => "x-amz-checksum-sha1",
        Algorithm::Sha256 => "x-amz-checksum-sha256",
        Algorithm::Sha512 => "x-amz-checksum-sha512",
        Algorithm::Md5 => "content-md5",
        Algorithm::Xxhash64 => "x-amz-checksum-xxhash64",
        Algorithm::Xxhash3 => "x-amz-checksum-xxhash3",
        Algorithm::Xxhash128 => "x-amz-checksum-xxhash128",
    })
}
