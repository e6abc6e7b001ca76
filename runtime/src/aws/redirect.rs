//! Buckets of S3 in another region than the client's (`S3RegionRedirectorv2` in botocore's `utils.py`).
//!
//! S3 says in its answer where the bucket is, or is asked for it. The call goes there once, and so do all
//! others of the bucket from then on.

#[cfg(all(test, feature = "xml"))]
mod tests;

use crate::Model;
use crate::client::Core;
use crate::client::dialect::Cx;
use crate::error::Error;
use crate::schema::OperationSchema;
use crate::value::{Empty, Structure, View};
use http::HeaderMap;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

const REGION: &str = "x-amz-bucket-region";

/// The regions of the buckets that were not where they were looked for.
#[derive(Debug, Default)]
pub(super) struct Regions(RwLock<HashMap<String, String>>);

impl Regions {
    /// The region of the bucket of a call, where it is known not to be the client's.
    pub(super) fn of(&self, input: &dyn Structure) -> Option<String> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if known.is_empty() {
            return None;
        }
        known.get(bucket(input)?).cloned()
    }

    /// Takes note of a bucket's region, where it is not `own`, the client's.
    pub(super) fn set(&self, bucket: &str, region: String, own: &str) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if region == own {
            known.remove(bucket);
        } else {
            known.insert(bucket.to_owned(), region);
        }
    }
}

/// The bucket that a call of S3 is of. What an ARN names is in the region that it says.
pub(super) fn followed(cx: Cx<'_>, input: &dyn Structure) -> Option<String> {
    let of_s3 = &*cx.service.id == "aws/s3";
    bucket(input).filter(|bucket| of_s3 && !bucket.starts_with("arn:")).map(str::to_owned)
}

fn bucket(input: &dyn Structure) -> Option<&str> {
    match input.get("Bucket")?.view() {
        View::String(bucket) => Some(bucket),
        _ => None,
    }
}

/// Whether an error may mean that the bucket is in another region.
pub(super) fn is_elsewhere(cx: Cx<'_>, error: &Error) -> bool {
    let Some(status) = error.status() else { return false };
    let operation = &*cx.operation.name;
    // An answer to `HEAD` has no body that could say more.
    let is_bare = matches!(error.code(), Some("301" | "400"));
    matches!(status, 301 | 302 | 307)
        || is_bare && operation == "HeadObject"
        || is_bare && operation == "HeadBucket" && in_headers(error.headers()).is_some()
        || match error.code() {
            Some("AuthorizationHeaderMalformed") => in_body(cx, error).is_some(),
            Some("IllegalLocationConstraintException") => operation != "CreateBucket",
            code => code == Some("PermanentRedirect"),
        }
}

/// The region that an answer says.
pub(super) fn said(cx: Cx<'_>, error: &Error) -> Option<String> {
    in_headers(error.headers()).or_else(|| in_body(cx, error))
}

/// The region that S3 says when it is asked for the bucket.
pub(super) async fn ask(client: &Core, bucket: &str) -> Option<String> {
    let mut input = HeadBucket { bucket: bucket.to_owned() };
    match client.call(&operation(), &mut input, &mut HeadBucketOutput::empty()).await {
        Ok(metadata) => in_headers(Some(metadata.headers())),
        Err(error) => in_headers(error.headers()),
    }
}

fn in_headers(headers: Option<&HeaderMap>) -> Option<String> {
    headers?.get(REGION)?.to_str().ok().and_then(checked)
}

fn in_body(cx: Cx<'_>, error: &Error) -> Option<String> {
    error.decode::<Elsewhere>(cx.service)?.region.as_deref().and_then(checked)
}

/// It becomes part of a host's name.
fn checked(region: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let is_region = !region.is_empty() && region.len() <= 63 && region.chars().all(fits);
    let is_region = is_region && !region.starts_with('-') && !region.ends_with('-');
    is_region.then(|| region.to_owned())
}

/// As in botocore's model of S3, 2006-03-01.
fn operation() -> OperationSchema {
    OperationSchema {
        name: "HeadBucket".into(),
        method: "HEAD".into(),
        uri: "/".into(),
        status: 0,
        idempotent: true,
        secret: false,
        pages: None,
        traits: None,
    }
}

#[derive(Model)]
struct HeadBucket {
    #[model(name = "Bucket", endpoint_only, endpoint_param = "Bucket")]
    bucket: String,
}

#[derive(Model)]
struct HeadBucketOutput {}

/// What an error says of the bucket.
#[derive(Model)]
struct Elsewhere {
    #[model(name = "Region")]
    region: Option<String>,
}
