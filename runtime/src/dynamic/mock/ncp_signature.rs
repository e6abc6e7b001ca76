//! Whether requests are signed as NAVER Cloud Platform has it, with the keys that the mock was told.

use super::keys::Key;
use super::refuse::Refusal;
use crate::Timestamp;
use crate::ncp::signature::signature_v2;
use bytes::Bytes;
use http::Request;

/// How far a clock may be off, in milliseconds.
const SKEW: u64 = 5 * 60 * 1000;

/// Turns down a request that is not signed by one of the keys.
pub(super) fn verify(
    request: &Request<Bytes>,
    keys: &[Key],
    now: Timestamp,
) -> Result<(), Refusal> {
    let header = |name: &str| {
        let value = request.headers().get(name).and_then(|value| value.to_str().ok());
        value.ok_or_else(|| refusal(&format!("there is no header `{name}`")))
    };
    let id = header("x-ncp-iam-access-key")?;
    let signature = header("x-ncp-apigw-signature-v2")?;
    let time = header("x-ncp-apigw-timestamp")?;
    let time: i64 = time.parse().map_err(|_| refusal("the time of signing is no number"))?;
    let key = keys.iter().find(|key| key.id == id);
    let key = key.ok_or_else(|| refusal("the access key is not one that the mock was told"))?;
    if now.to_millis().abs_diff(time) > SKEW {
        return Err(refusal(
            "the request was signed more than five minutes ago, or later than now",
        ));
    }
    let target = request.uri().path_and_query().map_or("/".to_owned(), ToString::to_string);
    let expected = signature_v2(request.method().as_str(), &target, time, id, &key.secret);
    if expected == signature {
        Ok(())
    } else {
        Err(refusal("the signature is not that of the request"))
    }
}

/// Source: the API gateway's common errors in the API guides (`api.ncloud-docs.com`).
fn refusal(why: &str) -> Refusal {
    Refusal::new("200", 401, format!("Authentication Failed: {why}"))
}
