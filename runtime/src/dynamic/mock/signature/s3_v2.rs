//! Requests of S3 that are signed by its Signature Version 2, in a header or in the query, as presigned
//! URLs of botocore's are at endpoints of one's own.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html>, and botocore
//! 1.43.67, `auth.py` (`HmacV1Auth`, `HmacV1QueryAuth`).

use super::MISMATCH;
use crate::dynamic::mock::keys::Key;
use crate::dynamic::mock::refuse::Refusal;
use crate::dynamic::mock::route::{bucket_of_host, host};
use crate::{Timestamp, TimestampFormat};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE, DATE};
use percent_encoding::percent_decode_str;
use sha1::Sha1;
use std::collections::BTreeMap;

#[cfg(test)]
mod tests;

/// How far a clock may be off, in seconds.
const SKEW: i64 = 15 * 60;

/// The parameters that say which part of a resource is meant, and are signed with it.
const SIGNED: &[&str] = &[
    "accelerate",
    "acl",
    "analytics",
    "cors",
    "defaultObjectAcl",
    "delete",
    "inventory",
    "lifecycle",
    "location",
    "logging",
    "metrics",
    "notification",
    "object-lock",
    "partNumber",
    "policy",
    "replication",
    "requestPayment",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "restore",
    "select",
    "select-type",
    "storageClass",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
    "website",
];

/// Turns down a request whose signature is not that of one of the keys; nothing if it has none of this
/// kind.
pub(in crate::dynamic::mock) fn verify(
    request: &Request<Bytes>,
    keys: &[Key],
    now: Timestamp,
) -> Option<Result<(), Refusal>> {
    let signed = Signed::of(request)?;
    Some(signed.check_time(now).and_then(|()| signed.check(request, keys)))
}

/// What a request says of its signature.
struct Signed {
    key: String,
    signature: String,
    /// The time of signing, or that of its end
    time: String,
    in_query: bool,
}

impl Signed {
    fn of(request: &Request<Bytes>) -> Option<Self> {
        if let Some(said) = header(request, AUTHORIZATION.as_str()) {
            let (key, signature) = said.strip_prefix("AWS ")?.split_once(':')?;
            let time = header(request, "x-amz-date").or_else(|| header(request, DATE.as_str()));
            let (key, signature) = (key.to_owned(), signature.to_owned());
            return Some(Self { key, signature, time: time.unwrap_or_default(), in_query: false });
        }
        let query = request.uri().query()?;
        let get = |name: &str| {
            let (_, value) = pairs(query).find(|(known, _)| *known == name)?;
            Some(percent_decode_str(value?).decode_utf8_lossy().into_owned())
        };
        let (key, signature) = (get("AWSAccessKeyId")?, get("Signature")?);
        Some(Self { key, signature, time: get("Expires")?, in_query: true })
    }

    fn check_time(&self, now: Timestamp) -> Result<(), Refusal> {
        let denied = |what: &str| Err(Refusal::new("AccessDenied", 403, what));
        if self.in_query {
            return match self.time.parse::<i64>() {
                Ok(end) if now.seconds() <= end => Ok(()),
                Ok(_) => denied("Request has expired: the URL is not valid any more"),
                Err(_) => denied("`Expires` must be the seconds since 1970 at which it ends"),
            };
        }
        match Timestamp::parse(&self.time, TimestampFormat::HttpDate) {
            Ok(time) if (now.seconds() - time.seconds()).abs() <= SKEW => Ok(()),
            Ok(_) => {
                let what = "the request was signed more than 15 minutes ago, or later than now";
                Err(Refusal::new("RequestTimeTooSkewed", 403, what))
            }
            Err(_) => denied("a request that is signed needs `Date` or `x-amz-date`"),
        }
    }

    fn check(&self, request: &Request<Bytes>, keys: &[Key]) -> Result<(), Refusal> {
        let key = keys.iter().find(|key| key.id == self.key).ok_or_else(|| {
            let what = "the access key is not one that the mock was told";
            Refusal::new("InvalidAccessKeyId", 403, what)
        })?;
        let text = self.text(request, "");
        // A bucket alone is signed with a slash behind it, whether the path has one or not.
        if self.is_of(&key.secret, &text) || self.is_of(&key.secret, &self.text(request, "/")) {
            return Ok(());
        }
        let what =
            format!("the signature is not that of the request, whose canonical form is\n\n{text}");
        Err(Refusal::new(MISMATCH, 403, what))
    }

    fn is_of(&self, secret: &str, text: &str) -> bool {
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret.as_bytes()) else { return false };
        mac.update(text.as_bytes());
        STANDARD.encode(mac.finalize().into_bytes()) == self.signature
    }

    /// What is signed.
    fn text(&self, request: &Request<Bytes>, behind_bucket: &str) -> String {
        let query = request.uri().query().unwrap_or_default();
        let mut headers: BTreeMap<String, String> = BTreeMap::new();
        for name in request.headers().keys() {
            headers.insert(name.to_string(), header(request, name.as_str()).unwrap_or_default());
        }
        // Presigned URLs have headers in the query.
        for (name, value) in pairs(query).filter(|_| self.in_query) {
            let value = percent_decode_str(value.unwrap_or_default()).decode_utf8_lossy();
            headers.insert(name.to_ascii_lowercase(), value.into_owned());
        }
        let get = |name: &str| headers.get(name).map_or("", String::as_str);
        let date = match () {
            () if self.in_query => &*self.time,
            () if headers.contains_key("x-amz-date") => "",
            () => get(DATE.as_str()),
        };
        let (method, media) = (request.method(), get(CONTENT_TYPE.as_str()));
        let mut text = format!("{method}\n{}\n{media}\n{date}\n", get("content-md5"));
        for (name, value) in headers.iter().filter(|(name, _)| name.starts_with("x-amz-")) {
            text.extend([name.as_str(), ":", value, "\n"]);
        }
        if let Some(bucket) = bucket_of_host(&host(request)) {
            text.extend(["/", &bucket]);
        }
        let path = request.uri().path();
        text.push_str(path);
        if path.matches('/').count() == 1 {
            text.push_str(behind_bucket);
        }
        let mut signed: Vec<_> = pairs(query).filter(|(name, _)| SIGNED.contains(name)).collect();
        signed.sort_by_key(|(name, _)| *name);
        for (index, (name, value)) in signed.into_iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            text.push_str(name);
            if let Some(value) = value {
                text.push('=');
                text.push_str(&percent_decode_str(value).decode_utf8_lossy());
            }
        }
        text
    }
}

/// The parameters of a query as they stand there.
fn pairs(query: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| match pair.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (pair, None),
    })
}

/// The values of a header.
fn header(request: &Request<Bytes>, name: &str) -> Option<String> {
    let values = request.headers().get_all(name).iter();
    let values: Vec<_> = values.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    let values: Vec<_> = values.iter().map(|value| value.trim()).collect();
    (!values.is_empty()).then(|| values.join(","))
}
