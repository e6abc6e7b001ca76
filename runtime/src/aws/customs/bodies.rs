//! Digests of bodies, and bodies without one.

use crate::auth::Signing;
use crate::aws::scheme::is_like_s3;
use crate::aws::sigv4::{BODY_DIGEST, Payload, hex, sha256_hex};
use crate::schema::{OperationSchema, ServiceSchema};
use bytes::Bytes;
use http::Request;
use http::header::{HeaderName, HeaderValue};
use sha2::{Digest, Sha256};

const TREE_HASH: HeaderName = HeaderName::from_static("x-amz-sha256-tree-hash");
const TRAILER: &str = "x-amz-trailer";
const LEAF: usize = 1024 * 1024;

/// Says in `x-amz-content-sha256` that a body is not signed, where it is not to be.
///
/// Any service's operation can be modelled so. S3's bodies are not signed where TLS and a checksum
/// protect them and they are streams, as in botocore (`S3SigV4Auth` in its `auth.py`); a checksum
/// behind the body has a word of its own.
pub(super) fn say_what_is_signed(
    operation: &OperationSchema,
    request: &mut Request<Bytes>,
    signing: &Signing<'_>,
) {
    let Some(traits) = operation.traits.as_deref() else { return };
    let headers = request.headers();
    if !matches!(&*signing.option.scheme, "sigv4" | "sigv4a") || headers.contains_key(BODY_DIGEST) {
        return;
    }
    let like_s3 = is_like_s3(signing.option.setting("name").unwrap_or_default());
    let has_checksum = || {
        let mut names = headers.keys().map(HeaderName::as_str);
        names.any(|name| name == "content-md5" || name.starts_with("x-amz-checksum-"))
    };
    let encrypted = request.uri().scheme_str() == Some("https");
    let payload = if headers.contains_key(TRAILER) {
        Payload::UnsignedTrailer
    } else if !like_s3 && traits.unsigned_body
        || like_s3 && encrypted && traits.streams_input.is_some() && has_checksum()
    {
        Payload::Unsigned
    } else {
        return;
    };
    if let Some(constant) = payload.constant() {
        request.headers_mut().insert(BODY_DIGEST, HeaderValue::from_static(constant));
    }
}

/// The two digests of an upload to Glacier (`add_glacier_checksums` in botocore's `handlers.py`).
pub(super) fn tree_hash(_service: &ServiceSchema, _argument: &str, request: &mut Request<Bytes>) {
    let digests =
        [(BODY_DIGEST, sha256_hex as fn(&[u8]) -> String), (TREE_HASH, |body| hex(&root(body)))];
    for (name, digest) in digests {
        if !request.headers().contains_key(&name)
            && let Ok(value) = HeaderValue::from_str(&digest(request.body()))
        {
            request.headers_mut().insert(name, value);
        }
    }
}

/// The root of a tree whose leaves are the digests of each mebibyte, and whose nodes are those of
/// two digests. Source: "Computing checksums" in Amazon S3 Glacier's developer guide.
fn root(body: &[u8]) -> [u8; 32] {
    let mut level: Vec<[u8; 32]> =
        body.chunks(LEAF).map(|leaf| Sha256::digest(leaf).into()).collect();
    while level.len() > 1 {
        let node = |pair: &[[u8; 32]]| match pair {
            [first, second] => Sha256::digest([*first, *second].concat()).into(),
            _ => pair[0],
        };
        level = level.chunks(2).map(node).collect();
    }
    level.pop().unwrap_or_else(|| Sha256::digest([]).into())
}
