//! Where the image of a bundled instance goes, and the policy that lets EC2 put it there (v2's
//! `customizations/ec2/bundleinstance.py`).

#[cfg(test)]
mod tests;

use super::base64;
use super::param::{Param, quote_json};
use crate::exit::{Failure, USAGE};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use typefoundry::{Map, Timestamp, TimestampFormat};

type Params = Map<String, Param>;

pub(super) const STORAGE: &str = "Storage";
/// Where the secret is until the policy is signed; no member of the input.
pub(super) const SECRET: &str = "_SAK";
const PLACE: &str = "S3";
const POLICY: &str = "UploadPolicy";
const SIGNATURE: &str = "UploadPolicySignature";
/// How long a policy holds, in seconds.
const DAY: i64 = 24 * 60 * 60;

/// Puts what a simple option says where it belongs.
pub(super) fn put(params: &mut Params, member: &str, value: Param) {
    let storage = params.entry(STORAGE.to_owned()).or_insert_with(|| {
        Param::Map(Map::from_iter([(PLACE.to_owned(), Param::Map(Map::new()))]))
    });
    if let Some(place) = place(storage) {
        place.insert(member.to_owned(), value);
    }
}

/// Makes the policy where there is none, and signs it where there is a secret to do so. Blobs are bytes
/// by now. What is of another type is told later.
pub(super) fn finish(params: &mut Params, now: Timestamp) -> Result<(), Failure> {
    let Some(place) = params.get_mut(STORAGE).and_then(place) else { return Ok(()) };
    if !place.contains_key(POLICY) {
        let (Some(Param::Text(bucket)), Some(Param::Text(prefix))) =
            (place.get("Bucket"), place.get("Prefix"))
        else {
            let message = "the upload policy of the image cannot be made without a bucket and a \
                           prefix: name them with --bucket and --prefix, or give a policy of your \
                           own with --policy";
            return Err(Failure::new(USAGE, message));
        };
        let policy = policy(bucket, prefix, now);
        place.insert(POLICY.to_owned(), Param::Bytes(policy.into_bytes()));
    }
    let secret = place.shift_remove(SECRET);
    if !place.contains_key(SIGNATURE)
        && let Some(Param::Text(secret)) = secret
        && let Some(Param::Bytes(policy)) = place.get(POLICY)
    {
        let signature = Param::Text(signature(&secret, policy));
        place.insert(SIGNATURE.to_owned(), signature);
    }
    Ok(())
}

fn place(storage: &mut Param) -> Option<&mut Params> {
    let Param::Map(storage) = storage else { return None };
    match storage.get_mut(PLACE) {
        Some(Param::Map(place)) => Some(place),
        _ => None,
    }
}

/// To the byte what the AWS CLI makes, but that what has to be escaped in JSON is.
fn policy(bucket: &str, prefix: &str, now: Timestamp) -> String {
    let expires = Timestamp::new(now.seconds().saturating_add(DAY), 0).unwrap_or(now);
    let date_time = expires.format(TimestampFormat::DateTime);
    let micros = now.to_millis().rem_euclid(1000) * 1000;
    let mut policy = format!(
        "{{\"expiration\": \"{}.{micros:06}Z\",\"conditions\": [{{\"bucket\": ",
        date_time.trim_end_matches('Z')
    );
    quote_json(bucket, &mut policy);
    policy.push_str("},{\"acl\": \"ec2-bundle-read\"},[\"starts-with\", \"$key\", ");
    quote_json(prefix, &mut policy);
    policy.push_str("]]}");
    policy
}

/// HMAC with SHA-1 over the policy as base64.
fn signature(secret: &str, policy: &[u8]) -> String {
    // A key may be of any length.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(base64::encode(policy).as_bytes());
    base64::encode(&mac.finalize().into_bytes())
}
