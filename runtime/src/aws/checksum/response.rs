//! Checksums of responses.

use super::{ChecksumError, When, header};
use crate::checksum::{Algorithm, Hasher};
use crate::schema::{Flags, OperationSchema};
use crate::value::{Structure, Value, View};
use http::header::{HeaderMap, HeaderName, HeaderValue};

/// The order in which botocore looks for a sum. It never looks for MD5.
const BY_PRIORITY: [Algorithm; 9] = [
    Algorithm::Xxhash128,
    Algorithm::Xxhash3,
    Algorithm::Crc64Nvme,
    Algorithm::Xxhash64,
    Algorithm::Crc32c,
    Algorithm::Crc32,
    Algorithm::Sha1,
    Algorithm::Sha256,
    Algorithm::Sha512,
];

/// The sum that a response says its body has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// How the body is summed up.
    pub algorithm: Algorithm,
    /// The sum, as base64.
    pub sum: String,
}

/// The header that asks for a response's checksum, where the input leaves that open.
pub fn asks_for_checksum(
    operation: &OperationSchema,
    input: &dyn Structure,
    when: When,
) -> Option<(HeaderName, HeaderValue)> {
    let checksum = operation.traits.as_deref()?.checksum.as_ref()?;
    if when == When::Required || is_there(input, &checksum.mode) {
        return None;
    }
    let (schema, _) = input.split();
    let member = schema.members.get(schema.index_of(&checksum.mode)?)?;
    let name = member.flags.contains(Flags::HEADER).then(|| member.wire_name())?;
    Some((name.parse().ok()?, HeaderValue::from_static("ENABLED")))
}

/// The sum to hold a response's body against, if the request asked for one and there is one.
///
/// A sum with a `-` in it is made of the sums of an object's parts, and says nothing about the
/// bytes of the whole.
pub fn checksum_of_response(
    operation: &OperationSchema,
    input: &dyn Structure,
    headers: &HeaderMap,
    when: When,
) -> Option<Expected> {
    let checksum = operation.traits.as_deref()?.checksum.as_ref()?;
    let asked =
        !checksum.mode.is_empty() && (when == When::Supported || is_there(input, &checksum.mode));
    if !asked {
        return None;
    }
    let offered = |algorithm: &Algorithm| {
        checksum.response.iter().any(|name| name.eq_ignore_ascii_case(algorithm.name()))
    };
    BY_PRIORITY.into_iter().filter(offered).find_map(|algorithm| {
        let sum = headers.get(header(algorithm))?.to_str().ok()?;
        (!sum.contains('-')).then(|| Expected { algorithm, sum: sum.to_owned() })
    })
}

impl Expected {
    /// Holds a body that is there as a whole against the sum.
    pub fn check(&self, body: &[u8]) -> Result<(), ChecksumError> {
        let mut hasher = self.hasher();
        hasher.update(body);
        self.check_hasher(hasher)
    }

    /// What takes the bytes of a body that comes in parts.
    pub fn hasher(&self) -> Hasher {
        Hasher::new(self.algorithm)
    }

    /// Holds what has taken the last bytes against the sum.
    pub fn check_hasher(&self, hasher: Hasher) -> Result<(), ChecksumError> {
        if hasher.is(&self.sum) {
            return Ok(());
        }
        let Self { algorithm, sum } = self;
        Err(ChecksumError::Mismatch { algorithm: *algorithm, expected: sum.clone() })
    }
}

fn is_there(input: &dyn Structure, member: &str) -> bool {
    let view = input.get(member).map(Value::view);
    view.is_some_and(|view| !matches!(view, View::Absent | View::Null))
}
