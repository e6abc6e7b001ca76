//! Text that travels as base64.

use super::CustomError;
use super::values::{change_texts, set_text, text};
use crate::Blob;
use crate::value::Structure;

/// User data of instances (`base64_encode_user_data` in botocore's `handlers.py`).
pub(super) fn base64_text(member: &str, input: &mut dyn Structure) {
    if let Some(text) = text(input, member) {
        let encoded = Blob::from(text).to_base64();
        set_text(input, member, &encoded);
    }
}

/// An instance's console may have printed anything; what is no UTF-8 becomes U+FFFD
/// (`decode_console_output`).
pub(super) fn base64_decode(path: &str, _input: &dyn Structure, output: &mut dyn Structure) {
    change_texts(output, path, &|text| {
        let bytes = Blob::from_base64(text)?.into_vec();
        Some(String::from_utf8_lossy(&bytes).into_owned())
    });
}

/// A customer's own key for S3 goes along with its digest, so that S3 notices if it was damaged
/// (`sse_md5`). Where the caller gives the digest, the key is encoded already.
pub(super) fn md5_of_key(member: &str, input: &mut dyn Structure) -> Result<(), CustomError> {
    let digest_member = format!("{member}MD5");
    if let Some(key) = text(input, member)
        && text(input, &digest_member).is_none()
    {
        let digest = digest(member, key)?;
        let key = Blob::from(key).to_base64();
        set_text(input, member, &key);
        set_text(input, &digest_member, &digest);
    }
    Ok(())
}

#[cfg(feature = "checksums")]
#[expect(clippy::unnecessary_wraps, reason = "the other form can fail")]
fn digest(_: &str, key: &str) -> Result<String, CustomError> {
    Ok(crate::checksum::Algorithm::Md5.sum(key.as_bytes()))
}

/// A build without digests does not send a key that nobody could tell from a damaged one.
#[cfg(not(feature = "checksums"))]
fn digest(member: &str, _: &str) -> Result<String, CustomError> {
    let reason = "its MD5 goes along: give it, or turn on the feature `checksums`".to_owned();
    Err(CustomError::Input { member: member.to_owned(), reason })
}
