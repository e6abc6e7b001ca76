//! AWS Signature Version 4: in headers, in a query, and chunk by chunk.
//!
//! Pure: the time and the credentials come in, and nothing is read from anywhere else. The facts are
//! those of "Create a signed AWS API request" in AWS's IAM user guide and, where the guide is silent,
//! what botocore 1.43 does (`botocore/auth.py`).

mod canonical;
mod chunks;
mod hash;
mod keys;
mod presign;
#[cfg(test)]
mod tests;
#[cfg(feature = "sigv4a")]
mod v4a;

pub use canonical::{CanonicalRequest, canonical_request};
pub use chunks::{ChunkSigner, SMALLEST_CHUNK, encode_chunk, encode_end, encoded_length};
pub(crate) use hash::{HmacKey, hex, hmac_sha256, sha256_hex};
pub use keys::SigningKeys;
pub use presign::{LONGEST_EXPIRY, form_to_query, presign};
pub(super) use presign::{TOKEN_PARAMETER, presign_naming};
#[cfg(all(feature = "dynamic", feature = "sigv4a"))]
pub(crate) use v4a::is_signed_v4a;
#[cfg(feature = "sigv4a")]
pub use v4a::{EcdsaKeys, presign_v4a, sign_v4a};

use crate::Timestamp;
use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue, InvalidHeaderValue};
use std::fmt;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
pub(super) const TERMINATOR: &str = "aws4_request";
const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const REGION_SET: HeaderName = HeaderName::from_static("x-amz-region-set");
/// The header that says what is signed for the body.
pub(crate) const BODY_DIGEST: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// What a signature is made with, and for which service.
///
/// `Debug` shows neither the secret nor the token.
#[derive(Clone, Copy)]
pub struct SigningParams<'a> {
    /// The access key's id, `AKIA…` or, for temporary credentials, `ASIA…`.
    pub access_key_id: &'a str,
    /// The access key's secret.
    pub secret_access_key: &'a str,
    /// The session token of temporary credentials. It is sent, and signed.
    pub session_token: Option<&'a str>,
    /// The region to sign for, `us-east-1`. Global services have one as well.
    pub region: &'a str,
    /// The service's name in signatures, which may differ from its host's: `ivs`, `s3`.
    pub service: &'a str,
    /// The time of signing, by the server's clock: AWS refuses a signature more than five minutes
    /// off (S3: fifteen). Fractions of a second are cut.
    pub time: Timestamp,
    /// How the path is signed.
    pub uri: UriForm,
    /// What is signed for the body.
    pub payload: Payload,
    /// Whether the digest of the body is sent as `x-amz-content-sha256`, which S3 requires. What is
    /// no digest is always sent.
    pub payload_header: bool,
}

/// What is signed for the body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Payload {
    /// The SHA-256 digest of the request's body.
    #[default]
    Body,
    /// Nothing: `UNSIGNED-PAYLOAD`. TLS alone protects the body.
    Unsigned,
    /// Chunks without signatures, and a checksum behind them:
    /// `STREAMING-UNSIGNED-PAYLOAD-TRAILER`.
    UnsignedTrailer,
    /// Chunks with signatures, by [`ChunkSigner`]: `STREAMING-AWS4-HMAC-SHA256-PAYLOAD`.
    SignedChunks,
    /// Chunks and trailing headers with signatures: `STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER`.
    SignedChunksTrailer,
}

/// How the request's path is written for signing. The request's own URI is never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UriForm {
    /// Without empty and dot segments, and escaped once more than on the wire: `%20` is signed as
    /// `%2520`. For every service but S3.
    Normalized,
    /// As on the wire, with the escapes that are there; characters that ought to be escaped and are
    /// not, are. For S3, whose keys may contain `..` and `//`.
    AsIs,
}

/// A request that cannot be signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SigningError {
    /// Neither the request's URI nor a `Host` header names the host.
    #[error("the request names no host, neither in its URI nor in a `host` header")]
    NoHost,
    /// A header cannot carry its value, because of a line break, say, in the session token or, for
    /// `authorization`, in the access key id, region or service.
    #[error("header `{name}` cannot carry its value")]
    Header {
        /// The header's name.
        name: HeaderName,
        /// Why not. It does not repeat the value.
        source: InvalidHeaderValue,
    },
    /// A presigned URL is valid from one second to seven days.
    #[error("a presigned URL is valid for 1 to 604800 seconds, and not for {seconds}")]
    Expiry {
        /// What was asked for
        seconds: u64,
    },
    /// No key can be made of the credentials, which does not happen by chance.
    #[error("no key for Signature Version 4a can be made of these credentials")]
    Key,
    /// What has to go into the query makes no URI, for it is too long, say.
    #[error("the request's parameters do not fit into a URI of at most 65534 bytes")]
    Uri,
}

/// The signature of a request, in hexadecimal digits: the seed of its chunks' signatures.
#[derive(Clone, PartialEq, Eq)]
pub struct Signature(String);

/// Signs `request`, which is complete but for its signature.
///
/// Sets `x-amz-date`, `authorization`, and as `params` say `x-amz-security-token` and
/// `x-amz-content-sha256`; earlier values of these are replaced, so that a retry is signed anew with
/// the credentials of now. Where `params` send no `x-amz-content-sha256`, one that is there already
/// is signed in place of the body's digest.
///
/// The host signed is that of the `host` header, or else of the URI, in lower case and without the
/// default port of its scheme, as HTTP clients send it.
///
/// After an error the request is not to be sent.
pub fn sign(
    request: &mut Request<Bytes>,
    params: &SigningParams<'_>,
    keys: &SigningKeys,
) -> Result<Signature, SigningError> {
    let scope = Scope::of(params);
    let key = scope.key(params, keys);
    sign_with(request, params, &scope, &|text| Ok(hex(&key.sign(text.as_bytes()))))
}

/// Signs with whatever `signer` makes of the text that is to be signed.
fn sign_with(
    request: &mut Request<Bytes>,
    params: &SigningParams<'_>,
    scope: &Scope,
    signer: &dyn Fn(&str) -> Result<String, SigningError>,
) -> Result<Signature, SigningError> {
    for name in [AUTHORIZATION, TOKEN, REGION_SET] {
        request.headers_mut().remove(name);
    }
    set(request, DATE, scope.date_time.as_str(), false)?;
    if let Some(token) = params.session_token {
        set(request, TOKEN, token, true)?;
    }
    if let Some(regions) = &scope.region_set {
        set(request, REGION_SET, regions.as_str(), false)?;
    }
    if let Some(constant) = params.payload.constant() {
        request.headers_mut().insert(BODY_DIGEST, HeaderValue::from_static(constant));
    } else if params.payload_header {
        let digest = sha256_hex(request.body());
        set(request, BODY_DIGEST, digest, false)?;
    }

    let canonical = canonical_request(request, params.uri, None)?;
    let signature = signer(&scope.string_to_sign(&canonical.text))?;
    let authorization = [
        scope.algorithm,
        " Credential=",
        params.access_key_id,
        "/",
        &scope.text,
        ", SignedHeaders=",
        &canonical.signed_headers,
        ", Signature=",
        &signature,
    ];
    set(request, AUTHORIZATION, authorization.concat(), true)?;
    Ok(Signature(signature))
}

/// When, where and for whom a signature is valid.
#[derive(Clone, Debug)]
struct Scope {
    algorithm: &'static str,
    /// `20150830T123600Z`
    date_time: String,
    /// `20150830/us-east-1/iam/aws4_request`
    text: String,
    /// The regions, where they are not part of the text
    region_set: Option<String>,
}

impl Scope {
    fn of(params: &SigningParams<'_>) -> Self {
        let date_time = params.time.to_basic();
        let day = date_time.split_once('T').map_or("", |(day, _)| day);
        let text = [day, params.region, params.service, TERMINATOR].join("/");
        Self { algorithm: ALGORITHM, date_time, text, region_set: None }
    }

    /// What is signed for a request in its canonical form.
    fn string_to_sign(&self, canonical_request: &[u8]) -> String {
        let Self { algorithm, date_time, text, .. } = self;
        [algorithm, date_time.as_str(), text, &sha256_hex(canonical_request)].join("\n")
    }

    fn key(&self, params: &SigningParams<'_>, keys: &SigningKeys) -> HmacKey {
        let day = self.date_time.split_once('T').map_or("", |(day, _)| day);
        keys.signing_key(params.secret_access_key, day, params.region, params.service)
    }
}

impl Payload {
    /// What stands for the body where it is no digest.
    pub(crate) fn constant(self) -> Option<&'static str> {
        match self {
            Self::Body => None,
            Self::Unsigned => Some("UNSIGNED-PAYLOAD"),
            Self::UnsignedTrailer => Some("STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
            Self::SignedChunks => Some("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
            Self::SignedChunksTrailer => Some("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"),
        }
    }
}

impl Signature {
    /// One that came with a request
    #[cfg(feature = "dynamic")]
    pub(crate) fn new(digits: impl Into<String>) -> Self {
        Self(digits.into())
    }

    /// The digits
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A signature opens what it signs until it expires.
impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(<redacted>)")
    }
}

impl fmt::Debug for SigningParams<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningParams")
            .field("access_key_id", &self.access_key_id)
            .field("secret_access_key", &format_args!("<redacted>"))
            .field("session_token", &self.session_token.map(|_| format_args!("<redacted>")))
            .field("region", &self.region)
            .field("service", &self.service)
            .field("time", &self.time)
            .field("uri", &self.uri)
            .field("payload", &self.payload)
            .field("payload_header", &self.payload_header)
            .finish()
    }
}

fn set<V>(
    request: &mut Request<Bytes>,
    name: HeaderName,
    value: V,
    sensitive: bool,
) -> Result<(), SigningError>
where
    HeaderValue: TryFrom<V, Error = InvalidHeaderValue>,
{
    match HeaderValue::try_from(value) {
        Ok(mut value) => {
            value.set_sensitive(sensitive);
            request.headers_mut().insert(name, value);
            Ok(())
        }
        Err(source) => Err(SigningError::Header { name, source }),
    }
}
