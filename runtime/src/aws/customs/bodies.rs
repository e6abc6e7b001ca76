//! Digests of bodies, and bodies without one.

use super::{CustomError, TreeHash};
use crate::aws::scheme::is_like_s3;
use crate::aws::sigv4::{BODY_DIGEST, Payload, sha256_hex};
use crate::schema::{AuthOption, OperationSchema};
use bytes::Bytes;
use http::Request;
use http::header::{HeaderName, HeaderValue};

const TREE_HASH: HeaderName = TreeHash::HEADER;
const TRAILER: &str = "x-amz-trailer";

/// Whether the digest of a body goes into its signature, and is not there yet.
pub(in crate::aws) fn wants_digest(
    operation: &OperationSchema,
    request: &Request<Bytes>,
    auth: &AuthOption,
) -> bool {
    signs_bodies(auth)
        && !request.headers().contains_key(BODY_DIGEST)
        && instead_of_digest(operation, request, auth).is_none()
}

/// What is signed in place of a body's digest.
///
/// Any service's operation can be modelled as unsigned. S3's bodies are not signed where TLS and a
/// checksum protect them and they are streams, as in botocore (`S3SigV4Auth` in its `auth.py`); a
/// checksum behind the body has a word of its own.
fn instead_of_digest(
    operation: &OperationSchema,
    request: &Request<Bytes>,
    auth: &AuthOption,
) -> Option<Payload> {
    let traits = operation.traits.as_deref()?;
    let headers = request.headers();
    if headers.contains_key(TRAILER) {
        return Some(Payload::UnsignedTrailer);
    }
    let has_checksum = || {
        let mut names = headers.keys().map(HeaderName::as_str);
        names.any(|name| name == "content-md5" || name.starts_with("x-amz-checksum-"))
    };
    let unsigned = if is_like_s3(name_of(auth)) {
        is_encrypted(request) && traits.streams_input.is_some() && has_checksum()
    } else {
        traits.unsigned_body
    };
    unsigned.then_some(Payload::Unsigned)
}

fn signs_bodies(auth: &AuthOption) -> bool {
    matches!(&*auth.scheme, "sigv4" | "sigv4a" | "sigv4-s3express")
}

fn name_of(auth: &AuthOption) -> &str {
    auth.setting("name").unwrap_or_default()
}

fn is_encrypted(request: &Request<Bytes>) -> bool {
    request.uri().scheme_str() == Some("https")
}

/// Says in `x-amz-content-sha256` that a body is not signed, where it is not to be.
///
/// A stream whose digest is wanted has none if it can be read only once. botocore fails then; S3 takes
/// it unsigned over TLS.
pub(super) fn say_what_is_signed(
    operation: &OperationSchema,
    request: &mut Request<Bytes>,
    auth: &AuthOption,
    streams: bool,
) -> Result<(), CustomError> {
    if !signs_bodies(auth) || request.headers().contains_key(BODY_DIGEST) {
        return Ok(());
    }
    let instead = match instead_of_digest(operation, request, auth) {
        Some(instead) => instead,
        None if !streams => return Ok(()),
        None if is_like_s3(name_of(auth)) && is_encrypted(request) => Payload::Unsigned,
        None => return Err(CustomError::UnknownDigest),
    };
    if let Some(constant) = instead.constant() {
        request.headers_mut().insert(BODY_DIGEST, HeaderValue::from_static(constant));
    }
    Ok(())
}

/// The two digests of an upload to Glacier (`add_glacier_checksums` in botocore's `handlers.py`).
pub(super) fn tree_hash(request: &mut Request<Bytes>, streams: bool) {
    // It is not there yet: what reads it sums it up.
    if streams {
        return;
    }
    let root = |body: &[u8]| {
        let mut tree = TreeHash::default();
        tree.update(body);
        tree.finish()
    };
    let digests = [(BODY_DIGEST, sha256_hex as fn(&[u8]) -> String), (TREE_HASH, root)];
    for (name, digest) in digests {
        if !request.headers().contains_key(&name)
            && let Ok(value) = HeaderValue::from_str(&digest(request.body()))
        {
            request.headers_mut().insert(name, value);
        }
    }
}
