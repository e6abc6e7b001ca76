//! Checksums of requests.

use super::{ChecksumError, Chunked, When, header};
use crate::checksum::Algorithm;
use crate::schema::{Flags, OperationSchema, Text};
use crate::value::{Structure, View};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};

const TRAILER: HeaderName = HeaderName::from_static("x-amz-trailer");
const DECODED_LENGTH: HeaderName = HeaderName::from_static("x-amz-decoded-content-length");
const BODY_DIGEST: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// What is done about the checksum of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How the body is summed up.
    pub algorithm: Algorithm,
    /// The sum comes behind the body, which is therefore written in chunks: it is a stream, which
    /// cannot be read before it is sent. Otherwise it comes in a header.
    pub in_trailer: bool,
    /// The header that says which algorithm was chosen, where the input did not choose.
    pub announce: Option<HeaderName>,
}

/// What is to be done about the checksum of a request, if anything.
///
/// `headers` are those of the request before signing; a checksum in them is the caller's, and wins.
/// `over_tls` says whether the request is, for only then a body goes unsigned, as one with a trailer
/// does. What is to be signed for a URL has no body yet, and no plan should be asked for.
pub fn checksum_of_request(
    operation: &OperationSchema,
    input: &dyn Structure,
    headers: &HeaderMap,
    over_tls: bool,
    when: When,
) -> Result<Option<Plan>, ChecksumError> {
    let Some(traits) = operation.traits.as_deref() else { return Ok(None) };
    let Some(checksum) = &traits.checksum else { return Ok(None) };
    if headers.keys().any(is_checksum) {
        return Ok(None);
    }
    let offered = !checksum.algorithm.is_empty();
    let (algorithm, announce) = match input.get(&checksum.algorithm).map(crate::value::Value::view)
    {
        Some(View::String(chosen)) => {
            let found = Algorithm::from_name(chosen).filter(|it| *it != Algorithm::Md5);
            let unsupported = || ChecksumError::Algorithm {
                member: checksum.algorithm.clone().into_owned(),
                found: chosen.to_owned(),
            };
            (found.ok_or_else(unsupported)?, None)
        }
        _ if checksum.required || offered && when == When::Supported => {
            (Algorithm::Crc32, announcing_header(input, &checksum.algorithm))
        }
        _ => return Ok(None),
    };
    let in_trailer = traits.streams_input.is_some() && over_tls;
    Ok(Some(Plan { algorithm, in_trailer, announce }))
}

impl Plan {
    /// Adds the headers of a body that is there as a whole.
    pub fn add_to_headers(&self, headers: &mut HeaderMap, body: &[u8]) {
        self.add_sum(headers, self.algorithm.sum(body));
    }

    /// Adds the headers of a body whose sum is known, as base64.
    pub(crate) fn add_sum(&self, headers: &mut HeaderMap, sum: String) {
        self.announce_in(headers);
        // Base64 is text that any header can carry.
        if let Ok(sum) = HeaderValue::try_from(sum) {
            headers.insert(header(self.algorithm), sum);
        }
    }

    /// Adds the headers of a body that is written in chunks, and gives what writes them.
    ///
    /// With a known length of the body comes the length of the whole, so that it need not be sent
    /// with `transfer-encoding: chunked`; without, the header for it is removed.
    pub fn start_chunks(&self, headers: &mut HeaderMap, length: Option<u64>) -> Chunked {
        let name = header(self.algorithm);
        self.announce_in(headers);
        headers.append(CONTENT_ENCODING, HeaderValue::from_static("aws-chunked"));
        if let Ok(name) = HeaderValue::from_str(name.as_str()) {
            headers.insert(TRAILER, name);
        }
        let digest = HeaderValue::from_static("STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        headers.insert(BODY_DIGEST, digest);
        let chunks = Chunked::new(Some((name, self.algorithm)));
        headers.remove(CONTENT_LENGTH);
        if let Some(length) = length {
            headers.insert(DECODED_LENGTH, HeaderValue::from(length));
            if let Some(whole) = chunks.length_of(length) {
                headers.insert(CONTENT_LENGTH, HeaderValue::from(whole));
            }
        }
        chunks
    }

    fn announce_in(&self, headers: &mut HeaderMap) {
        if let Some(name) = &self.announce {
            headers.insert(name, HeaderValue::from_static(self.algorithm.name()));
        }
    }
}

/// `x-amz-checksum-` and letters or digits, which takes in the headers for algorithm, mode and type.
fn is_checksum(name: &HeaderName) -> bool {
    let rest = name.as_str().strip_prefix("x-amz-checksum-");
    rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The header that the member is bound to which chooses the algorithm.
fn announcing_header(input: &dyn Structure, member: &Text) -> Option<HeaderName> {
    let (schema, _) = input.split();
    let member = schema.members.get(schema.index_of(member)?)?;
    let name = member.flags.contains(Flags::HEADER).then(|| member.wire_name())?;
    name.parse().ok()
}
