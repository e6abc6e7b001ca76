//! Whether requests are signed as AWS has it, with the keys that the mock was told.

use super::keys::Key;
use super::refuse::Refusal;
use super::route::query_text;
use crate::Timestamp;
use crate::aws::is_like_s3;
use crate::aws::sigv4::{SigningKeys, UriForm, canonical_request, hex, sha256_hex};
use crate::schema::Protocol;
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::uri::PathAndQuery;
use http::{Request, Uri};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const DIGEST: &str = "x-amz-content-sha256";
/// How far a clock may be off, and how long a signature in a header holds, in seconds. S3's limit is
/// the widest.
const SKEW: i64 = 15 * 60;

/// What a request says of its signature.
struct Signed {
    key: String,
    day: String,
    region: String,
    service: String,
    headers: String,
    signature: String,
    date_time: String,
    /// Seconds that a signature in a query holds.
    expires: Option<i64>,
}

/// Turns down a request that is not signed by one of the keys. The signatures of chunks are not
/// looked at, only the one that they begin with.
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
    signed.check_time(now).map_err(mismatch)?;
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
    let scope = [&*signed.day, &signed.region, &signed.service, "aws4_request"].join("/");
    let text = [ALGORITHM, &signed.date_time, &scope, &sha256_hex(&canonical.text)].join("\n");
    let keys = SigningKeys::new();
    let key = keys.signing_key(&key.secret, &signed.day, &signed.region, &signed.service);
    if hex(&key.sign(text.as_bytes())) != signed.signature {
        return Err(Refusal::new(
            words.mismatch,
            403,
            format!(
                "the signature is not that of the request, whose canonical form is\n\n{}",
                String::from_utf8_lossy(&canonical.text)
            ),
        ));
    }
    Ok(())
}

impl Signed {
    fn of(request: &Request<Bytes>) -> Option<Self> {
        let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (credential, headers, signature, date_time, expires) = if let Some(header) = header {
            let fields = header.strip_prefix(ALGORITHM)?;
            let field = |name: &str| {
                let fields = fields.split(',').map(str::trim);
                let mut values = fields.filter_map(|field| field.strip_prefix(name));
                values.next()?.strip_prefix('=').map(str::to_owned)
            };
            let date = request.headers().get("x-amz-date")?.to_str().ok()?.to_owned();
            let (credential, names) = (field("Credential")?, field("SignedHeaders")?);
            (credential, names, field("Signature")?, date, None)
        } else {
            let parameter = |name: &str| query_text(request, name);
            let expires = parameter("X-Amz-Expires")?.parse().ok()?;
            (
                parameter("X-Amz-Credential")?,
                parameter("X-Amz-SignedHeaders")?,
                parameter("X-Amz-Signature")?,
                parameter("X-Amz-Date")?,
                Some(expires),
            )
        };
        let mut parts = credential.rsplitn(5, '/');
        if parts.next() != Some("aws4_request") {
            return None;
        }
        let service = parts.next()?.to_owned();
        let region = parts.next()?.to_owned();
        let day = parts.next()?.to_owned();
        let key = parts.next()?.to_owned();
        Some(Self { key, day, region, service, headers, signature, date_time, expires })
    }

    fn check_time(&self, now: Timestamp) -> Result<(), &'static str> {
        const BASIC: &str = "the time of signing must look like 20260314T092653Z";
        let date_time = &self.date_time;
        if date_time.len() != 16 || !date_time.is_ascii() || !date_time.starts_with(&self.day) {
            return Err(BASIC);
        }
        let [year, month, day] = [&date_time[..4], &date_time[4..6], &date_time[6..8]];
        let [hour, minute, second] = [&date_time[9..11], &date_time[11..13], &date_time[13..15]];
        let text = format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z");
        let signed: Timestamp = text.parse().map_err(|_| BASIC)?;
        let age = now.seconds() - signed.seconds();
        if age < -SKEW {
            return Err("Signature not yet current: the request was signed in the future");
        }
        match self.expires {
            Some(expires) if age > expires => {
                Err("Signature expired: the URL is not valid any more")
            }
            None if age > SKEW => Err("Signature expired: the request was signed too long ago"),
            _ => Ok(()),
        }
    }

    /// The request with nothing but what is signed.
    fn bare(&self, request: &Request<Bytes>) -> Option<Request<Bytes>> {
        let mut bare = Request::new(request.body().clone());
        *bare.method_mut() = request.method().clone();
        *bare.uri_mut() = request.uri().clone();
        if self.expires.is_some() {
            let query = request.uri().query().unwrap_or_default().split('&');
            let query: Vec<_> = query.filter(|it| !it.starts_with("X-Amz-Signature=")).collect();
            let target = format!("{}?{}", request.uri().path(), query.join("&"));
            let mut parts = request.uri().clone().into_parts();
            parts.path_and_query = Some(PathAndQuery::try_from(target).ok()?);
            *bare.uri_mut() = Uri::from_parts(parts).ok()?;
        }
        for name in self.headers.split(';') {
            for value in request.headers().get_all(name) {
                let name = http::HeaderName::try_from(name).ok()?;
                bare.headers_mut().append(name, value.clone());
            }
        }
        Some(bare)
    }
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
