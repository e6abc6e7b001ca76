//! Digests of bodies, and bodies without one.

use super::{CustomError, TreeHash};
use crate::auth::Signing;
use crate::aws::scheme::is_like_s3;
use crate::aws::sigv4::{BODY_DIGEST, Payload, sha256_hex};
use crate::schema::OperationSchema;
use bytes::Bytes;
use http::Request;
use http::header::{HeaderName, HeaderValue};

const TREE_HASH: HeaderName = TreeHash::HEADER;
const TRAILER: &str = "x-amz-trailer";

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
pub(super) fn tree_hash(request: &mut Request<Bytes>, streams: bool) -> Result<(), CustomError> {
    if streams {
        // It cannot be read here, so that whoever has it has to.
        if request.headers().contains_key(TREE_HASH) {
            return Ok(());
        }
        return Err(CustomError::Input {
            member: "checksum".to_owned(),
            reason: "the body is a stream, so that its tree hash has to be given: it is made with \
                     `aws::customs::TreeHash`"
                .to_owned(),
        });
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
    Ok(())
}
