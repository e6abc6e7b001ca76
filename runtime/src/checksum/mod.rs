//! Checksums of bodies, taken as the bytes go by.

#[cfg(test)]
mod tests;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crc::{CRC_32_ISCSI, CRC_64_NVME, Crc, Digest as CrcDigest, Table};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use std::fmt;
use xxhash_rust::xxh3::Xxh3;
use xxhash_rust::xxh64::Xxh64;

/// How a body is summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// CRC-32 of ISO-HDLC, as in zip and PNG
    Crc32,
    /// CRC-32C, as in iSCSI
    Crc32c,
    /// CRC-64 of NVM Express
    Crc64Nvme,
    /// SHA-1 (FIPS 180-4)
    Sha1,
    /// SHA-256 (FIPS 180-4)
    Sha256,
    /// SHA-512 (FIPS 180-4)
    Sha512,
    /// MD5 (RFC 1321)
    Md5,
    /// XXH64, without a seed
    Xxhash64,
    /// XXH3 of 64 bits, without a seed
    Xxhash3,
    /// XXH3 of 128 bits, without a seed
    Xxhash128,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Crc32,
        Self::Crc32c,
        Self::Crc64Nvme,
        Self::Sha1,
        Self::Sha256,
        Self::Sha512,
        Self::Md5,
        Self::Xxhash64,
        Self::Xxhash3,
        Self::Xxhash128,
    ];

    /// The name in AWS's models, `CRC64NVME`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64Nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
            Self::Md5 => "MD5",
            Self::Xxhash64 => "XXHASH64",
            Self::Xxhash3 => "XXHASH3",
            Self::Xxhash128 => "XXHASH128",
        }
    }

    /// The algorithm of a name, in either case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(name))
    }

    /// The sum of bytes that are all there, as base64.
    pub fn sum(self, bytes: &[u8]) -> String {
        let mut hasher = Hasher::new(self);
        hasher.update(bytes);
        hasher.to_base64()
    }
}

/// A sum in the making.
#[derive(Clone)]
pub struct Hasher {
    algorithm: Algorithm,
    state: State,
}

#[derive(Clone)]
enum State {
    Crc32(crc32fast::Hasher),
    Crc32c(CrcDigest<'static, u32, Table<16>>),
    Crc64(CrcDigest<'static, u64, Table<16>>),
    Sha1(Sha1),
    Sha256(Sha256),
    Sha512(Sha512),
    Md5(Md5),
    Xxhash64(Xxh64),
    // One state gives sums of both lengths. It is large beside the others.
    Xxhash3(Box<Xxh3>),
    Xxhash128(Box<Xxh3>),
}

static CRC32C: Crc<u32, Table<16>> = Crc::<u32, Table<16>>::new(&CRC_32_ISCSI);
static CRC64: Crc<u64, Table<16>> = Crc::<u64, Table<16>>::new(&CRC_64_NVME);

impl Hasher {
    /// A sum of nothing yet.
    pub fn new(algorithm: Algorithm) -> Self {
        let state = match algorithm {
            Algorithm::Crc32 => State::Crc32(crc32fast::Hasher::new()),
            Algorithm::Crc32c => State::Crc32c(CRC32C.digest()),
            Algorithm::Crc64Nvme => State::Crc64(CRC64.digest()),
            Algorithm::Sha1 => State::Sha1(Sha1::new()),
            Algorithm::Sha256 => State::Sha256(Sha256::new()),
            Algorithm::Sha512 => State::Sha512(Sha512::new()),
            Algorithm::Md5 => State::Md5(Md5::new()),
            Algorithm::Xxhash64 => State::Xxhash64(Xxh64::new(0)),
            Algorithm::Xxhash3 => State::Xxhash3(Box::default()),
            Algorithm::Xxhash128 => State::Xxhash128(Box::default()),
        };
        Self { algorithm, state }
    }

    /// The algorithm.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.state {
            State::Crc32(state) => state.update(bytes),
            State::Crc32c(state) => state.update(bytes),
            State::Crc64(state) => state.update(bytes),
            State::Sha1(state) => Digest::update(state, bytes),
            State::Sha256(state) => Digest::update(state, bytes),
            State::Sha512(state) => Digest::update(state, bytes),
            State::Md5(state) => Digest::update(state, bytes),
            State::Xxhash64(state) => state.update(bytes),
            State::Xxhash3(state) | State::Xxhash128(state) => state.update(bytes),
        }
    }

    /// The sum, the most significant byte first.
    pub fn finish(self) -> Vec<u8> {
        match self.state {
            State::Crc32(state) => state.finalize().to_be_bytes().to_vec(),
            State::Crc32c(state) => state.finalize().to_be_bytes().to_vec(),
            State::Crc64(state) => state.finalize().to_be_bytes().to_vec(),
            State::Sha1(state) => state.finalize().to_vec(),
            State::Sha256(state) => state.finalize().to_vec(),
            State::Sha512(state) => state.finalize().to_vec(),
            State::Md5(state) => state.finalize().to_vec(),
            State::Xxhash64(state) => state.digest().to_be_bytes().to_vec(),
            State::Xxhash3(state) => state.digest().to_be_bytes().to_vec(),
            State::Xxhash128(state) => state.digest128().to_be_bytes().to_vec(),
        }
    }

    /// The sum as headers carry it.
    pub fn to_base64(self) -> String {
        STANDARD.encode(self.finish())
    }

    /// Whether the sum is the one that a header says. What is no base64 is no sum.
    pub fn is(self, base64: &str) -> bool {
        STANDARD.decode(base64.trim()).is_ok_and(|expected| expected == self.finish())
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Hasher").field(&self.algorithm).finish_non_exhaustive()
    }
}
