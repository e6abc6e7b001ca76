//! Whether requests are signed as AWS has it, with the keys that the mock was told.

mod body;
pub(super) mod form_v2;
// It is made with SHA-1, which comes with the checksums that S3 asks for.
#[cfg(feature = "checksums")]
pub(super) mod s3_v2;
mod signed;
#[cfg(test)]
mod tests;

use super::keys::Key;
use super::refuse::Refusal;
use crate::Timestamp;
use crate::aws::is_like_s3;
use crate::aws::sigv4::{SigningKeys, SigningParams, UriForm, canonical_request, hex, sha256_hex};
use crate::schema::Protocol;
use bytes::Bytes;
use http::Request;
use signed::{Algorithm, Signed};

const DIGEST: &str = "x-amz-content-sha256";

/// Turns down a request that is not signed by one of the keys, and a body whose chunks or events are not.
pub(super) fn verify(
    request: &Request<Bytes>,
    keys: &[Key],
    protocol: Protocol,
    now: Timestamp,
) -> Result<(), Refusal> {
    let words = Words::of(protocol);
    let signed = Signed::of(request)
        .ok_or_else(|| Refusal::new(words.missing, 403, "the request has no signature"))?;
    let key = keys.iter().find(|key| key.id == signed.key).ok_or_else(|| {
        Refusal::new(words.unknown, 403, "the access key is not one that the mock was told")
    })?;
    let mismatch = |what: &str| Refusal::new(words.mismatch, 403, what);
    let time = signed.check_time(now).map_err(mismatch)?;
    let like_s3 = is_like_s3(&signed.service);
    let form = if like_s3 { UriForm::AsIs } else { UriForm::Normalized };
    let stated = request.headers().get(DIGEST).and_then(|value| value.to_str().ok());
    if let Some(stated) = stated
        && stated.len() == 64
        && stated != sha256_hex(request.body())
    {
        let what = format!("`{DIGEST}` is not the digest of the body that came");
        return Err(Refusal::new("XAmzContentSHA256Mismatch", 400, what));
    }
    let unsigned = (signed.expires.is_some() && like_s3).then_some("UNSIGNED-PAYLOAD");
    let bare = signed.bare(request).ok_or_else(|| mismatch("the request cannot be signed"))?;
    let canonical =
        canonical_request(&bare, form, unsigned).map_err(|error| mismatch(&error.to_string()))?;
    if canonical.signed_headers != signed.headers {
        return Err(mismatch("a header that is signed is not there, or stands out of order"));
    }
    let algorithm = signed.algorithm;
    let scope = signed.scope();
    let text = [algorithm.name(), &signed.date_time, &scope, &sha256_hex(&canonical.text)];
    let text = text.join("\n");
    let params = signed.params(key, time, form);
    let hmac_keys = SigningKeys::new();
    let is_good = match algorithm {
        Algorithm::Hmac => {
            let day = &signed.day;
            let key = hmac_keys.signing_key(&key.secret, day, &signed.region, &signed.service);
            hex(&key.sign(text.as_bytes())) == signed.signature
        }
        Algorithm::Ecdsa => is_signed_v4a(&params, &text, &signed.signature)?,
    };
    if !is_good {
        return Err(mismatch(&format!(
            "the signature is not that of the request, whose canonical form is\n\n{}",
            String::from_utf8_lossy(&canonical.text)
        )));
    }
    body::verify(request, &signed, &params, &hmac_keys).map_err(|wrong| wrong.refusal(&words))
}

#[cfg(feature = "sigv4a")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature it is refused")]
fn is_signed_v4a(params: &SigningParams<'_>, text: &str, signature: &str) -> Result<bool, Refusal> {
    Ok(crate::aws::sigv4::is_signed_v4a(params, text, signature))
}

#[cfg(not(feature = "sigv4a"))]
fn is_signed_v4a(_: &SigningParams<'_>, _: &str, _: &str) -> Result<bool, Refusal> {
    let what = "Signature Version 4a cannot be checked here: this build lacks the feature `sigv4a`";
    Err(Refusal::new("NotImplemented", 501, what))
}

/// What services of a protocol call what is wrong with a signature.
///
/// Source: "Common errors" in the API references of Amazon EC2, S3 and IAM, and of `DynamoDB`.
struct Words {
    missing: &'static str,
    unknown: &'static str,
    mismatch: &'static str,
}

impl Words {
    fn of(protocol: Protocol) -> Self {
        let (missing, unknown, mismatch) = match protocol {
            Protocol::Query => ("MissingAuthenticationToken", "InvalidClientTokenId", MISMATCH),
            Protocol::Ec2Query => ("AuthFailure", "AuthFailure", "AuthFailure"),
            Protocol::RestXml => ("AccessDenied", "InvalidAccessKeyId", MISMATCH),
            _ => (
                "MissingAuthenticationTokenException",
                "UnrecognizedClientException",
                "InvalidSignatureException",
            ),
        };
        Self { missing, unknown, mismatch }
    }
}

const MISMATCH: &str = "SignatureDoesNotMatch";
